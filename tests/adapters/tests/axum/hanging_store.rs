//! A store of the program's own that hangs: no request waits for it for ever, and nothing that has ended goes on.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use grantkit::integrations::axum::WebLoginBuilder;
use grantkit::provider::Person;
use grantkit_testkit::User;
use http::StatusCode;
use tokio::sync::Barrier;
use tokio::time::timeout;

use crate::browser::Browser;
use crate::site::{OWN, Site};
use crate::stores::{Manner, OwnStore};

const OWN_PAGE: [(&str, &str); 1] = [("origin", OWN)];

/// For a machine that is very busy: nothing waits for ever.
const MAX_WAIT: Duration = Duration::from_mins(1);

/// The store keeps the sessions, or which of them have ended.
fn kept_in(site: &Site, store: &OwnStore) -> [WebLoginBuilder; 2] {
    [site.builder().tokens_in(store.clone()), site.builder().sessions_in(store.clone())]
}

#[tokio::test]
async fn a_store_that_hangs_holds_no_request_up_and_accepts_no_session() {
    let site = Site::start().await;
    let store = OwnStore::new();
    for login in kept_in(&site, &store) {
        let mut browser = site.serve(login).await;
        browser.visit("/me").await;
        store.now(Manner::Hangs);
        for path in ["/me", "/"] {
            let answer = timeout(MAX_WAIT, browser.fetch(path)).await.expect("an answer");
            assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{path}: {answer:?}");
        }
        let answer = timeout(MAX_WAIT, browser.post("/logout", &OWN_PAGE, "")).await.expect("an answer");
        assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
        assert!(!browser.cookies.is_empty(), "it can be tried again");
        store.now(Manner::Works);
        assert!(browser.is_logged_in().await);
        let mut copy = browser.clone();
        browser.post("/logout", &OWN_PAGE, "").await;
        assert!(browser.cookies.is_empty() && !copy.is_logged_in().await);
    }
}

#[tokio::test]
async fn a_login_whose_session_the_store_does_not_take_is_none() {
    let site = Site::start().await;
    let store = OwnStore::new();
    let mut browser = site.serve(site.builder().sessions_in(store.clone())).await;
    let back = browser.up_to_the_callback("/login").await;
    store.now(Manner::Hangs);
    let answer = timeout(MAX_WAIT, browser.get(&back)).await.expect("an answer");
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{answer:?}");
    assert!(browser.cookies.is_empty());
}

#[tokio::test]
async fn ending_sessions_at_a_hanging_store_is_an_error() {
    let site = Site::start().await;
    let store = OwnStore::new();
    let login = site.builder().tokens_in(store.clone());
    let login = login.backchannel_logout(site.client.logout_token_verifier().unwrap()).build().unwrap();
    let browser = Browser::new(site.serve_at(&login).await);
    store.now(Manner::Hangs);
    let ended = timeout(MAX_WAIT, login.end_sessions_of(&Person::new("alice"))).await.expect("an answer");
    assert!(ended.unwrap_err().is_retryable());
    let claims = crate::backchannel_logout::claims(&site, &serde_json::json!({ "sub": "alice", "sid": "s1" }));
    let told = crate::backchannel_logout::tell(&site.server, &browser, &claims);
    assert_eq!(timeout(MAX_WAIT, told).await.expect("an answer").status, StatusCode::BAD_REQUEST);
}

/// Of a session of a server that tells of logouts: itself, its person, its session at the server and its user there may have ended.
#[tokio::test]
async fn all_that_may_have_ended_a_session_is_asked_for_at_once() {
    let site = Site::start().await;
    site.server.set_user(User::new("alice").claim("sid", "s1"));
    let store = OwnStore::new();
    let login = site.builder().tokens_in(store.clone());
    let mut browser = site.serve(login.backchannel_logout(site.client.logout_token_verifier().unwrap())).await;
    browser.visit("/me").await;
    store.now(Manner::AnswersTogether(Arc::new(Barrier::new(4))));
    assert!(browser.is_logged_in().await, "none of the four waits for another one's answer");
}

/// One answer says so, and the others may never come.
#[tokio::test]
async fn an_end_that_is_found_counts_although_the_store_hangs_for_all_else() {
    let site = Site::start().await;
    let store = OwnStore::new();
    let mut browser = site.serve(site.builder().tokens_in(store.clone())).await;
    browser.visit("/me").await;
    let mut copy = browser.clone();
    browser.post("/logout", &OWN_PAGE, "").await;
    store.now(Manner::HangsForWhatIsNotThere);
    let answer = timeout(MAX_WAIT, copy.fetch("/me")).await.expect("an answer");
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{answer:?}");
}

/// Clocks differ by some seconds: the end has to outlive what it ends.
#[tokio::test]
async fn an_end_is_kept_for_longer_than_the_session_could_have_lasted() {
    let site = Site::start().await;
    let store = OwnStore::new();
    let lifetime = Duration::from_mins(30);
    let mut browser = site.serve(site.builder().tokens_in(store.clone()).session_lifetime(lifetime)).await;
    browser.visit("/me").await;
    store.put.lock().unwrap().clear();
    browser.post("/logout", &OWN_PAGE, "").await;
    let put = store.put.lock().unwrap().clone();
    let end = put.iter().find(|record| record.content().is_empty()).expect("an end");
    let margin = Duration::from_mins(10);
    assert!(end.expires_at().unwrap() > SystemTime::now() + lifetime + margin, "{end:?}");
}
