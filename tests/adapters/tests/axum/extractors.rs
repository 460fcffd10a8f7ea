//! What handlers are given, and what browsers without a session are told.

use std::time::Duration;

use async_trait::async_trait;
use grantkit::credentials::Fingerprint;
use grantkit::integrations::axum::WebLogin;
use grantkit::prelude::*;
use grantkit::store::{MemoryStore, StoreKey, StoreLease, StoreRecord, TokenStore};
use grantkit_testkit::{Fault, ManualClock};
use http::StatusCode;

use crate::site::{OWN, Site, key};

#[tokio::test]
async fn who_opens_a_page_logs_in_and_lands_there() {
    let site = Site::start().await;
    let mut browser = site.serve(site.builder()).await;
    let sent = browser.get("/me?a=1&b=%2F").await;
    assert_eq!(
        (sent.status, sent.location.as_str()),
        (StatusCode::SEE_OTHER, "/login?return_to=%2Fme%3Fa%3D1%26b%3D%252F")
    );
    assert_eq!(sent.headers["cache-control"], "no-store");
    let begun = browser.get(&sent.location).await;
    let back = browser.get(&begun.location).await;
    assert!(back.location.starts_with("https://app.example/callback?code="), "{back:?}");
    let done = browser.get(&back.location).await;
    assert_eq!((done.status, done.location.as_str()), (StatusCode::SEE_OTHER, "/me?a=1&b=%2F"));
    assert_eq!(browser.get("/me").await.text, "alice Alice Example");
    assert_eq!(browser.get("/invoice").await.text, "1999");
    assert_eq!(browser.get("/").await.text, "alice Alice Example");
}

