//! What a reauthentication leaves of the login: its refresh token, and its proof.

use grantkit::credentials::{CredentialCache, RefreshPolicy};
use grantkit::prelude::*;
use grantkit_providers::google::AuthorizedUser;
use serde_json::{Value, json};
use std::time::Duration;
use url::form_urlencoded;

use crate::google_user::{Password, rapt_required, user};
use crate::token_service::{TokenService, bearer};

fn authenticated() -> (u16, Value) {
    (200, json!({ "status": "AUTHENTICATED", "sessionId": "s1", "encodedProofOfReauthToken": "rapt-2" }))
}

fn pending() -> (u16, Value) {
    let challenge = json!({ "status": "READY", "challengeId": 1, "challengeType": "PASSWORD" });
    (200, json!({ "status": "CHALLENGE_PENDING", "sessionId": "s1", "challenges": [challenge] }))
}

/// With a new refresh token.
fn replacing(token: &str, refresh_token: &str) -> (u16, Value) {
    let (status, mut answer) = bearer(token);
    answer["refresh_token"] = refresh_token.into();
    (status, answer)
}

fn with_challenges(service: &TokenService, test: &str) -> AuthorizedUser {
    user(service, test).reauth(Password).reauth_url(service.url(""))
}

/// One parameter of each request to the token endpoint.
fn sent(service: &TokenService, wanted: &str) -> Vec<Option<String>> {
    let requests = service.received().into_iter().filter(|request| request.path_and_query == "/token");
    let parameter = |body: String| {
        form_urlencoded::parse(body.as_bytes()).find(|(name, _)| name == wanted).map(|(_, value)| value.into_owned())
    };
    requests.map(|request| parameter(request.body)).collect()
}

fn own(values: &[&str]) -> Vec<Option<String>> {
    values.iter().map(|value| Some((*value).to_owned())).collect()
}

/// google-auth's `RUN_CHALLENGE_RETRY_LIMIT`.
#[tokio::test]
async fn the_answer_to_the_fifth_challenge_counts() {
    let challenges = std::iter::repeat_with(pending).take(5);
    let answers = [rapt_required(), bearer("for-reauth")].into_iter().chain(challenges);
    let service = TokenService::answering(answers.chain([authenticated(), bearer("ya29.1")])).await;
    let token = with_challenges(&service, "fifth").get_token().await.unwrap();
    assert_eq!(token.access_token().secret(), "ya29.1");
}

#[tokio::test]
async fn the_session_is_asked_for_without_the_old_proof() {
    let service =
        TokenService::answering([rapt_required(), bearer("for-reauth"), authenticated(), bearer("ya29.1")]).await;
    with_challenges(&service, "stale").rapt_token("rapt-1").get_token().await.unwrap();
    let rapt = |value: &str| Some(value.to_owned());
    assert_eq!(sent(&service, "rapt"), [rapt("rapt-1"), None, rapt("rapt-2")]);
}

fn replaced_twice() -> Vec<(u16, Value)> {
    let session = [replacing("for-reauth", "second"), authenticated(), replacing("t1", "third")];
    [rapt_required()].into_iter().chain(session).chain([bearer("t2")]).collect()
}

#[tokio::test]
async fn a_client_goes_on_with_what_came_in_place_of_its_refresh_token() {
    let service = TokenService::answering(replaced_twice()).await;
    let user = with_challenges(&service, "client-replaced");
    assert_eq!(user.get_token().await.unwrap().access_token().secret(), "t1");
    assert_eq!(user.get_token().await.unwrap().access_token().secret(), "t2");
    assert_eq!(sent(&service, "refresh_token"), own(&["1//0g", "1//0g", "second", "third"]));
}

#[tokio::test]
async fn credentials_go_on_with_what_came_in_place_of_their_refresh_token() {
    let service = TokenService::answering(replaced_twice()).await;
    let policy = RefreshPolicy::default()
        .with_min_forced_refresh_interval(Duration::ZERO)
        .with_backoff(Duration::ZERO, Duration::ZERO);
    let user = with_challenges(&service, "credentials-replaced");
    let credentials = Credentials::builder(user).cache(&CredentialCache::new(1, None)).policy(policy).build();
    let first = credentials.headers().await.unwrap();
    assert_eq!(first.authorization(), "Bearer t1");
    let next = credentials.refresh_rejected_token(&first).await.unwrap().unwrap();
    assert_eq!(next.authorization(), "Bearer t2");
    assert_eq!(sent(&service, "refresh_token"), own(&["1//0g", "1//0g", "second", "third"]));
    assert_eq!(sent(&service, "rapt").last().unwrap().as_deref(), Some("rapt-2"));
}

/// The one that was configured is spent by then.
#[tokio::test]
async fn a_login_authenticates_again_with_its_newest_refresh_token() {
    let service = TokenService::answering([
        replacing("t1", "second"),
        rapt_required(),
        bearer("for-reauth"),
        authenticated(),
        bearer("t2"),
    ])
    .await;
    let user = with_challenges(&service, "newest");
    user.get_token().await.unwrap();
    assert_eq!(user.get_token().await.unwrap().access_token().secret(), "t2");
    assert_eq!(sent(&service, "refresh_token"), own(&["1//0g", "second", "second", "second"]));
}

/// By the call of a program that keeps the refresh token itself.
#[tokio::test]
async fn a_refresh_by_hand_brings_the_refresh_token_to_use_next() {
    let service =
        TokenService::answering([rapt_required(), replacing("for-reauth", "second"), authenticated(), bearer("t1")])
            .await;
    let token = with_challenges(&service, "by-hand").refresh_token(&RefreshToken::new("first")).await.unwrap();
    assert_eq!((token.access_token().secret(), token.refresh_token().unwrap().secret()), ("t1", "second"));
    assert_eq!(sent(&service, "refresh_token"), own(&["first", "first", "second"]));
}
