//! One input changed, another token: every grant, by every authentication, and everything that each takes.

use std::collections::BTreeSet;

use grantkit::Client;
use grantkit::client::Endpoints;
use grantkit::client::NamedGrant;
use grantkit::client_auth::AssertionFile;
use grantkit::credentials::{CacheKey, Fingerprint};
use grantkit::discovery::ServerMetadata;
use grantkit::grant::{ExtensionGrant, JwtAssertion, SecurityToken};
use grantkit::keys::DpopKey;
use grantkit::token::TokenTypeIdentifier;
use grantkit::transport::Transport;
use serde_json::json;

use crate::authentication::{Named, Nameless, Ready, key, other_key, told, ways};
use crate::inputs::{public_functions, set};
use crate::seen::Seen;

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
            ("audiences in another order", make().audiences(["two", "one"]).named("x")),
            ("audience given twice", make().audiences(["one", "one"]).named("x")),
            ("resources in an order", make().resource("https://one.example").resource("https://two.example").named("x")),
            ("resources in another", make().resource("https://two.example").resource("https://one.example").named("x")),
            ("values of one name", make().parameter("k", "1").parameter("k", "2").named("x")),
            ("values in another order", make().parameter("k", "2").parameter("k", "1").named("x")),
            ("one value", make().parameter("k", "1").named("x")),
            ("the same value twice", make().parameter("k", "1").parameter("k", "1").named("x")),
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
        ("jwt_bearer", asked!(client.jwt_bearer(grantkit::grant::Assertion::from_source(AssertionFile::new("/one"))))),
        ("identity_assertion", asked!(client.identity_assertion(client, SecurityToken::id_token("one")))),
        ("identity_assertion", asked!(client.identity_assertion(client, SecurityToken::id_token("two")))),
        ("saml2_bearer", asked!(client.saml2_bearer("one"))),
        ("saml2_bearer", asked!(client.saml2_bearer("two"))),
        ("extension_grant", asked!(client.extension_grant("urn:one"))),
        ("extension_grant", asked!(client.extension_grant("urn:two"))),
        ("extension_grant", asked!(client.extension_grant("urn:one").secret_parameter("otp", "one"))),
        ("extension_grant", asked!(client.extension_grant("urn:one").secret_parameter("otp", "two"))),
        ("extension_grant", asked!(with_secrets(client, ["one", "two"]))),
        ("extension_grant", asked!(with_secrets(client, ["two", "one"]))),
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

fn with_secrets(client: &Client<Endpoints>, secrets: [&str; 2]) -> ExtensionGrant {
    secrets.iter().fold(client.extension_grant("urn:one"), |grant, secret| grant.secret_parameter("otp", secret))
}

/// By a signer without an identity: no two clients with it are the same.
fn nameless(client: &Client<Endpoints>) -> Vec<(&'static str, NamedGrant)> {
    asked!(client.jwt_bearer(JwtAssertion::new(Nameless, "iss", "alice")))
}

const ENDPOINT: &str = "https://as.example/token";

fn certificate(name: &str) -> String {
    let made = rcgen::generate_simple_self_signed([name.to_owned()]).unwrap();
    format!("{}{}", made.signing_key.serialize_pem(), made.cert.pem())
}

/// What is set, and how.
type Setting = (&'static str, Box<dyn Fn(Ready) -> Client<Endpoints>>);

/// What else a client is given, each a change of one input of the first.
#[allow(clippy::too_many_lines, reason = "a table")]
fn settings() -> Vec<Setting> {
    let (one, two) = (certificate("one.example"), certificate("two.example"));
    let (first, second) = (one.clone(), two.clone());
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
            "transport configure_as",
            over(Box::new(|| Transport::builder().configure_as("one", |client| client).build().unwrap())),
        ),
        (
            "transport configure_as",
            over(Box::new(|| {
                let two = Fingerprint::new("captured", "two");
                Transport::builder().configure_as(two, |client| client).build().unwrap()
            })),
        ),
        (
            "transport configure_as",
            over(Box::new(|| {
                let builder = Transport::builder().configure_as("two", |client| client);
                builder.configure_as("one", |client| client).build().unwrap()
            })),
        ),
        (
            "transport client_certificate",
            over(Box::new(move || Transport::builder().client_certificate(&one).build().unwrap())),
        ),
        (
            "transport client_certificate",
            over(Box::new(move || Transport::builder().client_certificate(&two).build().unwrap())),
        ),
        (
            "transport root_certificates_only",
            over(Box::new(move || Transport::builder().root_certificates_only(&first).build().unwrap())),
        ),
        (
            "transport root_certificates_only",
            over(Box::new(move || Transport::builder().root_certificates_only(&second).build().unwrap())),
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
        (
            "token identity_part",
            Box::new(move |ready| at(ready, ENDPOINT).identity_part(Fingerprint::new("tenant", "one")).build()),
        ),
        (
            "token identity_part",
            Box::new(move |ready| at(ready, ENDPOINT).identity_part(Fingerprint::new("tenant", "two")).build()),
        ),
        (
            "token identity_part",
            Box::new(move |ready| {
                let one = at(ready, ENDPOINT).identity_part(Fingerprint::new("tenant", "one"));
                one.identity_part(Fingerprint::new("tenant", "two")).build()
            }),
        ),
        ("token token_request_header", header("one")),
        ("token token_request_header", header("two")),
    ]
}

/// How long one waits changes nothing about the token: one that another process has got is as good, and stands in the same place.
const LIMITS_ALONE: [&str; 5] = [
    "transport build",
    "transport connect_timeout",
    "transport timeout",
    "transport body_limit",
    "transport without_circuit_breaker",
];

