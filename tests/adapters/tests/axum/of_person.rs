//! All sessions of a person end at once.

use std::time::Duration;

use grantkit::integrations::axum::WebLogin;
use grantkit::provider::Person;
use grantkit::store::MemoryStore;
use grantkit_testkit::{ManualClock, User};

use crate::browser::Browser;
use crate::site::{OWN, Site};

async fn log_in(site: &Site, fresh: &Browser, user: &str) -> Browser {
    let mut browser = fresh.clone();
    site.server.set_user(User::new(user));
    browser.visit("/me").await;
    assert!(browser.is_logged_in().await);
    browser
}

/// Sessions and ends are told apart by milliseconds.
const A_MOMENT: Duration = Duration::from_millis(5);

#[tokio::test]
async fn sessions_of_a_person_end_in_every_browser_until_the_next_login() {
    let clock = ManualClock::new();
    let site = Site::start().await.with_clock(clock.clone()).await;
    for login in [site.builder(), site.builder().sessions_in(MemoryStore::new())] {
        let login = login.revocation(site.client.revocation().unwrap()).build().unwrap();
        let fresh = Browser::new(site.serve_at(&login).await);
        let mut one = log_in(&site, &fresh, "alice").await;
        let mut other = log_in(&site, &fresh, "alice").await;
        let mut bob = log_in(&site, &fresh, "bob").await;
        let before = site.server.counters().revocations;
        login.end_sessions_of(&Person::new("alice")).await.unwrap();
        assert!(!one.is_logged_in().await && !other.is_logged_in().await && bob.is_logged_in().await);
        assert!(site.server.counters().revocations > before, "the tokens are revoked");
        assert_eq!(bob.fetch("/invoice").await.text, "1999");
        clock.advance(A_MOMENT);
        log_in(&site, &fresh, "alice").await;
        assert!(!one.is_logged_in().await, "by the old cookie as little as before");
    }
}

#[tokio::test]
async fn the_person_of_a_request_can_log_out_everywhere() {
    let site = Site::start().await;
    let login = site.builder().build().unwrap();
    let fresh = Browser::new(site.serve_at(&login).await);
    let mut one = log_in(&site, &fresh, "alice").await;
    let mut other = log_in(&site, &fresh, "alice").await;
    let session = session(&login, &one).await;
    assert_eq!(session.person().issuer(), Some(site.server.issuer().as_str()));
    login.end_sessions_of(session.person()).await.unwrap();
    assert!(!one.is_logged_in().await && !other.is_logged_in().await);
}

/// Two machines, whose clocks differ: the login came by the clock that is ahead, the end by the other.
#[tokio::test]
async fn session_ends_by_a_clock_that_is_behind_its_login() {
    let (ahead, behind) = (ManualClock::new(), ManualClock::new());
    ahead.advance(Duration::from_secs(3));
    let store = MemoryStore::new();
    let (one, other) = (Site::start().await.with_clock(ahead.clone()).await, behind.clone());
    let here = one.builder().tokens_in(store.clone()).build().unwrap();
    let fresh = Browser::new(one.serve_at(&here).await);
    let there = Site { client: one.client_by(other).await, ..one };
    let login = there.builder().tokens_in(store).build().unwrap();
    let mut thief = log_in(&there, &fresh, "alice").await;
    login.end_sessions_of(&Person::new("alice")).await.unwrap();
    assert!(!thief.is_logged_in().await);
    // The person logs in at once, and stays; and that ends, too, by a clock that has not got so far yet.
    let mut person = log_in(&there, &fresh, "alice").await;
    assert!(!thief.is_logged_in().await);
    for _ in 0..2 {
        login.end_sessions_of(&Person::new("alice")).await.unwrap();
        assert!(!person.is_logged_in().await);
        person = log_in(&there, &fresh, "alice").await;
    }
}

/// A code that was issued before all sessions end begins none afterwards.
#[tokio::test]
async fn a_login_that_was_under_way_begins_no_session_that_goes_on() {
    let clock = ManualClock::new();
    let site = Site::start().await.with_clock(clock.clone()).await;
    let login = site.builder().build().unwrap();
    let mut browser = Browser::new(site.serve_at(&login).await);
    let back = browser.up_to_the_callback("/login").await;
    login.end_sessions_of(&Person::new("alice")).await.unwrap();
    clock.advance(A_MOMENT);
    browser.get(&back).await;
    assert!(!browser.is_logged_in().await);
    assert_eq!(browser.visit("/me").await.text, "alice Alice Example", "the next login is good");
}

#[tokio::test]
async fn tokens_that_are_kept_are_there_for_a_program_that_works_for_the_person() {
    let site = Site::start().await;
    let login = site.builder().revocation(site.client.revocation().unwrap()).keep_tokens_at_logout();
    let login = login.build().unwrap();
    let mut browser = Browser::new(site.serve_at(&login).await);
    browser.visit("/me").await;
    let token = session(&login, &browser).await.credentials().token().await.unwrap();
    browser.post("/logout", &[("origin", OWN)], "").await;
    login.end_sessions_of(&Person::new("alice")).await.unwrap();
    let kept = login.credentials_of(&Person::new("alice").with_issuer(site.server.issuer())).unwrap();
    assert_eq!(kept.token().await.unwrap().access_token(), token.access_token());
    let nobody = login.credentials_of(&Person::new("bob")).unwrap();
    assert!(nobody.token().await.unwrap_err().needs_login());
}

/// It would end nothing, and say that all is well.
#[tokio::test]
async fn a_person_of_another_issuer_is_an_error() {
    let site = Site::start().await;
    let login = site.builder().build().unwrap();
    let person = Person::new("alice").with_issuer("https://other.example");
    assert!(login.end_sessions_of(&person).await.unwrap_err().is_configuration());
    assert!(login.credentials_of(&person).unwrap_err().is_configuration());
}

async fn session(login: &WebLogin, browser: &Browser) -> grantkit::integrations::axum::Session {
    let headers = [(http::header::COOKIE, browser.cookie_line().parse().unwrap())].into_iter().collect();
    login.session(&headers).await.unwrap().unwrap()
}
