//! The login is bound to the browser that began it, and is finished once.

use grantkit_testkit::User;
use http::{Method, StatusCode};

use crate::site::Site;

#[tokio::test]
async fn the_answer_to_anothers_login_is_not_taken() {
    let site = Site::start().await;
    let mut attacker = site.serve(site.builder()).await;
    let mut victim = attacker.clone();
    site.server.set_user(User::new("mallory"));
    let forced = attacker.up_to_the_callback("/login").await;
    // The victim is led to the attacker's address, with no login of its own under way, and with one.
    for _ in 0..2 {
        let answer = victim.get(&forced).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{answer:?}");
        assert!(!victim.is_logged_in().await);
        victim.get("/login").await;
    }
    // Nor with the attacker's answer under the victim's own `state`: the code is bound to the attacker's PKCE verifier.
    let own = victim.up_to_the_callback("/login").await;
    let parameter = |url: &str, name: &str| {
        let url = reqwest::Url::parse(url).unwrap();
        url.query_pairs().find(|(given, _)| given == name).unwrap().1.into_owned()
    };
    let mixed = own.replace(&parameter(&own, "code"), &parameter(&forced, "code"));
    let answer = victim.get(&mixed).await;
    assert!(answer.status.is_client_error() || answer.status.is_server_error(), "{answer:?}");
    assert!(!victim.is_logged_in().await);
}

/// Its cookie, too, is of another browser's login: an attacker who can set cookies has nothing of it.
#[tokio::test]
async fn the_cookie_of_anothers_login_does_not_open_under_this_ones_name() {
    let site = Site::start().await;
    let mut one = site.serve(site.builder()).await;
    let mut other = one.clone();
    let (back, _) = (one.up_to_the_callback("/login").await, other.up_to_the_callback("/login").await);
    let foreign = other.cookies.values().next().unwrap().clone();
    one.cookies.values_mut().for_each(|value| value.clone_from(&foreign));
    let answer = one.get(&back).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST, "another `state`: {answer:?}");
    assert!(!one.is_logged_in().await);
}

#[tokio::test]
async fn a_callback_that_comes_again_begins_no_session() {
    let site = Site::start().await;
    let mut browser = site.serve(site.builder()).await;
    let back = browser.up_to_the_callback("/login").await;
    let before = browser.clone();
    assert_eq!(browser.get(&back).await.status, StatusCode::SEE_OTHER);
    assert!(browser.is_logged_in().await);
    // From the history: the cookie is gone. The session goes on.
    assert_eq!(browser.get(&back).await.status, StatusCode::UNAUTHORIZED);
    assert!(browser.is_logged_in().await);
    // With a copy of all that the browser had.
    let mut copy = before;
    let answer = copy.get(&back).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{answer:?}");
    assert!(!copy.is_logged_in().await);
    assert_eq!(site.server.counters().reused_codes, 0, "the code is not even sent");
}

#[tokio::test]
async fn logins_of_two_windows_finish_and_many_leave_few_cookies() {
    let site = Site::start().await;
    let mut browser = site.serve(site.builder()).await;
    let first = browser.up_to_the_callback("/login?return_to=/first").await;
    let second = browser.up_to_the_callback("/login?return_to=/second").await;
    assert_eq!(browser.get(&first).await.location, "/first");
    assert_eq!(browser.get(&second).await.location, "/second");
    for _ in 0..30 {
        browser.get("/login").await;
        assert!(browser.cookies.len() <= 6, "{:?}", browser.cookies.keys());
    }
    let last = browser.up_to_the_callback("/login?return_to=/last").await;
    assert_eq!(browser.get(&last).await.location, "/last");
}

/// Proxies take header lines of 8 KiB as a rule: with longer ones, the browser would be locked out of the whole site.
#[tokio::test]
async fn the_longest_session_and_many_logins_under_way_fit_one_header_line() {
    let site = Site::start().await;
    let fresh = site.serve(site.builder()).await;
    let (mut browser, mut groups) = (fresh.clone(), 3600);
    while browser.cookies.is_empty() {
        groups -= 30;
        site.server.set_user(User::new("alice").claim("groups", "g".repeat(groups)));
        browser = fresh.clone();
        browser.visit("/me").await;
    }
    assert!(browser.cookie_line().len() > 4500, "{}", browser.cookie_line().len());
    for length in [250, 250, 1000, 250, 1000, 250] {
        let back = browser.up_to_the_callback(&format!("/login?return_to=/{}", "a".repeat(length))).await;
        assert!(browser.cookie_line().len() <= 8000, "{}", browser.cookie_line().len());
        let mut finishing = browser.clone();
        let place = if length > 255 { "/".to_owned() } else { format!("/{}", "a".repeat(length)) };
        assert_eq!(finishing.get(&back).await.location, place);
        assert!(finishing.is_logged_in().await);
    }
}

