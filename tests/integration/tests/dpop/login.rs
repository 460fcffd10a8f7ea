use std::collections::BTreeMap;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use grantkit::authorize::{PendingLogin, RedirectUri};
use grantkit::credentials::{CredentialCache, RefreshPolicy};
use grantkit::keys::{DpopKey, SigningAlgorithm, SigningKey};
use grantkit::store::MemoryStore;
use grantkit::{AuthorizationCode, Client};
use serde_json::{Value, json};
use url::Url;

use crate::support::{Answer, CALLBACK, ID, Scripted, query, verdict};
use crate::{bound, nonces, proof, use_nonce};

fn login(server: &Scripted, key: Option<&DpopKey>) -> AuthorizationCode {
    let builder = Client::builder()
        .client_id(ID)
        .public()
        .token_endpoint(&server.url("/token"))
        .unwrap()
        .authorization_endpoint(&server.url("/authorize"))
        .unwrap()
        .pushed_authorization_request_endpoint(&server.url("/par"))
        .unwrap()
        .issuer("https://as.example")
        .unwrap();
    let client = match key {
        Some(key) => builder.dpop(key.clone()).build(),
        None => builder.build(),
    };
    client.authorization_code(RedirectUri::new(CALLBACK).unwrap())
}

fn callback(pending: &PendingLogin) -> String {
    format!("{CALLBACK}?code=c&state={}", pending.state())
}

#[tokio::test]
async fn the_code_is_bound_to_the_key_by_url_pushed_and_signed() {
    let server = Scripted::start([]).await;
    let key = DpopKey::generate().unwrap();
    let login = login(&server, Some(&key));

    let (url, _pending) = login.start().unwrap();
    assert_eq!(query(&url, "dpop_jkt").as_deref(), Some(key.thumbprint()));

    let pushed = Answer::json(201, &json!({ "request_uri": "urn:x", "expires_in": 60 }));
    server.now_answer([use_nonce("n"), pushed.clone()]);
    let (url, _pending) = login.push().await.unwrap();
    assert_eq!(query(&url, "dpop_jkt"), None);
    let asked = server.asked();
    assert_eq!(nonces(&asked), [None, Some("n".to_owned())]);
    for asked in &asked {
        let form: BTreeMap<_, _> = form_urlencoded::parse(&asked.body).into_owned().collect();
        assert_eq!(form["dpop_jkt"], key.thumbprint());
        assert_eq!(proof::of(asked).htu, server.url("/par"));
    }

    let signed = login.request_signer(SigningKey::generate(SigningAlgorithm::Es256).unwrap());
    let (url, _pending) = signed.start_signed().await.unwrap();
    assert_eq!(query(&url, "dpop_jkt"), None, "it is in the request object");
    assert_eq!(in_request_object(&query(&url, "request").unwrap()), key.thumbprint());
    server.now_answer([pushed]);
    let (_, _pending) = signed.push().await.unwrap();
    let form: BTreeMap<_, _> = form_urlencoded::parse(&server.asked()[2].body).into_owned().collect();
    assert_eq!(in_request_object(&form["request"]), key.thumbprint());
}

