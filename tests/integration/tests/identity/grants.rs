//! One input changed, another token: every grant, by every authentication, and everything that each takes.

use std::collections::HashMap;

use grantkit::Client;
use grantkit::client::Endpoints;
use grantkit::client::NamedGrant;
use grantkit::client_auth::AssertionFile;
use grantkit::credentials::CacheKey;
use grantkit::discovery::ServerMetadata;
use grantkit::grant::{JsonTokenRequest, JwtAssertion, SecurityToken};
use grantkit::keys::DpopKey;
use grantkit::prelude::*;
use grantkit::token::TokenTypeIdentifier;
use grantkit::transport::Transport;
use serde_json::json;

use crate::authentication::{Named, Nameless, Ready, key, other_key, ways};
use crate::inputs::{public_functions, set};

/// Every key under which something was asked for, with what it was; a second one under the same key is a shared token.
#[derive(Default)]
pub(crate) struct Seen(HashMap<CacheKey, String>);

impl Seen {
    #[track_caller]
    #[allow(clippy::needless_pass_by_value, reason = "callers make it for this")]
    pub(crate) fn add(&mut self, what: String, client: &(impl OAuthClient + ?Sized)) {
        let key = CacheKey::of(client);
        assert_eq!(CacheKey::of(client), key, "{what} is another one when it is asked again");
        if let Some(other) = self.0.insert(key, what.clone()) {
            panic!("{what} gets the token of {other}");
        }
    }
}

fn tenant() -> http::HeaderName {
    http::HeaderName::from_static("x-tenant")
}

/// The grant as it is, and with each request parameter that grants take.
macro_rules! asked {
    ($grant:expr) => {{
        let make = || $grant;
        let details = |kind: &str| json!({ "type": kind });
        vec![
            ("", make().named("x")),
            ("scope", make().scope("read").named("x")),
            ("scopes", make().scopes(["read", "write"]).named("x")),
            ("resource", make().resource("https://api.example").named("x")),
            ("audience", make().audience("https://api.example").named("x")),
            ("audiences", make().audiences(["one", "two"]).named("x")),
            ("parameter", make().parameter("organization", "acme").named("x")),
            ("parameter of the name of a scope", make().parameter("scope", "read").named("x")),
            ("header", make().header(tenant(), http::HeaderValue::from_static("one")).named("x")),
            ("header of another value", make().header(tenant(), http::HeaderValue::from_static("two")).named("x")),
            ("authorization_details", make().authorization_details(&details("payment")).unwrap().named("x")),
            ("further details", make().authorization_details(&details("account")).unwrap().named("x")),
        ]
    }};
}

/// Every grant of a client, each time with another of its own inputs.
fn grants(client: &Client<Endpoints>) -> Vec<(&'static str, Vec<(&'static str, NamedGrant)>)> {
    let access = |text: &'static str| SecurityToken::new(TokenTypeIdentifier::ACCESS_TOKEN, text);
    vec![
        ("client_credentials", asked!(client.client_credentials())),
        ("refresh_token_grant", asked!(client.refresh_token_grant("one"))),
        ("refresh_token_grant", asked!(client.refresh_token_grant("two"))),
        ("token_exchange", asked!(client.token_exchange(access("one")))),
        ("token_exchange", asked!(client.token_exchange(access("two")))),
        ("token_exchange", asked!(client.token_exchange(SecurityToken::jwt("one")))),
        ("token_exchange", asked!(client.token_exchange(access("one")).actor(access("one")))),
        ("token_exchange", asked!(client.token_exchange(access("one")).actor(access("two")))),
        ("token_exchange", asked!(client.token_exchange(access("one")).requested_token_type(TokenTypeIdentifier::JWT))),
        (
            "token_exchange",
            asked!(client.token_exchange(SecurityToken::from_source(TokenTypeIdentifier::JWT, Named("one")))),
        ),
        ("jwt_bearer", asked!(client.jwt_bearer("one"))),
        ("jwt_bearer", asked!(client.jwt_bearer("two"))),
        ("jwt_bearer", asked!(client.jwt_bearer(JwtAssertion::new(key(), "iss", "alice")))),
        ("jwt_bearer", asked!(client.jwt_bearer(JwtAssertion::new(other_key(), "iss", "alice")))),
        ("jwt_bearer", asked!(client.jwt_bearer(JwtAssertion::new(key(), "iss", "bob")))),
        ("jwt_bearer", asked!(client.jwt_bearer(JwtAssertion::new(key(), "iss", "alice").claim("scope", "x")))),
        ("jwt_bearer", asked!(client.jwt_bearer(JwtAssertion::new(Nameless, "iss", "alice")))),
        ("jwt_bearer", asked!(client.jwt_bearer(grantkit::grant::Assertion::from_source(AssertionFile::new("/one"))))),
        ("identity_assertion", asked!(client.identity_assertion(client, SecurityToken::id_token("one")))),
        ("identity_assertion", asked!(client.identity_assertion(client, SecurityToken::id_token("two")))),
        ("saml2_bearer", asked!(client.saml2_bearer("one"))),
        ("saml2_bearer", asked!(client.saml2_bearer("two"))),
        ("extension_grant", asked!(client.extension_grant("urn:one"))),
        ("extension_grant", asked!(client.extension_grant("urn:two"))),
        ("extension_grant", asked!(client.extension_grant("urn:one").secret_parameter("otp", "one"))),
        ("extension_grant", asked!(client.extension_grant("urn:one").secret_parameter("otp", "two"))),
        ("danger_resource_owner_password", asked!(client.danger_resource_owner_password("alice", "one"))),
        ("danger_resource_owner_password", asked!(client.danger_resource_owner_password("alice", "two"))),
        ("danger_resource_owner_password", asked!(client.danger_resource_owner_password("bob", "one"))),
        (
            "stored_login",
            vec![
                ("", client.stored_login("alice").named()),
                ("scope", client.stored_login("alice").scope("read").named()),
            ],
        ),
        ("stored_login", vec![("", client.stored_login("bob").named())]),
    ]
}

