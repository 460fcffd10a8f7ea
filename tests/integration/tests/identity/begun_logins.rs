//! How a login is begun, and what of that its token is told from others by: what it depends on, and not what is of the moment.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use grantkit::Client;
use grantkit::authorize::{AuthorizationCode, Prompt};
use grantkit::client_auth::AssertionSource as _;
use grantkit::credentials::{CacheKey, CredentialCache};
use grantkit::grant::{JwtAssertion, Login};
use grantkit::prelude::*;
use grantkit::store::MemoryStore;
use grantkit::transport::{Responder, Transport};
use grantkit_integration_tests::source::text;
use serde_json::json;

use crate::authentication::{Ready, key};

const ISSUER: &str = "https://as.example";
const CALLBACK: &str = "https://app.example/callback";

/// Each of its tokens is another one; its ID tokens say all that a login may ask to be said.
#[derive(Default)]
struct Server {
    count: AtomicUsize,
    nonce: Mutex<String>,
}

#[async_trait]
impl Responder for Server {
    async fn respond(&self, request: http::Request<Bytes>) -> http::Response<Vec<u8>> {
        let answer = if request.uri().path() == "/jwks" {
            json!({ "keys": [key().public_jwk()] })
        } else {
            let number = self.count.fetch_add(1, Ordering::SeqCst);
            let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
            let nonce = self.nonce.lock().unwrap().clone();
            let id_token = JwtAssertion::new(key(), ISSUER, "alice").claim("nonce", nonce);
            let id_token = id_token.claim("acr", "gold").claim("auth_time", now).assertion("app").await.unwrap();
            json!({
                "access_token": number.to_string(), "token_type": "Bearer", "expires_in": 3600,
                "refresh_token": format!("refresh-{number}"), "id_token": id_token.expose_secret(),
            })
        };
        http::Response::new(answer.to_string().into_bytes())
    }
}

struct Stage {
    server: Arc<Server>,
    transport: Transport,
    cache: CredentialCache,
}

impl Stage {
    fn new() -> Self {
        let server = Arc::new(Server::default());
        let transport = Transport::builder().responder(Arc::clone(&server)).build().unwrap();
        Self { server, transport, cache: CredentialCache::new(100, None) }
    }

    fn client(&self, algorithm: Option<&str>) -> Client {
        let ready = Client::builder().client_id("app").public().transport(self.transport.clone());
        let ready = algorithm.into_iter().fold(ready, Ready::id_token_signed_response_alg);
        let builder = ready.token_endpoint("https://as.example/token").unwrap().issuer(ISSUER).unwrap();
        let builder = builder.jwks_uri("https://as.example/jwks").unwrap();
        builder.authorization_endpoint("https://as.example/authorize").unwrap().build().erased()
    }

    async fn log_in(&self, client: &Client, begun: &Begun) -> Login {
        let login = begun(client.authorization_code(CALLBACK).unwrap().scope("openid"));
        let (url, pending) = login.start().unwrap();
        let of_url = |name: &str| url.query_pairs().find(|(known, _)| known == name).unwrap().1.into_owned();
        *self.server.nonce.lock().unwrap() = of_url("nonce");
        let callback = format!("{CALLBACK}?code=c&state={}&iss={ISSUER}", of_url("state"));
        login.finish(pending, callback).await.unwrap()
    }

    /// What it is under one name, in this process alone.
    async fn held(&self, login: Login) -> Credentials {
        login.credentials_builder("x").cache(&self.cache).await.unwrap()
    }
}

type Begun = Box<dyn Fn(AuthorizationCode) -> AuthorizationCode + Send + Sync>;

fn begun(how: impl Fn(AuthorizationCode) -> AuthorizationCode + Send + Sync + 'static) -> Begun {
    Box::new(how)
}

fn of_the_moment() -> Vec<(&'static str, Begun)> {
    vec![
        ("max_age", begun(|login| login.max_age(Duration::from_mins(5)))),
        ("prompt", begun(|login| login.prompt(Prompt::Consent))),
        ("prompt as any parameter", begun(|login| login.login_parameter("prompt", "consent"))),
        ("login_hint", begun(|login| login.login_hint("alice@example.com"))),
        ("id_token_hint", begun(|login| login.id_token_hint("eyJ"))),
        ("ui_locales", begun(|login| login.login_parameter("ui_locales", "de"))),
    ]
}

