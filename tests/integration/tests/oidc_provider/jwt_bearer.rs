use grantkit::client_auth::AssertionSource as _;
use grantkit::grant::JwtAssertion;
use grantkit::keys::{SigningAlgorithm, SigningKey};
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};

use crate::real_server::RealServer;

const IDP: &str = "https://idp.example";

fn trusting(keys: &[Value]) -> RealServer {
    let trusted = json!({ IDP: { "keys": keys } });
    RealServer::oidc_provider().setting("TRUSTED_ISSUERS", &trusted.to_string()).start()
}

#[tokio::test]
async fn credentials_keep_themselves_fresh_with_an_assertion_for_each_request() {
    for algorithm in [SigningAlgorithm::Es256, SigningAlgorithm::EdDsa, SigningAlgorithm::Rs256] {
        let key = SigningKey::generate(algorithm).unwrap().with_key_id("k1");
        let server = trusting(&[key.public_jwk()]);
        let client = server.confidential("basic").await;
        let grant = client.jwt_bearer(JwtAssertion::new(key, IDP, "alice")).scope("read");
        let credentials = grant.credentials(format!("jwt-bearer-{algorithm}"));
        let first = credentials.headers().await.unwrap();
        // The server takes each `jti` once.
        let second = credentials.refresh_rejected_token(&first).await.unwrap().unwrap();
        assert_ne!(first.authorization(), second.authorization());
        assert_eq!(credentials.token().await.unwrap().scope(), Some("read"));
    }
}

#[tokio::test]
async fn an_assertion_that_was_given_is_good_once_and_then_needs_a_login() {
    let key = SigningKey::generate(SigningAlgorithm::Es256).unwrap().with_key_id("k1");
    let server = trusting(&[key.public_jwk()]);
    let given = JwtAssertion::new(key, IDP, "alice").assertion(server.issuer()).await.unwrap();
    let credentials = server.confidential("basic").await.jwt_bearer(given.expose_secret()).credentials("given-jwt");
    let headers = credentials.headers().await.unwrap();
    let error = credentials.refresh_rejected_token(&headers).await.unwrap_err();
    assert!(error.needs_login(), "{error}");
}

#[tokio::test]
async fn an_assertion_for_another_or_by_another_is_refused() {
    let key = || SigningKey::generate(SigningAlgorithm::Es256).unwrap().with_key_id("k1");
    let trusted = key();
    let server = trusting(&[trusted.public_jwk()]);
    let client = server.confidential("basic").await;
    for assertion in [
        JwtAssertion::new(trusted.clone(), IDP, "alice").audience("https://else.example"),
        JwtAssertion::new(trusted, "https://unknown.example", "alice"),
        JwtAssertion::new(key(), IDP, "alice"),
    ] {
        let error = client.jwt_bearer(assertion).get_token().await.unwrap_err();
        assert_eq!(error.oauth_code(), Some("invalid_grant"), "{error}");
    }
}
