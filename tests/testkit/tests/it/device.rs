//! Devices (RFC 8628), and users who are asked elsewhere (OpenID Connect CIBA).

use std::time::Duration;

use grantkit_testkit::AuthorizationServer;
use reqwest::Response;
use serde_json::Value;

use crate::support::{BILLING, ask, ask_as_cli, assert_error, builder, form, http, json, server, text};

const DEVICE_CODE: &str = "urn:ietf:params:oauth:grant-type:device_code";
const CIBA: &str = "urn:openid:params:grant-type:ciba";

async fn begin(server: &AuthorizationServer) -> Value {
    let request = http().post(server.device_authorization_endpoint());
    json(form(request, &[("client_id", "cli"), ("scope", "openid")]).send().await.unwrap()).await
}

async fn poll(server: &AuthorizationServer, device: &Value) -> Response {
    ask_as_cli(server, &[("grant_type", DEVICE_CODE), ("device_code", &text(device, "device_code"))]).await
}

#[tokio::test]
async fn device_has_tokens_once_its_user_has_entered_the_code() {
    let server = builder().poll_interval(Duration::ZERO).start().await.unwrap();
    let device = begin(&server).await;
    assert_error(poll(&server, &device).await, 400, "authorization_pending").await;
    let page = http().get(text(&device, "verification_uri_complete")).send().await.unwrap();
    assert_eq!(page.status(), 200);
    let answer = json(poll(&server, &device).await).await;
    assert!(server.is_active(&text(&answer, "access_token")) && server.is_active(&text(&answer, "refresh_token")));
    assert!(answer["id_token"].is_string());
    assert_error(poll(&server, &device).await, 400, "invalid_grant").await;
    assert_eq!((server.counters().device_authorizations, server.counters().device_code), (1, 3));
}

#[tokio::test]
async fn device_polls_are_slowed_down_and_told_of_a_refusal() {
    let server = builder().poll_interval(Duration::from_mins(1)).start().await.unwrap();
    let device = begin(&server).await;
    assert_eq!(device["interval"], 60);
    assert_error(poll(&server, &device).await, 400, "authorization_pending").await;
    assert_error(poll(&server, &device).await, 400, "slow_down").await;
    server.deny_next_login("access_denied");
    assert!(server.approve(&text(&device, "user_code")));
    assert_error(poll(&server, &device).await, 400, "access_denied").await;
    assert!(!server.approve("ABCD-EFGH"));
    assert_eq!(http().get(server.url("/device?user_code=ABCD-EFGH")).send().await.unwrap().status(), 400);
}

async fn ask_user(server: &AuthorizationServer, parameters: &[(&str, &str)]) -> Response {
    let request = http().post(server.backchannel_authentication_endpoint()).basic_auth(BILLING.0, Some(BILLING.1));
    form(request, parameters).send().await.unwrap()
}

#[tokio::test]
async fn user_is_asked_elsewhere_by_one_hint() {
    let server = builder().poll_interval(Duration::ZERO).start().await.unwrap();
    assert_error(ask_user(&server, &[("scope", "openid")]).await, 400, "invalid_request").await;
    assert_error(ask_user(&server, &[("scope", "a"), ("login_hint", "alice")]).await, 400, "invalid_scope").await;
    assert_error(ask_user(&server, &[("scope", "openid"), ("login_hint", "bob")]).await, 400, "unknown_user_id").await;
    let asked = json(ask_user(&server, &[("scope", "openid"), ("login_hint", "alice@example.com")]).await).await;
    let id = text(&asked, "auth_req_id");
    let poll = async || ask(&server, &[("grant_type", CIBA), ("auth_req_id", &id)]).await;
    assert_error(poll().await, 400, "authorization_pending").await;
    assert!(server.approve(&id));
    assert!(json(poll().await).await["id_token"].is_string());
    assert_eq!((server.counters().backchannel_authentications, server.counters().backchannel), (4, 2));
}

#[tokio::test]
async fn code_of_another_client_is_refused() {
    let server = server().await;
    let device = begin(&server).await;
    let code = text(&device, "device_code");
    assert_error(ask(&server, &[("grant_type", DEVICE_CODE), ("device_code", &code)]).await, 400, "invalid_grant")
        .await;
}
