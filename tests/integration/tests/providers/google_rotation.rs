use std::time::Duration;

use grantkit::credentials::{CredentialCache, RefreshPolicy};
use grantkit::prelude::*;
use serde_json::{Value, json};
use url::form_urlencoded;

use crate::google::client;
use crate::token_service::{TokenService, oauth_error};

/// A client of each test's own, which is a thread: servers of earlier tests come again in one process, and what became of a
/// configured refresh token is known there for as long as it runs.
fn user(service: &TokenService) -> ProviderSettings {
    let test = std::thread::current().name().unwrap().replace("::", "-");
    crate::google::user(service).with("client_id", format!("{test}.apps.example"))
}

/// A token, with a refresh token or without.
fn answer(token: &str, refresh_token: Option<&str>) -> (u16, Value) {
    (200, json!({ "access_token": token, "token_type": "Bearer", "expires_in": 3600, "refresh_token": refresh_token }))
}

/// The refresh tokens that were sent, in turn.
fn spent(service: &TokenService) -> Vec<String> {
    let of = |body: String| {
        form_urlencoded::parse(body.as_bytes()).find(|(name, _)| name == "refresh_token").unwrap().1.into_owned()
    };
    service.bodies().into_iter().map(of).collect()
}

async fn next_token(credentials: &Credentials) -> String {
    let refused = credentials.headers().await.unwrap();
    let next = credentials.refresh_rejected_token(&refused).await.unwrap().unwrap();
    next.authorization().to_str().unwrap().trim_start_matches("Bearer ").to_owned()
}

fn impatient(client: ProviderClient) -> Credentials {
    let policy = RefreshPolicy::default()
        .with_min_forced_refresh_interval(Duration::ZERO)
        .with_backoff(Duration::ZERO, Duration::ZERO);
    Credentials::builder(client).cache(&CredentialCache::new(1, None)).policy(policy).build()
}

#[tokio::test]
async fn without_a_new_one_the_refresh_token_stays() {
    let service = TokenService::answering(["t1", "t2", "t3"].map(|token| answer(token, None))).await;
    let credentials = impatient(client(user(&service)));
    credentials.token().await.unwrap();
    assert_eq!(next_token(&credentials).await, "t2");
    assert_eq!(next_token(&credentials).await, "t3");
    assert_eq!(spent(&service), ["1//0g+R/1", "1//0g+R/1", "1//0g+R/1"]);
}

#[tokio::test]
async fn a_new_refresh_token_takes_the_place_of_the_configured_one() {
    let service = TokenService::answering([
        answer("t1", Some("second")),
        answer("t2", None),
        answer("t3", Some("third")),
        answer("t4", None),
    ])
    .await;
    let credentials = impatient(client(user(&service).with("quota_project_id", "p")));
    credentials.token().await.unwrap();
    for token in ["t2", "t3", "t4"] {
        assert_eq!(next_token(&credentials).await, token);
    }
    assert_eq!(spent(&service), ["1//0g+R/1", "second", "second", "third"]);
    assert_eq!(credentials.token().await.unwrap().extra()["quota_project_id"], "p");
}

#[tokio::test]
async fn what_was_replaced_is_not_sent_again() {
    let service = TokenService::answering([
        answer("t1", Some("second")),
        oauth_error(400, "invalid_grant", "revoked"),
        answer("t3", None),
    ])
    .await;
    let client = client(user(&service));
    client.get_token().await.unwrap();
    assert!(client.get_token().await.unwrap_err().needs_login());
    let error = client.get_token().await.unwrap_err();
    assert!(error.needs_login());
    assert!(error.to_string().contains("configure a new one"), "{error}");
    assert_eq!(spent(&service), ["1//0g+R/1", "second"]);
}

/// Whatever else is wrong with an answer: the refresh token that it brought is valid.
#[tokio::test]
async fn a_successor_is_kept_before_the_rest_of_its_answer_is_judged() {
    let mut bound = answer("t2", Some("third"));
    bound.1["token_type"] = json!("DPoP");
    let service = TokenService::answering([answer("t1", Some("second")), bound, answer("t3", None)]).await;
    let credentials = impatient(client(user(&service)));
    let refused = credentials.headers().await.unwrap();
    assert!(credentials.refresh_rejected_token(&refused).await.unwrap_err().is_invalid_response());
    assert_eq!(next_token(&credentials).await, "t3");
    assert_eq!(spent(&service), ["1//0g+R/1", "second", "third"]);
}

/// As with a store, and whatever caches and clients come and go.
#[tokio::test]
async fn a_configured_one_that_is_over_is_not_sent_again() {
    let service = TokenService::answering([oauth_error(400, "invalid_grant", "revoked"), answer("t2", None)]).await;
    for _ in 0..3 {
        let error = client(user(&service)).get_token().await.unwrap_err();
        assert!(error.needs_login(), "{error}");
        assert!(impatient(client(user(&service))).token().await.unwrap_err().needs_login());
    }
    assert_eq!(spent(&service), ["1//0g+R/1"]);
}

/// The client's own mistake says nothing of the token.
#[tokio::test]
async fn a_configured_one_is_sent_again_once_the_client_is_corrected() {
    let service = TokenService::answering([oauth_error(401, "invalid_client", "wrong"), answer("t2", None)]).await;
    let client = client(user(&service));
    assert!(client.get_token().await.unwrap_err().is_configuration());
    assert_eq!(client.get_token().await.unwrap().access_token().secret(), "t2");
}

#[tokio::test]
async fn a_successor_outlives_the_cache_and_a_busy_server() {
    let service =
        TokenService::answering([answer("t1", Some("second")), (503, json!({ "error": "busy" })), answer("t3", None)])
            .await;
    let client = client(user(&service));
    client.get_token().await.unwrap();
    assert!(client.get_token().await.unwrap_err().is_retryable());
    client.get_token().await.unwrap();
    assert_eq!(spent(&service), ["1//0g+R/1", "second", "second"]);
}

#[tokio::test]
async fn one_refresh_token_serves_several_scopes() {
    let service = TokenService::answering([answer("t1", Some("second")), answer("t2", Some("third"))]).await;
    let cache = CredentialCache::new(2, None);
    let of = |scope: &str| {
        let client = client(user(&service).with("scopes", vec![scope]));
        Credentials::builder(client).cache(&cache).build()
    };
    let (drive, mail) = (of("drive"), of("mail"));
    assert_eq!(drive.token().await.unwrap().access_token().secret(), "t1");
    assert_eq!(mail.token().await.unwrap().access_token().secret(), "t2");
    assert_eq!(spent(&service), ["1//0g+R/1", "second"]);
}

/// The server may have replaced it once more (RFC 9700 §4.14): what was configured is not sent again, whatever happens.
#[tokio::test]
async fn successor_is_sent_once_more_after_a_lost_answer_and_no_other() {
    let lost = || (200, json!([]));
    let service = TokenService::answering([answer("t1", Some("second")), lost(), lost(), answer("t3", None)]).await;
    let credentials = impatient(client(user(&service)));
    let refused = credentials.headers().await.unwrap();
    for _ in 0..2 {
        assert!(credentials.refresh_rejected_token(&refused).await.unwrap_err().needs_login());
    }
    assert_eq!(spent(&service), ["1//0g+R/1", "second", "second"]);
    // Neither by another cache of the process.
    assert!(impatient(client(user(&service))).token().await.unwrap_err().needs_login());
    assert_eq!(spent(&service).len(), 3);
}
