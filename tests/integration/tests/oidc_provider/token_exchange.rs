use grantkit::Credentials;
use grantkit::grant::{JwtAssertion, Login, SecurityToken};
use grantkit::keys::{SigningAlgorithm, SigningKey};
use grantkit::token::TokenTypeIdentifier;
use serde_json::json;

use crate::real_server::{CALLBACK, RealServer, log_in};

const API: &str = "https://api.example/jwt";

async fn alice(server: &RealServer) -> Login {
    let redirect_uri = grantkit::authorize::RedirectUri::new(CALLBACK).unwrap();
    let login = server
        .confidential("basic")
        .await
        .authorization_code(redirect_uri)
        .unwrap()
        .scopes(["openid", "read", "write"]);
    log_in(&login).await.unwrap()
}

/// What stands in a JWT, unverified.
fn claims(jwt: &str) -> serde_json::Value {
    use base64::Engine as _;
    let body = jwt.split('.').nth(1).unwrap();
    serde_json::from_slice(&base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(body).unwrap()).unwrap()
}

#[tokio::test]
async fn a_service_acts_for_a_user() {
    let server = RealServer::oidc_provider().start();
    let login = alice(&server).await;
    let client = server.confidential("basic").await;
    let own: Credentials = client.client_credentials().scope("read").credentials("exchange-own");
    let exchanged = client
        .token_exchange(login.token())
        .actor(own)
        .requested_token_type(TokenTypeIdentifier::ACCESS_TOKEN)
        .resource(API)
        .scope("read")
        .exchange()
        .await
        .unwrap();
    assert_eq!(exchanged.issued_token_type(), &TokenTypeIdentifier::ACCESS_TOKEN);
    let token = exchanged.into_access_token().unwrap();
    assert_eq!(token.scope(), Some("read"));
    let claims = claims(token.access_token().secret());
    assert_eq!((&claims["sub"], &claims["act"]["sub"]), (&json!("alice"), &json!("basic")));
    assert_eq!(claims["aud"], API);
}

#[tokio::test]
async fn every_token_that_the_server_issues_can_be_a_subject() {
    let server = RealServer::oidc_provider().start();
    let login = alice(&server).await;
    let client = server.confidential("basic").await;
    let id_token = SecurityToken::id_token(login.token().id_token().unwrap());
    for subject in [SecurityToken::from(login.token()), id_token] {
        let exchange = client.token_exchange(subject.clone()).audience("jwt");
        let token = exchange.get_token().await.unwrap();
        assert_eq!(claims(token.access_token().secret())["sub"], "alice", "{subject:?}");
    }
}

#[tokio::test]
async fn a_jwt_of_another_issuer_is_a_subject_too() {
    let key = SigningKey::generate(SigningAlgorithm::Es256).unwrap().with_key_id("k1");
    let trusted = json!({ "https://idp.example": { "keys": [key.public_jwk()] } });
    let server = RealServer::oidc_provider().setting("TRUSTED_ISSUERS", &trusted.to_string()).start();
    let jwt = JwtAssertion::new(key, "https://idp.example", "carol");
    let subject = SecurityToken::from_source(TokenTypeIdentifier::JWT, jwt);
    let client = server.confidential("basic").await;
    let token = client.token_exchange(subject).resource(API).get_token().await.unwrap();
    assert_eq!(claims(token.access_token().secret())["sub"], "carol");
}

#[tokio::test]
async fn an_id_token_that_is_issued_is_no_access_token() {
    let server = RealServer::oidc_provider().start();
    let login = alice(&server).await;
    let client = server.confidential("basic").await;
    let exchange = client.token_exchange(login.token()).requested_token_type(TokenTypeIdentifier::ID_TOKEN);
    let exchanged = exchange.exchange().await.unwrap();
    assert_eq!(exchanged.issued_token_type(), &TokenTypeIdentifier::ID_TOKEN);
    assert!(exchanged.access_token().is_none());
    assert_eq!(claims(exchanged.secret())["sub"], "alice");
    assert!(exchange.get_token().await.unwrap_err().is_configuration());
    // It is as good as the first for the next exchange.
    client.token_exchange(&exchanged).get_token().await.unwrap();
}

#[tokio::test]
async fn more_than_the_subject_may_is_refused_and_so_is_a_subject_that_is_none() {
    let server = RealServer::oidc_provider().start();
    let login = alice(&server).await;
    let client = server.confidential("basic").await;
    let error = client.token_exchange(login.token()).scope("admin").get_token().await.unwrap_err();
    assert_eq!(error.oauth_code(), Some("invalid_scope"));
    let none = SecurityToken::new(TokenTypeIdentifier::ACCESS_TOKEN, "none");
    let error = client.token_exchange(none).get_token().await.unwrap_err();
    assert_eq!(error.oauth_code(), Some("invalid_request"));
}
