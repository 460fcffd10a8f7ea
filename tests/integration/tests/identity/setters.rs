//! Every setter of every grant: what it changes of a token, or why nothing.

use std::collections::BTreeSet;
use std::time::Duration;

use grantkit::Client;
use grantkit::client::Endpoints;
use grantkit::client_auth::AssertionSource as _;
use grantkit::credentials::{CacheKey, Fingerprint};
use grantkit::grant::{Assertion, JwtAssertion, SecurityToken};
use grantkit::prelude::*;
use grantkit::token::TokenTypeIdentifier;

use crate::authentication::{Named, key};
use crate::inputs::{set, setters};

/// A setter, and the identities of what was made without it and with each of several values.
pub(crate) type Row = (&'static str, Vec<String>);

/// One of each that is given.
macro_rules! row {
    ($setter:literal, $of:expr, [$($made:expr),+ $(,)?]) => {
        ($setter, vec![$($of(&$made)),+])
    };
}
pub(crate) use row;

/// By the hash of its key, which has what is local to the process too: a text of the fingerprint has not.
pub(crate) fn of_client(client: &dyn OAuthClient) -> String {
    let key = CacheKey::from_client(client);
    let mut hasher = std::collections::hash_map::DefaultHasher::new();
    std::hash::Hash::hash(&key, &mut hasher);
    format!("{:x}", std::hash::Hasher::finish(&hasher))
}

fn of_fingerprint(fingerprint: &Fingerprint) -> String {
    format!("{fingerprint:?}")
}

fn client() -> Client<Endpoints> {
    Client::builder().client_id("billing").public().token_endpoint("https://as.example/token").unwrap().build()
}

fn grants() -> Vec<Row> {
    let access = |text: &'static str| SecurityToken::new(TokenTypeIdentifier::ACCESS_TOKEN, text);
    let exchange = || client().token_exchange(access("one"));
    let extension = || client().extension_grant("urn:one");
    let assertion = || JwtAssertion::new(key(), "iss", "alice");
    let by_assertion = |assertion: JwtAssertion| client().jwt_bearer(assertion).named("x");
    let by_identity = || client().identity_assertion(&client(), SecurityToken::id_token("one"));
    let seconds = Duration::from_secs;
    let stored = || client().stored_login("alice");
    vec![
        row!(
            "TokenExchange::actor",
            of_client,
            [
                exchange().named("x"),
                exchange().actor(access("one")).named("x"),
                exchange().actor(access("two")).named("x"),
            ]
        ),
        row!(
            "TokenExchange::requested_token_type",
            of_client,
            [
                exchange().named("x"),
                exchange().requested_token_type(TokenTypeIdentifier::JWT).named("x"),
                exchange().requested_token_type(TokenTypeIdentifier::ID_TOKEN).named("x"),
            ]
        ),
        row!(
            "ExtensionGrant::secret_parameter",
            of_client,
            [
                extension().named("x"),
                extension().secret_parameter("otp", "one").named("x"),
                extension().secret_parameter("otp", "two").named("x"),
            ]
        ),
        row!(
            "ExtensionGrant::read_token_answer",
            of_client,
            [
                extension().named("x"),
                extension().read_token_answer("one", |_| Ok(())).named("x"),
                extension().read_token_answer(Fingerprint::new("captured", "two"), |_| Ok(())).named("x"),
            ]
        ),
        row!(
            "IdentityAssertionGrant::skip_resource_at_api_server",
            of_client,
            [by_identity().named("x"), by_identity().skip_resource_at_api_server().named("x"),]
        ),
        row!(
            "StoredLogin::logged_in_for",
            of_client,
            [
                stored().named(),
                stored().logged_in_for(["https://one.example"]).named(),
                stored().logged_in_for(["https://one.example", "https://two.example"]).named(),
                stored().logged_in_for(["https://two.example"]).named(),
            ]
        ),
        row!(
            "StoredLogin::login_parameter",
            of_client,
            [
                stored().named(),
                stored().login_parameter("audience", "one").named(),
                stored().login_parameter("resource", "two").named(),
            ]
        ),
        row!(
            "JwtAssertion::audience",
            of_client,
            [
                by_assertion(assertion()),
                by_assertion(assertion().audience("one")),
                by_assertion(assertion().audience("two")),
            ]
        ),
        row!(
            "JwtAssertion::claim",
            of_client,
            [
                by_assertion(assertion()),
                by_assertion(assertion().claim("scope", "one")),
                by_assertion(assertion().claim("scope", "two")),
            ]
        ),
        row!(
            "JwtAssertion::lifetime",
            of_client,
            [
                by_assertion(assertion()),
                by_assertion(assertion().lifetime(seconds(10))),
                by_assertion(assertion().lifetime(seconds(20))),
            ]
        ),
    ]
}

#[test]
fn every_setter_of_a_grant_is_in_a_table() {
    let rows = grants();
    all_differ(&rows);
    let of_tables = set(["macro request_parameter_methods", "JsonTokenRequest"]);
    // How a request is sent, and how a person is asked, changes nothing about the token that comes of it: `asking` shows it.
    let without_effect = crate::asking::setters();
    // `logins` tries it.
    let elsewhere = set(["BackchannelAuthentication::acr_values"]);
    let known: BTreeSet<String> = names(&rows).into_iter().chain(without_effect).chain(elsewhere).collect();
    let there = setters("sdk/src/grant").into_iter().filter(|(owner, _)| !of_tables.contains(owner));
    assert_eq!(there.map(|(owner, name)| format!("{owner}::{name}")).collect::<BTreeSet<_>>(), known);
}

/// The pieces that take part in more than one of these.
#[test]
fn what_assertions_are_made_of_tells_them_apart() {
    let assertion = || JwtAssertion::new(key(), "iss", "alice");
    let all = [assertion(), assertion().audience("one"), assertion().lifetime(Duration::from_secs(10))];
    let all: BTreeSet<String> = all.iter().map(|one| of_fingerprint(&one.identity())).collect();
    assert_eq!(all.len(), 3);
    let of = |assertion: Assertion| client().jwt_bearer(assertion).named("x");
    assert_ne!(of_client(&of("one".into())), of_client(&of(Assertion::from_source(Named("one")))));
}

pub(crate) fn all_differ(rows: &[Row]) {
    for (setter, made) in rows {
        let different: BTreeSet<&String> = made.iter().collect();
        assert_eq!(different.len(), made.len(), "{setter} is no part of the identity");
    }
}

pub(crate) fn names(rows: &[Row]) -> BTreeSet<String> {
    set(rows.iter().map(|(setter, _)| *setter))
}
