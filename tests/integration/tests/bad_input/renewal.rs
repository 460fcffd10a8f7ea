//! A renewal that fails loses no token that is still good.

use std::time::Duration;

use grantkit::transport::Transport;
use grantkit::{Client, Credentials, OAuthToken};
use grantkit_testkit::{AuthorizationServer, Fault, FaultBody, ManualClock};
use serde_json::json;

use crate::support::{HeldTime, ID, SECRET, eventually, server};

/// Everything that can come instead of a token.
fn failures() -> Vec<(&'static str, Fault)> {
    let answer = |body: FaultBody| Fault::respond(200, body);
    vec![
        ("HTML", answer("<html>".into())),
        ("nothing", answer("".into())),
        ("no token", answer(json!({ "token_type": "Bearer" }).into())),
        ("another token type", answer(json!({ "access_token": "x", "token_type": "mac" }).into())),
        (
            "a negative lifetime",
            answer(json!({ "access_token": "x", "token_type": "Bearer", "expires_in": -5 }).into()),
        ),
        ("no token type", answer(json!({ "access_token": "x" }).into())),
        ("no lifetime left", answer(json!({ "access_token": "x", "token_type": "Bearer", "expires_in": 0 }).into())),
        ("an error within 200", answer(json!({ "error": "invalid_client" }).into())),
        ("invalid_client", Fault::respond(401, json!({ "error": "invalid_client" }))),
        ("invalid_grant", Fault::respond(400, json!({ "error": "invalid_grant" }))),
        ("an unknown error", Fault::respond(400, json!({ "error": "whatever" }))),
        ("500", Fault::status(500)),
        ("503 for long", Fault::status(503).header("retry-after", "120")),
        ("a redirect", Fault::status(302).header("location", "https://as.example/")),
        ("a broken connection", Fault::drop_connection()),
        ("a lost answer", Fault::lose_answer()),
        ("half an answer", Fault::truncate_body(12)),
        ("too much", answer(vec![b'x'; 5000].into())),
    ]
}

/// What ends with the patience of the client.
fn slow_failures() -> Vec<(&'static str, Fault)> {
    vec![("silence", Fault::delay(Duration::from_hours(1))), ("a drip", Fault::drip_body(1, Duration::from_millis(50)))]
}

const LIMIT: Duration = Duration::from_secs(30);

fn credentials(server: &AuthorizationServer, name: &str) -> Credentials {
    credentials_by(&ManualClock::new(), server, name)
}

fn credentials_by(clock: &ManualClock, server: &AuthorizationServer, name: &str) -> Credentials {
    let transport = Transport::builder().timeout(LIMIT).body_limit(4000).build().unwrap();
    Client::builder()
        .client_id(ID)
        .client_secret_basic(SECRET)
        .transport(transport)
        .clock(clock.clone())
        .token_endpoint(&server.token_endpoint())
        .unwrap()
        .build()
        .client_credentials()
        .credentials(name)
}

fn same(one: &OAuthToken, other: &OAuthToken) -> bool {
    one.access_token() == other.access_token()
}

#[tokio::test]
async fn a_token_that_is_good_outlives_failures_of_its_renewal_that_may_pass() {
    let server = server().await;
    for (name, fault) in failures().into_iter().chain(slow_failures()) {
        server.faults().clear();
        let credentials = credentials(&server, name);
        let good = credentials.token().await.unwrap();
        let headers = credentials.headers().await.unwrap();
        server.faults().always("/token", fault);
        let is_slow = slow_failures().iter().any(|(slow, _)| *slow == name);
        let renewing = credentials.refresh_rejected_token(&headers);
        let renewed = if is_slow { HeldTime::run_out(LIMIT, renewing).await } else { renewing.await };
        let error = renewed.unwrap_err();
        assert!(!error.to_string().is_empty());
        if error.needs_login() || error.is_configuration() {
            // The API has rejected it, and there will be no other until someone acts.
            assert_eq!(credentials.token().await.unwrap_err().kind(), error.kind(), "{name}");
            continue;
        }
        for _ in 0..3 {
            assert!(same(&credentials.token().await.unwrap(), &good), "{name}");
            assert_eq!(credentials.headers().await.unwrap().authorization(), headers.authorization(), "{name}");
        }
    }
}

#[tokio::test]
async fn a_failed_renewal_ahead_of_time_is_no_callers_error() {
    let (server, clock) = (server().await, ManualClock::new());
    let credentials = credentials_by(&clock, &server, "ahead");
    let good = credentials.token().await.unwrap();
    server.faults().always("/token", Fault::status(500));
    // It becomes due, is asked for in vain, and callers go on with the old one.
    clock.advance(Duration::from_mins(57));
    eventually("a renewal was tried", async || {
        assert!(same(&credentials.token().await.unwrap(), &good));
        (server.counters().faults_applied > 0).then_some(())
    })
    .await;
    assert!(same(&credentials.token().await.unwrap(), &good));
    server.faults().clear();
    // The pause after the failure is over, and the token is not.
    clock.advance(Duration::from_mins(1));
    eventually("it is renewed when the server is back", async || {
        Some(credentials.token().await.unwrap()).filter(|token| !same(token, &good))
    })
    .await;
}

#[tokio::test]
async fn a_cold_failure_says_why_to_everyone_and_ends_with_its_cause() {
    let server = server().await;
    server.faults().always("/token", Fault::respond(401, json!({ "error": "invalid_client" })));
    let clock = ManualClock::new();
    let credentials = credentials_by(&clock, &server, "cold");
    for _ in 0..5 {
        let error = credentials.token().await.unwrap_err();
        assert_eq!(error.oauth_code(), Some("invalid_client"));
    }
    assert_eq!(server.counters().token_requests, 1, "the server is left alone for a while");
    server.faults().clear();
    clock.advance(Duration::from_mins(1));
    credentials.token().await.expect("it works again without being rebuilt");
}
