mod claims;
mod encrypted;
mod garbage;
mod keys;
mod other_answers;
mod refreshed;
mod signatures;

use std::sync::LazyLock;
use std::time::Duration;

use httpmock::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::keys::test_keys::Signer;
use crate::time::Time;
use crate::transport::Transport;
use crate::wire::{EndpointUrl, PlainHttp};

const NOW: u64 = 1_750_000_000;
const ISSUER: &str = "https://issuer.example";
const CLIENT: &str = "client";
const NONCE: &str = "n-0S6_WzA2Mj";

/// One issuer for all tests of claims, with every kind of key; reached once a verifier.
static JWKS: LazyLock<MockServer> = LazyLock::new(|| {
    let server = MockServer::start();
    let keys = json!({ "keys": [
        Signer::rsa().jwk("rsa"),
        Signer::p256().jwk("p256"),
        Signer::p384().jwk("p384"),
        Signer::ed25519().jwk("ed"),
        { "kty": "unheard-of", "kid": "future" },
    ] });
    server.mock(|when, then| {
        when.method(GET).path("/jwks");
        then.status(200).json_body(keys);
    });
    server
});

fn verifier_at(jwks_uri: &str, clock: Time) -> LoginIdTokenVerifier {
    let url = EndpointUrl::parse("jwks_uri", jwks_uri, PlainHttp::LoopbackOnly).unwrap();
    let keys = KeySetCache::with_time(url, "client", &Transport::builder().build().unwrap(), clock.clone());
    let mut verifier = LoginIdTokenVerifier::new(ISSUER, CLIENT, keys).unwrap();
    verifier.jwts.clock = clock;
    verifier
}

fn verifier() -> LoginIdTokenVerifier {
    verifier_at(&JWKS.url("/jwks"), Time::manual(NOW))
}

fn claims() -> Value {
    json!({
        "iss": ISSUER, "sub": "alice", "aud": CLIENT, "exp": NOW + 3600, "iat": NOW, "auth_time": NOW - 100,
        "nonce": NONCE, "acr": "silver", "amr": ["pwd", "otp"], "email": "alice@example.com", "email_verified": "true",
        "updated_at": "2025-06-15T15:06:40.000Z", "name": "Alice", "https://example.com/role": "admin",
    })
}

/// The claims with some of them changed; `null` takes one out.
fn claims_with(changes: &Value) -> Value {
    let mut claims = claims();
    for (name, value) in changes.as_object().unwrap() {
        match value {
            Value::Null => _ = claims.as_object_mut().unwrap().remove(name),
            value => claims[name] = value.clone(),
        }
    }
    claims
}

fn expected() -> IdTokenExpectations<'static> {
    IdTokenExpectations { nonce: Some(NONCE), ..IdTokenExpectations::default() }
}

/// Verifies a well-signed token with these changes.
async fn verify(changes: Value, expected: IdTokenExpectations<'_>) -> Result<IdTokenClaims> {
    verifier().verify(&Signer::p256().sign(Some("p256"), &claims_with(&changes)), expected).await
}

/// The refusal names the check, is one for safety's sake, and quotes nothing of the token.
#[track_caller]
fn assert_refused(outcome: Result<IdTokenClaims>, check: &str) {
    let error = outcome.expect_err(check);
    let text = format!("{error} {error:?}");
    assert!(error.is_security(), "{error}");
    assert!(error.to_string().contains(check), "{check} is not in {error}");
    for personal in ["alice", "Alice", "mallory", NONCE, "eyJ"] {
        assert!(!text.contains(personal), "{personal} is in {text}");
    }
}
