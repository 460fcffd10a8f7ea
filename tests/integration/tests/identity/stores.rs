//! A store is part of whose token it is.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use grantkit::Client;
use grantkit::client::ClientBuilder;
use grantkit::client::state::AlreadyGiven;
use grantkit::credentials::CredentialCache;
use grantkit::grant::Login;
use grantkit::keys::SealingKey;
use grantkit::prelude::*;
use grantkit::store::{FileStore, MemoryStore, RedisStore, TokenStore};
use grantkit::transport::{Responder, Transport, TransportBuilder};
use grantkit_integration_tests::support::{LoginClient, log_in};
use grantkit_testkit::AuthorizationServer;

use crate::authentication::Ready;

const CALLBACK: &str = "https://app.example/callback";

async fn server() -> AuthorizationServer {
    let builder = AuthorizationServer::builder().confidential_client("app", "s3cret").redirect_uri("app", CALLBACK);
    builder.start().await.unwrap()
}

fn client(server: &AuthorizationServer) -> LoginClient {
    let client = Client::builder().client_id("app").client_secret_basic("s3cret");
    let client = client.token_endpoint(&server.token_endpoint()).unwrap();
    client.authorization_endpoint(&server.authorization_endpoint()).unwrap().issuer(&server.issuer()).unwrap().build()
}

/// The server's user consents at once.
async fn logged_in(server: &AuthorizationServer) -> Login {
    let login = client(server).authorization_code(RedirectUri::new(CALLBACK).unwrap());
    log_in(&login).await.unwrap()
}

#[tokio::test]
async fn a_login_of_one_store_is_not_found_in_another() {
    let server = server().await;
    let (one, other) = (MemoryStore::new(), MemoryStore::new());
    logged_in(&server).await.credentials_in(one.clone(), "admin").await.unwrap().token().await.unwrap();
    let found = |store: &MemoryStore| client(&server).stored_login("admin").credentials_in(store.clone());
    found(&one).token().await.unwrap();
    assert!(found(&other).token().await.unwrap_err().needs_login());
}

#[tokio::test]
async fn a_login_that_is_put_into_one_store_does_not_change_another() {
    let server = server().await;
    let (one, other) = (MemoryStore::new(), MemoryStore::new());
    let first = logged_in(&server).await.credentials_in(one.clone(), "operator").await.unwrap().token().await.unwrap();
    let second =
        logged_in(&server).await.credentials_in(other.clone(), "operator").await.unwrap().token().await.unwrap();
    assert_ne!(first.access_token(), second.access_token());
    for (store, token) in [(&one, &first), (&other, &second)] {
        let here = client(&server).stored_login("operator").credentials_in(store.clone());
        assert_eq!(here.token().await.unwrap().access_token(), token.access_token());
        // And in another process.
        let cache = CredentialCache::new(1, None);
        let named = client(&server).stored_login("operator").named();
        let there = Credentials::builder(named).cache(&cache).store(store.clone()).build();
        assert_eq!(there.token().await.unwrap().access_token(), token.access_token());
    }
}

