//! The same `sub` is another person at another issuer: of another server, or of another tenant of the same.

use grantkit::integrations::axum::WebLogin;
use grantkit::prelude::*;
use grantkit::provider::{Person, ProfileMapping};
use grantkit::store::MemoryStore;
use http::StatusCode;
use serde_json::json;

use crate::backchannel_logout::{claims, tell};
use crate::browser::Browser;
use crate::site::{OWN, Site, key};

const TEMPLATE: &str = "https://login.example/{tenantid}/v2.0";

fn issuer(tenant: &str) -> String {
    TEMPLATE.replace("{tenantid}", tenant)
}

/// Of a server with many tenants, which is what the embedded one plays.
fn client(site: &Site) -> Client {
    let server = &site.server;
    Client::builder()
        .client_id("web")
        .client_secret_basic("s3cret")
        .token_endpoint(&server.token_endpoint())
        .unwrap()
        .authorization_endpoint(&server.authorization_endpoint())
        .unwrap()
        .revocation_endpoint(&server.revocation_endpoint())
        .unwrap()
        .issuer(TEMPLATE)
        .unwrap()
        .jwks_uri(&server.jwks_uri())
        .unwrap()
        .build()
        .erased()
}

fn login(client: &Client) -> AuthorizationCode {
    client.authorization_code(format!("{OWN}/callback")).unwrap().scopes(["openid", "offline_access", "read:invoices"])
}

/// Logs alice in: who is another person in each tenant.
async fn log_in(site: &Site, fresh: &Browser, tenant: &str) -> Browser {
    site.server.set_id_token_claim("iss", issuer(tenant));
    site.server.set_id_token_claim("tid", tenant);
    let mut browser = fresh.clone();
    let back = browser.up_to_the_callback("/login").await;
    // The embedded server has one issuer, which its answer names.
    let (back, _) = back.split_once("&iss=").unwrap();
    assert_eq!(browser.get(back).await.status, StatusCode::SEE_OTHER);
    assert_eq!(browser.fetch("/invoice").await.text, "1999");
    browser
}

/// By the ID token, or by a provider, whose IDs are of a tenant as well.
fn ways(site: &Site) -> [WebLogin; 2] {
    let client = client(site);
    let provider = ProviderClient::builder("acme").login(&client, ["openid", "offline_access", "read:invoices"]);
    let provider = provider.identity(ProfileMapping::token_response().id("id_token:/sub")).build();
    let by_provider = provider.login(format!("{OWN}/callback")).unwrap();
    let tokens = || client.logout_token_verifier().unwrap();
    [
        WebLogin::builder(login(&client), key()).revocation(client.revocation().unwrap()),
        WebLogin::builder(by_provider, key()).provider(&provider),
    ]
    .map(|login| login.backchannel_logout(tokens()).build().unwrap())
}

#[tokio::test]
async fn persons_of_two_tenants_with_one_sub_are_kept_apart() {
    let site = Site::start().await;
    for login in ways(&site) {
        let fresh = Browser::new(site.serve_at(&login).await);
        let (mut one, mut other) = (log_in(&site, &fresh, "t1").await, log_in(&site, &fresh, "t2").await);
        assert_eq!(one.fetch("/issuer").await.text, issuer("t1"));
        assert_eq!(other.fetch("/issuer").await.text, issuer("t2"));
        let token = async |tenant| {
            let person = Person::new("alice").with_issuer(issuer(tenant));
            login.credentials_of(&person).unwrap().token().await.unwrap().access_token().clone()
        };
        assert_ne!(token("t1").await, token("t2").await);
        // The tokens of one are revoked, and the other's are not.
        one.post("/logout", &[("origin", OWN)], "").await;
        assert!(!one.is_logged_in().await && other.is_logged_in().await);
        assert_eq!(other.fetch("/invoice").await.text, "1999");
    }
}

#[tokio::test]
async fn what_ends_the_sessions_of_one_ends_none_of_the_other_tenants() {
    let site = Site::start().await;
    for login in ways(&site) {
        let fresh = Browser::new(site.serve_at(&login).await);
        let (mut one, mut other) = (log_in(&site, &fresh, "t1").await, log_in(&site, &fresh, "t2").await);
        let told = json!({ "iss": issuer("t1"), "tid": "t1", "sub": "alice" });
        assert_eq!(tell(&site.server, &fresh, &claims(&site, &told)).await.status, StatusCode::OK);
        assert!(!one.is_logged_in().await && other.is_logged_in().await);
        let mut third = log_in(&site, &fresh, "t3").await;
        login.end_sessions_of(&Person::new("alice").with_issuer(issuer("t3"))).await.unwrap();
        assert!(!third.is_logged_in().await && other.is_logged_in().await);
        let unclear = login.end_sessions_of(&Person::new("alice")).await.unwrap_err();
        assert!(unclear.is_configuration() && unclear.to_string().contains("`Person::with_issuer`"), "{unclear}");
        assert!(other.is_logged_in().await);
    }
}

/// Their sessions at the server have IDs of their own, too.
#[tokio::test]
async fn a_session_at_the_server_is_one_of_its_tenant() {
    let site = Site::start().await;
    site.server.set_id_token_claim("sid", "s1");
    let [login, _] = ways(&site);
    let fresh = Browser::new(site.serve_at(&login).await);
    let (mut one, mut other) = (log_in(&site, &fresh, "t1").await, log_in(&site, &fresh, "t2").await);
    let told = json!({ "iss": issuer("t1"), "tid": "t1", "sid": "s1" });
    assert_eq!(tell(&site.server, &fresh, &claims(&site, &told)).await.status, StatusCode::OK);
    assert!(!one.is_logged_in().await && other.is_logged_in().await);
}

/// Without an ID token nothing says of which tenant a person is.
#[tokio::test]
async fn persons_of_many_tenants_log_in_with_an_id_token_alone() {
    let site = Site::start().await;
    let client = client(&site);
    let provider = ProviderClient::builder("acme").login(&client, ["read:invoices"]);
    let provider = provider.identity(ProfileMapping::token_response().id("token:/user")).build();
    let login = provider.login(format!("{OWN}/callback")).unwrap();
    let error = WebLogin::builder(login, key()).provider(&provider).build().unwrap_err();
    assert!(error.is_configuration() && error.to_string().contains("template"), "{error}");
}

/// Both servers have the same client, the application the same key and store.
#[tokio::test]
async fn a_cookie_of_a_person_of_another_issuer_is_no_session() {
    let (one, other) = (Site::start().await, Site::start().await);
    let store = MemoryStore::new();
    let mut browser = one.serve(one.builder().tokens_in(store.clone())).await;
    browser.visit("/me").await;
    assert!(browser.is_logged_in().await);
    let mut moved = other.serve(other.builder().tokens_in(store)).await;
    moved.cookies = browser.cookies.clone();
    assert!(!moved.is_logged_in().await);
}
