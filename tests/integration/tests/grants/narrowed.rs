//! Asking for less than was granted (RFC 6749 §6).

use grantkit::authorize::RedirectUri;
use grantkit::grant::Login;
use grantkit_testkit::{AuthorizationServer, Fault, RefreshTokens};

use crate::support::{CALLBACK, billing, log_in, server, server_builder, verdict};

async fn logged_in(server: &AuthorizationServer) -> Login {
    let login = billing(server).authorization_code(RedirectUri::new(CALLBACK).unwrap()).scopes(["read", "write"]);
    log_in(&login).await.unwrap()
}

#[tokio::test]
async fn a_login_is_narrowed_now_and_at_each_refresh() {
    let server = server().await;
    let login = logged_in(&server).await;
    assert_eq!(login.token().scope(), Some("read write"));
    let narrowed = login.downscoped(["read"]).await.unwrap();
    assert_eq!(narrowed.token().scope(), Some("read"));
    let credentials = narrowed.credentials("narrowed").await.unwrap();
    let headers = credentials.headers().await.unwrap();
    credentials.refresh_rejected_token(&headers).await.unwrap().unwrap();
    let asked = server.requests();
    let scopes: Vec<_> = asked
        .iter()
        .filter(|request| request.form_value("refresh_token").is_some())
        .map(|request| request.form_value("scope"))
        .collect();
    assert_eq!(scopes, [Some("read".to_owned()), Some("read".to_owned())]);
    assert_eq!(server.counters().reused_refresh_tokens, 0);
}

#[tokio::test]
async fn a_narrower_login_is_another_one() {
    let server = server_builder().rotate_refresh_tokens(false).start().await.unwrap();
    let login = logged_in(&server).await;
    let narrowed = login.clone().downscoped(["read"]).await.unwrap().credentials("both").await.unwrap();
    let all = login.credentials("both").await.unwrap();
    assert_eq!(narrowed.token().await.unwrap().scope(), Some("read"));
    assert_eq!(all.token().await.unwrap().scope(), Some("read write"));
}

#[tokio::test]
async fn a_login_cannot_be_widened() {
    let server = server().await;
    let error = logged_in(&server).await.downscoped(["admin"]).await.unwrap_err();
    assert_eq!((error.oauth_code(), verdict(&error)), (Some("invalid_scope"), vec!["configuration"]));
}

#[tokio::test]
async fn without_a_refresh_token_there_is_nothing_to_ask_with() {
    let server = server_builder().refresh_tokens(RefreshTokens::Never).start().await.unwrap();
    let error = logged_in(&server).await.downscoped(["read"]).await.unwrap_err();
    assert_eq!(verdict(&error), ["needs login"]);
}

#[tokio::test]
async fn a_refresh_token_that_was_handed_over_is_narrowed_by_its_scopes() {
    let server = server().await;
    let login = logged_in(&server).await;
    let refresh_token = login.token().refresh_token().unwrap().clone();
    let token = billing(&server).refresh_token_grant(refresh_token).scope("write").get_token().await.unwrap();
    assert_eq!(token.scope(), Some("write"));
}

#[tokio::test]
async fn error_of_narrowing_has_the_successor_of_an_unusable_answer() {
    let server = server_builder().rotate_refresh_tokens(true).start().await.unwrap();
    let login = logged_in(&server).await;
    let first = login.token().refresh_token().unwrap().clone();
    server.faults().next("/token", 1, Fault::edit_json(|answer| answer["token_type"] = "mac".into()));
    let error = login.downscoped(["read"]).await.unwrap_err();
    let next = error.next_refresh_token().unwrap();
    assert!(next != first && next.scope() == first.scope(), "{error:?}");
    billing(&server).refresh_token_grant(next).get_token().await.unwrap();
    assert_eq!(server.counters().reused_refresh_tokens, 0);
}