/// A picture, a script or a frame of any page, or the browser on a guess.
#[tokio::test]
async fn only_the_window_of_a_browser_begins_a_login() {
    let site = Site::start().await;
    let mut browser = site.serve(site.builder()).await;
    let others: [&[(&str, &str)]; 5] = [
        &[("sec-fetch-mode", "cors")],
        &[("sec-fetch-mode", "no-cors"), ("sec-fetch-dest", "image")],
        &[("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "iframe")],
        &[("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "document"), ("sec-purpose", "prefetch;prerender")],
        &[("sec-purpose", "prefetch")],
    ];
    for headers in others {
        for path in ["/login", "/me"] {
            let answer = browser.ask(Method::GET, path, headers).await;
            assert_eq!((answer.status, answer.location.as_str()), (StatusCode::UNAUTHORIZED, ""), "{path} {headers:?}");
            assert!(answer.headers["vary"].to_str().unwrap().contains("sec-fetch-mode"));
        }
    }
    assert_eq!(browser.ask(Method::HEAD, "/login", &[]).await.status, StatusCode::METHOD_NOT_ALLOWED);
    assert!(browser.set.is_empty(), "{:?}", browser.set);
    let window = [("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "document")];
    for path in ["/login", "/me"] {
        assert_eq!(browser.ask(Method::GET, path, &window).await.status, StatusCode::SEE_OTHER);
    }
}

#[tokio::test]
async fn a_request_that_only_looks_uses_no_login_up() {
    let site = Site::start().await;
    let mut browser = site.serve(site.builder()).await;
    let back = browser.up_to_the_callback("/login").await;
    assert_eq!(browser.ask(Method::HEAD, &back, &[]).await.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(site.server.counters().authorization_code, 0);
    assert_eq!(browser.get(&back).await.status, StatusCode::SEE_OTHER);
    assert!(browser.is_logged_in().await);
}

#[tokio::test]
async fn a_login_ends_at_a_path_of_this_application_only() {
    let site = Site::start().await;
    let mut browser = site.serve(site.builder().after_login("/welcome")).await;
    let evil = [
        "//evil.example",
        "/\\evil.example",
        "%2F%2Fevil.example",
        "https://evil.example/",
        "https:evil.example",
        "javascript:alert(1)",
        "/%09/evil.example",
        "/..//evil.example",
        "",
    ];
    for to in evil {
        let back = browser.up_to_the_callback(&format!("/login?return_to={to}")).await;
        assert_eq!(browser.get(&back).await.location, "/welcome", "{to}");
    }
    let back = browser.up_to_the_callback("/login?return_to=/invoices%3Fpage%3D2").await;
    assert_eq!(browser.get(&back).await.location, "/invoices?page=2");
}

#[tokio::test]
async fn a_refusal_is_no_session_and_has_a_page_of_our_own_words() {
    let site = Site::start().await;
    let mut browser = site.serve(site.builder()).await;
    site.server.deny_next_login("access_denied");
    let answer = browser.visit("/login").await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert!(answer.text.contains("href=\"/login\"") && answer.text.contains("refused"), "{}", answer.text);
    assert_eq!(answer.headers["cache-control"], "no-store");
    assert!(browser.cookies.is_empty());
    // An error with which any page can send a browser here is not believed.
    let forged = browser.get("/callback?error=access_denied&error_description=<script>").await;
    assert_eq!(forged.status, StatusCode::UNAUTHORIZED);
    assert!(!forged.text.contains("script>"), "{}", forged.text);
}

/// Any page can send the browser there: the login that is under way goes on.
#[tokio::test]
async fn a_callback_that_is_none_uses_no_login_up() {
    let site = Site::start().await;
    let mut browser = site.serve(site.builder()).await;
    let back = browser.up_to_the_callback("/login").await;
    let other = format!("response=e30.{}.AA", "eyJzdGF0ZSI6Im90aGVyIn0");
    for made_up in
        ["", "code=x", "error=access_denied", "code=x&state=", "response=", "response=x", "response=a.b.c.d.e", &other]
    {
        assert_eq!(browser.get(&format!("/callback?{made_up}")).await.status, StatusCode::UNAUTHORIZED, "{made_up}");
    }
    assert_eq!(browser.get(&back).await.status, StatusCode::SEE_OTHER);
    assert!(browser.is_logged_in().await);
}

#[tokio::test]
async fn an_answer_by_form_post_is_taken_likewise() {
    let site = Site::start().await;
    let mut browser = site.serve(site.builder()).await;
    let back = browser.up_to_the_callback("/login").await;
    let form = back.split_once('?').unwrap().1.to_owned();
    let answer = browser.post("/callback", &[], &form).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{answer:?}");
    assert!(browser.is_logged_in().await);
    let long = browser.post("/callback", &[], &"a".repeat(100_000)).await;
    assert_eq!(long.status, StatusCode::PAYLOAD_TOO_LARGE);
}

/// A page elsewhere sends the browser to the login, and the server logs in without asking: the session would be another's.
#[tokio::test]
async fn page_elsewhere_replaces_no_session_unasked() {
    let site = Site::start().await;
    for login in [site.builder(), site.builder().sessions_in(grantkit::store::MemoryStore::new())] {
        let mut browser = site.serve(login).await;
        let window = |from: &'static str| {
            [("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "document"), ("sec-fetch-site", from)]
        };
        let begun = browser.ask(Method::GET, "/login?return_to=/me", &window("cross-site")).await;
        assert_eq!(begun.status, StatusCode::SEE_OTHER, "there is no session yet: {begun:?}");
        browser.visit("/me").await;
        let before = browser.cookies.clone();
        for from in ["cross-site", "same-site"] {
            let answer = browser.ask(Method::GET, "/login?return_to=/me?a=1", &window(from)).await;
            assert_eq!((answer.status, answer.location.as_str()), (StatusCode::OK, ""), "{from}");
            assert!(answer.text.contains("href=\"/login?return_to=%2Fme%3Fa%3D1\""), "{}", answer.text);
        }
        assert_eq!(browser.cookies, before);
        // By the link there, by a bookmark, and by a browser that does not say.
        for headers in [&window("same-origin")[..], &window("none"), &[]] {
            let answer = browser.ask(Method::GET, "/login", headers).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{headers:?}");
        }
        browser.post("/logout", &[("origin", crate::site::OWN)], "").await;
        let answer = browser.ask(Method::GET, "/login", &window("cross-site")).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "nothing is replaced");
    }
}