const ENDPOINT: &str = "https://as.example/token";

fn certificate(name: &str) -> String {
    let made = rcgen::generate_simple_self_signed([name.to_owned()]).unwrap();
    format!("{}{}", made.signing_key.serialize_pem(), made.cert.pem())
}

/// What is set, and how.
type Setting = (&'static str, Box<dyn Fn(Ready) -> Client<Endpoints>>);

/// What else a client is given, each a change of one input of the first.
fn settings() -> Vec<Setting> {
    let (one, two) = (certificate("one.example"), certificate("two.example"));
    let at = |ready: Ready, url: &str| ready.token_endpoint(url).unwrap();
    let over = move |make: Box<dyn Fn() -> Transport>| -> Box<dyn Fn(Ready) -> Client<Endpoints>> {
        Box::new(move |ready| at(ready, ENDPOINT).transport(make()).build())
    };
    let dpop = |key: DpopKey| -> Box<dyn Fn(Ready) -> Client<Endpoints>> {
        Box::new(move |ready| at(ready, ENDPOINT).dpop(key.clone()).build())
    };
    let header = |value: &'static str| -> Box<dyn Fn(Ready) -> Client<Endpoints>> {
        let name = tenant();
        let value = http::HeaderValue::from_static(value);
        Box::new(move |ready| at(ready, ENDPOINT).token_request_header(name.clone(), value.clone()).build())
    };
    let seconds = std::time::Duration::from_secs;
    vec![
        ("nothing", Box::new(move |ready| at(ready, ENDPOINT).build())),
        ("token_endpoint", Box::new(move |ready| at(ready, "https://other.example/token").build())),
        ("dpop", dpop(DpopKey::from(key()))),
        ("dpop", dpop(DpopKey::from(other_key()))),
        ("transport build", over(Box::new(|| Transport::builder().build().unwrap()))),
        (
            "transport connect_timeout",
            over(Box::new(move || Transport::builder().connect_timeout(seconds(1)).build().unwrap())),
        ),
        ("transport timeout", over(Box::new(move || Transport::builder().timeout(seconds(1)).build().unwrap()))),
        ("transport timeout", over(Box::new(move || Transport::builder().timeout(seconds(2)).build().unwrap()))),
        ("transport body_limit", over(Box::new(|| Transport::builder().body_limit(1).build().unwrap()))),
        (
            "transport without_circuit_breaker",
            over(Box::new(|| Transport::builder().without_circuit_breaker().build().unwrap())),
        ),
        ("transport configure", over(Box::new(|| Transport::builder().configure(|client| client).build().unwrap()))),
        ("transport configure", over(Box::new(|| Transport::builder().configure(|client| client).build().unwrap()))),
        (
            "transport client_certificate",
            over(Box::new(move || Transport::builder().client_certificate(&one).build().unwrap())),
        ),
        (
            "transport client_certificate",
            over(Box::new(move || Transport::builder().client_certificate(&two).build().unwrap())),
        ),
        (
            "token read_token_answer",
            Box::new(move |ready| at(ready, ENDPOINT).read_token_answer("one", |_| Ok(())).build()),
        ),
        (
            "token read_token_answer",
            Box::new(move |ready| at(ready, ENDPOINT).read_token_answer("two", |_| Ok(())).build()),
        ),
        (
            "token danger_accept_token_type",
            Box::new(move |ready| at(ready, ENDPOINT).danger_accept_token_type("x").build()),
        ),
        (
            "token danger_accept_missing_token_type",
            Box::new(move |ready| at(ready, ENDPOINT).danger_accept_missing_token_type().build()),
        ),
        (
            "token refresh_endpoint",
            Box::new(move |ready| at(ready, ENDPOINT).refresh_endpoint("https://as.example/refresh").unwrap().build()),
        ),
        ("token refresh_new_logins", Box::new(move |ready| at(ready, ENDPOINT).refresh_new_logins().build())),
        ("token refresh_with_scope", Box::new(move |ready| at(ready, ENDPOINT).refresh_with_scope().build())),
        (
            "token write_token_request",
            Box::new(move |ready| at(ready, ENDPOINT).write_token_request("one", |_| Ok(())).build()),
        ),
        (
            "token write_token_request",
            Box::new(move |ready| at(ready, ENDPOINT).write_token_request("two", |_| Ok(())).build()),
        ),
        ("token token_request_header", header("one")),
        ("token token_request_header", header("two")),
    ]
}

