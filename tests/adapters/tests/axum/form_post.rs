//! The answer comes by a form that the server's page posts. A real browser does it in `tests/integration/tests/real_browser`.

use grantkit::authorize::ResponseMode;
use grantkit::integrations::axum::{WebLogin, WebLoginBuilder};
use grantkit::store::MemoryStore;
use http::StatusCode;

use crate::browser::Browser;
use crate::site::{NEAR, OWN, Site, key};

fn by_form(site: &Site, own: &str) -> WebLoginBuilder {
    let login = site.client.authorization_code(format!("{own}/callback")).unwrap();
    WebLogin::builder(login.scope("openid").response_mode(ResponseMode::FormPost), key())
}

/// Up to the form that the server's page has: the body of its request.
async fn up_to_the_form(browser: &mut Browser) -> String {
    let begun = browser.get("/login").await;
    let page = browser.get(&begun.location).await.text;
    let values = page.split("name=\"").skip(1).filter_map(|input| input.split_once("\" value=\""));
    let values: Vec<_> = values.map(|(name, rest)| format!("{name}={}", rest.split('"').next().unwrap())).collect();
    assert!(page.contains("method=\"post\"") && values.len() == 3, "{page}");
    values.join("&")
}

/// With the form of another site no cookie goes but one that is for that.
#[tokio::test]
async fn login_cookie_goes_with_a_cross_site_form_and_session_cookie_not() {
    let site = Site::start().await;
    let mut browser = site.serve(by_form(&site, OWN)).await;
    let form = up_to_the_form(&mut browser).await;
    let [begun] = browser.set.as_slice() else { panic!("{:?}", browser.set) };
    assert!(begun.starts_with("__Host-login-") && begun.ends_with("; Secure; HttpOnly; SameSite=None"), "{begun}");
    let answer = browser.post("/callback", &[("sec-fetch-site", "cross-site")], &form).await;
    assert_eq!((answer.status, answer.location.as_str()), (StatusCode::SEE_OTHER, "/"));
    let session = browser.set.iter().find(|cookie| cookie.starts_with("__Host-session-")).unwrap();
    assert!(session.ends_with("; SameSite=Lax"), "{session}");
    assert!(browser.is_logged_in().await);
}

/// The answer comes without its cookie.
#[tokio::test]
async fn a_new_login_by_form_ends_the_session_that_it_replaces() {
    let site = Site::start().await;
    for login in [by_form(&site, OWN), by_form(&site, OWN).sessions_in(MemoryStore::new())] {
        let mut browser = site.serve(login).await;
        let form = up_to_the_form(&mut browser).await;
        browser.post("/callback", &[], &form).await;
        let mut copy = browser.clone();
        assert!(copy.is_logged_in().await);
        let form = up_to_the_form(&mut browser).await;
        browser.cookies.retain(|name, _| name.starts_with("__Host-login-"));
        browser.post("/callback", &[("sec-fetch-site", "cross-site")], &form).await;
        assert!(browser.is_logged_in().await && !copy.is_logged_in().await);
    }
}

/// There, no cookie can be for the forms of other sites: a page of this site posts the form again, with the cookies.
#[tokio::test]
async fn without_tls_the_answer_is_posted_again_by_a_page() {
    let site = Site::start().await;
    let mut browser = site.serve(by_form(&site, NEAR)).await;
    let form = up_to_the_form(&mut browser).await;
    let cookies = std::mem::take(&mut browser.cookies);
    let again = browser.post("/callback", &[("sec-fetch-site", "cross-site")], &form).await;
    assert_eq!((again.status, again.location.as_str()), (StatusCode::OK, ""));
    assert!(again.text.contains(r#"action="/callback?again""#) && again.text.contains("name=\"code\""), "{again:?}");
    // A form's own `submit` would be an input of that name, which a server's answer may have.
    assert!(
        again.text.contains("<script>HTMLFormElement.prototype.submit.call(document.forms[0])</script>"),
        "{again:?}"
    );
    assert_eq!(again.headers["cache-control"], "no-store");
    browser.cookies = cookies;
    let done = browser.post("/callback?again", &[("sec-fetch-site", "same-origin")], &form).await;
    assert_eq!((done.status, done.location.as_str()), (StatusCode::SEE_OTHER, "/"));
    assert!(browser.is_logged_in().await);
    // Without any it is not sent round and round.
    assert_eq!(browser.post("/callback?again", &[], &form).await.status, StatusCode::UNAUTHORIZED);
    // What is no answer goes nowhere.
    assert_eq!(browser.post("/callback", &[], "error=x").await.status, StatusCode::UNAUTHORIZED);
}

/// It would be in the address, and in logs.
#[tokio::test]
async fn with_tls_a_form_without_the_login_s_cookie_stays_a_form() {
    let site = Site::start().await;
    let mut browser = site.serve(by_form(&site, OWN)).await;
    let form = up_to_the_form(&mut browser).await;
    browser.cookies.clear();
    let answer = browser.post("/callback", &[("sec-fetch-site", "cross-site")], &form).await;
    assert_eq!((answer.status, answer.location.as_str()), (StatusCode::UNAUTHORIZED, ""));
}
