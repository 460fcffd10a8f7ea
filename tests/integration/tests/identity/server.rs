//! The same against a server that answers.

use std::collections::BTreeSet;

use grantkit::credentials::{CacheKey, CredentialCache, Fingerprint};
use grantkit::prelude::*;
use grantkit::store::MemoryStore;
use grantkit::transport::Transport;
use grantkit_providers as _;
use grantkit_testkit::AuthorizationServer;

use crate::authentication::{Named, Ticket, key, other_key};

async fn server() -> AuthorizationServer {
    AuthorizationServer::builder().confidential_client("alice", "s3cret").start().await.unwrap()
}

fn by_issuer(server: &AuthorizationServer, secret: &str) -> ProviderClient {
    let settings = ProviderSettings::new()
        .with("issuer", server.issuer())
        .with("client_id", "alice")
        .with("client_secret", secret);
    ProviderClient::connect("oauth2", settings).unwrap()
}

fn by_endpoint(server: &AuthorizationServer, secret: &str) -> ProviderClient {
    let settings = ProviderSettings::new()
        .with("token_endpoint", server.token_endpoint())
        .with("client_id", "alice")
        .with("client_secret", secret);
    ProviderClient::connect("oauth2", settings).unwrap()
}

#[tokio::test]
async fn a_wrong_secret_is_not_served_the_token_of_the_right_one() {
    for connect in [by_issuer, by_endpoint] {
        let server = server().await;
        let cache = CredentialCache::new(10, None);
        let store = MemoryStore::new();
        let at =
            |secret: &str| Credentials::builder(connect(&server, secret)).cache(&cache).store(store.clone()).build();
        let token = at("s3cret").token().await.unwrap();
        assert_eq!(at("s3cret").token().await.unwrap().access_token(), token.access_token());
        assert_eq!(at("guess").token().await.unwrap_err().oauth_code(), Some("invalid_client"));
        assert_eq!(server.requests().iter().filter(|request| request.path == "/token").count(), 2);
        // Another process, as it were.
        let elsewhere = |secret: &str| {
            let cache = CredentialCache::new(10, None);
            Credentials::builder(connect(&server, secret)).cache(&cache).store(store.clone()).build()
        };
        assert!(elsewhere("guess").token().await.is_err());
        assert_eq!(elsewhere("s3cret").token().await.unwrap().access_token(), token.access_token());
    }
}

#[tokio::test]
async fn a_corrected_secret_does_not_get_the_old_ones_error() {
    for connect in [by_issuer, by_endpoint] {
        let server = server().await;
        let cache = CredentialCache::new(10, None);
        let at = |secret: &str| Credentials::builder(connect(&server, secret)).cache(&cache).build();
        assert_eq!(at("s3cert").token().await.unwrap_err().oauth_code(), Some("invalid_client"));
        at("s3cret").token().await.unwrap();
    }
}

#[tokio::test]
async fn a_login_outlives_the_clients_secret() {
    let server = server().await;
    let client = |secret: &str| {
        let client = Client::builder().client_id("alice").client_secret_basic(secret);
        client.token_endpoint(&server.token_endpoint()).unwrap().build()
    };
    let stored = |secret: &str| client(secret).stored_login("alice").named();
    assert_ne!(CacheKey::from_client(&stored("one")), CacheKey::from_client(&stored("two")));
    assert_eq!(stored("one").refresh_key(), stored("two").refresh_key());
    assert_ne!(stored("one").refresh_key(), client("one").stored_login("bob").named().refresh_key());
}

/// What its refreshes do not name, as the organization that it was asked for.
#[tokio::test]
async fn a_login_is_of_what_the_client_states() {
    let server = server().await;
    let stored = |parts: &[&str]| {
        let client = Client::builder().client_id("alice").public().token_endpoint(&server.token_endpoint()).unwrap();
        let stating = parts.iter().fold(client, |client, part| client.identity_part(Fingerprint::new("tenant", part)));
        stating.build().stored_login("alice").named().refresh_key()
    };
    assert_eq!(stored(&["one", "two"]), stored(&["two", "one"]));
    let different = [&[][..], &["one"], &["two"], &["one", "two"]];
    assert_eq!(different.map(stored).into_iter().collect::<BTreeSet<_>>().len(), different.len());
}

#[tokio::test]
async fn a_discovered_client_equals_a_configured_one_of_the_same_server() {
    let server = server().await;
    let builder = || Client::builder().client_id("alice");
    let discovered = |client: Client| CacheKey::from_client(&client.client_credentials().named("x"));
    let given = builder().client_secret("s3cret").token_endpoint(&server.token_endpoint()).unwrap();
    let found = builder().client_secret("s3cret").discover(&server.issuer()).await.unwrap();
    assert_eq!(discovered(found), CacheKey::from_client(&given.build().client_credentials().named("x")));
    let given = builder().private_key_jwt(key()).token_endpoint(&server.token_endpoint()).unwrap();
    let given = given.issuer(&server.issuer()).unwrap().build();
    let found = builder().private_key_jwt(key()).discover(&server.issuer()).await.unwrap();
    assert_eq!(discovered(found), CacheKey::from_client(&given.client_credentials().named("x")));
    let other = builder().private_key_jwt(other_key()).discover(&server.issuer()).await.unwrap();
    assert_ne!(discovered(other), CacheKey::from_client(&given.client_credentials().named("x")));
}

#[tokio::test]
async fn another_assertion_is_not_served_the_first_ones_token() {
    let server = grantkit_integration_tests::support::mock_server().await;
    let good = server
        .mock_async(|when, then| {
            when.path("/token").body_includes("client_assertion=good");
            then.status(200)
                .json_body(serde_json::json!({ "access_token": "t", "token_type": "Bearer", "expires_in": 600 }));
        })
        .await;
    let bad = server
        .mock_async(|when, then| {
            when.path("/token").body_includes("client_assertion=garbage");
            then.status(401).json_body(serde_json::json!({ "error": "invalid_client" }));
        })
        .await;
    let at = |text: &'static str| {
        let client = Client::builder().client_id("alice").client_assertion(Named(text));
        client.token_endpoint(&server.url("/token")).unwrap().build().client_credentials().credentials("x")
    };
    at("good").token().await.unwrap();
    assert!(at("garbage").token().await.is_err());
    assert_eq!((good.calls_async().await, bad.calls_async().await), (1, 1));
}

#[tokio::test]
async fn a_clients_own_authentication_is_sent_and_shown_in_no_error() {
    let server = grantkit_integration_tests::support::mock_server().await;
    let mock = server
        .mock_async(|when, then| {
            when.path("/token")
                .header("x-ticket", "t1cket-of-gold")
                .body_includes("client_id=alice&ticket=t1cket-of-gold");
            let body = serde_json::json!({ "error": "invalid_client", "error_description": "no t1cket-of-gold here" });
            then.status(401).json_body(body);
        })
        .await;
    let client = Client::builder().client_id("alice").client_authentication(Ticket("t1cket-of-gold"));
    let client = client.token_endpoint(&server.url("/token")).unwrap().transport(Transport::shared().unwrap()).build();
    let error = client.client_credentials().get_token().await.unwrap_err();
    assert_eq!(error.oauth_code(), Some("invalid_client"));
    assert!(!format!("{error} {error:?}").contains("t1cket-of-gold"), "{error:?}");
    mock.assert_async().await;
}