#[tokio::test]
async fn what_is_no_page_is_told_401_and_an_optional_session_is_none() {
    let site = Site::start().await;
    let mut browser = site.serve(site.builder()).await;
    for path in ["/me", "/invoice", "/csrf"] {
        let answer = browser.fetch(path).await;
        assert_eq!((answer.status, answer.text.as_str()), (StatusCode::UNAUTHORIZED, r#"{"error":"login_required"}"#));
    }
    assert_eq!(browser.get("/").await.text, "nobody");
    // A page that was posted to is not gone back to, as that would be by GET.
    let posted = browser.post("/me", &[("accept", "text/html")], "").await;
    assert_eq!(posted.status, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn a_page_of_a_nested_router_is_returned_to_by_its_whole_path() {
    let site = Site::start().await;
    let mut browser = site.serve(site.builder()).await;
    assert_eq!(browser.get("/nested/page?x=1").await.location, "/login?return_to=%2Fnested%2Fpage%3Fx%3D1");
    assert_eq!(browser.visit("/nested/page?x=1").await.text, "nested");
}

#[tokio::test]
async fn the_routes_can_be_nested_beside_the_callback() {
    let site = Site::start().await;
    let login = site.client.authorization_code(format!("{OWN}/auth/callback")).unwrap().scope("openid");
    let login = WebLogin::builder(login, key()).build().unwrap();
    assert_eq!((login.login_path().as_str(), login.logout_path().as_str()), ("/auth/login", "/auth/logout"));
    let nested = axum::Router::<()>::new().nest("/auth", login.routes_to_nest());
    let merged = axum::Router::<()>::new().merge(login.routes());
    for router in [nested, merged] {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let mut browser = crate::browser::Browser::new(listener.local_addr().unwrap());
        tokio::spawn(axum::serve(listener, router).into_future());
        assert_eq!(browser.get("/auth/login").await.status, StatusCode::SEE_OTHER);
        assert_eq!(browser.get("/auth/callback").await.status, StatusCode::UNAUTHORIZED);
        assert_eq!(browser.get("/login").await.status, StatusCode::NOT_FOUND);
    }
}

/// What is asked for with each refresh, too, is part of what a stored login is found by.
#[tokio::test]
async fn a_login_for_a_resource_is_found_again_and_revoked() {
    let site = Site::start().await;
    let login = || site.client.authorization_code(format!("{OWN}/callback")).unwrap().scope("openid");
    let logins = [login().resource("https://api.example/"), login().parameter("tenant", "acme"), login()];
    for (number, login) in (1..).zip(logins) {
        let login = WebLogin::builder(login, key()).revocation(site.client.revocation().unwrap());
        let mut browser = site.serve(login).await;
        let before = site.server.counters();
        assert_eq!(browser.visit("/invoice").await.text, "1999");
        let after = site.server.counters();
        assert_eq!((after.authorization_code, after.refresh_token), (number, 0));
        browser.post("/logout", &[("origin", OWN)], "").await;
        assert!(site.server.counters().revocations > before.revocations);
    }
}

#[tokio::test]
async fn credentials_have_a_token_that_is_valid_now() {
    let clock = ManualClock::new();
    let site = Site::by(&clock).await;
    let mut browser = site.serve(site.builder()).await;
    assert_eq!(browser.visit("/invoice").await.text, "1999");
    clock.advance(Duration::from_hours(1));
    assert_eq!(browser.fetch("/invoice").await.text, "1999");
    assert!(site.server.counters().refresh_token > 0);
    assert_eq!(site.server.counters().authorization_code, 1);

    // Where only a person can help, they are asked; who they are is known all the same.
    site.server.revoke_all_refresh_tokens();
    clock.advance(Duration::from_hours(1));
    assert_eq!(browser.fetch("/invoice").await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(browser.get("/invoice").await.location, "/login?return_to=%2Finvoice");
    assert_eq!(browser.fetch("/me").await.text, "alice Alice Example");
    assert_eq!(browser.visit("/invoice").await.text, "1999");
}

/// The API says so while the token's time is not over.
#[tokio::test]
async fn a_login_that_is_over_at_the_api_leads_to_the_login() {
    let site = Site::start().await;
    let mut browser = site.serve(site.builder()).await;
    assert_eq!(browser.visit("/invoice").await.text, "1999");
    site.server.revoke_all_access_tokens();
    site.server.revoke_all_refresh_tokens();
    assert_eq!(browser.get("/invoice").await.status, StatusCode::UNAUTHORIZED, "the handler learns it");
    let calls = site.api.counters().requests;
    for _ in 0..2 {
        assert_eq!(browser.fetch("/invoice").await.status, StatusCode::UNAUTHORIZED);
        assert_eq!(browser.get("/invoice").await.location, "/login?return_to=%2Finvoice");
    }
    assert_eq!(site.api.counters().requests, calls, "the API is not called in vain");
    assert_eq!(browser.visit("/invoice").await.text, "1999");
}

#[tokio::test]
async fn an_outage_is_no_reason_to_log_in_again() {
    let clock = ManualClock::new();
    let site = Site::by(&clock).await;
    let mut browser = site.serve(site.builder()).await;
    browser.visit("/me").await;
    clock.advance(Duration::from_hours(1));
    site.server.faults().always("/token", Fault::status(503));
    let answer = browser.get("/invoice").await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{answer:?}");
    assert!(answer.headers.contains_key("retry-after"));
    assert!(browser.is_logged_in().await);
}

#[tokio::test]
async fn a_session_ends_when_its_time_is_over() {
    let clock = ManualClock::new();
    let site = Site::by(&clock).await;
    let mut browser = site.serve(site.builder().session_lifetime(Duration::from_hours(2))).await;
    browser.visit("/me").await;
    clock.advance(Duration::from_hours(1));
    assert!(browser.is_logged_in().await);
    clock.advance(Duration::from_hours(1));
    assert!(!browser.is_logged_in().await);
}

#[tokio::test]
async fn a_handler_may_return_the_error_which_shows_nothing_of_itself() {
    let site = Site::start().await;
    let mut browser = site.serve(site.builder()).await;
    browser.visit("/me").await;
    site.api.faults().next("/v1/invoices/42", 1, Fault::respond(400, "{\"error\":\"internal-detail\"}"));
    let answer = browser.get("/invoice").await;
    assert_eq!(answer.status, StatusCode::BAD_GATEWAY);
    assert!(!answer.text.contains("internal-detail") && answer.text.contains("<h1>"), "{}", answer.text);
}

/// A store that cannot be reached.
#[derive(Debug)]
struct Unreachable;

#[async_trait]
impl TokenStore for Unreachable {
    fn identity(&self) -> Fingerprint {
        Fingerprint::new("store", "unreachable")
    }

    async fn get(&self, _: &StoreKey) -> Result<Option<StoreRecord>> {
        Err(Error::temporary("the store is down"))
    }

    async fn put_if_newer(&self, _: &StoreKey, _: &StoreRecord) -> Result<bool> {
        Err(Error::temporary("the store is down"))
    }

    async fn remove(&self, _: &StoreKey) -> Result<()> {
        Err(Error::temporary("the store is down"))
    }

    async fn lease(&self, _: &StoreKey, _: Duration) -> Result<Option<Box<dyn StoreLease>>> {
        Err(Error::temporary("the store is down"))
    }
}

/// Whether a session was ended is not known then: no session is accepted.
#[tokio::test]
async fn a_store_that_is_down_accepts_no_session() {
    let site = Site::start().await;
    let mut browser = site.serve(site.builder().tokens_in(MemoryStore::new())).await;
    browser.visit("/me").await;
    let mut down = site.serve(site.builder().tokens_in(MemoryStore::new()).sessions_in(Unreachable)).await;
    let failed = down.visit("/me").await;
    assert_eq!(failed.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(!down.is_logged_in().await && down.cookies.is_empty());
    let mut other = site.serve(site.builder().tokens_in(Unreachable)).await;
    other.cookies = browser.cookies.clone();
    let answer = other.fetch("/me").await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
}
