//! Revocation and introspection.

use grantkit_testkit::AuthorizationServer;
use reqwest::Response;
use serde_json::{Value, json};

use crate::support::{
    BILLING, ask, assert_error, client_token, form, http, json as read, login, refresh, server, text,
};

async fn introspect(server: &AuthorizationServer, token: &str) -> Value {
    let request = http().post(server.introspection_endpoint()).basic_auth(BILLING.0, Some(BILLING.1));
    read(form(request, &[("token", token)]).send().await.unwrap()).await
}

async fn revoke_as_cli(server: &AuthorizationServer, token: &str) -> Response {
    let request = http().post(server.revocation_endpoint());
    form(request, &[("client_id", "cli"), ("token", token)]).send().await.unwrap()
}

#[tokio::test]
async fn introspection_tells_of_a_good_token() {
    let server = server().await;
    let asked = [("grant_type", "client_credentials"), ("scope", "a"), ("audience", "x"), ("resource", "https://y")];
    let token = text(&read(ask(&server, &asked).await).await, "access_token");
    let answer = introspect(&server, &token).await;
    assert_eq!(answer["active"], true);
    assert_eq!(answer["client_id"], "billing");
    assert_eq!(answer["sub"], "billing");
    assert_eq!(answer["scope"], "a");
    assert_eq!(answer["aud"], json!(["x", "https://y"]));
    assert_eq!(answer["iss"], server.issuer());
    assert_eq!(answer["exp"].as_u64().unwrap() - answer["iat"].as_u64().unwrap(), 3600);
}

#[tokio::test]
async fn introspection_tells_nothing_of_others() {
    let server = server().await;
    assert_eq!(introspect(&server, "made up").await, json!({ "active": false }));
    let token = client_token(&server, "a").await;
    assert!(server.revoke_access_token(&token));
    assert!(!server.revoke_access_token("made up"));
    assert_eq!(introspect(&server, &token).await, json!({ "active": false }));
}

#[tokio::test]
async fn introspection_wants_a_confidential_client() {
    let server = server().await;
    let send = async |parameters: &[(&str, &str)]| {
        form(http().post(server.introspection_endpoint()), parameters).send().await.unwrap()
    };
    assert_error(send(&[("token", "x")]).await, 401, "invalid_client").await;
    assert_error(send(&[("token", "x"), ("client_id", "cli")]).await, 401, "invalid_client").await;
}

#[tokio::test]
async fn revoked_access_token_leaves_the_refresh_token() {
    let server = server().await;
    let answer = login(&server, "a").await;
    assert_eq!(revoke_as_cli(&server, &text(&answer, "access_token")).await.status(), 200);
    assert_eq!(introspect(&server, &text(&answer, "access_token")).await["active"], false);
    assert_eq!(introspect(&server, &text(&answer, "refresh_token")).await["active"], true);
}

#[tokio::test]
async fn revoked_refresh_token_takes_the_access_token_with_it() {
    let server = server().await;
    let answer = login(&server, "a").await;
    assert_eq!(revoke_as_cli(&server, &text(&answer, "refresh_token")).await.status(), 200);
    assert_eq!(introspect(&server, &text(&answer, "access_token")).await["active"], false);
    assert_error(refresh(&server, &text(&answer, "refresh_token"), &[]).await, 400, "invalid_grant").await;
    assert_eq!(server.counters().revocations, 1);
}

#[tokio::test]
async fn unknown_token_is_a_success_and_another_client_s_is_not() {
    let server = server().await;
    assert_eq!(revoke_as_cli(&server, "made up").await.status(), 200);
    let token = client_token(&server, "a").await;
    assert_error(revoke_as_cli(&server, &token).await, 400, "invalid_grant").await;
    assert_eq!(introspect(&server, &token).await["active"], true);
}
