//! What the browser carries: not read, changed, moved or made up by others.

use grantkit::keys::SealingKey;
use grantkit::store::MemoryStore;
use grantkit_testkit::{ManualClock, User};
use http::StatusCode;

use crate::browser::Browser;
use crate::site::{OWN, Site, key};
use crate::stores::OwnStore;

/// The name of the session's cookie, which has a tag of the login's.
fn name(browser: &Browser) -> String {
    let mut names = browser.cookies.keys().filter(|name| name.starts_with("__Host-session-") && !name.contains('.'));
    names.next().unwrap().clone()
}

#[tokio::test]
async fn each_cookie_is_of_this_host_over_tls_and_not_for_scripts() {
    let site = Site::start().await;
    let mut browser = site.serve(site.builder()).await;
    browser.visit("/me").await;
    assert!(browser.set.len() >= 3, "{:?}", browser.set);
    for cookie in &browser.set {
        assert!(cookie.starts_with("__Host-") && cookie.contains("; Path=/; "), "{cookie}");
        assert!(cookie.contains("; Secure; HttpOnly; SameSite=Lax") && !cookie.contains("Domain"), "{cookie}");
        assert!(cookie.len() < 4096);
        for secret in ["alice", "Alice", "access_", "refresh_"] {
            assert!(!cookie.contains(secret), "{cookie}");
        }
    }
    assert_eq!(browser.cookies.keys().collect::<Vec<_>>(), [&name(&browser)], "that of the login is removed");
}

#[tokio::test]
async fn a_cookie_that_was_changed_is_no_session() {
    let site = Site::start().await;
    for login in [site.builder(), site.builder().sessions_in(MemoryStore::new())] {
        let mut browser = site.serve(login).await;
        browser.visit("/me").await;
        let name = name(&browser);
        let whole = browser.cookies[&name].clone();
        for at in 0..whole.len() {
            let mut changed = whole.clone().into_bytes();
            changed[at] = if changed[at] == b'A' { b'Q' } else { b'A' };
            browser.cookies.insert(name.clone(), String::from_utf8(changed).unwrap());
            assert!(!browser.is_logged_in().await, "{at}");
        }
        for cut in ["", "1.", "1", &whole[..whole.len() / 2], &format!("{whole}A"), "9.AAAA", "1.%00"] {
            browser.cookies.insert(name.clone(), cut.to_owned());
            assert!(!browser.is_logged_in().await, "{cut}");
        }
        browser.cookies.insert(name, whole);
        assert!(browser.is_logged_in().await);
    }
}

/// As a page of another program of the host sets one, or a proxy: the person could not log in again before it is gone.
#[tokio::test]
async fn a_cookie_beside_the_session_that_is_no_text_does_not_hide_the_session() {
    let site = Site::start().await;
    let mut browser = site.serve(site.builder()).await;
    browser.visit("/me").await;
    for name in ["A", "z"] {
        let mut beside = browser.clone();
        beside.cookies.insert(name.to_owned(), "\u{e9}".to_owned());
        assert!(beside.is_logged_in().await, "{}", beside.cookie_line());
    }
    // By another name: a page of the same site could set it, without the protection of `__Host-`.
    let name = name(&browser);
    let session = browser.cookies.remove(&name).unwrap();
    for space in ["\u{2000}", "\u{a0}", "\u{85}"] {
        browser.cookies = [(format!("{space}{name}"), session.clone())].into();
        assert!(!browser.is_logged_in().await, "{space:?}");
    }
}

/// Of a user with much to say of, so that the session takes two cookies.
async fn with_long_session(site: &Site, browser: &Browser, user: &str) -> Browser {
    let mut browser = browser.clone();
    browser.cookies.clear();
    site.server.set_user(User::new(user).claim("groups", "g".repeat(2700)));
    browser.visit("/me").await;
    assert_eq!(browser.cookies.len(), 2, "{:?}", browser.cookies.keys());
    browser
}