fn of_the_token() -> Vec<(&'static str, Begun)> {
    vec![
        ("acr_values", begun(|login| login.acr_values(["gold"]))),
        ("other acr_values", begun(|login| login.acr_values(["gold", "silver"]))),
        ("claims", begun(|login| login.claims(&json!({ "id_token": { "email": null } })).unwrap())),
        ("organization", begun(|login| login.login_parameter("organization", "acme"))),
        ("other organization", begun(|login| login.login_parameter("organization", "other"))),
        ("parameter", begun(|login| login.parameter("organization", "acme"))),
    ]
}

/// A person who has to authenticate again, or who is asked in another language, has the same token afterwards.
#[tokio::test]
async fn logins_that_differ_in_what_is_of_the_moment_are_one() {
    let stage = Stage::new();
    let client = stage.client(None);
    let first = stage.held(stage.log_in(&client, &begun(|login| login)).await).await;
    for (what, how) in of_the_moment() {
        let login = stage.log_in(&client, &how).await;
        let newest = login.token().access_token().secret().to_owned();
        let held = stage.held(login).await;
        assert_eq!([text(&first).await.unwrap(), text(&held).await.unwrap()], [newest.clone(), newest], "{what}");
    }
}

#[tokio::test]
async fn logins_that_differ_in_what_the_token_depends_on_are_two() {
    let stage = Stage::new();
    let client = stage.client(None);
    let mut all = Vec::new();
    for (what, how) in of_the_token().into_iter().chain([("nothing", begun(|login| login))]) {
        let login = stage.log_in(&client, &how).await;
        let own = login.token().access_token().secret().to_owned();
        all.push((what, stage.held(login).await, own));
    }
    for (what, held, own) in all {
        assert_eq!(text(&held).await.unwrap(), own, "{what}");
    }
}

/// The name says whose it is, and the newest login under it counts, however it was begun: here and in another process.
#[tokio::test]
async fn a_stored_login_is_one_under_its_name_however_it_was_begun() {
    let (stage, store) = (Stage::new(), MemoryStore::new());
    let client = stage.client(None);
    let stored = |cache: &CredentialCache| {
        client.stored_login("alice").credentials_builder().cache(cache).store(store.clone()).build()
    };
    let here = stored(&stage.cache);
    // A parameter of each token request is asked for by its name again.
    let all = of_the_moment().into_iter().chain(of_the_token()).filter(|(what, _)| *what != "parameter");
    for (what, how) in all {
        let login = stage.log_in(&client, &how).await;
        let newest = login.token().access_token().secret().to_owned();
        login.credentials_builder("alice").cache(&stage.cache).store(store.clone()).await.unwrap();
        let elsewhere = stored(&CredentialCache::new(10, None));
        assert_eq!([text(&here).await.unwrap(), text(&elsewhere).await.unwrap()], [newest.clone(), newest], "{what}");
    }
    let login = stage.log_in(&client, &begun(|login| login.parameter("organization", "acme"))).await;
    let newest = login.token().access_token().secret().to_owned();
    login.credentials_builder("alice").cache(&stage.cache).store(store.clone()).await.unwrap();
    let again = client.stored_login("alice").parameter("organization", "acme");
    let again = again.credentials_builder().cache(&CredentialCache::new(10, None)).store(store.clone()).build();
    assert_eq!(text(&again).await.unwrap(), newest);
}

/// An ID token that one client takes is refused by another: each has its own token in this process, of the same login, and in a store one record.
#[tokio::test]
async fn clients_of_two_rules_have_a_token_each_and_one_stored_login() {
    let (stage, store) = (Stage::new(), MemoryStore::new());
    let (lenient, strict) = (stage.client(None), stage.client(Some("EdDSA")));
    let mut held = Vec::new();
    for client in [&lenient, &strict] {
        let login = stage.log_in(client, &begun(|login| login)).await;
        let own = login.token().access_token().secret().to_owned();
        held.push((stage.held(login).await, own));
    }
    for (held, own) in held {
        assert_eq!(text(&held).await.unwrap(), own);
    }
    let named = |client: &Client| client.stored_login("alice").named();
    assert_ne!(CacheKey::from_client(&named(&lenient)), CacheKey::from_client(&named(&strict)));
    assert_eq!(named(&lenient).refresh_key(), named(&strict).refresh_key());
    let login = stage.log_in(&strict, &begun(|login| login)).await;
    let newest = login.token().access_token().secret().to_owned();
    login.credentials_builder("alice").cache(&stage.cache).store(store.clone()).await.unwrap();
    for cache in [stage.cache.clone(), CredentialCache::new(10, None)] {
        let found = lenient.stored_login("alice").credentials_builder().cache(&cache).store(store.clone()).build();
        assert_eq!(text(&found).await.unwrap(), newest);
    }
}
