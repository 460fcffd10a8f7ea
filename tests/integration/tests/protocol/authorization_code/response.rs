//! The authorization response: of this login, of this server, and used once.

use grantkit::Client;
use grantkit::authorize::RedirectUri;

use super::{login_of_billing, login_of_cli};
use crate::support::{Browser, CALLBACK, CLI_CALLBACK, ID, SECRET, Scripted, all_said, query, server, verdict};

#[tokio::test]
async fn a_foreign_state_is_refused_before_the_code_is_used() {
    let server = server().await;
    let login = login_of_cli(&server);
    let (url, pending) = login.start().unwrap();
    let back = Browser::new().log_in(&url).await;
    let code = query(&back, "code").unwrap();
    for callback in [
        format!("{CLI_CALLBACK}?code={code}&state=foreign"),
        format!("{CLI_CALLBACK}?code={code}&state="),
        format!("{CLI_CALLBACK}?code={code}"),
        format!("{CLI_CALLBACK}?error=access_denied&state=foreign"),
        format!("{CLI_CALLBACK}?code={code}&state={}x", pending.state()),
        format!("{CLI_CALLBACK}?code={code}&state={}", &pending.state()[1..]),
    ] {
        let error = login.finish(crate::support::copy(&pending), &callback).await.unwrap_err();
        assert_eq!(verdict(&error), ["security"], "{callback}");
        assert!(!all_said(&error).contains(pending.state()));
        assert!(!all_said(&error).contains(&code));
    }
    assert_eq!(server.counters().token_requests, 0);
    // The right one is still good.
    login.finish(pending, back).await.unwrap();
}

#[tokio::test]
async fn answers_of_two_logins_under_way_are_not_mixed_up() {
    let server = server().await;
    let login = login_of_cli(&server);
    let ((one, one_pending), (other, other_pending)) = (login.start().unwrap(), login.start().unwrap());
    let (one, other) = (Browser::new().log_in(&one).await, Browser::new().log_in(&other).await);
    assert!(login.finish(crate::support::copy(&one_pending), &other).await.unwrap_err().is_security());
    assert!(login.finish(crate::support::copy(&other_pending), &one).await.unwrap_err().is_security());
    login.finish(other_pending, other).await.unwrap();
    login.finish(one_pending, one).await.unwrap();
}

#[tokio::test]
async fn an_answer_of_another_issuer_is_a_mix_up() {
    let server = server().await;
    let login = login_of_billing(&server);
    let (url, pending) = login.start().unwrap();
    let back = Browser::new().log_in(&url).await;
    let issuer = server.issuer();
    for foreign in ["https://evil.example".to_owned(), format!("{issuer}/"), issuer.to_uppercase(), String::new()] {
        let mut callback = back.clone();
        let others: Vec<_> = back.query_pairs().into_owned().filter(|(name, _)| name != "iss").collect();
        callback.query_pairs_mut().clear().extend_pairs(others).append_pair("iss", &foreign);
        let error = login.finish(crate::support::copy(&pending), callback).await.unwrap_err();
        assert_eq!(verdict(&error), ["security"], "{foreign}");
        assert!(error.to_string().contains("`iss`"), "{error}");
    }
    assert_eq!(server.counters().token_requests, 0);
}

#[tokio::test]
async fn an_answer_without_the_promised_issuer_is_refused() {
    let server = server().await;
    let client = Client::builder().client_id(ID).client_secret_basic(SECRET).discover(&server.issuer()).await.unwrap();
    let login = client.authorization_code(RedirectUri::new(CALLBACK).unwrap()).unwrap();
    let (url, pending) = login.start().unwrap();
    let back = Browser::new().log_in(&url).await;
    let bare = format!("code={}&state={}", query(&back, "code").unwrap(), pending.state());
    let error = login.finish(crate::support::copy(&pending), bare).await.unwrap_err();
    assert_eq!(verdict(&error), ["security"]);
    assert!(error.to_string().contains("no `iss`"), "{error}");
    assert_eq!(server.counters().token_requests, 0);
    login.finish(pending, back).await.unwrap();
}