#[tokio::test]
async fn a_long_session_takes_two_cookies_and_no_part_of_anothers() {
    let site = Site::start().await;
    let fresh = site.serve(site.builder()).await;
    let (mut alice, mut bob) =
        (with_long_session(&site, &fresh, "alice").await, with_long_session(&site, &fresh, "bob").await);
    assert_eq!((alice.fetch("/me").await.text, bob.fetch("/me").await.text), ("alice ".to_owned(), "bob ".to_owned()));
    let second = alice.cookies.keys().last().unwrap().clone();
    let of_bob = bob.cookies[&second].clone();
    alice.cookies.insert(second.clone(), of_bob);
    assert!(!alice.is_logged_in().await);
    alice.cookies.remove(&second);
    assert!(!alice.is_logged_in().await);
    // The next login is a short one, and takes what is left of the long one away.
    site.server.set_user(User::new("alice"));
    alice.visit("/me").await;
    assert_eq!(alice.cookies.keys().collect::<Vec<_>>(), [&name(&alice)]);
}

#[tokio::test]
async fn a_session_that_is_too_long_for_cookies_says_so_and_goes_into_a_store() {
    let site = Site::start().await;
    site.server.set_user(User::new("alice").claim("groups", "g".repeat(8000)));
    let seen = std::sync::Arc::new(std::sync::Mutex::new(String::new()));
    let told = std::sync::Arc::clone(&seen);
    let tokens = OwnStore::new();
    let login = site.builder().tokens_in(tokens.clone()).revocation(site.client.revocation().unwrap());
    let login = login.keep_tokens_at_logout().error_page(move |error| {
        *told.lock().unwrap() = error.to_string();
        StatusCode::INTERNAL_SERVER_ERROR
    });
    let mut browser = site.serve(login).await;
    assert_eq!(browser.visit("/me").await.status, StatusCode::INTERNAL_SERVER_ERROR);
    let text = seen.lock().unwrap().clone();
    assert!(text.contains("bytes of cookies") && text.contains("`.sessions_in(store)`"), "{text}");
    assert!(browser.cookies.is_empty());
    // Nothing is left of the login, as no browser has its session.
    assert!(tokens.put.lock().unwrap().is_empty());
    assert!(site.server.counters().revocations >= 1);

    let mut browser = site.serve(site.builder().sessions_in(MemoryStore::new())).await;
    assert_eq!(browser.visit("/me").await.text, "alice ");
    assert!(browser.cookies[&name(&browser)].len() < 200);
}

#[tokio::test]
async fn a_session_has_a_new_id_after_each_login() {
    let site = Site::start().await;
    let mut browser = site.serve(site.builder().sessions_in(MemoryStore::new())).await;
    browser.visit("/me").await;
    let (first, token) = (browser.cookies[&name(&browser)].clone(), browser.fetch("/csrf").await.text);
    let back = browser.up_to_the_callback("/login").await;
    browser.get(&back).await;
    assert_ne!(browser.cookies[&name(&browser)], first);
    assert_ne!(browser.fetch("/csrf").await.text, token);
}

/// A copy of its cookie, which the person cannot log out any more.
#[tokio::test]
async fn a_new_login_ends_the_session_that_it_replaces() {
    let site = Site::start().await;
    for login in [site.builder(), site.builder().sessions_in(MemoryStore::new())] {
        let mut browser = site.serve(login).await;
        browser.visit("/me").await;
        let mut copy = browser.clone();
        let back = browser.up_to_the_callback("/login").await;
        assert!(copy.is_logged_in().await, "a login that is under way ends nothing");
        browser.get(&back).await;
        assert!(browser.is_logged_in().await && !copy.is_logged_in().await);
    }
}

/// The store does not know any more which of them were ended.
#[tokio::test]
async fn a_session_ends_with_the_program_whose_memory_has_what_was_ended() {
    let site = Site::start().await;
    let mut browser = site.serve(site.builder()).await;
    browser.visit("/me").await;
    let mut restarted = site.serve(site.builder()).await;
    restarted.cookies = browser.cookies.clone();
    assert!(browser.is_logged_in().await && !restarted.is_logged_in().await);
}

#[tokio::test]
async fn a_session_lasts_no_longer_than_sessions_do_now() {
    let clock = ManualClock::new();
    let site = Site::start().await.with_clock(clock.clone()).await;
    let store = MemoryStore::new();
    let mut browser = site.serve(site.builder().tokens_in(store.clone())).await;
    browser.visit("/me").await;
    let soon = site.builder().tokens_in(store).session_lifetime(std::time::Duration::from_millis(1));
    let mut now = site.serve(soon).await;
    now.cookies = browser.cookies.clone();
    clock.advance(std::time::Duration::from_millis(5));
    assert!(browser.is_logged_in().await && !now.is_logged_in().await);
}

