//! A login between its two halves: written down, read again, shown.

use grantkit::authorize::{PendingLogin, RedirectUri};
use grantkit::{AuthorizationCode, Client};
use grantkit_testkit::AuthorizationServer;

use crate::support::{Browser, CALLBACK, CLI_CALLBACK, billing, cli, query, server};

fn offline_login() -> AuthorizationCode {
    Client::builder()
        .client_id("cli")
        .public()
        .token_endpoint("https://as.example/token")
        .unwrap()
        .authorization_endpoint("https://as.example/authorize")
        .unwrap()
        .build()
        .authorization_code(RedirectUri::new(CLI_CALLBACK).unwrap())
}

#[tokio::test]
async fn a_login_goes_on_from_a_session_in_another_process() {
    let server = server().await;
    let start = || billing(&server).authorization_code(RedirectUri::new(CALLBACK).unwrap()).scope("openid");
    let (url, pending) = start().start().unwrap();
    let session = serde_json::to_string(&pending).unwrap();
    drop(pending);

    let back = Browser::new().log_in(&url).await;
    let read: PendingLogin = serde_json::from_str(&session).unwrap();
    assert_eq!(Some(read.state()), query(&back, "state").as_deref());
    // Another client value, as after a restart, and the nonce came along.
    let done = start().finish(read, back).await.unwrap();
    assert_eq!(done.claims().unwrap().subject(), "alice");
}

#[tokio::test]
async fn a_login_ends_with_the_redirect_uri_it_began_with() {
    let server = server().await;
    let client = cli(&server);
    let on =
        |port: u16| client.authorization_code(RedirectUri::new(format!("http://127.0.0.1:{port}/callback")).unwrap());
    let (url, pending) = on(4001).start().unwrap();
    // After a restart the listener has another port; what counts is what the server was told (RFC 6749 §4.1.3).
    on(4002).finish(pending, Browser::new().log_in(&url).await).await.unwrap();
}

/// RFC 9700 §4.4.2: an answer that was made to fit must not take a code to a server that the login did not begin at.
#[tokio::test]
async fn a_login_is_finished_at_the_server_that_it_began_at() {
    let (honest, evil) = (server().await, server().await);
    let by_issuer =
        |server: &AuthorizationServer| billing(server).authorization_code(RedirectUri::new(CALLBACK).unwrap());
    let by_endpoint = |server: &AuthorizationServer| {
        let client = Client::builder().client_id("cli").public().token_endpoint(&server.token_endpoint()).unwrap();
        let client = client.authorization_endpoint(&server.authorization_endpoint()).unwrap().build();
        client.authorization_code(RedirectUri::new(CLI_CALLBACK).unwrap())
    };
    for login in [&by_issuer as &dyn Fn(&AuthorizationServer) -> AuthorizationCode, &by_endpoint] {
        let (_, pending) = login(&evil).start().unwrap();
        let made_to_fit = format!("code=c&state={}", pending.state());
        let error = login(&honest).finish(pending, made_to_fit).await.unwrap_err();
        assert!(error.is_mix_up(), "{error}");
        assert!(honest.requests().is_empty(), "{:?}", honest.requests());
    }
    // What was kept before this was looked at has no such member.
    let (url, pending) = by_endpoint(&honest).start().unwrap();
    let mut kept = serde_json::to_value(&pending).unwrap();
    kept.as_object_mut().unwrap().remove("server").unwrap();
    let callback = Browser::new().log_in(&url).await;
    // As of a server that does not say who it is (RFC 9207), which this client could not compare.
    let mut callback = callback;
    let others: Vec<_> = callback.query_pairs().into_owned().filter(|(name, _)| name != "iss").collect();
    callback.query_pairs_mut().clear().extend_pairs(others);
    by_endpoint(&honest).finish(serde_json::from_value(kept).unwrap(), callback).await.unwrap();
}

#[test]
fn what_is_shown_of_it_holds_no_secret() {
    let (_, pending) = offline_login().start().unwrap();
    let written: serde_json::Value = serde_json::to_value(&pending).unwrap();
    let shown = format!("{pending:?} {pending:#?}");
    for secret in ["state", "code_verifier"] {
        let secret = written[secret].as_str().unwrap();
        assert!(secret.len() == 43 && !shown.contains(secret), "{shown}");
    }
    assert!(shown.contains(CLI_CALLBACK));
}

#[test]
fn a_session_that_was_tampered_with_is_not_read() {
    let (_, pending) = offline_login().start().unwrap();
    let written = serde_json::to_value(&pending).unwrap();
    for member in ["state", "code_verifier", "redirect_uri"] {
        let mut without = written.clone();
        without.as_object_mut().unwrap().remove(member);
        assert!(serde_json::from_value::<PendingLogin>(without).is_err(), "{member}");
    }
}
