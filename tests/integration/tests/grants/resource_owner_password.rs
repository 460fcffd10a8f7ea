//! RFC 6749 §4.3.

use serde_json::json;

use crate::support::{Answer, Scripted, all_said, client_at, verdict};

#[tokio::test]
async fn name_and_password_are_form_encoded() {
    let server = Scripted::start([Answer::token("t")]).await;
    let grant = client_at(&server.url("/token")).danger_resource_owner_password("a b&c", "p%+ü").scope("read");
    grant.get_token().await.unwrap();
    assert_eq!(server.only().body(), "grant_type=password&username=a+b%26c&password=p%25%2B%C3%BC&scope=read");
}

#[tokio::test]
async fn who_does_not_know_the_password_does_not_get_the_token() {
    let server = Scripted::start([Answer::token("of-alice"), Answer::error(400, "invalid_grant")]).await;
    let client = client_at(&server.url("/token"));
    let kept = |password: &str| client.danger_resource_owner_password("alice", password).credentials("by-password");
    assert_eq!(kept("right").token().await.unwrap().access_token().secret(), "of-alice");
    assert_eq!(verdict(&kept("wrong").token().await.unwrap_err()), ["needs login"]);
    assert_eq!(kept("right").token().await.unwrap().access_token().secret(), "of-alice");
    assert_eq!(server.count(), 2);
}

#[tokio::test]
async fn the_password_is_not_shown() {
    let answer = json!({ "error": "invalid_grant", "error_description": "CANARY is no password" });
    let server = Scripted::start([Answer::json(400, &answer)]).await;
    let grant = client_at(&server.url("/token")).danger_resource_owner_password("alice", "CANARY");
    let error = grant.get_token().await.unwrap_err();
    let said = format!("{} {grant:?} {:?}", all_said(&error), grant.clone().named("x"));
    assert!(!said.contains("CANARY") && !said.contains("alice"), "{said}");
}
