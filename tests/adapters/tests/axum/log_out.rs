//! The logout: by a page of this application alone, and for good.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use grantkit::credentials::Fingerprint;
use grantkit::prelude::*;
use grantkit::store::{MemoryStore, StoreKey, StoreLease, StoreRecord, TokenStore};
use grantkit_testkit::{Fault, ManualClock};
use http::StatusCode;

use crate::site::{OWN, Site};

const OWN_PAGE: [(&str, &str); 1] = [("origin", OWN)];

#[tokio::test]
async fn a_page_of_another_origin_cannot_log_out() {
    let site = Site::start().await;
    let mut browser = site.serve(site.builder()).await;
    browser.visit("/me").await;
    let foreign: [&[(&str, &str)]; 6] = [
        &[],
        &[("origin", "https://evil.example")],
        &[("origin", "null")],
        &[("origin", "https://sub.app.example"), ("sec-fetch-site", "same-site")],
        &[("origin", "https://app.example.evil.example"), ("sec-fetch-site", "cross-site")],
        &[("origin", "http://app.example")],
    ];
    for headers in foreign {
        for body in ["", "csrf_token=", "csrf_token=guessed"] {
            let answer = browser.post("/logout", headers, body).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{headers:?}");
            assert!(browser.is_logged_in().await, "{headers:?}");
        }
    }
    assert_eq!(browser.get("/logout").await.status, StatusCode::METHOD_NOT_ALLOWED, "a link or a picture");
}

/// As from another site, with whose form the session's cookie does not go.
#[tokio::test]
async fn a_form_that_comes_without_the_session_removes_no_cookie() {
    let site = Site::start().await;
    let mut browser = site.serve(site.builder()).await;
    let answer = browser.post("/logout", &[("origin", "https://evil.example")], "").await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN, "it does not say that the person is logged out");
    assert!(browser.set.is_empty(), "{:?}", browser.set);
    assert_eq!(browser.post("/logout", &OWN_PAGE, "").await.status, StatusCode::OK, "logged out before");
}

#[tokio::test]
async fn a_session_that_was_ended_goes_on_with_no_copy_of_its_cookie() {
    let site = Site::start().await;
    for login in [site.builder(), site.builder().sessions_in(MemoryStore::new())] {
        let mut browser = site.serve(login.revocation(site.client.revocation().unwrap()).after_logout("/")).await;
        let before = site.server.counters().revocations;
        browser.visit("/invoice").await;
        let mut copy = browser.clone();
        let answer = browser.post("/logout", &OWN_PAGE, "").await;
        assert_eq!((answer.status, answer.location.as_str()), (StatusCode::SEE_OTHER, "/"));
        assert!(browser.cookies.is_empty() && !browser.is_logged_in().await);
        assert!(!copy.is_logged_in().await);
        assert!(site.server.counters().revocations > before);
    }
}

#[tokio::test]
async fn the_form_says_where_it_is_from_by_headers_or_by_its_token() {
    let site = Site::start().await;
    let mut browser = site.serve(site.builder().after_logout("/bye")).await;
    for headers in [&OWN_PAGE[..], &[("sec-fetch-site", "same-origin"), ("origin", "null")], &[]] {
        browser.visit("/me").await;
        let token = browser.fetch("/csrf").await.text;
        let body = if headers.is_empty() { format!("csrf_token={token}") } else { String::new() };
        let answer = browser.post("/logout", headers, &body).await;
        assert_eq!((answer.status, answer.location.as_str()), (StatusCode::SEE_OTHER, "/bye"), "{headers:?}");
        assert!(!browser.is_logged_in().await);
    }
}

#[tokio::test]
async fn the_token_of_another_session_is_none() {
    let site = Site::start().await;
    let mut one = site.serve(site.builder()).await;
    let mut other = one.clone();
    one.visit("/me").await;
    other.visit("/me").await;
    let token = other.fetch("/csrf").await.text;
    assert_eq!(one.post("/logout", &[], &format!("csrf_token={token}")).await.status, StatusCode::FORBIDDEN);
    assert!(one.is_logged_in().await);
}

#[tokio::test]
async fn the_browser_goes_on_to_the_servers_log_out_with_the_id_token() {
    let site = Site::start().await;
    let request = site.client.logout_request().unwrap().post_logout_redirect_uri(format!("{OWN}/bye"));
    let mut browser = site.serve(site.builder().logout_request(request)).await;
    browser.visit("/me").await;
    let answer = browser.post("/logout", &OWN_PAGE, "").await;
    assert!(answer.location.starts_with(&format!("{}/end_session?id_token_hint=", site.server.issuer())), "{answer:?}");
    assert!(browser.get(&answer.location).await.location.starts_with("https://app.example/bye"));
    assert_eq!(site.server.counters().logouts, 1);
}

