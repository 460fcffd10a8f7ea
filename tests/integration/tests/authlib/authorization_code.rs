use grantkit::AuthorizationCode;
use grantkit::authorize::RedirectUri;

use crate::real_server::{Browser, CALLBACK, RealServer, log_in};

async fn login_of(server: &RealServer, client_id: &str) -> AuthorizationCode {
    let redirect_uri = RedirectUri::new(CALLBACK).unwrap();
    server.confidential(client_id).await.authorization_code(redirect_uri).unwrap()
}

#[tokio::test]
async fn a_person_logs_in_to_an_application_with_a_secret() {
    let server = RealServer::authlib().start();
    let login = login_of(&server, "basic").await.scope("openid").scope("read").login_parameter("login_hint", "bob");
    let done = log_in(&login).await.unwrap();
    let claims = done.claims().unwrap();
    assert_eq!((claims.subject(), claims.issuer(), claims.audiences()), ("bob", server.issuer(), vec!["basic"]));
    assert!(claims.nonce().is_some() && claims.get("at_hash").is_some());
    assert_eq!(done.token().scope(), Some("openid read"));
}

#[tokio::test]
async fn a_person_logs_in_to_an_application_without_a_secret() {
    let server = RealServer::authlib().start();
    let client = server.public().await;
    let login = client.authorization_code(RedirectUri::new(CALLBACK).unwrap()).unwrap().scope("openid");
    assert_eq!(log_in(&login).await.unwrap().claims().unwrap().subject(), "alice");
}

#[tokio::test]
async fn a_person_says_no() {
    let server = RealServer::authlib().start();
    let login = login_of(&server, "basic").await.scope("read").login_parameter("login_hint", "deny");
    let error = log_in(&login).await.unwrap_err();
    assert_eq!(error.oauth_code(), Some("access_denied"));
    assert!(!error.is_configuration() && !error.is_retryable() && !error.is_security());
    assert_eq!(server.stats().await.token_requests("authorization_code"), 0);
}

#[tokio::test]
async fn a_callback_that_comes_twice_gives_no_second_token() {
    let server = RealServer::authlib().start();
    let login = login_of(&server, "basic").await.scope("read");
    let (url, pending) = login.start().unwrap();
    let callback = Browser::new().visit(url.as_str()).await;
    login.finish(crate::real_server::copy(&pending), &callback).await.unwrap();
    let (pending, callback) = crate::real_server::in_another_process(&pending, &callback);
    assert_eq!(login.finish(pending, &callback).await.unwrap_err().oauth_code(), Some("invalid_grant"));
}

#[tokio::test]
async fn a_code_is_of_no_use_without_its_verifier() {
    let server = RealServer::authlib().start();
    let login = login_of(&server, "basic").await.scope("read");
    let (url, pending) = login.start().unwrap();
    let callback = Browser::new().visit(url.as_str()).await;
    let (_, another) = login.start().unwrap();
    // What a thief of the code has: all but the verifier.
    let mut stored = serde_json::to_value(&pending).unwrap();
    stored["code_verifier"] = serde_json::to_value(&another).unwrap()["code_verifier"].take();
    let stolen = serde_json::from_value(stored).unwrap();
    assert_eq!(login.finish(stolen, callback).await.unwrap_err().oauth_code(), Some("invalid_grant"));
}
