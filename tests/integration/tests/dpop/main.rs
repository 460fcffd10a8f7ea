//! Proof of possession (RFC 9449): the exact requests, and what a server may do wrong.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod api_client;
mod configuration;
mod credentials;
mod login;
mod proof;
mod token_request;
mod userinfo;

use grantkit_integration_tests::support;

use grantkit::Client;
use grantkit::grant::ClientCredentials;
use grantkit::keys::DpopKey;

use crate::support::{Answer, Asked, ID, SECRET, Scripted};

/// A client of that server whose tokens are bound to the key.
fn client(server: &Scripted, key: &DpopKey) -> Client<grantkit::client::Endpoints> {
    Client::builder()
        .client_id(ID)
        .client_secret_basic(SECRET)
        .token_endpoint(&server.url("/token?tenant=a"))
        .unwrap()
        .dpop(key.clone())
        .build()
}

fn grant(server: &Scripted, key: &DpopKey) -> ClientCredentials {
    client(server, key).client_credentials()
}

/// A token that is bound to a key.
fn bound(access_token: &str) -> Answer {
    Answer::json(
        200,
        &serde_json::json!({ "access_token": access_token, "token_type": "DPoP", "expires_in": 3600, "refresh_token": "r" }),
    )
}

/// What a token endpoint says that wants a nonce (RFC 9449 §8).
fn use_nonce(nonce: &str) -> Answer {
    Answer::error(400, "use_dpop_nonce").header("dpop-nonce", nonce)
}

/// What an API says that wants a nonce (RFC 9449 §9).
fn challenge(nonce: &str) -> Answer {
    Answer::status(401)
        .header(
            "www-authenticate",
            r#"Bearer realm="x", DPoP error="use_dpop_nonce", error_description="nonce please""#,
        )
        .header("dpop-nonce", nonce)
}

/// The nonces of the proofs that came.
fn nonces(asked: &[Asked]) -> Vec<Option<String>> {
    asked.iter().map(|asked| proof::of(asked).nonce).collect()
}
