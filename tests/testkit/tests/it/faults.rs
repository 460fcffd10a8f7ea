//! Each fault, as a client sees it.

use std::error::Error as _;
use std::time::{Duration, Instant};

use grantkit_testkit::{AuthorizationServer, Fault, ProtectedApi};
use reqwest::{Client, Response};
use serde_json::json;

use crate::support::{BILLING, CLI_CALLBACK, VERIFIER, ask, cli_login, code, form, http, json as read, login, refresh};
use crate::support::{server, text, until};

const GRANT: [(&str, &str); 1] = [("grant_type", "client_credentials")];

async fn try_ask(http: &Client, server: &AuthorizationServer) -> reqwest::Result<Response> {
    form(http.post(server.token_endpoint()).basic_auth(BILLING.0, Some(BILLING.1)), &GRANT).send().await
}

/// The whole chain of an error's causes.
fn causes(error: &reqwest::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    text
}

#[tokio::test]
async fn status_answers_instead_of_the_server_and_is_counted_down() {
    let server = server().await;
    let fault = Fault::status(503).header("retry-after", "1").body(json!({ "error": "temporarily_unavailable" }));
    server.faults().next("/token", 2, fault);
    server.faults().next("/token", 1, Fault::respond(500, "oops"));
    for _ in 0..2 {
        let response = ask(&server, &GRANT).await;
        assert_eq!(response.status(), 503);
        assert_eq!(response.headers()["retry-after"], "1");
        assert_eq!(response.headers()["content-type"], "application/json");
        assert_eq!(read(response).await["error"], "temporarily_unavailable");
    }
    assert_eq!(server.faults().pending("/token"), 1);
    let response = ask(&server, &GRANT).await;
    assert_eq!(response.status(), 500);
    assert_eq!(response.headers()["content-type"], "text/plain");
    assert_eq!(response.text().await.unwrap(), "oops");
    assert_eq!(ask(&server, &GRANT).await.status(), 200);
    let counters = server.counters();
    assert_eq!((counters.client_credentials, counters.faults_applied, counters.access_tokens_issued), (4, 3, 1));
}

#[tokio::test]
async fn faults_of_the_token_endpoint_reach_it_under_its_other_name() {
    let server = server().await;
    let ask = async |path: &str| {
        let request = http().post(server.url(path)).basic_auth(BILLING.0, Some(BILLING.1));
        form(request, &GRANT).send().await.unwrap().status()
    };
    server.faults().next("/token", 2, Fault::status(503));
    assert_eq!((ask("/oauth/token").await, ask("/token").await), (503.try_into().unwrap(), 503.try_into().unwrap()));
    assert_eq!(ask("/oauth/token").await, 200);
    // What is said of that name alone is for it alone.
    server.faults().next("/oauth/token", 1, Fault::status(500));
    assert_eq!((ask("/token").await, ask("/oauth/token").await), (200.try_into().unwrap(), 500.try_into().unwrap()));
    assert_eq!(ask("/oauth/token").await, 200);
}

#[tokio::test]
async fn faults_keep_to_their_path_and_can_be_cleared() {
    let server = server().await;
    server.faults().always("/jwks", Fault::status(500));
    server.faults().next("/token", 1, Fault::status(500));
    for _ in 0..3 {
        assert_eq!(http().get(server.jwks_uri()).send().await.unwrap().status(), 500);
    }
    server.faults().clear();
    assert_eq!(http().get(server.jwks_uri()).send().await.unwrap().status(), 200);
    assert_eq!(ask(&server, &GRANT).await.status(), 200);
}

#[tokio::test]
async fn delay_comes_before_a_normal_answer() {
    let server = server().await;
    server.faults().next("/token", 1, Fault::delay(Duration::from_millis(80)));
    let start = Instant::now();
    assert_eq!(ask(&server, &GRANT).await.status(), 200);
    assert!(start.elapsed() >= Duration::from_millis(80));
}

#[tokio::test]
async fn delayed_request_goes_with_its_client() {
    // The longer ones where a machine stands still until the delay is over.
    for delay in [400, 4000, 30_000].map(Duration::from_millis) {
        let (server, began) = (server().await, Instant::now());
        server.faults().next("/token", 1, Fault::delay(delay));
        let request = http().post(server.token_endpoint()).basic_auth(BILLING.0, Some(BILLING.1));
        let outcome = form(request, &GRANT).timeout(Duration::from_millis(100)).send().await;
        if began.elapsed() > delay * 3 / 4 {
            continue;
        }
        assert!(outcome.unwrap_err().is_timeout());
        tokio::time::sleep(delay).await;
        assert_eq!(server.counters().access_tokens_issued, 0);
        return;
    }
    panic!("this machine is too slow");
}

#[tokio::test]
async fn dropped_connection_is_an_error_and_nothing_is_processed() {
    let server = server().await;
    let http = http();
    assert!(!try_ask(&http, &server).await.unwrap().text().await.unwrap().is_empty());
    // On a connection that was good before: no client may take this for an idle connection's end and send twice.
    server.faults().next("/token", 1, Fault::drop_connection());
    let error = try_ask(&http, &server).await.unwrap_err();
    assert!(error.is_request() && !error.is_connect(), "{}", causes(&error));
    assert!(causes(&error).contains("closed before message completed"), "{}", causes(&error));
    assert_eq!(server.counters().token_requests, 2);
    assert_eq!(server.counters().access_tokens_issued, 1);
    assert_eq!(try_ask(&http, &server).await.unwrap().status(), 200);
}