#[tokio::test]
async fn a_key_is_replaced_while_sessions_and_logins_go_on() {
    let site = Site::start().await;
    let store = MemoryStore::new();
    let with = |key: SealingKey| site.builder_with(key).tokens_in(store.clone());
    let mut browser = site.serve(with(key())).await;
    browser.visit("/me").await;
    let back = browser.up_to_the_callback("/login?return_to=/after").await;
    let (cookies, new) = (browser.cookies.clone(), SealingKey::new([8; 32]).unwrap());

    let mut both = site.serve(with(new.clone().with_previous_key(&key()))).await;
    both.cookies = cookies.clone();
    assert!(both.is_logged_in().await);
    assert_eq!(both.fetch("/invoice").await.text, "1999", "their tokens are in the store");
    assert_eq!(both.get(&back).await.location, "/after");

    let mut later = site.serve(with(new)).await;
    later.cookies = cookies;
    assert!(!later.is_logged_in().await, "the old key is gone");
    later.cookies = both.cookies;
    assert!(later.is_logged_in().await, "what was sealed since goes on");
}

/// The same key seals the cookies of both.
#[tokio::test]
async fn a_cookie_of_another_application_or_of_another_kind_is_none() {
    let site = Site::start().await;
    let mut browser = site.serve(site.builder()).await;
    let back = browser.up_to_the_callback("/login").await;
    let login = browser.cookies.values().next().unwrap().clone();
    browser.get(&back).await;
    let session = browser.cookies[&name(&browser)].clone();
    browser.cookies.insert(name(&browser), format!("1.{login}"));
    assert!(!browser.is_logged_in().await);

    let other = site.client.authorization_code("https://other.example/callback").unwrap().scope("openid");
    let other = grantkit::integrations::axum::WebLogin::builder(other, key());
    let mut browser = site.serve(other).await;
    // By the names of its own cookies.
    browser.get("/login").await;
    let login = browser.cookies.keys().find_map(|name| name.split('.').next()).unwrap().to_owned();
    browser.cookies.insert(login.replace("__Host-login-", "__Host-session-"), session);
    assert!(!browser.is_logged_in().await);
}

/// As an application has them with two providers: the session of one is not overwritten by the other, after which it could not be ended.
#[tokio::test]
async fn two_logins_of_one_host_leave_each_others_cookies_alone() {
    let site = Site::start().await;
    let second = site.client.authorization_code(format!("{OWN}/second/callback")).unwrap().scope("openid");
    let mut first = site.serve(site.builder()).await;
    let mut second = site.serve(grantkit::integrations::axum::WebLogin::builder(second, key())).await;
    first.visit("/me").await;
    let session = first.cookies.clone();
    // One browser at both.
    second.cookies = first.cookies.clone();
    second.visit("/second/login").await;
    assert!(second.cookies.len() > session.len(), "{:?}", second.cookies.keys());
    for _ in 0..30 {
        second.get("/second/login").await;
    }
    for (name, value) in &session {
        assert_eq!(second.cookies.get(name), Some(value), "{name}");
    }
    first.cookies = second.cookies.clone();
    assert!(first.is_logged_in().await);
}

/// Browsers leave it out without a word, and no login would ever come back.
#[tokio::test]
async fn a_login_that_is_too_long_for_a_cookie_says_so_when_it_is_built() {
    let site = Site::start().await;
    let login = |values: usize| {
        let login = site.client.authorization_code("https://app.example/callback").unwrap().scope("openid");
        let login = login.acr_values((0..values).map(|number| format!("urn:acr:{number:05}")));
        grantkit::integrations::axum::WebLogin::builder(login, key())
    };
    let error = login(400).build().unwrap_err();
    assert!(error.is_configuration() && error.to_string().contains("bytes of a cookie"), "{error}");
    // Whatever comes along when it begins, as where the person is to return to, the longest that was built can begin.
    let longest = (0..400).rev().find(|values| login(*values).build().is_ok()).unwrap();
    let mut browser = site.serve(login(longest)).await;
    let return_to = format!("/{}", "a".repeat(255));
    assert_eq!(browser.get(&format!("/login?return_to={return_to}")).await.status, StatusCode::SEE_OTHER);
}
