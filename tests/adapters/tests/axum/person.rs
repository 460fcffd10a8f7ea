//! Who has logged in: by the ID token, or by the provider's own way.

use grantkit::authorize::ResponseMode;
use grantkit::integrations::axum::WebLogin;
use grantkit::prelude::*;
use grantkit::provider::{ProfileMapping, ProfileRequest};
use grantkit_testkit::User;

use crate::site::{OWN, Site, key};

#[tokio::test]
async fn a_provider_says_who_that_is_and_revokes() {
    let site = Site::start().await;
    site.server.set_user(User::new("alice").claim("nick", "Ali"));
    let profile = ProfileMapping::new(ProfileRequest::get(&format!("{}/userinfo", site.server.issuer())).unwrap());
    let provider = ProviderClient::builder("acme")
        .login(&site.client, ["openid", "profile"])
        .identity(profile.id("/sub").name("/nick"))
        .build();
    let login = provider.login(format!("{OWN}/callback")).unwrap();
    let mut browser = site.serve(WebLogin::builder(login, key()).provider(&provider)).await;
    assert_eq!(browser.visit("/me").await.text, "alice Ali");
    assert_eq!(browser.fetch("/invoice").await.text, "1999");
    browser.post("/logout", &[("origin", OWN)], "").await;
    assert!(site.server.counters().revocations > 0);
}

/// Who takes the name that a person has given up would get their login.
#[tokio::test]
async fn an_id_that_may_be_another_persons_begins_no_session() {
    let site = Site::start().await;
    let profile = ProfileMapping::new(ProfileRequest::get(&format!("{}/userinfo", site.server.issuer())).unwrap());
    let provider = ProviderClient::builder("acme")
        .login(&site.client, ["openid", "profile"])
        .identity(profile.id("/sub").name("/sub").reassignable_id())
        .build();
    let login = || WebLogin::builder(provider.login(format!("{OWN}/callback")).unwrap(), key()).provider(&provider);
    let mut browser = site.serve(login().error_page(|error: &Error| error.to_string())).await;
    let page = browser.visit("/me").await.text;
    assert!(page.contains("`WebLoginBuilder::danger_accept_reassignable_ids`"), "{page}");
    assert!(browser.fetch("/invoice").await.text != "1999");
    let mut browser = site.serve(login().danger_accept_reassignable_ids()).await;
    assert_eq!(browser.visit("/me").await.text, "alice alice");
}

#[tokio::test]
async fn a_login_that_cannot_work_is_an_error_when_it_is_built() {
    let site = Site::start().await;
    let login = |uri: &str| site.client.authorization_code(uri).unwrap();
    let error = WebLogin::builder(login("https://app.example/callback"), key()).build().unwrap_err();
    assert!(error.is_configuration() && error.to_string().contains("`openid`"), "{error}");
    for uri in ["com.example.app:/callback", "https://app.example/login", "https://app.example"] {
        let error = WebLogin::builder(login(uri).scope("openid"), key()).build().unwrap_err();
        assert!(error.is_configuration(), "{uri}: {error}");
    }
    let twice = login("https://app.example/callback").scope("openid").login_parameter("max_age", "1");
    let error = WebLogin::builder(twice, key()).build().unwrap_err();
    assert!(error.is_configuration() && error.to_string().contains("`max_age`"), "{error}");
    for path in ["https://evil.example/", "//evil.example", "home"] {
        assert!(site.builder().after_login(path).build().unwrap_err().is_configuration(), "{path}");
        assert!(site.builder().after_logout(path).build().unwrap_err().is_configuration(), "{path}");
    }
    let fragment = || login("https://app.example/callback").scope("openid");
    for fragment in [fragment().response_mode(ResponseMode::Fragment), fragment().hybrid()] {
        let error = WebLogin::builder(fragment, key()).build().unwrap_err();
        assert!(error.is_configuration() && error.to_string().contains("`FormPost`"), "{error}");
    }
    assert!(WebLogin::builder(fragment().hybrid().response_mode(ResponseMode::FormPost), key()).build().is_ok());
}

#[tokio::test]
async fn debug_shows_no_person_and_no_key() {
    let site = Site::start().await;
    let login = site.builder().build().unwrap();
    let mut browser = crate::browser::Browser::new(site.serve_at(&login).await);
    browser.visit("/me").await;
    let (name, value) = browser.cookies.iter().next().unwrap();
    let cookie = format!("{name}={value}");
    let headers = http::HeaderMap::from_iter([(http::header::COOKIE, cookie.parse().unwrap())]);
    let session = login.session(&headers).await.unwrap().unwrap();
    assert_eq!(session.person().email(), Some("alice@example.com"));
    assert!(session.began_at() < session.ends_at());
    let shown = format!("{session:?} {login:?} {:?}", site.builder());
    for secret in ["alice", "Alice", "s3cret", &session.csrf_token()] {
        assert!(!shown.contains(secret), "{shown}");
    }
}
