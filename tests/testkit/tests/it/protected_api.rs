//! The protected API.

use grantkit_testkit::{AuthorizationServer, ProtectedApi};
use reqwest::Response;
use reqwest::header::{LOCATION, WWW_AUTHENTICATE};

use crate::support::{ask, client_token, http, json, login, server, text};

async fn both() -> (AuthorizationServer, ProtectedApi) {
    let server = server().await;
    let api = ProtectedApi::start(&server).await.unwrap();
    (server, api)
}

async fn get(api: &ProtectedApi, path: &str, token: &str) -> Response {
    http().get(api.url(path)).bearer_auth(token).send().await.unwrap()
}

fn challenge(response: &Response) -> &str {
    response.headers()[WWW_AUTHENTICATE].to_str().unwrap()
}

#[tokio::test]
async fn good_token_is_served() {
    let (server, api) = both().await;
    let token = client_token(&server, "a").await;
    let invoice = json(get(&api, "/v1/invoices/42", &token).await).await;
    assert_eq!(invoice["id"], "42");
    assert_eq!(invoice["amount_cents"], 1999);

    let request = http().post(api.url("/v1/invoices")).bearer_auth(&token).body(r#"{"amount_cents":7}"#);
    let created = request.send().await.unwrap();
    assert_eq!(created.status(), 201);
    let created = json(created).await;
    assert_eq!(created["amount_cents"], 7);
    assert!(created["id"].is_string());
    let counters = api.counters();
    assert_eq!((counters.requests, counters.accepted, counters.rejected), (2, 2, 0));
}

#[tokio::test]
async fn whoami_shows_the_token() {
    let (server, api) = both().await;
    let asked = [("grant_type", "client_credentials"), ("scope", "a b"), ("audience", "https://api")];
    let token = text(&json(ask(&server, &asked).await).await, "access_token");
    let answer = json(get(&api, "/v1/whoami", &token).await).await;
    assert_eq!(
        answer,
        serde_json::json!({
            "client_id": "billing", "sub": "billing", "scope": "a b", "aud": "https://api",
        })
    );
    let user = text(&login(&server, "a").await, "access_token");
    let answer = json(get(&api, "/v1/whoami", &user).await).await;
    assert_eq!(answer["client_id"], "cli");
    assert_eq!(answer["sub"], "alice");
}

#[tokio::test]
async fn absent_token_is_challenged_without_an_error() {
    let (_server, api) = both().await;
    let response = http().get(api.url("/v1/whoami")).send().await.unwrap();
    assert_eq!(response.status(), 401);
    assert!(challenge(&response).starts_with("Bearer"));
    assert!(!challenge(&response).contains("error"));
    let basic = http().get(api.url("/v1/whoami")).basic_auth("a", Some("b")).send().await.unwrap();
    assert!(!challenge(&basic).contains("error"));
    assert_eq!(api.counters().rejected, 2);
}

#[tokio::test]
async fn unknown_and_revoked_tokens_are_invalid() {
    let (server, api) = both().await;
    let unknown = get(&api, "/v1/whoami", "made-up").await;
    assert_eq!(unknown.status(), 401);
    assert!(challenge(&unknown).starts_with("Bearer error=\"invalid_token\", error_description=\""));

    let token = client_token(&server, "a").await;
    assert_eq!(get(&api, "/v1/whoami", &token).await.status(), 200);
    server.revoke_all_access_tokens();
    assert_eq!(get(&api, "/v1/whoami", &token).await.status(), 401);
    let next = client_token(&server, "a").await;
    assert_eq!(get(&api, "/v1/whoami", &next).await.status(), 200);
}

#[tokio::test]
async fn missing_scope_is_forbidden() {
    let (server, api) = both().await;
    let token = client_token(&server, "read:invoices").await;
    assert_eq!(get(&api, "/v1/scoped/read:invoices", &token).await.status(), 200);
    let refused = get(&api, "/v1/scoped/write", &token).await;
    assert_eq!(refused.status(), 403);
    assert!(challenge(&refused).contains("error=\"insufficient_scope\""));
    assert!(challenge(&refused).contains("scope=\"write\""));
    assert_eq!(api.counters().rejected, 1);
    assert_eq!(get(&api, "/v1/scoped/a%22%0Ab", &token).await.status(), 403);
}

#[tokio::test]
async fn reject_all_rejects_good_tokens_until_told_otherwise() {
    let (server, api) = both().await;
    let token = client_token(&server, "a").await;
    api.reject_all(true);
    assert_eq!(get(&api, "/v1/whoami", &token).await.status(), 401);
    api.reject_all(false);
    assert_eq!(get(&api, "/v1/whoami", &token).await.status(), 200);
}

#[tokio::test]
async fn echo_shows_the_request_without_the_token() {
    let (server, api) = both().await;
    let token = client_token(&server, "a").await;
    let request = http().put(api.url("/v1/echo?x=1&y=%20")).bearer_auth(&token);
    let answer = json(request.header("x-trace", "7").body("hello").send().await.unwrap()).await;
    assert_eq!(answer["method"], "PUT");
    assert_eq!(answer["path"], "/v1/echo");
    assert_eq!(answer["query"], "x=1&y=%20");
    assert_eq!(answer["body"], "hello");
    assert_eq!(answer["headers"]["x-trace"], "7");
    assert!(answer["headers"].get("authorization").is_none());
    assert_eq!(api.requests()[0].header("authorization"), Some(format!("Bearer {token}").as_str()));
}

#[tokio::test]
async fn redirect_goes_where_it_is_told() {
    let (server, api) = both().await;
    let token = client_token(&server, "a").await;
    let response = get(&api, "/v1/redirect?to=https%3A%2F%2Fevil.example%2Fx", &token).await;
    assert_eq!(response.status(), 302);
    assert_eq!(response.headers()[LOCATION], "https://evil.example/x");
    assert_eq!(get(&api, "/v1/redirect", &token).await.status(), 400);
    assert_eq!(get(&api, "/v1/nothing", &token).await.status(), 404);
}

#[tokio::test]
async fn challenge_leads_to_the_metadata_that_names_the_server() {
    let server = server().await;
    let api = ProtectedApi::start(&server).await.unwrap();
    let refused = http().get(api.url("/v1/whoami")).send().await.unwrap();
    let url = api.url("/.well-known/oauth-protected-resource");
    assert!(challenge(&refused).ends_with(&format!(" resource_metadata=\"{url}\"")), "{}", challenge(&refused));
    let metadata = json(http().get(&url).send().await.unwrap()).await;
    assert_eq!(metadata["resource"], api.base_url());
    assert_eq!(metadata["authorization_servers"][0], server.issuer());
    let below = json(http().get(format!("{url}/v1")).send().await.unwrap()).await;
    assert_eq!(below["resource"], api.url("/v1"));
}
