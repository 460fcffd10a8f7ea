//! RFC 9126.

use grantkit::authorize::RedirectUri;
use grantkit::grant::Login;
use grantkit::{AuthorizationCode, Client, Result};

use crate::real_server::{Browser, CALLBACK, RealServer};

async fn push_and_log_in(login: &AuthorizationCode) -> Result<Login> {
    let (url, pending) = login.push().await?;
    let names: Vec<_> = url.query_pairs().map(|(name, _)| name.into_owned()).collect();
    assert_eq!(names, ["client_id", "request_uri"], "nothing else is in the browser's address");
    let callback = Browser::new().visit(url.as_str()).await;
    login.finish(pending, callback).await
}

fn login(client: &Client) -> AuthorizationCode {
    client.authorization_code(RedirectUri::new(CALLBACK).unwrap()).unwrap().scope("openid").login_hint("bob")
}

#[tokio::test]
async fn every_way_to_authenticate_pushes() {
    let server = RealServer::oidc_provider().start();
    let post = Client::builder().client_id("post").client_secret_post(server.secret());
    let jwt = Client::builder().client_id("secret-jwt").client_secret_jwt(server.secret());
    for client in [
        server.confidential("basic").await,
        post.discover(server.issuer()).await.unwrap(),
        jwt.discover(server.issuer()).await.unwrap(),
    ] {
        let done = push_and_log_in(&login(&client)).await.unwrap();
        assert_eq!(done.claims().unwrap().subject(), "bob");
    }
    let public = server.public().await;
    let native = public.pushed_authorization_code(RedirectUri::new("com.example.app:/callback").unwrap()).unwrap();
    push_and_log_in(&native.scope("read")).await.unwrap();
}

#[tokio::test]
async fn a_client_that_has_to_push_logs_in() {
    let server = RealServer::oidc_provider().start();
    let client = server.confidential("par").await;
    let done = push_and_log_in(&login(&client)).await.unwrap();
    assert_eq!(done.claims().unwrap().subject(), "bob");

    let only = client.pushed_authorization_code(RedirectUri::new(CALLBACK).unwrap()).unwrap().scope("openid");
    let error = only.start().unwrap_err();
    assert!(error.is_configuration() && error.to_string().contains("`.push().await`"), "{error}");
    push_and_log_in(&only).await.unwrap();
}

#[tokio::test]
async fn what_the_server_does_not_like_is_said_before_the_browser_goes_anywhere() {
    let server = RealServer::oidc_provider().start();
    let client = server.confidential("read-only").await;
    let error = login(&client).scope("write").push().await.unwrap_err();
    assert_eq!((error.oauth_code(), error.is_configuration()), (Some("invalid_scope"), true));
    let client = server.confidential("basic").await;
    let elsewhere = client.authorization_code(RedirectUri::new("https://evil.example/").unwrap()).unwrap();
    assert!(elsewhere.push().await.unwrap_err().is_configuration());
}
