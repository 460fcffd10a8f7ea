//! Credentials of each grant: with the refresh token where the answer had one, else from the start, else a login.

use grantkit::Credentials;
use grantkit::grant::SecurityToken;
use serde_json::json;

use crate::support::{Answer, Scripted, client_at, verdict};

fn with_refresh_token(access_token: &str, refresh_token: &str) -> Answer {
    Answer::json(
        200,
        &json!({ "access_token": access_token, "token_type": "Bearer", "expires_in": 3600, "refresh_token": refresh_token }),
    )
}

/// Every grant that asks by itself.
fn each(server: &Scripted, name: &str) -> Vec<(&'static str, Credentials)> {
    let client = client_at(&server.url("/token"));
    vec![
        (
            "token exchange",
            client.token_exchange(SecurityToken::jwt("s")).scope("read").audience("x").credentials(name),
        ),
        ("JWT bearer", client.jwt_bearer("a.b.c").scope("read").audience("x").credentials(name)),
        ("SAML 2.0 bearer", client.saml2_bearer("<x/>").scope("read").audience("x").credentials(name)),
        ("password", client.danger_resource_owner_password("u", "p").scope("read").audience("x").credentials(name)),
        ("extension", client.extension_grant("urn:x:y").scope("read").audience("x").credentials(name)),
    ]
}

async fn another(credentials: &Credentials) -> grantkit::Result<String> {
    let headers = credentials.headers().await?;
    let renewed = credentials.refresh_rejected_token(&headers).await?.expect("another token");
    Ok(renewed.authorization().to_str().unwrap().to_owned())
}

#[tokio::test]
async fn a_refresh_token_is_used_and_its_successor_after_it() {
    let server = Scripted::start([Answer::status(500)]).await;
    for (grant, credentials) in each(&server, "refreshing") {
        server.now_answer([with_refresh_token("one", "r1"), with_refresh_token("two", "r2")]);
        assert_eq!(another(&credentials).await.unwrap(), "Bearer two", "{grant}");
        let asked = server.asked();
        let refresh = asked.last().unwrap().body();
        assert_eq!(refresh, "grant_type=refresh_token&refresh_token=r1&audience=x", "{grant}");
        assert_eq!(credentials.token().await.unwrap().refresh_token().unwrap().secret(), "r2");
    }
}

#[tokio::test]
async fn a_refresh_token_that_stays_comes_with_every_token() {
    let server = Scripted::start([with_refresh_token("one", "stays"), Answer::token("two")]).await;
    let credentials = client_at(&server.url("/token")).danger_resource_owner_password("u", "p").credentials("staying");
    assert_eq!(another(&credentials).await.unwrap(), "Bearer two");
    // So that a program that stores the token does not lose the login.
    assert_eq!(credentials.token().await.unwrap().refresh_token().unwrap().secret(), "stays");
}

#[tokio::test]
async fn without_a_refresh_token_it_is_asked_for_from_the_start() {
    let server = Scripted::start([Answer::status(500)]).await;
    for (grant, credentials) in each(&server, "asking") {
        server.now_answer([Answer::token("one"), Answer::token("two")]);
        assert_eq!(another(&credentials).await.unwrap(), "Bearer two", "{grant}");
        let asked = server.asked();
        assert_eq!(asked[asked.len() - 2].body(), asked[asked.len() - 1].body(), "{grant}");
    }
}

#[tokio::test]
async fn a_refresh_token_that_is_of_no_more_use_is_forgotten() {
    let server = Scripted::start([Answer::status(500)]).await;
    for (grant, credentials) in each(&server, "forgetting") {
        server.now_answer([with_refresh_token("one", "r1"), Answer::error(400, "invalid_grant"), Answer::token("two")]);
        assert_eq!(another(&credentials).await.unwrap(), "Bearer two", "{grant}");
    }
}

#[tokio::test]
async fn what_was_given_once_and_is_refused_needs_a_login() {
    let server = Scripted::start([Answer::status(500)]).await;
    for (grant, credentials) in each(&server, "ending") {
        server.now_answer([Answer::token("one"), Answer::error(400, "invalid_grant")]);
        assert_eq!(verdict(&another(&credentials).await.unwrap_err()), ["needs login"], "{grant}");
    }
}
