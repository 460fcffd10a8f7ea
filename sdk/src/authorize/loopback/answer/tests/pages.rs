//! The page that the person sees at the end.

use http::Method;
use http::header::{ACCEPT_LANGUAGE, CONTENT_SECURITY_POLICY};
use serde_json::json;

use super::{STATE, jwt, request, text, wait_for};
use crate::authorize::loopback::answer::answer;
use crate::authorize::loopback::page::{Page, Pages};
use crate::authorize::loopback::{LoopbackOutcome, LoopbackPage};

#[tokio::test]
async fn the_page_says_what_happened_and_repeats_nothing() {
    let refusal = format!("error=access_denied&error_description=%3Cscript%3E&state={STATE}");
    let refused_jwt = format!("response={}", jwt(&json!({ "state": STATE, "error": "access_denied" })));
    for (mode, query, title) in [
        ("query", format!("code=c0de&state={STATE}"), "Logged in"),
        ("query", refusal, "Not logged in"),
        ("query.jwt", refused_jwt, "Not logged in"),
        ("query.jwt", "response=a.b.c.d.e".to_owned(), "Back to the program"),
        ("query", "code=c0de&state=other".to_owned(), "Another login"),
    ] {
        let (page, _) = answer(request(Method::GET, &format!("/callback?{query}"), &[], b""), &wait_for(mode)).await;
        for (name, value) in [
            ("cache-control", "no-store"),
            ("referrer-policy", "no-referrer"),
            ("x-content-type-options", "nosniff"),
            ("content-type", "text/html; charset=utf-8"),
        ] {
            assert_eq!(page.headers()[name], value);
        }
        let html = text(page).await;
        assert!(html.contains(&format!("<h1>{title}</h1>")), "{html}");
        for secret in ["c0de", STATE, "access_denied", "<script", "a.b.c"] {
            assert!(!html.contains(secret), "{html}");
        }
    }
}

async fn ending(pages: Pages, query: &str, language: &str) -> Page {
    let mut wait = wait_for("query");
    wait.pages = pages;
    let target = format!("/callback?{query}");
    answer(request(Method::GET, &target, &[(ACCEPT_LANGUAGE, language)], b""), &wait).await.0
}

#[tokio::test]
async fn the_page_is_in_the_language_of_the_browser() {
    let logged_in = format!("code=c&state={STATE}");
    for (asked, lang, dir, title) in [
        ("de-AT,en;q=0.5", "de", "ltr", "Angemeldet"),
        ("fr", "fr", "ltr", "Connexion réussie"),
        ("ja", "ja", "ltr", "ログインしました"),
        ("zh-TW,zh;q=0.9", "zh-Hant", "ltr", "已登入"),
        ("ar", "ar", "rtl", "تم تسجيل الدخول"),
        ("tlh", "en", "ltr", "Logged in"),
    ] {
        let page = ending(Pages::default(), &logged_in, asked).await;
        assert_eq!(page.headers()["content-language"], lang);
        assert_eq!(page.headers()["vary"], "accept-language");
        let html = text(page).await;
        assert!(html.contains(&format!("<html lang={lang} dir={dir}>")), "{html}");
        assert!(html.contains(&format!("<h1>{title}</h1>")), "{html}");
    }
    let html = text(ending(Pages::default(), "code=c&state=other", "de").await).await;
    assert!(html.contains("<html lang=de dir=ltr>") && html.contains("<h1>Eine andere Anmeldung</h1>"), "{html}");
}

#[tokio::test]
async fn the_page_has_the_programs_name_as_text_and_a_mark_for_what_came_of_it() {
    let refused = format!("error=access_denied&state={STATE}");
    let logged_in = format!("code=c&state={STATE}");
    for (query, class) in [(logged_in.as_str(), "good"), (&refused, "off"), ("code=c&state=other", "bad")] {
        let program = Some("<b>\"Acme\" & 'Sons'</b>".to_owned());
        let page = ending(Pages { program, own: Vec::new() }, query, "en").await;
        let policy = page.headers()[CONTENT_SECURITY_POLICY].to_str().unwrap().to_owned();
        assert!(
            policy.starts_with("default-src 'none'") && !policy.contains("unsafe") && !policy.contains("http"),
            "{policy}"
        );
        let html = text(page).await;
        assert!(
            html.contains("<p class=program dir=auto>&lt;b&gt;&quot;Acme&quot; &amp; &#39;Sons&#39;&lt;/b&gt;</p>"),
            "{html}"
        );
        assert!(html.contains(&format!("<svg class={class} ")) && !html.contains("<b>"), "{html}");
        assert!(
            !html.contains("href") && !html.contains("src=") && !html.contains("url("),
            "nothing from elsewhere: {html}"
        );
    }
}

#[tokio::test]
async fn the_page_may_be_the_programs_own() {
    let query = format!("code=c0de&state={STATE}");
    let own = |page| Pages { program: None, own: vec![(LoopbackOutcome::LoggedIn, page)] };

    let html = text(ending(own(LoopbackPage::text("Hi <i>", "you & me")), &query, "de").await).await;
    assert!(html.contains("<h1>Hi &lt;i&gt;</h1><p>you &amp; me</p>") && html.contains("<html dir=auto>"), "{html}");

    let page = ending(own(LoopbackPage::html("<!doctype html><h1>Ours</h1>")), &query, "de").await;
    let policy = page.headers()[CONTENT_SECURITY_POLICY].to_str().unwrap().to_owned();
    assert!(policy.contains("default-src 'none'") && !policy.contains("script-src"), "{policy}");
    assert_eq!(text(page).await, "<!doctype html><h1>Ours</h1>");

    let elsewhere = LoopbackPage::redirect("https://acme.example/welcome?from=cli").unwrap();
    let page = ending(own(elsewhere), &query, "de").await;
    assert_eq!(page.status(), 303);
    assert_eq!(page.headers()["location"], "https://acme.example/welcome?from=cli");
    assert_eq!(page.headers()["referrer-policy"], "no-referrer");

    // One of an answer that cannot be looked into here.
    let mut sealed = wait_for("query.jwt");
    sealed.pages.own.push((LoopbackOutcome::Answered, LoopbackPage::html("ours")));
    let (page, _) = answer(request(Method::GET, "/callback?response=a.b.c.d.e", &[], b""), &sealed).await;
    assert_eq!(text(page).await, "ours");

    // Of another outcome it is the usual one, and of several for one the last counts.
    let refused = format!("error=access_denied&state={STATE}");
    let html = text(ending(own(LoopbackPage::html("ours")), &refused, "en").await).await;
    assert!(html.contains("<h1>Not logged in</h1>"), "{html}");
    let mut pages = own(LoopbackPage::html("first"));
    pages.own.push((LoopbackOutcome::LoggedIn, LoopbackPage::html("last")));
    assert_eq!(text(ending(pages, &query, "en").await).await, "last");
}

#[test]
fn a_page_elsewhere_is_https_or_on_this_machine() {
    assert!(LoopbackPage::redirect("http://127.0.0.1:3000/done").is_ok());
    for url in ["http://acme.example/", "javascript:alert(1)", "data:text/html,x", "acme.example", ""] {
        assert!(LoopbackPage::redirect(url).unwrap_err().is_configuration(), "{url}");
    }
}