#[test]
fn one_input_changed_is_another_token() {
    let mut seen = Seen::default();
    for way in ways() {
        for (number, proof) in way.proofs.iter().enumerate() {
            let client = proof(Client::builder().client_id("billing")).token_endpoint(ENDPOINT).unwrap().build();
            for (place, (grant, asked)) in grants(&client).into_iter().enumerate() {
                for (parameter, named) in asked {
                    seen.add(format!("{} {number} x {grant} {place} x {parameter}", way.setter), &named);
                }
            }
        }
    }
    for (way, first) in ways().into_iter().map(|way| (way.setter, way.proofs[0])) {
        for (place, (setting, finish)) in settings().into_iter().enumerate().skip(1) {
            let client = finish(first(Client::builder().client_id("billing")));
            seen.add(format!("{way} x {setting} {place}"), &client.client_credentials().named("x"));
        }
        let other = first(Client::builder().client_id("other")).token_endpoint(ENDPOINT).unwrap().build();
        seen.add(format!("{way} x client_id"), &other.client_credentials().named("x"));
        let lazy = first(Client::builder().client_id("billing")).discover_lazily("https://as.example").unwrap();
        seen.add(format!("{way} x issuer"), &lazy.client_credentials().named("x"));
        let lazy = first(Client::builder().client_id("billing")).discover_lazily(ENDPOINT).unwrap();
        seen.add(format!("{way} x another issuer"), &lazy.client_credentials().named("x"));
        seen.add(format!("{way} x name"), &lazy.client_credentials().named("y"));
    }
    crate::providers::add_all(&mut seen);
    crate::derives::add_all(&mut seen);
    assert!(seen.0.len() > 5_000, "{}", seen.0.len());
}

#[test]
fn the_same_input_is_the_same_token() {
    for way in ways().iter().filter(|way| way.setter != "private_key_jwt") {
        for proof in &way.proofs {
            let make = || proof(Client::builder().client_id("billing")).token_endpoint(ENDPOINT).unwrap().build();
            let keys = |client: &Client<Endpoints>| -> Vec<CacheKey> {
                let all = grants(client).into_iter().flat_map(|(_, asked)| asked);
                all.map(|(_, named)| CacheKey::of(&named)).collect()
            };
            let pairs = keys(&make()).into_iter().zip(keys(&make()));
            // Those of a signer that nobody can tell from others.
            assert_eq!(pairs.filter(|(one, other)| one != other).count(), 12, "{}", way.setter);
            let token = |client: Client<Endpoints>| CacheKey::of(&client.client_credentials().scope("read").named("x"));
            assert_eq!(token(make()), token(make()), "{}", way.setter);
        }
    }
}