#[tokio::test]
async fn lost_answer_was_processed() {
    let server = server().await;
    let token = text(&login(&server, "a").await, "refresh_token");
    server.faults().next("/token", 1, Fault::lose_answer());
    let parameters = [("grant_type", "refresh_token"), ("refresh_token", &token), ("client_id", "cli")];
    form(http().post(server.token_endpoint()), &parameters).send().await.unwrap_err();
    assert_eq!(refresh(&server, &token, &[]).await.status(), 400);
    assert_eq!(server.counters().reused_refresh_tokens, 1);
}

#[tokio::test]
async fn delayed_answer_was_processed_although_the_client_gave_up() {
    let server = server().await;
    let code = code(&server, &cli_login(&[])).await;
    server.faults().next("/token", 1, Fault::delay_answer(Duration::from_hours(1)));
    let parameters = [
        ("grant_type", "authorization_code"),
        ("client_id", "cli"),
        ("code", &code),
        ("redirect_uri", CLI_CALLBACK),
        ("code_verifier", VERIFIER),
    ];
    let asking = tokio::spawn(form(http().post(server.token_endpoint()), &parameters).send());
    until(async || server.counters().access_tokens_issued == 1).await;
    assert!(!asking.is_finished());
    asking.abort();
}

#[tokio::test]
async fn truncated_body_announces_all_and_sends_some() {
    let server = server().await;
    for bytes in [0, 1, 20] {
        server.faults().next("/token", 1, Fault::truncate_body(bytes));
        let mut response = ask(&server, &GRANT).await;
        assert_eq!(response.status(), 200);
        assert!(response.content_length().unwrap() > 100);
        let mut read = 0;
        let error = loop {
            match response.chunk().await {
                Ok(chunk) => read += chunk.expect("the body is not complete").len(),
                Err(error) => break error,
            }
        };
        assert_eq!(read, bytes);
        assert!(error.is_body() || error.is_decode(), "{}", causes(&error));
    }
    assert_eq!(server.counters().access_tokens_issued, 3);
    server.faults().next("/token", 1, Fault::truncate_body(100_000));
    assert!(read(ask(&server, &GRANT).await).await["access_token"].is_string());
}

#[tokio::test]
async fn truncated_large_body_arrives_as_far_as_promised() {
    let server = server().await;
    server.faults().next("/jwks", 1, Fault::truncate_body(3_000_000).body(vec![b'x'; 4_000_000]));
    let mut response = http().get(server.jwks_uri()).send().await.unwrap();
    let mut read = 0;
    while let Ok(Some(chunk)) = response.chunk().await {
        read += chunk.len();
    }
    assert_eq!(read, 3_000_000);
}

#[tokio::test]
async fn dripping_body_is_slow_and_whole() {
    let server = server().await;
    server.faults().next("/jwks", 1, Fault::drip_body(1, Duration::from_millis(10)).body("0123456789"));
    let start = Instant::now();
    let mut response = http().get(server.jwks_uri()).send().await.unwrap();
    assert_eq!(response.content_length(), Some(10));
    let mut chunks = Vec::new();
    while let Some(chunk) = response.chunk().await.unwrap() {
        chunks.push(chunk);
    }
    assert_eq!(chunks.concat(), b"0123456789");
    assert!(chunks.len() > 1, "{chunks:?}");
    assert!(start.elapsed() >= Duration::from_millis(90));
}

#[tokio::test]
async fn rewritten_answer_was_processed() {
    let server = server().await;
    server.faults().next("/token", 1, Fault::rewrite_body("<html>").header("content-type", "text/html"));
    let response = ask(&server, &GRANT).await;
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "text/html");
    assert_eq!(response.headers()["cache-control"], "no-store");
    assert_eq!(response.text().await.unwrap(), "<html>");
    assert_eq!(server.counters().access_tokens_issued, 1);
}

#[tokio::test]
async fn edited_answer_keeps_the_rest() {
    let server = server().await;
    server.faults().next("/token", 1, Fault::edit_json(|token| token["expires_in"] = json!("soon")));
    let answer = read(ask(&server, &GRANT).await).await;
    assert_eq!(answer["expires_in"], "soon");
    assert!(answer["access_token"].is_string());
}

#[tokio::test]
async fn header_given_twice_is_sent_twice() {
    let server = server().await;
    let fault = Fault::status(401).header("www-authenticate", "DPoP").header("www-authenticate", "Bearer");
    server.faults().next("/token", 1, fault);
    let response = ask(&server, &GRANT).await;
    let values: Vec<_> = response.headers().get_all("www-authenticate").iter().collect();
    assert_eq!(values, ["DPoP", "Bearer"]);
}

#[tokio::test]
async fn the_api_has_faults_too() {
    let server = server().await;
    let api = ProtectedApi::start(&server).await.unwrap();
    api.faults().next("/v1/invoices/42", 1, Fault::status(502));
    let response = http().get(api.url("/v1/invoices/42")).send().await.unwrap();
    assert_eq!(response.status(), 502);
    let counters = api.counters();
    assert_eq!((counters.requests, counters.accepted, counters.rejected, counters.faults_applied), (1, 0, 0, 1));
}

#[test]
#[should_panic(expected = "42 is not the status code of a final answer")]
fn a_status_that_is_none_is_told_at_once() {
    let _ = Fault::status(42);
}
