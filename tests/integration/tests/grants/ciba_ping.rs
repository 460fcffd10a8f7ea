//! OpenID Connect CIBA Core 1.0, ping mode (§10.2).

use grantkit::grant::{BackchannelHint, BackchannelNotification, PendingBackchannelAuthentication};
use serde_json::json;

use super::ciba::{begun, grant_at, keys_and_token};
use crate::support::{Answer, Scripted, verdict};

const BODY: &[u8] = br#"{"auth_req_id":"CANARY-auth-req-id"}"#;

fn sent_token(server: &Scripted) -> String {
    let asked = server.asked();
    let body = asked.last().unwrap().body();
    body.split("client_notification_token=").nth(1).unwrap().split('&').next().unwrap().to_owned()
}

#[tokio::test]
async fn the_server_says_when_the_person_is_done() {
    let server = Scripted::start([begun(&json!({}))]).await;
    let grant = grant_at(&server, BackchannelHint::login_hint("alice")).ping();
    let pending = grant.start().await.unwrap();
    let token = sent_token(&server);

    // The notification comes to another process, perhaps.
    let stored = serde_json::to_string(&pending).unwrap();
    let mut pending: PendingBackchannelAuthentication = serde_json::from_str(&stored).unwrap();
    let notification = BackchannelNotification::parse(&format!("bearer {token}"), BODY).unwrap();
    assert_eq!(notification.auth_req_id(), pending.auth_req_id());
    pending.notified(&notification).unwrap();
    server.now_answer(keys_and_token("till").await);
    assert_eq!(grant.poll(&mut pending).await.unwrap().unwrap().claims().unwrap().subject(), "alice");
}

#[tokio::test]
async fn each_request_has_a_token_of_its_own() {
    let server = Scripted::start([begun(&json!({}))]).await;
    let grant = grant_at(&server, BackchannelHint::login_hint("alice")).ping();
    let _ = grant.start().await.unwrap();
    let first = sent_token(&server);
    let _ = grant.start().await.unwrap();
    assert_ne!(first, sent_token(&server));
    assert_eq!(first.len(), 43, "256 bits");
}

#[tokio::test]
async fn a_notification_that_is_not_from_the_server_is_refused() {
    let server = Scripted::start([begun(&json!({}))]).await;
    let hint = || BackchannelHint::login_hint("alice");
    let ours = "CANARY-0123456789-0123456789";
    let pending = grant_at(&server, hint()).client_notification_token(ours).start().await.unwrap();
    assert_eq!(sent_token(&server), ours);
    let parse = |token: &str, body: &[u8]| BackchannelNotification::parse(&format!("Bearer {token}"), body).unwrap();
    pending.notified(&parse(ours, BODY)).unwrap();
    let without = grant_at(&server, hint()).start().await.unwrap();
    for (pending, notification) in [
        (&pending, parse("CANARY-0123456789-0123456780", BODY)),
        (&pending, parse("", BODY)),
        (&pending, parse(ours, br#"{"auth_req_id":"another"}"#)),
        (&without, parse("", BODY)),
    ] {
        let error = pending.notified(&notification).unwrap_err();
        assert_eq!(verdict(&error), ["security"]);
        assert!(!format!("{error:?} {notification:?}").contains("CANARY"), "{error:?}");
    }
}

#[test]
fn what_is_no_notification_is_said_to_be_none() {
    for (authorization, body) in [
        ("", BODY),
        ("Basic abc", BODY),
        ("Bearer", BODY),
        ("Bearer t", b"{}"),
        ("Bearer t", b"<html>"),
        ("Bearer t", b""),
    ] {
        let error = BackchannelNotification::parse(authorization, body).unwrap_err();
        assert_eq!(verdict(&error), ["invalid response"], "{authorization:?}");
    }
}

#[tokio::test]
async fn notification_token_guessable_or_unsendable_is_refused_unsent() {
    let server = Scripted::start([Answer::status(500)]).await;
    for token in ["short", "", "0123456789 0123456789-0123456789", &"x".repeat(1025)] {
        let grant = grant_at(&server, BackchannelHint::login_hint("alice")).client_notification_token(token);
        assert_eq!(verdict(&grant.start().await.unwrap_err()), ["configuration"]);
    }
    assert_eq!(server.count(), 0);
}