#[test]
fn the_tables_have_all_that_there_is() {
    let client = Client::builder().client_id("billing").public().token_endpoint(ENDPOINT).unwrap().build();
    let all = grants(&client);
    let names = set(all.iter().map(|(grant, _)| *grant));
    assert_eq!(names, public_functions("client/flows/grants.rs", "impl<E> Client<E>", "no such text"));

    let parameters =
        set(all[0].1.iter().map(|(parameter, _)| *parameter).filter(|name| !name.contains(' ') && !name.is_empty()));
    assert_eq!(
        parameters,
        public_functions("grant/parameters.rs", "macro_rules! request_parameter_methods", "no such text")
    );

    let transport = set(settings().iter().filter_map(|(name, _)| name.strip_prefix("transport ")));
    let setters = public_functions("transport/builder.rs", "impl TransportBuilder", "no such text");
    // A responder is in place of a network: for tests alone.
    assert_eq!(transport, &setters - &set(["responder"]));

    let of_requests = set(settings().iter().filter_map(|(name, _)| name.strip_prefix("token ")));
    assert_eq!(of_requests, public_functions("client/builder/token_setters.rs", "impl<", "no such text"));

    // What the builder takes beside: inputs of the token, and what changes nothing about it.
    let inputs = ["client_id", "token_endpoint", "dpop", "transport", "discover_lazily"];
    let by_other_names = ["client_id_metadata_document", "build", "build_with_metadata", "discover"];
    let of_the_answers = ["clock", "refresh_token_rotation", "danger_allow_plain_http"];
    let known = set(inputs.into_iter().chain(by_other_names).chain(of_the_answers));
    assert_eq!(known, public_functions("client/builder.rs", "/// Who the client is.", "no such text"));
    let of_signed_answers = [
        "id_token_signed_response_alg",
        "authorization_signed_response_alg",
        "userinfo_signed_response_alg",
        "clock_leeway",
        "danger_accept_missing_nonce",
        "discover_jwks_uri",
    ];
    let setters = public_functions("client/builder/signed_messages.rs", "/// How the server signs", "impl<A, D");
    assert_eq!(set(of_signed_answers), setters);

    let lazy = public_functions("client/flows/lazy.rs", "impl LazyClient", "no such text");
    assert!(lazy.is_subset(&names), "{lazy:?}");
}

#[test]
fn json_token_request() {
    let request = || JsonTokenRequest::new("https://api.example/token").unwrap();
    let header = |value: &'static str| {
        request().header(http::HeaderName::from_static("x-tenant"), http::HeaderValue::from_static(value))
    };
    let all = [
        ("new", request()),
        ("new", JsonTokenRequest::new("https://api.example/other").unwrap()),
        ("member", request().member("a", "one")),
        ("member", request().member("a", "two")),
        ("secret_member", request().secret_member("a", "one")),
        ("header", header("one")),
        ("header", header("two")),
        ("read_token_answer", request().read_token_answer("one", |_| Ok(()))),
        ("danger_accept_token_type", request().danger_accept_token_type("x")),
        ("danger_accept_missing_token_type", request().danger_accept_missing_token_type()),
        ("transport", request().transport(Transport::builder().build().unwrap())),
    ];
    for (place, (what, one)) in all.iter().enumerate() {
        for (other_what, other) in &all[place + 1..] {
            assert_ne!(one.fingerprint(), other.fingerprint(), "{what}, {other_what}");
        }
    }
    let known = set(all.iter().map(|(name, _)| *name).chain(["repeatable", "fingerprint"]));
    let there = public_functions("grant/json_token_request.rs", "impl JsonTokenRequest", "no such text");
    assert_eq!(known, there);
}

#[test]
fn discovery_changes_nothing_about_identity() {
    let issuer = "https://as.example";
    let metadata = json!({ "issuer": issuer, "token_endpoint": ENDPOINT }).to_string();
    let metadata = ServerMetadata::from_json(metadata).unwrap();
    // Two signers that nobody can tell from others are never the same client.
    for way in ways().iter().filter(|way| way.setter != "private_key_jwt") {
        for proof in &way.proofs {
            let ready = || proof(Client::builder().client_id("billing"));
            let built = ready().token_endpoint(ENDPOINT).unwrap().issuer(issuer).unwrap().build();
            let discovered = ready().build_with_metadata(&metadata).unwrap();
            let keys = [built.client_credentials(), discovered.client_credentials()];
            let [built, discovered] = keys.map(|grant| CacheKey::of(&grant.named("x")));
            assert_eq!(built, discovered, "{}", way.setter);
            // Nobody knows its token endpoint before there is a token: it shares with its like alone.
            let lazy = || CacheKey::of(&ready().discover_lazily(issuer).unwrap().client_credentials().named("x"));
            assert_eq!(lazy(), lazy());
            assert_ne!(lazy(), built, "{}", way.setter);
        }
    }
}
