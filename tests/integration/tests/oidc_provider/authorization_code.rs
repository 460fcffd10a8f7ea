use std::time::Duration;

use grantkit::authorize::{LoopbackListener, RedirectUri};
use grantkit::{AuthorizationCode, Client};

use crate::real_server::{Browser, CALLBACK, RealServer, log_in};

const LONG: Duration = Duration::from_mins(1);

async fn login_of(server: &RealServer, client_id: &str) -> AuthorizationCode {
    let redirect_uri = RedirectUri::new(CALLBACK).unwrap();
    server.confidential(client_id).await.authorization_code(redirect_uri).unwrap()
}

#[tokio::test]
async fn a_person_logs_in_to_a_web_application() {
    let server = RealServer::oidc_provider().start();
    let login = login_of(&server, "basic").await.scope("openid").scope("read").login_parameter("login_hint", "bob");
    let done = log_in(&login).await.unwrap();
    let claims = done.claims().unwrap();
    assert_eq!((claims.subject(), claims.issuer(), claims.audiences()), ("bob", server.issuer(), vec!["basic"]));
    assert_eq!(claims.amr(), ["pwd"]);
    assert!(claims.nonce().is_some() && claims.get("at_hash").is_some());
    assert!(done.token().refresh_token().is_none(), "offline_access was not asked for");
    assert_eq!(done.token().scope(), Some("openid read"));
}

#[tokio::test]
async fn a_person_logs_in_to_an_application_that_wants_no_id_token() {
    let server = RealServer::oidc_provider().start();
    let done = log_in(&login_of(&server, "basic").await.scope("read")).await.unwrap();
    assert!(done.claims().is_none() && done.token().id_token().is_none());
    assert_eq!(server.stats().await.requests("jwks"), 0);
}

#[tokio::test]
async fn a_person_logs_in_to_an_application_that_was_configured_by_hand() {
    let server = RealServer::oidc_provider().start();
    let client = Client::builder()
        .client_id("basic")
        .client_secret_basic(server.secret())
        .token_endpoint(&server.url("/token"))
        .unwrap()
        .authorization_endpoint(&server.url("/auth"))
        .unwrap()
        .issuer(server.issuer())
        .unwrap()
        .jwks_uri(&server.url("/jwks"))
        .unwrap()
        .build();
    let login = client.authorization_code(RedirectUri::new(CALLBACK).unwrap()).scope("openid");
    assert_eq!(log_in(&login).await.unwrap().claims().unwrap().subject(), "alice");
    assert_eq!(server.stats().await.requests("discovery"), 0);
}

#[tokio::test]
async fn a_person_logs_in_to_a_native_application() {
    let server = RealServer::oidc_provider().start();
    let listener = LoopbackListener::bind().await.unwrap();
    let client = server.public().await;
    let login = client.authorization_code(listener.redirect_uri().unwrap()).unwrap().scope("openid");
    let (url, pending) = login.start().unwrap();

    let person = tokio::spawn(async move {
        let back = Browser::new().visit(url.as_str()).await;
        reqwest::Client::builder().no_proxy().build().unwrap().get(back).send().await.unwrap().status()
    });
    let callback = listener.receive(&pending, LONG).await.unwrap();
    let done = login.finish(pending, callback).await.unwrap();
    assert_eq!(done.claims().unwrap().subject(), "alice");
    assert_eq!(person.await.unwrap(), 200);
}

#[tokio::test]
async fn a_login_without_a_person_needs_one() {
    let server = RealServer::oidc_provider().start();
    let login = login_of(&server, "basic").await.scope("openid").login_parameter("prompt", "none");
    let error = log_in(&login).await.unwrap_err();
    assert_eq!(error.oauth_code(), Some("login_required"));
    assert!(error.needs_login());
}

#[tokio::test]
async fn a_callback_that_comes_twice_ends_what_the_first_got() {
    let server = RealServer::oidc_provider().start();
    let login =
        login_of(&server, "basic").await.scope("openid").scope("offline_access").login_parameter("prompt", "consent");
    let (url, pending) = login.start().unwrap();
    let callback = Browser::new().visit(url.as_str()).await;
    let first = login.finish(crate::real_server::copy(&pending), &callback).await.unwrap();
    let (pending, callback) = crate::real_server::in_another_process(&pending, &callback);
    let error = login.finish(pending, &callback).await.unwrap_err();
    assert_eq!(error.oauth_code(), Some("invalid_grant"));

    // The server takes the second for a theft, and revokes what the first one got (RFC 6749 §4.1.2).
    let client = server.confidential("basic").await;
    let seen = client.introspection().unwrap().access_token(first.token().access_token().secret()).await.unwrap();
    assert!(!seen.active);
}

#[tokio::test]
async fn the_callback_of_one_login_does_not_end_another() {
    let server = RealServer::oidc_provider().start();
    let login = login_of(&server, "basic").await.scope("openid");
    let (attackers, _) = login.start().unwrap();
    let (_, victims) = login.start().unwrap();
    let callback = Browser::new().visit(attackers.as_str()).await;
    assert!(login.finish(victims, callback).await.unwrap_err().is_security());
    assert_eq!(server.stats().await.token_requests("authorization_code"), 0);
}

#[tokio::test]
async fn a_login_is_for_the_api_that_it_was_asked_for() {
    let server = RealServer::oidc_provider().start();
    let login = login_of(&server, "basic").await.scope("read").resource("https://api.example/jwt/invoices");
    let done = log_in(&login).await.unwrap();
    let secret = done.token().access_token().secret();
    assert_eq!(secret.split('.').count(), 3, "this API's tokens are JWTs");
}
