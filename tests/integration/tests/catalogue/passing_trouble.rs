//! What services say in words of their own when they do not refresh a token: a login ends by what means a dead token, and by nothing else.

use std::time::{Duration, SystemTime};

use grantkit::credentials::{CredentialCache, RefreshPolicy};
use grantkit::provider::ProviderSettings;
use grantkit::{Credentials, Error, OAuthToken, ProviderClient};
use grantkit_integration_tests::support::{Answer, Scripted};
use serde_json::{Value, json};

const GRAPH: [&str; 3] = ["facebook", "instagram", "threads"];
const SLACK: [&str; 2] = ["slack", "slack-bot"];

/// The error of a refresh that is answered so, and how often the refresh token is sent when a token is asked for twice.
async fn refused(service: &str, status: u16, body: &Value) -> (Error, usize) {
    let server = Scripted::start([Answer::json(status, body)]).await;
    let settings = ProviderSettings::new().with("client_id", "app").with("client_secret", "s3cret");
    let client = ProviderClient::connect(service, settings.with("provider_base_url", server.url(""))).unwrap();
    let policy = RefreshPolicy::default().with_backoff(Duration::ZERO, Duration::ZERO);
    let login = Credentials::builder(client.stored_login("alice").unwrap().named());
    let login = login.cache(&CredentialCache::new(1, None)).policy(policy).build();
    let expired = OAuthToken::new("at-0").unwrap().with_refresh_token("rt-0").with_expires_at(SystemTime::UNIX_EPOCH);
    login.put(expired).await.unwrap();
    let error = login.token().await.unwrap_err();
    login.token().await.unwrap_err();
    (error, server.count())
}

async fn ends_login(service: &str, status: u16, body: Value) {
    let (error, sent) = refused(service, status, &body).await;
    assert!(error.needs_login() && sent == 1, "{service} {body}: sent {sent} times, {error:?}");
}

async fn passes(service: &str, status: u16, body: Value) {
    let (error, sent) = refused(service, status, &body).await;
    assert!(
        error.is_retryable() && !error.needs_login() && sent == 2,
        "{service} {body}: sent {sent} times, {error:?}"
    );
}

async fn blames_client(service: &str, status: u16, body: Value) {
    let (error, sent) = refused(service, status, &body).await;
    let is_kept = error.is_configuration() && !error.needs_login() && sent == 2;
    assert!(is_kept, "{service} {body}: sent {sent} times, {error:?}");
}

#[tokio::test]
async fn graph_api_login_ends_by_a_dead_token_alone() {
    let body = |code: u64, is_transient: bool| json!({ "error": { "message": "m", "type": "OAuthException", "code": code, "is_transient": is_transient } });
    for service in GRAPH {
        for code in [190, 102] {
            ends_login(service, 400, body(code, false)).await;
        }
        for code in [1, 2, 4, 17, 32, 341, 368, 613, 80_001, 9_999] {
            passes(service, 400, body(code, false)).await;
        }
        passes(service, 400, body(190, true)).await;
        for code in [100, 101, 10, 200] {
            blames_client(service, 400, body(code, false)).await;
        }
    }
}

#[tokio::test]
async fn slack_login_ends_by_a_dead_token_alone() {
    let body = |word: &str| json!({ "ok": false, "error": word });
    for service in SLACK {
        for word in ["invalid_refresh_token", "token_revoked", "token_expired", "account_inactive"] {
            ends_login(service, 200, body(word)).await;
        }
        for word in [
            "internal_error",
            "fatal_error",
            "service_unavailable",
            "request_timeout",
            "ratelimited",
            "accesslimited",
            "team_added_to_org",
            "a_word_of_next_year",
        ] {
            passes(service, 200, body(word)).await;
        }
        for word in ["bad_client_secret", "invalid_client_id", "invalid_arguments", "bad_redirect_uri"] {
            blames_client(service, 200, body(word)).await;
        }
    }
}

#[tokio::test]
async fn zoho_login_ends_by_a_dead_token_alone() {
    ends_login("zoho", 200, json!({ "error": "invalid_code" })).await;
    let throttled = json!({
        "error": "Access Denied", "status": "failure",
        "error_description": "You have made too many requests continuously. Please try again after some time.",
    });
    passes("zoho", 400, throttled.clone()).await;
    let (error, _) = refused("zoho", 400, &throttled).await;
    assert!(error.to_string().contains("Access Denied: You have made too many requests"), "{error}");
    passes("zoho", 200, json!({ "error": "general_error" })).await;
    blames_client("zoho", 200, json!({ "error": "invalid_client_secret" })).await;
}

#[tokio::test]
async fn withings_login_ends_by_a_dead_token_alone() {
    let body = |status: u64, why: &str| json!({ "status": status, "body": {}, "error": why });
    ends_login("withings", 200, body(503, "Invalid Params: invalid refresh_token")).await;
    for status in [522, 524, 601, 2555, 3001] {
        passes("withings", 200, body(status, "An error occurred")).await;
    }
    blames_client("withings", 200, body(401, "invalid client")).await;
    blames_client("withings", 200, body(503, "Invalid Params: missing action")).await;
}

#[tokio::test]
async fn wechat_login_ends_by_a_dead_token_alone() {
    let body = |code: i64| json!({ "errcode": code, "errmsg": "m" });
    for code in [40_030, 42_002, 42_007] {
        ends_login("wechat", 200, body(code)).await;
    }
    for code in [-1, 45_009, 45_011, 50_002] {
        passes("wechat", 200, body(code)).await;
    }
    for code in [40_013, 40_125, 41_003] {
        blames_client("wechat", 200, body(code)).await;
    }
}

#[tokio::test]
async fn fitbit_and_twitch_logins_end_by_a_dead_token_alone() {
    let fitbit = |word: &str| json!({ "errors": [{ "errorType": word, "message": "m" }], "success": false });
    ends_login("fitbit", 400, fitbit("invalid_grant")).await;
    passes("fitbit", 400, fitbit("system")).await;
    blames_client("fitbit", 400, fitbit("invalid_request")).await;
    let twitch = |message: &str| json!({ "status": 400, "error": "Bad Request", "message": message });
    ends_login("twitch", 400, twitch("Invalid refresh token")).await;
    passes("twitch", 400, twitch("something went wrong")).await;
    blames_client("twitch", 400, twitch("missing client id")).await;
    // Of another form.
    passes("fitbit", 400, json!({ "message": "upstream request failed" })).await;
}