fn in_request_object(jwt: &str) -> String {
    let claims = URL_SAFE_NO_PAD.decode(jwt.split('.').nth(1).unwrap()).unwrap();
    serde_json::from_slice::<Value>(&claims).unwrap()["dpop_jkt"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_login_without_a_key_says_nothing_of_one() {
    let server = Scripted::start([Answer::token("1")]).await;
    let login = login(&server, None);
    let (url, pending): (Url, _) = login.start().unwrap();
    assert_eq!(query(&url, "dpop_jkt"), None);
    assert!(!serde_json::to_string(&pending).unwrap().contains("dpop"));
    login.finish(crate::support::copy(&pending), callback(&pending)).await.unwrap();
    assert!(server.only().header("dpop").is_none());
}

#[tokio::test]
async fn code_is_exchanged_with_a_proof_and_the_nonce_asked_for() {
    let server = Scripted::start([use_nonce("n"), bound("1")]).await;
    let login = login(&server, Some(&DpopKey::generate().unwrap()));
    let (_, pending) = login.start().unwrap();
    let done = login.finish(crate::support::copy(&pending), callback(&pending)).await.unwrap();
    assert_eq!(done.token().authorization_header(), "DPoP 1");
    let asked = server.asked();
    assert_eq!(nonces(&asked), [None, Some("n".to_owned())]);
    assert_eq!(asked[0].body(), asked[1].body());

    // Its refresh goes the same way.
    server.now_answer([bound("2")]);
    let credentials = done.credentials("bound login").await.unwrap();
    let url = Url::parse("https://api.example/").unwrap();
    let refused = credentials.headers_for(&http::Method::GET, &url).await.unwrap();
    let renewed = credentials.refresh_rejected_token(&refused).await.unwrap().unwrap();
    assert_eq!(renewed.authorization(), "DPoP 2");
    let refresh = server.asked().pop().unwrap();
    assert!(refresh.body().contains("grant_type=refresh_token"));
    assert_eq!(proof::of(&refresh).nonce.as_deref(), Some("n"));
}

#[tokio::test]
async fn login_is_finished_with_the_key_that_it_began_with() {
    let server = Scripted::start([bound("1")]).await;
    let pem = SigningKey::generate(SigningAlgorithm::Es256).unwrap();
    let (key, same, other) = (DpopKey::from(pem.clone()), DpopKey::from(pem), DpopKey::generate().unwrap());
    let (_, pending) = login(&server, Some(&key)).start().unwrap();
    let written = serde_json::to_string(&pending).unwrap();
    let read = || serde_json::from_str::<PendingLogin>(&written).unwrap();

    for (wrong, said) in [(Some(&other), "another DPoP key"), (None, "has none: call `.dpop(key)`")] {
        let error = login(&server, wrong).finish(read(), callback(&pending)).await.unwrap_err();
        assert_eq!(verdict(&error), ["configuration"]);
        assert!(error.to_string().contains(said), "{error}");
    }
    assert_eq!(server.count(), 0);
    // As in another process that has the same key.
    login(&server, Some(&same)).finish(read(), callback(&pending)).await.unwrap();
    assert_eq!(server.count(), 1);
}

/// The server has acted: what came of the refresh token counts, though the access token is not taken.
#[tokio::test]
async fn refresh_answered_with_a_bearer_token_keeps_the_successor() {
    for store in [None, Some(MemoryStore::new())] {
        let server = Scripted::start([bound("1")]).await;
        let login = login(&server, Some(&DpopKey::generate().unwrap()));
        let (_, pending) = login.start().unwrap();
        let done = login.finish(crate::support::copy(&pending), callback(&pending)).await.unwrap();
        let policy = RefreshPolicy::default().with_backoff(Duration::ZERO, Duration::ZERO);
        let builder = done.credentials_builder("downgraded").cache(&CredentialCache::new(1, None)).policy(policy);
        let credentials = match store {
            Some(store) => builder.store(store).await.unwrap(),
            None => builder.await.unwrap(),
        };

        let bearer = json!({ "access_token": "2", "token_type": "Bearer", "expires_in": 3600, "refresh_token": "r2" });
        server.now_answer([Answer::json(200, &bearer)]);
        let error = credentials.refresh().await.unwrap_err();
        assert_eq!(verdict(&error), ["security"], "{error}");
        let url = Url::parse("https://api.example/").unwrap();
        let kept = credentials.headers_for(&http::Method::GET, &url).await.unwrap();
        assert_eq!(kept.authorization(), "DPoP 1", "and not the token of whoever reads it");

        server.now_answer([bound("3")]);
        let renewed = credentials.refresh().await.unwrap();
        assert_eq!(renewed.authorization_header(), "DPoP 3");
        let spent: Vec<_> = server.asked()[1..].iter().map(|asked| refresh_token(asked.body())).collect();
        assert_eq!(spent, ["r", "r2"]);
    }
}

fn refresh_token(form: &str) -> String {
    let mut form = form_urlencoded::parse(form.as_bytes());
    form.find_map(|(name, value)| (name == "refresh_token").then(|| value.into_owned())).unwrap()
}
