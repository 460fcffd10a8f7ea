//! RFC 9101.

use grantkit::AuthorizationCode;
use grantkit::authorize::RedirectUri;
use grantkit::keys::{SigningAlgorithm, SigningKey};
use serde_json::json;

use crate::real_server::{Browser, CALLBACK, RealServer, log_in};

async fn login_with(key: SigningKey, server: &RealServer) -> AuthorizationCode {
    let client = server.confidential("jar").await;
    let login = client.authorization_code(RedirectUri::new(CALLBACK).unwrap()).unwrap().request_signer(key);
    login.scope("openid").scope("read").login_hint("bob").max_age(std::time::Duration::from_mins(1))
}

#[tokio::test]
async fn a_signed_request_logs_in_by_itself_and_pushed() {
    for algorithm in [SigningAlgorithm::Es256, SigningAlgorithm::EdDsa, SigningAlgorithm::Ps256] {
        let key = SigningKey::generate(algorithm).unwrap().with_algorithm(algorithm).unwrap().with_key_id("jar-1");
        let clients = json!([{ "client_id": "jar", "jwks": { "keys": [key.public_jwk()] } }]);
        let server = RealServer::oidc_provider().setting("CLIENTS", &clients.to_string()).start();
        let login = login_with(key, &server).await.claims(&json!({ "id_token": { "email": null } })).unwrap();

        assert!(login.start().unwrap_err().to_string().contains("start_signed"));
        let (url, pending) = login.start_signed().await.unwrap();
        let names: Vec<_> = url.query_pairs().map(|(name, _)| name.into_owned()).collect();
        assert_eq!(names, ["response_type", "client_id", "scope", "request"]);
        let done = login.finish(pending, Browser::new().visit(url.as_str()).await).await.unwrap();
        assert_eq!(
            (done.claims().unwrap().subject(), done.claims().unwrap().email()),
            ("bob", Some("bob@example.com"))
        );

        let (url, pending) = login.push().await.unwrap();
        let done = login.finish(pending, Browser::new().visit(url.as_str()).await).await.unwrap();
        assert_eq!(done.claims().unwrap().subject(), "bob");
    }
}

/// RFC 9101 §10.5: the server's metadata says that it takes no other, and the server does refuse one.
#[tokio::test]
async fn a_server_that_wants_signed_requests_is_sent_no_other() {
    let key = SigningKey::generate(SigningAlgorithm::Es256).unwrap();
    let clients = json!([{ "client_id": "basic", "jwks": { "keys": [key.public_jwk()] } }]);
    let server = RealServer::oidc_provider()
        .setting("CLIENTS", &clients.to_string())
        .setting("REQUIRE_SIGNED_REQUEST_OBJECT", "1")
        .start();
    let login = |client: grantkit::Client| {
        client.authorization_code(RedirectUri::new(CALLBACK).unwrap()).unwrap().scope("openid")
    };
    let unsigned = login(server.confidential("basic").await);
    for error in [unsigned.start().unwrap_err(), unsigned.push().await.unwrap_err()] {
        assert!(error.is_configuration() && error.to_string().contains("request_signer"), "{error}");
    }
    let signed = unsigned.request_signer(key);
    let (url, pending) = signed.start_signed().await.unwrap();
    let done = signed.finish(pending, Browser::new().visit(url.as_str()).await).await.unwrap();
    assert_eq!(done.claims().unwrap().subject(), "alice");
    let (url, pending) = signed.push().await.unwrap();
    signed.finish(pending, Browser::new().visit(url.as_str()).await).await.unwrap();

    // A client that is told the endpoints by hand does not know, and learns it from the server.
    let by_hand = grantkit::Client::builder()
        .client_id("basic")
        .client_secret_basic(server.secret())
        .token_endpoint(&server.url("/token"))
        .unwrap()
        .authorization_endpoint(&server.url("/auth"))
        .unwrap()
        .issuer(server.issuer())
        .unwrap()
        .build();
    let login = by_hand.authorization_code(RedirectUri::new(CALLBACK).unwrap());
    let error = log_in(&login).await.unwrap_err();
    assert_eq!(error.oauth_code(), Some("invalid_request"), "{error:?}");
}

#[tokio::test]
async fn a_request_signed_with_another_key_is_refused_by_the_server() {
    let key = SigningKey::generate(SigningAlgorithm::Es256).unwrap();
    let clients = json!([{ "client_id": "jar", "jwks": { "keys": [key.public_jwk()] } }]);
    let server = RealServer::oidc_provider().setting("CLIENTS", &clients.to_string()).start();
    let login = login_with(SigningKey::generate(SigningAlgorithm::Es256).unwrap(), &server).await;
    assert_eq!(login.push().await.unwrap_err().oauth_code(), Some("invalid_request_object"));
}