#[tokio::test]
async fn a_replayed_callback_gets_nothing() {
    let server = server().await;
    let login = login_of_cli(&server);
    let (url, pending) = login.start().unwrap();
    let back = Browser::new().log_in(&url).await;
    login.finish(crate::support::copy(&pending), &back).await.unwrap();
    // By another copy of what was kept: this process has finished it, and sends nothing.
    for _ in 0..2 {
        let error = login.finish(crate::support::copy(&pending), &back).await.unwrap_err();
        assert!(error.is_replay() && error.is_security() && error.to_string().contains("finished before"), "{error}");
    }
    assert_eq!(server.counters().authorization_code, 1);
    // In another process the server sees to it.
    let (pending, back) = crate::support::in_another_process(&pending, back.as_str());
    let error = login.finish(pending, back).await.unwrap_err();
    assert_eq!((error.oauth_code(), verdict(&error)), (Some("invalid_grant"), vec!["needs login"]));
    assert!(error.is_replay());
    assert_eq!(server.counters().authorization_code, 2, "the code is not tried a third time");
}

#[tokio::test]
async fn of_two_that_finish_a_login_at_once_one_does() {
    let server = server().await;
    let login = login_of_cli(&server);
    let (url, pending) = login.start().unwrap();
    let back = Browser::new().log_in(&url).await;
    let finish = || login.finish(crate::support::copy(&pending), &back);
    let (one, other) = tokio::join!(finish(), finish());
    let refused = one.err().xor(other.err()).expect("one is refused, and one is not");
    assert!(refused.is_replay(), "{refused}");
    assert_eq!(server.counters().authorization_code, 1);
}

/// Nothing came of the code: the login can still be finished.
#[tokio::test]
async fn a_code_that_the_server_did_not_take_up_uses_no_login_up() {
    let unreachable = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let server = server().await;
    let at = |token_endpoint: &str| {
        let client = Client::builder().client_id("cli").public().token_endpoint(token_endpoint).unwrap();
        let client = client.authorization_endpoint(&server.authorization_endpoint()).unwrap();
        let client = client.issuer(&server.issuer()).unwrap().build();
        client.authorization_code(RedirectUri::new(CLI_CALLBACK).unwrap())
    };
    let (url, pending) = at(&server.token_endpoint()).start().unwrap();
    let back = Browser::new().log_in(&url).await;
    let finish = async |endpoint: &str| at(endpoint).finish(crate::support::copy(&pending), &back).await;
    assert!(finish(&format!("http://{unreachable}/token")).await.unwrap_err().is_connect());
    server.faults().next("/token", 1, grantkit_testkit::Fault::respond(503, "later"));
    assert!(finish(&server.token_endpoint()).await.unwrap_err().is_retryable());
    finish(&server.token_endpoint()).await.unwrap();
    assert!(finish(&server.token_endpoint()).await.unwrap_err().is_replay());
}

/// RFC 9207 §2.4: what cannot be compared is refused, with what would make it comparable.
#[tokio::test]
async fn an_iss_is_refused_by_a_client_that_knows_no_issuer() {
    let server = Scripted::start([]).await;
    let client = Client::builder().client_id("cli").public().token_endpoint(&server.url("/token")).unwrap();
    let client = client.authorization_endpoint("https://as.example/authorize").unwrap().build();
    let login = client.authorization_code(RedirectUri::new(CLI_CALLBACK).unwrap());
    let (_, pending) = login.start().unwrap();
    let callback = format!("code=c&state={}&iss=https%3A%2F%2Fevil.example", pending.state());
    let error = login.finish(pending, callback).await.unwrap_err();
    assert!(error.is_mix_up() && error.to_string().contains("`.issuer(..)`"), "{error}");
    assert_eq!(server.count(), 0);
}

#[tokio::test]
async fn a_code_of_another_login_of_the_same_person_fails_at_its_verifier() {
    let server = server().await;
    let login = login_of_cli(&server);
    let ((_, mine), (url, _)) = (login.start().unwrap(), login.start().unwrap());
    let foreign = query(&Browser::new().log_in(&url).await, "code").unwrap();
    // An attacker who knows the state can put a code of their own in; PKCE stops it (RFC 9700 §4.5.3).
    let injected = format!("code={foreign}&state={}", mine.state());
    let error = login.finish(mine, injected).await.unwrap_err();
    assert_eq!(error.oauth_code(), Some("invalid_grant"));
}

#[tokio::test]
async fn a_callback_without_code_or_with_two_is_no_answer() {
    let server = server().await;
    let login = login_of_cli(&server);
    let (_, pending) = login.start().unwrap();
    let state = pending.state().to_owned();
    for callback in [
        format!("state={state}"),
        format!("code=&state={state}"),
        format!("code=a&code=b&state={state}"),
        format!("code=a&state={state}&state={state}"),
        format!("code=a&state={state}&iss=a&iss=b"),
    ] {
        let error = login.finish(crate::support::copy(&pending), &callback).await.unwrap_err();
        assert_eq!(verdict(&error), ["invalid response"], "{callback}");
    }
    assert_eq!(server.counters().token_requests, 0);
}