#[tokio::test]
async fn two_handles_of_one_place_are_one_store() {
    let memory = MemoryStore::new();
    assert_eq!(memory.identity(), memory.clone().identity());
    assert_eq!(memory.identity(), Arc::new(memory.clone()).identity());
    assert_ne!(memory.identity(), MemoryStore::new().identity());

    let (folder, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let key = || SealingKey::new([7; 32]).unwrap();
    let open = |path: &std::path::Path| FileStore::open(path, key()).unwrap().identity();
    let at = folder.path().join("tokens");
    assert_eq!(open(&at), open(&folder.path().join("tokens")));
    assert_eq!(open(&at), open(&at.join("..").join("tokens")));
    assert_ne!(open(&at), open(&elsewhere.path().join("tokens")));

    let redis =
        |url: &str, prefix: &str| RedisStore::builder(url, key()).key_prefix(prefix).build().unwrap().identity();
    let first = redis("redis://127.0.0.1:6379/0", "a");
    assert_eq!(first, redis("redis://user:password@127.0.0.1:6379/0", "a"));
    for other in [
        redis("redis://127.0.0.1:6379/1", "a"),
        redis("redis://127.0.0.1:6379/0", "b"),
        redis("redis://127.0.0.1:6380/0", "a"),
    ] {
        assert_ne!(first, other);
    }
}

#[tokio::test]
async fn a_store_named_again_is_the_store_of_the_cache() {
    let server = server().await;
    let cache = CredentialCache::new(10, None);
    let store = MemoryStore::new();
    cache.use_store(store.clone()).unwrap();
    let named = || client(&server).client_credentials().named("app");
    let by_the_cache = Credentials::builder(named()).cache(&cache).build().token().await.unwrap();
    let by_name = Credentials::builder(named()).cache(&cache).store(store).build().token().await.unwrap();
    assert_eq!(by_the_cache.access_token(), by_name.access_token());
    assert_eq!(server.requests().iter().filter(|request| request.path == "/token").count(), 1);
    let elsewhere =
        Credentials::builder(named()).cache(&cache).store(MemoryStore::new()).build().token().await.unwrap();
    assert_ne!(elsewhere.access_token(), by_name.access_token());
}

/// Each of its tokens is another one.
#[derive(Default)]
struct Counting(AtomicUsize);

#[async_trait]
impl Responder for Counting {
    async fn respond(&self, _: http::Request<bytes::Bytes>) -> http::Response<Vec<u8>> {
        let number = self.0.fetch_add(1, Ordering::SeqCst);
        let answer =
            serde_json::json!({ "access_token": number.to_string(), "token_type": "Bearer", "expires_in": 600 });
        http::Response::new(answer.to_string().into_bytes())
    }
}

fn certificate(name: &str) -> String {
    let made = rcgen::generate_simple_self_signed([name.to_owned()]).unwrap();
    format!("{}{}", made.signing_key.serialize_pem(), made.cert.pem())
}

/// Two processes with one store, each with its transport: whether one gets the other's token.
async fn share(transports: [TransportBuilder; 2], authentication: fn(ClientBuilder<AlreadyGiven>) -> Ready) -> bool {
    let (server, store) = (Arc::new(Counting::default()), MemoryStore::new());
    let mut tokens = Vec::new();
    for transport in transports {
        let cache = CredentialCache::new(10, None);
        let transport = transport.responder(Arc::clone(&server)).build().unwrap();
        let client = authentication(Client::builder().client_id("app")).transport(transport);
        let named = client.token_endpoint("https://as.example/token").unwrap().build().client_credentials().named("x");
        let credentials = Credentials::builder(named).cache(&cache).store(store.clone()).build();
        tokens.push(credentials.token().await.unwrap());
    }
    tokens[0].access_token() == tokens[1].access_token()
}

/// What `configure` does, a certificate that it presents for example, is not known: no other process has the same.
#[tokio::test]
async fn what_a_transport_is_configured_with_is_shared_with_no_other_process() {
    let (one, two) = (certificate("one.example"), certificate("two.example"));
    let known = |pem: &str| Transport::builder().client_certificate(pem);
    let unknown = |pem: &str| {
        let pem = pem.to_owned();
        let identity = move || reqwest::Identity::from_pem(pem.as_bytes()).unwrap();
        Transport::builder().configure(move |reqwest| reqwest.identity(identity()))
    };
    let ways: [fn(ClientBuilder<AlreadyGiven>) -> Ready; 3] = [
        ClientBuilder::tls_client_auth,
        ClientBuilder::self_signed_tls_client_auth,
        // Its tokens may be bound to the certificate all the same (RFC 8705 §3).
        |builder| builder.client_secret_basic("s3cret"),
    ];
    for way in ways {
        assert!(share([known(&one), known(&one)], way).await);
        assert!(!share([known(&one), known(&two)], way).await);
        assert!(!share([unknown(&one), unknown(&two)], way).await);
        assert!(!share([unknown(&one), known(&one)], way).await);
    }
    let plain = Transport::builder;
    assert!(share([plain(), plain().timeout(Duration::from_secs(1))], ways[2]).await);
}

/// A person's login is the person's, and outlives the process whatever the transport is.
#[tokio::test]
async fn a_login_is_found_again_over_a_transport_that_is_configured() {
    let server = server().await;
    let store = MemoryStore::new();
    for is_first in [true, false] {
        let cache = CredentialCache::new(10, None);
        let transport = Transport::builder().configure(|reqwest| reqwest.user_agent("billing/1.0")).build().unwrap();
        let client = Client::builder().client_id("app").client_secret_basic("s3cret").transport(transport);
        let client = client.token_endpoint(&server.token_endpoint()).unwrap().build();
        let named = client.stored_login("alice").named();
        let credentials = Credentials::builder(named).cache(&cache).store(store.clone()).build();
        if is_first {
            credentials.put(logged_in(&server).await.token().clone()).await.unwrap();
        }
        credentials.token().await.unwrap();
    }
}
