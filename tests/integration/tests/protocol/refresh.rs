//! Refresh tokens (RFC 6749 §6) as a login spends them: rotation, once each (RFC 9700 §4.14).

use std::time::Duration;

use grantkit::Credentials;
use grantkit::authorize::RedirectUri;
use grantkit::grant::Login;
use grantkit_testkit::{AuthorizationServer, Fault, ManualClock, RefreshTokens};

use crate::support::{CALLBACK, billing, eventually, log_in, server, server_builder, verdict};

async fn logged_in(server: &AuthorizationServer, scope: &str) -> Login {
    let login = billing(server)
        .authorization_code(RedirectUri::new(CALLBACK).unwrap())
        .scope(scope)
        .audience("https://api.example");
    log_in(&login).await.unwrap()
}

/// Lets the token become due for renewal, and waits until it is another than it was.
async fn renewed(
    credentials: &Credentials,
    clock: &ManualClock,
    before: &grantkit::OAuthToken,
) -> grantkit::OAuthToken {
    clock.advance(Duration::from_mins(57));
    eventually("the token is renewed", async || {
        let now = credentials.token().await.unwrap();
        (now.access_token() != before.access_token()).then_some(now)
    })
    .await
}

#[tokio::test]
async fn a_rotating_refresh_token_is_spent_once_each_time() {
    let (server, clock) = (server().await, ManualClock::new());
    let builder = logged_in(&server, "read").await.credentials_builder("rotating");
    let credentials = builder.clock(clock.clone()).await.unwrap();
    let mut token = credentials.token().await.unwrap();
    for _ in 0..3 {
        token = renewed(&credentials, &clock, &token).await;
    }
    let counters = server.counters();
    assert_eq!(counters.refresh_token, 3);
    assert_eq!((counters.reused_refresh_tokens, counters.revoked_families), (0, 0));
    assert_eq!(counters.authorization_requests, 1, "nobody had to log in again");

    let mut spent: Vec<_> =
        server.requests().iter().filter_map(|request| request.form_value("refresh_token")).collect();
    let all = spent.len();
    spent.sort();
    spent.dedup();
    assert_eq!(spent.len(), all, "each is sent once");
    for request in server.requests().iter().filter(|request| request.form_value("refresh_token").is_some()) {
        assert_eq!(request.form_value("scope"), None, "it stays what it was (RFC 6749 §6)");
        assert_eq!(request.form_value("audience").as_deref(), Some("https://api.example"));
    }
}

#[tokio::test]
async fn a_refresh_token_that_stays_is_used_again() {
    let server = server_builder().rotate_refresh_tokens(false).start().await.unwrap();
    let clock = ManualClock::new();
    let builder = logged_in(&server, "read").await.credentials_builder("staying");
    let credentials = builder.clock(clock.clone()).await.unwrap();
    let mut token = credentials.token().await.unwrap();
    for _ in 0..2 {
        token = renewed(&credentials, &clock, &token).await;
    }
    let spent: std::collections::HashSet<_> =
        server.requests().iter().filter_map(|request| request.form_value("refresh_token")).collect();
    assert_eq!(spent.len(), 1);
}

#[tokio::test]
async fn a_refused_access_token_is_renewed_with_the_refresh_token() {
    let server = server().await;
    let credentials = logged_in(&server, "read").await.credentials("refused").await.unwrap();
    let old = credentials.headers().await.unwrap();
    let new = credentials.refresh_rejected_token(&old).await.unwrap().expect("another token");
    assert_ne!(old.authorization(), new.authorization());
    assert_eq!(server.counters().refresh_token, 1);
}

#[tokio::test]
async fn a_revoked_login_needs_a_login_and_its_rejected_token_is_served_no_more() {
    let server = server().await;
    let credentials = logged_in(&server, "read").await.credentials("revoked-login").await.unwrap();
    let headers = credentials.headers().await.unwrap();
    server.revoke_all_refresh_tokens();
    let error = credentials.refresh_rejected_token(&headers).await.unwrap_err();
    assert_eq!((error.oauth_code(), verdict(&error)), (Some("invalid_grant"), vec!["needs login"]));
    assert_eq!(verdict(&credentials.headers().await.unwrap_err()), ["needs login"]);
}

#[tokio::test]
async fn a_login_without_a_refresh_token_ends_with_its_access_token() {
    let server = server_builder().refresh_tokens(RefreshTokens::Never).start().await.unwrap();
    let clock = ManualClock::new();
    let done = logged_in(&server, "read").await;
    assert!(done.token().refresh_token().is_none());
    let credentials = done.credentials_builder("no-refresh-token").clock(clock.clone()).await.unwrap();
    credentials.token().await.unwrap();
    clock.advance(Duration::from_hours(1));
    let error = credentials.token().await.unwrap_err();
    assert_eq!(verdict(&error), ["needs login"]);
    assert_eq!(server.counters().refresh_token, 0);
}

#[tokio::test]
async fn a_lost_answer_to_a_refresh_is_asked_for_once_more() {
    let server = server().await;
    let credentials = logged_in(&server, "read").await.credentials("lost-answer").await.unwrap();
    let headers = credentials.headers().await.unwrap();
    server.faults().next("/token", 1, Fault::lose_answer());
    // This server had replaced it, and takes the old one for stolen: the login was lost with the answer.
    assert!(credentials.refresh_rejected_token(&headers).await.unwrap_err().needs_login());
    for _ in 0..3 {
        let later = credentials.refresh_rejected_token(&headers).await;
        assert!(later.unwrap_err().needs_login(), "it is too early for another try, and the reason is the same");
    }
    assert_eq!(server.counters().refresh_token, 2);
    assert_eq!(server.counters().reused_refresh_tokens, 1);
}

#[tokio::test]
async fn a_token_that_has_expired_already_is_never_served() {
    let expires_at_once = || Fault::edit_json(|answer| answer["expires_in"] = 0.into());
    let server = server().await;
    server.faults().next("/token", 1, expires_at_once());
    let done = logged_in(&server, "read").await;
    let dead = done.token().clone();
    let credentials = done.credentials("expired-at-once").await.unwrap();
    assert_ne!(credentials.token().await.unwrap().access_token(), dead.access_token());
    assert_eq!(server.counters().refresh_token, 1);

    let without_refresh = server_builder().refresh_tokens(RefreshTokens::Never).start().await.unwrap();
    without_refresh.faults().next("/token", 1, expires_at_once());
    let error = logged_in(&without_refresh, "read").await.credentials("expired-for-good").await.unwrap_err();
    assert_eq!(verdict(&error), ["invalid response"]);
}
