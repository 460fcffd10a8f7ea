//! A login whose tokens have come, and that begins no session: they are revoked and forgotten, since no logout would do it.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use grantkit::integrations::axum::{WebLogin, WebLoginBuilder};
use grantkit::prelude::*;
use grantkit::provider::{Person, ProfileMapping, ProfileRequest};
use grantkit_testkit::Fault;
use http::header::COOKIE;
use http::{Request, StatusCode};
use tower::Service as _;

use crate::browser::Browser;
use crate::site::{OWN, Site, key};
use crate::stores::{Held, Manner, OwnStore};

/// The person is learned from userinfo.
fn by_userinfo(site: &Site) -> WebLoginBuilder {
    let profile = ProfileMapping::new(ProfileRequest::get(&site.server.userinfo_endpoint()).unwrap());
    let provider = ProviderClient::builder("acme")
        .login(&site.client, ["openid", "offline_access", "read:invoices"])
        .identity(profile.id("/sub").name("/name"))
        .build();
    WebLogin::builder(provider.login(format!("{OWN}/callback")).unwrap(), key()).provider(&provider)
}

/// The tokens that were revoked, by their kind.
fn revoked(site: &Site) -> Vec<String> {
    let requests = site.server.requests().into_iter().filter(|request| request.path == "/revoke");
    let mut kinds: Vec<_> = requests.filter_map(|request| request.form_value("token_type_hint")).collect();
    kinds.sort();
    kinds
}

const BOTH: [&str; 2] = ["access_token", "refresh_token"];

#[tokio::test]
async fn tokens_of_a_person_who_cannot_be_learned_are_revoked() {
    let site = Site::start().await;
    let store = OwnStore::new();
    let mut browser = site.serve(by_userinfo(&site).tokens_in(store.clone())).await;
    // A login of the same person that was finished before is not touched.
    let mut before = browser.clone();
    assert_eq!(before.visit("/invoice").await.text, "1999");
    let stored = store.put.lock().unwrap().len();
    site.server.faults().always("/userinfo", Fault::status(403));
    let failed = browser.visit("/me").await;
    assert!(failed.status.is_client_error() || failed.status.is_server_error(), "{failed:?}");
    assert_eq!(revoked(&site), BOTH);
    assert!(browser.cookies.is_empty() && store.put.lock().unwrap().len() == stored);
    assert_eq!(before.fetch("/invoice").await.text, "1999");
}

#[tokio::test]
async fn tokens_of_a_session_that_cannot_be_stored_are_revoked() {
    let site = Site::start().await;
    let store = OwnStore::new();
    let login = site.builder().sessions_in(store.clone()).revocation(site.client.revocation().unwrap());
    let mut browser = site.serve(login).await;
    let back = browser.up_to_the_callback("/login").await;
    store.now(Manner::Hangs);
    assert_eq!(browser.get(&back).await.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(revoked(&site), BOTH);
}

/// This process would go on with them, and store them with the next refresh.
#[tokio::test]
async fn tokens_that_cannot_be_stored_are_revoked_and_forgotten() {
    let site = Site::start().await;
    for has_sessions in [false, true] {
        let (tokens, sessions) = (OwnStore::new(), OwnStore::new());
        let login = site.builder().tokens_in(tokens.clone()).revocation(site.client.revocation().unwrap());
        let login = if has_sessions { login.sessions_in(sessions.clone()) } else { login };
        let login = login.build().unwrap();
        let mut browser = Browser::new(site.serve_at(&login).await);
        let back = browser.up_to_the_callback("/login").await;
        site.server.clear_requests();
        tokens.now(Manner::Hangs);
        assert_eq!(browser.get(&back).await.status, StatusCode::SERVICE_UNAVAILABLE);
        assert!(browser.cookies.is_empty());
        assert_eq!(revoked(&site), BOTH, "{has_sessions}");
        tokens.now(Manner::Works);
        let credentials = login.credentials_of(&Person::new("alice")).unwrap();
        assert!(credentials.token().await.unwrap_err().needs_login(), "{has_sessions}");
        let kept = sessions.keys.lock().unwrap().clone();
        assert!(kept.is_empty(), "{kept:?}");
    }
}

/// The server ends a request whose browser has gone: the code was exchanged by then, and what came for it is with no session.
#[tokio::test]
async fn tokens_are_revoked_where_the_browser_leaves_within_the_callback() {
    let site = Site::start().await;
    let store = OwnStore::new();
    let login = site.builder().sessions_in(store.clone()).revocation(site.client.revocation().unwrap());
    let login = login.build().unwrap();
    let mut browser = Browser::new(site.serve_at(&login).await);
    let back = browser.up_to_the_callback("/login").await;
    let held = Arc::<Held>::default();
    store.now(Manner::Holds(Arc::clone(&held)));
    let path = back.strip_prefix(OWN).unwrap();
    let request = Request::get(path).header(COOKIE, browser.cookie_line()).body(Body::empty()).unwrap();
    let mut router: Router = login.routes();
    let answer = tokio::spawn(router.call(request));
    held.has_come.notified().await;
    answer.abort();
    drop(answer.await);
    held.may_go_on.add_permits(1);
    let are_revoked = async {
        while revoked(&site) != BOTH {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_mins(1), are_revoked).await.unwrap();
    let kept = store.keys.lock().unwrap().clone();
    assert!(kept.is_empty(), "{kept:?}");
}
