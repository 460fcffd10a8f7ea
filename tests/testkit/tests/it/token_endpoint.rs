//! Requests and answers of the token endpoint.

use std::time::{Duration, Instant};

use grantkit_testkit::{ManualClock, ProtectedApi};

use crate::support::{ask, ask_as_cli, assert_error, builder, client_token, form, http, json, server, text};

#[tokio::test]
async fn client_credentials_yield_an_access_token_and_no_refresh_token() {
    let server = server().await;
    let response = ask(&server, &[("grant_type", "client_credentials"), ("scope", "b a b")]).await;
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["cache-control"], "no-store");
    let answer = json(response).await;
    assert!(text(&answer, "access_token").starts_with("at_"));
    assert_eq!(answer["token_type"], "Bearer");
    assert_eq!(answer["expires_in"], 3600);
    assert_eq!(answer["scope"], "b a");
    assert!(answer.get("refresh_token").is_none());
    assert!(answer.get("id_token").is_none());
}

#[tokio::test]
async fn each_token_is_another() {
    let server = server().await;
    assert_ne!(client_token(&server, "a").await, client_token(&server, "a").await);
}

#[tokio::test]
async fn public_client_gets_no_client_credentials() {
    let server = server().await;
    let response = ask_as_cli(&server, &[("grant_type", "client_credentials")]).await;
    assert_error(response, 400, "unauthorized_client").await;
}

#[tokio::test]
async fn unknown_grant_is_refused() {
    let server = server().await;
    assert_error(ask(&server, &[("grant_type", "password")]).await, 400, "unsupported_grant_type").await;
}

#[tokio::test]
async fn missing_and_repeated_parameters_are_refused() {
    let server = server().await;
    assert_error(ask(&server, &[("scope", "a")]).await, 400, "invalid_request").await;
    assert_error(ask(&server, &[("grant_type", "")]).await, 400, "invalid_request").await;
    let twice = [("grant_type", "client_credentials"), ("scope", "a"), ("scope", "b")];
    assert_error(ask(&server, &twice).await, 400, "invalid_request").await;
}

#[tokio::test]
async fn a_body_that_is_no_form_is_refused() {
    let server = server().await;
    let request = http().post(server.token_endpoint()).header("content-type", "application/json");
    assert_error(request.body("{}").send().await.unwrap(), 400, "invalid_request").await;
}

#[tokio::test]
async fn scope_that_is_not_offered_is_refused() {
    let server = builder().allowed_scopes(["a", "b"]).start().await.unwrap();
    let ok = ask(&server, &[("grant_type", "client_credentials"), ("scope", "a")]).await;
    assert_eq!(ok.status(), 200);
    let refused = ask(&server, &[("grant_type", "client_credentials"), ("scope", "a c")]).await;
    assert_error(refused, 400, "invalid_scope").await;
}

#[tokio::test]
async fn lifetime_is_announced_rounded_up_and_kept_exactly() {
    let clock = ManualClock::new();
    let server = builder().access_token_lifetime(Duration::from_millis(800)).clock(&clock).start().await.unwrap();
    let api = ProtectedApi::start(&server).await.unwrap();
    let answer = json(ask(&server, &[("grant_type", "client_credentials")]).await).await;
    assert_eq!(answer["expires_in"], 1);
    let call = || http().get(api.url("/v1/whoami")).bearer_auth(text(&answer, "access_token")).send();
    clock.advance(Duration::from_millis(799));
    assert_eq!(call().await.unwrap().status(), 200);
    clock.advance(Duration::from_millis(1));
    assert_eq!(call().await.unwrap().status(), 401);

    server.set_access_token_lifetime(Duration::MAX);
    let endless = ask(&server, &[("grant_type", "client_credentials")]).await;
    assert_eq!(endless.status(), 200);
}

#[tokio::test]
async fn access_tokens_are_padded() {
    let server = builder().access_token_length(4096).start().await.unwrap();
    assert_eq!(client_token(&server, "a").await.len(), 4096);
}

#[tokio::test]
async fn latency_delays_token_requests() {
    let server = builder().latency(Duration::from_millis(400)).start().await.unwrap();
    let start = Instant::now();
    client_token(&server, "a").await;
    assert!(start.elapsed() >= Duration::from_millis(400));
    server.set_latency(Duration::from_hours(1));
    assert!(tokio::time::timeout(Duration::from_millis(100), client_token(&server, "a")).await.is_err());
    server.set_latency(Duration::ZERO);
    client_token(&server, "a").await;
}

#[tokio::test]
async fn counters_and_records_show_the_wire() {
    let server = server().await;
    client_token(&server, "read:invoices").await;
    form(http().post(server.url("token?x=1")), &[]).send().await.unwrap();

    let counters = server.counters();
    assert_eq!(counters.token_requests, 2);
    assert_eq!(counters.client_credentials, 1);
    assert_eq!(counters.access_tokens_issued, 1);
    let requests = server.requests();
    assert_eq!(requests[0].method, "POST");
    assert_eq!(requests[0].path, "/token");
    assert_eq!(requests[0].header("authorization"), Some("Basic YmlsbGluZzpzM2NyZXQ="));
    assert_eq!(requests[0].body, "grant_type=client_credentials&scope=read%3Ainvoices");
    assert_eq!(requests[0].form_value("scope").as_deref(), Some("read:invoices"));
    assert_eq!(requests[1].query_value("x").as_deref(), Some("1"));
    server.clear_requests();
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn records_are_bounded() {
    let server = builder().recorded_requests(2).start().await.unwrap();
    for scope in ["a", "b", "c"] {
        client_token(&server, scope).await;
    }
    let scopes: Vec<_> = server.requests().iter().filter_map(|request| request.form_value("scope")).collect();
    assert_eq!(scopes, ["b", "c"]);
}
