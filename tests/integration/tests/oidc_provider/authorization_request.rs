//! What a login can ask for, and the ways in which its answer comes.

use std::time::Duration;

use grantkit::authorize::{DisplayMode, PendingLogin, Prompt, RedirectUri, ResponseMode};
use grantkit::keys::SealingKey;
use grantkit::{AuthorizationCode, Client};
use serde::Serialize;
use serde_json::json;

use crate::real_server::{Browser, CALLBACK, RealServer, log_in};

async fn login_of(server: &RealServer, client_id: &str) -> AuthorizationCode {
    server.confidential(client_id).await.authorization_code(RedirectUri::new(CALLBACK).unwrap()).unwrap()
}

#[tokio::test]
async fn a_login_of_a_class_and_an_age_is_one() {
    let server = RealServer::oidc_provider().start();
    let login = login_of(&server, "basic").await.scope("openid").login_hint("bob").prompt(Prompt::Login);
    let login = login.max_age(Duration::from_mins(5)).acr_values(["urn:example:gold", "urn:example:silver"]);
    let login = login.ui_locales(["de-CH", "fr"]).display(DisplayMode::Popup);
    let done = log_in(&login).await.unwrap();
    let claims = done.claims().unwrap();
    assert_eq!((claims.subject(), claims.acr()), ("bob", Some("urn:example:gold")));
    assert!(claims.auth_time().is_some());
}

#[tokio::test]
async fn a_login_of_another_class_is_refused() {
    let server = RealServer::oidc_provider().start();
    let login = login_of(&server, "basic").await.scope("openid").acr_values(["urn:example:gold"]);
    let (url, pending) = login.start().unwrap();
    // The user changes the request in the browser, to ask for less.
    let url = url.as_str().replace("urn%3Aexample%3Agold", "urn%3Aexample%3Asilver");
    let error = login.finish(pending, Browser::new().visit(&url).await).await.unwrap_err();
    assert!(error.is_security() && error.to_string().contains("acr"), "{error}");
}

#[tokio::test]
async fn an_old_login_is_too_old() {
    let server = RealServer::oidc_provider().start();
    let builder = Client::builder().client_id("basic").client_secret_basic(server.secret());
    let client = builder.clock_leeway(Duration::ZERO).discover(server.issuer()).await.unwrap();
    let login = client.authorization_code(RedirectUri::new(CALLBACK).unwrap()).unwrap().scope("openid");
    let mut browser = Browser::new();
    let (url, pending) = login.start().unwrap();
    login.finish(pending, browser.visit(url.as_str()).await).await.unwrap();
    tokio::time::sleep(Duration::from_millis(3100)).await;

    let login = login.max_age(Duration::ZERO);
    let (url, pending) = login.start().unwrap();
    // The user changes the request in the browser, to avoid a new login.
    let url = url.as_str().replace("max_age=0", "x=y");
    let error = login.finish(pending, browser.visit(&url).await).await.unwrap_err();
    assert!(error.is_security() && error.to_string().contains("auth_time"), "{error}");

    let (url, pending) = login.start().unwrap();
    login.finish(pending, browser.visit(url.as_str()).await).await.unwrap();
}

#[tokio::test]
async fn a_login_without_a_person_says_that_it_takes_one() {
    let server = RealServer::oidc_provider().start();
    let login = login_of(&server, "basic").await.scope("openid").prompt(Prompt::None);
    let error = log_in(&login).await.unwrap_err();
    assert_eq!((error.oauth_code(), error.needs_login()), (Some("login_required"), true));
}

#[tokio::test]
async fn single_claims_and_a_hint_at_the_person() {
    let server = RealServer::oidc_provider().start();
    let login = login_of(&server, "basic").await.scope("openid");
    let mut browser = Browser::new();
    let (url, pending) = login.start().unwrap();
    let first = login.finish(pending, browser.visit(url.as_str()).await).await.unwrap();
    let id_token = first.token().id_token().unwrap().to_owned();

    let login =
        login.claims(&json!({ "id_token": { "email": { "essential": true } } })).unwrap().id_token_hint(id_token);
    let (url, pending) = login.start().unwrap();
    let second = login.finish(pending, browser.visit(url.as_str()).await).await.unwrap();
    assert_eq!(second.claims().unwrap().email(), Some("alice@example.com"));
}

#[derive(Serialize)]
struct Payment {
    r#type: &'static str,
    #[serde(rename = "instructedAmount")]
    instructed_amount: Amount,
}

#[derive(Serialize)]
struct Amount {
    currency: &'static str,
    amount: &'static str,
}

#[tokio::test]
async fn a_token_for_one_payment() {
    let server = RealServer::oidc_provider().start();
    let amount = Amount { currency: "EUR", amount: "123.50" };
    let payment = Payment { r#type: "payment_initiation", instructed_amount: amount };
    let login = login_of(&server, "basic").await.scope("read").resource("https://api.example/jwt/payments");
    let login = login.authorization_details(&payment).unwrap();
    let done = log_in(&login).await.unwrap();
    let granted = &done.token().extra()["authorization_details"];
    assert_eq!(granted[0]["instructedAmount"]["amount"], "123.50", "{granted}");
}

#[tokio::test]
async fn the_answer_comes_in_a_form_or_in_a_fragment_and_the_login_in_a_cookie() {
    let server = RealServer::oidc_provider().start();
    let key = SealingKey::random().unwrap();
    let login = login_of(&server, "basic").await.scope("openid").response_mode(ResponseMode::FormPost);
    let (url, pending) = login.start().unwrap();
    let cookie = pending.seal(&key).unwrap();
    let body = Browser::new().visit_to_form(url.as_str()).await;
    let pending = PendingLogin::open(&key, &cookie).unwrap();
    assert_eq!(login.finish(pending, body).await.unwrap().claims().unwrap().subject(), "alice");

    let login = login_of(&server, "basic").await.scope("openid").response_mode(ResponseMode::Fragment);
    let (url, pending) = login.start().unwrap();
    let callback = Browser::new().visit(url.as_str()).await;
    assert!(callback.contains('#') && !callback.contains('?'), "{callback}");
    login.finish(crate::real_server::copy(&pending), callback.replace('#', "?")).await.unwrap_err();
    assert_eq!(login.finish(pending, callback).await.unwrap().claims().unwrap().subject(), "alice");
}

#[tokio::test]
async fn what_goes_wrong_is_told_apart() {
    let server = RealServer::oidc_provider().start();
    let login = login_of(&server, "basic").await.scope("read");
    let refused = log_in(&login.clone().login_hint("deny")).await.unwrap_err();
    assert!(refused.is_denied() && !refused.is_security() && !refused.is_replay(), "{refused}");

    let (url, pending) = login.start().unwrap();
    let callback = Browser::new().visit(url.as_str()).await;
    let (_, another) = login.start().unwrap();
    let foreign = login.finish(another, &callback).await.unwrap_err();
    assert!(foreign.is_state_mismatch() && !foreign.is_mix_up() && !foreign.is_replay(), "{foreign}");

    let mixed = callback.split("&iss=").next().unwrap().to_owned() + "&iss=https%3A%2F%2Fevil.example";
    let mixed = login.finish(crate::real_server::copy(&pending), mixed).await.unwrap_err();
    assert!(mixed.is_mix_up() && !mixed.is_state_mismatch(), "{mixed}");

    login.finish(crate::real_server::copy(&pending), &callback).await.unwrap();
    let replayed = login.finish(pending, &callback).await.unwrap_err();
    assert!(replayed.is_replay() && !replayed.is_state_mismatch() && !replayed.is_denied(), "{replayed}");
}