#[test]
fn one_input_changed_is_another_token() {
    let mut seen = Seen::new();
    for way in ways() {
        for (number, proof) in way.proofs.iter().enumerate() {
            let client = proof(Client::builder().client_id("billing")).token_endpoint(ENDPOINT).unwrap().build();
            let nameless = ("jwt_bearer of a nameless signer", nameless(&client));
            for (place, (grant, asked)) in grants(&client).into_iter().chain([nameless]).enumerate() {
                for (parameter, named) in asked {
                    seen.add(&format!("{} {number} x {grant} {place} x {parameter}", way.setter), &named);
                }
            }
        }
    }
    for (way, first) in ways().into_iter().map(|way| (way.setter, way.proofs[0])) {
        for (place, (setting, finish)) in settings().into_iter().enumerate().skip(1) {
            let client = finish(first(Client::builder().client_id("billing")));
            let (what, named) = (format!("{way} x {setting} {place}"), client.client_credentials().named("x"));
            if LIMITS_ALONE.contains(&setting) { seen.add_here(&what, &named) } else { seen.add(&what, &named) }
        }
        let other = first(Client::builder().client_id("other")).token_endpoint(ENDPOINT).unwrap().build();
        seen.add(&format!("{way} x client_id"), &other.client_credentials().named("x"));
        let lazy = first(Client::builder().client_id("billing")).discover_lazily(ENDPOINT).unwrap();
        seen.add(&format!("{way} x another issuer"), &lazy.client_credentials().named("x"));
        seen.add(&format!("{way} x name"), &lazy.client_credentials().named("y"));
    }
    for (number, proof) in told().into_iter().enumerate() {
        let lazy = proof(Client::builder().client_id("billing")).discover_lazily("https://as.example").unwrap();
        seen.add(&format!("told {number} x issuer"), &lazy.client_credentials().named("x"));
    }
    crate::providers::add_all(&mut seen);
    crate::derives::add_all(&mut seen);
    assert!(seen.len() > 5_000, "{}", seen.len());
    assert!(seen.kept() > 4_000, "{}", seen.kept());
}

#[test]
fn the_same_input_is_the_same_token() {
    for way in ways() {
        // Two signers without an identity are never the same client.
        let is_nameless = way.setter == "private_key_jwt";
        for proof in &way.proofs {
            let make = || proof(Client::builder().client_id("billing")).token_endpoint(ENDPOINT).unwrap().build();
            let (one, other) = (make(), make());
            for ((grant, asked), (_, again)) in grants(&one).into_iter().zip(grants(&other)) {
                for ((parameter, named), (_, again)) in asked.iter().zip(&again) {
                    let what = format!("{} x {grant} x {parameter}", way.setter);
                    assert_eq!(CacheKey::from_client(named) == CacheKey::from_client(again), !is_nameless, "{what}");
                }
            }
            for ((parameter, named), (_, again)) in nameless(&one).iter().zip(&nameless(&other)) {
                assert_ne!(CacheKey::from_client(named), CacheKey::from_client(again), "{} x {parameter}", way.setter);
            }
        }
    }
    for proof in told() {
        let ready = || proof(Client::builder().client_id("billing"));
        let lazy = || {
            let client = ready().discover_lazily("https://as.example").unwrap();
            CacheKey::from_client(&client.client_credentials().named("x"))
        };
        let built = || {
            CacheKey::from_client(&ready().token_endpoint(ENDPOINT).unwrap().build().client_credentials().named("x"))
        };
        assert_eq!(lazy() == lazy(), built() == built());
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
    // `clocks` tries it.
    let inputs = inputs.into_iter().chain(["clock"]);
    let by_other_names = ["client_id_metadata_document", "build", "build_with_metadata", "discover"];
    let of_builder = public_functions("client/builder.rs", "/// Who the client is.", "no such text");
    let of_signed = public_functions("client/builder/signed_messages.rs", "/// How the server signs", "impl<A, D");
    // `answers` shows what they do.
    let of_the_answers = crate::answers::setters();
    let known: BTreeSet<String> = set(inputs.chain(by_other_names)).union(&of_the_answers).cloned().collect();
    assert_eq!(known, of_builder.union(&of_signed).cloned().collect());

    let lazy = public_functions("client/flows/lazy.rs", "impl LazyClient", "no such text");
    assert!(lazy.is_subset(&names), "{lazy:?}");
}

#[test]
fn discovery_changes_nothing_about_identity() {
    let issuer = "https://as.example";
    let metadata = json!({ "issuer": issuer, "token_endpoint": ENDPOINT }).to_string();
    let metadata = ServerMetadata::from_json(metadata).unwrap();
    // Two signers without an identity are never the same client.
    for way in ways().iter().filter(|way| way.setter != "private_key_jwt") {
        for proof in &way.proofs {
            let ready = || proof(Client::builder().client_id("billing"));
            let built = ready().token_endpoint(ENDPOINT).unwrap().issuer(issuer).unwrap().build();
            let discovered = ready().build_with_metadata(&metadata).unwrap();
            let keys = [built.client_credentials(), discovered.client_credentials()];
            let [built, discovered] = keys.map(|grant| CacheKey::from_client(&grant.named("x")));
            assert_eq!(built, discovered, "{}", way.setter);
            // Its token endpoint is unknown before there is a token: it shares with its like alone.
            let lazy =
                || CacheKey::from_client(&ready().discover_lazily(issuer).unwrap().client_credentials().named("x"));
            assert_eq!(lazy(), lazy());
            assert_ne!(lazy(), built, "{}", way.setter);
        }
    }
}
