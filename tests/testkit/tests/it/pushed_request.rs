//! Authorization requests that are pushed (RFC 9126).

use grantkit_testkit::AuthorizationServer;
use reqwest::Response;

use crate::support::{assert_error, authorize, builder, cli_login, form, http, json, query, redeem, text};

async fn push(server: &AuthorizationServer, parameters: &[(&str, &str)]) -> Response {
    form(http().post(server.pushed_authorization_request_endpoint()), parameters).send().await.unwrap()
}

#[tokio::test]
async fn pushed_request_is_used_once() {
    let server = builder().require_pushed_authorization_requests().start().await.unwrap();
    let pushed = push(&server, &cli_login(&[("scope", "a"), ("state", "s-1")])).await;
    assert_eq!(pushed.status(), 201);
    let uri = text(&json(pushed).await, "request_uri");
    let named = [("client_id", "cli"), ("request_uri", uri.as_str())];
    let back = authorize(&server, &named).await;
    assert_eq!(query(&back, "state").as_deref(), Some("s-1"));
    let answer = json(redeem(&server, &query(&back, "code").unwrap()).await).await;
    assert_eq!(answer["scope"], "a");

    let again = format!("{}?client_id=cli&request_uri={uri}", server.authorization_endpoint());
    assert_eq!(http().get(again).send().await.unwrap().status(), 400);
    assert_eq!(server.counters().pushed_requests, 1);
}

#[tokio::test]
async fn request_that_is_not_pushed_or_of_another_client_is_refused() {
    let server = builder().require_pushed_authorization_requests().start().await.unwrap();
    let metadata = http().get(server.url("/.well-known/oauth-authorization-server")).send().await.unwrap();
    assert_eq!(json(metadata).await["require_pushed_authorization_requests"], true);
    let plain = form(http().post(server.authorization_endpoint()), &cli_login(&[])).send().await.unwrap();
    assert_eq!(plain.status(), 400);
    let uri = text(&json(push(&server, &cli_login(&[])).await).await, "request_uri");
    let other = format!("{}?client_id=billing&request_uri={uri}", server.authorization_endpoint());
    assert_eq!(http().get(other).send().await.unwrap().status(), 400);
    assert_error(push(&server, &cli_login(&[("request_uri", "urn:x")])).await, 400, "invalid_request").await;
    assert_error(push(&server, &[("client_id", "nobody")]).await, 401, "invalid_client").await;
}