#[tokio::test]
async fn an_expired_token_is_not_refreshed_in_order_to_be_revoked() {
    let clock = ManualClock::new();
    let site = Site::start().await.with_clock(clock.clone()).await;
    let request = site.client.logout_request().unwrap().post_logout_redirect_uri(format!("{OWN}/bye"));
    let login = site.builder().logout_request(request).revocation(site.client.revocation().unwrap());
    let mut browser = site.serve(login).await;
    browser.visit("/me").await;
    clock.advance(Duration::from_secs(3700));
    let before = site.server.counters().token_requests;
    let answer = browser.post("/logout", &OWN_PAGE, "").await;
    assert!(answer.location.contains("/end_session?id_token_hint="), "{answer:?}");
    assert_eq!(site.server.counters().token_requests, before);
    assert!(site.server.counters().revocations >= 1);
}

#[tokio::test]
async fn other_sessions_of_the_person_go_on_where_tokens_are_kept() {
    let site = Site::start().await;
    let revocation = || site.client.revocation().unwrap();
    let mut one = site.serve(site.builder().revocation(revocation()).keep_tokens_at_logout()).await;
    let mut other = one.clone();
    one.visit("/me").await;
    other.visit("/me").await;
    one.post("/logout", &OWN_PAGE, "").await;
    assert!(!one.is_logged_in().await && other.is_logged_in().await);
    assert_eq!(other.fetch("/invoice").await.text, "1999");
    assert_eq!(site.server.counters().revocations, 0);
}

/// The session is over; the token ends by itself.
#[tokio::test]
async fn a_session_ends_although_the_revocation_fails() {
    let site = Site::start().await;
    let mut browser = site.serve(site.builder().revocation(site.client.revocation().unwrap())).await;
    browser.visit("/me").await;
    site.server.faults().always("/revoke", Fault::status(400));
    let answer = browser.post("/logout", &OWN_PAGE, "").await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(!browser.is_logged_in().await);
}

/// The server has a session of its own, and would log the person in again without asking.
#[tokio::test]
async fn a_log_out_ends_at_no_page_that_logs_in_again() {
    let site = Site::start().await;
    let mut browser = site.serve(site.builder()).await;
    browser.visit("/me").await;
    let answer = browser.post("/logout", &OWN_PAGE, "").await;
    assert_eq!((answer.status, answer.location.as_str()), (StatusCode::OK, ""));
    assert!(answer.text.contains("You are logged out") && answer.text.contains("href=\"/login\""), "{}", answer.text);
    assert_eq!(
        (&answer.headers["cache-control"], &answer.headers["x-content-type-options"]),
        (&"no-store".parse().unwrap(), &"nosniff".parse().unwrap())
    );
    assert!(browser.cookies.is_empty() && !browser.is_logged_in().await);
}

/// Fails to write once it is told to.
#[derive(Clone, Debug)]
struct FailsOnce {
    store: MemoryStore,
    fails: Arc<AtomicBool>,
}

#[async_trait]
impl TokenStore for FailsOnce {
    fn identity(&self) -> Fingerprint {
        self.store.identity()
    }

    async fn get(&self, key: &StoreKey) -> Result<Option<StoreRecord>> {
        self.store.get(key).await
    }

    async fn put_if_newer(&self, key: &StoreKey, record: &StoreRecord) -> Result<bool> {
        if self.fails.swap(false, Ordering::AcqRel) {
            return Err(Error::temporary("the store is down"));
        }
        self.store.put_if_newer(key, record).await
    }

    async fn remove(&self, key: &StoreKey) -> Result<()> {
        self.store.remove(key).await
    }

    async fn lease(&self, key: &StoreKey, length: Duration) -> Result<Option<Box<dyn StoreLease>>> {
        self.store.lease(key, length).await
    }
}

/// With its cookie gone, nothing could end the copies of it, and the next try would say that all is done.
#[tokio::test]
async fn a_log_out_that_the_store_fails_can_be_tried_again() {
    let site = Site::start().await;
    let store = FailsOnce { store: MemoryStore::new(), fails: Arc::default() };
    let login = site.builder().revocation(site.client.revocation().unwrap()).after_logout("/bye");
    let mut browser = site.serve(login.tokens_in(store.clone())).await;
    browser.visit("/invoice").await;
    let mut copy = browser.clone();
    store.fails.store(true, Ordering::Release);
    let failed = browser.post("/logout", &OWN_PAGE, "").await;
    assert_eq!(failed.status, StatusCode::SERVICE_UNAVAILABLE, "{failed:?}");
    assert!(!store.fails.load(Ordering::Acquire) && !browser.cookies.is_empty());
    assert!(site.server.counters().revocations > 0, "its tokens do not wait for that");
    let answer = browser.post("/logout", &OWN_PAGE, "").await;
    assert_eq!((answer.status, answer.location.as_str()), (StatusCode::SEE_OTHER, "/bye"));
    assert!(browser.cookies.is_empty() && !copy.is_logged_in().await);
}

/// Its record is gone, which is enough.
#[tokio::test]
async fn a_stored_session_is_over_without_a_word_of_its_end() {
    let site = Site::start().await;
    let store = FailsOnce { store: MemoryStore::new(), fails: Arc::default() };
    let mut browser = site.serve(site.builder().sessions_in(store.clone())).await;
    browser.visit("/me").await;
    let mut copy = browser.clone();
    store.fails.store(true, Ordering::Release);
    assert_eq!(browser.post("/logout", &OWN_PAGE, "").await.status, StatusCode::OK);
    assert!(browser.cookies.is_empty() && !copy.is_logged_in().await);
}
