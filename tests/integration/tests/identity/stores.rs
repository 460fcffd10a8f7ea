//! A store is part of whose token it is.

use std::sync::Arc;

use grantkit::Client;
use grantkit::client::Endpoints;
use grantkit::client::state::{Absent, Present};
use grantkit::credentials::CredentialCache;
use grantkit::grant::Login;
use grantkit::keys::SealingKey;
use grantkit::prelude::*;
use grantkit::store::{FileStore, MemoryStore, RedisStore, TokenStore};
use grantkit_testkit::AuthorizationServer;

const CALLBACK: &str = "https://app.example/callback";

async fn server() -> AuthorizationServer {
    let builder = AuthorizationServer::builder().confidential_client("app", "s3cret").redirect_uri("app", CALLBACK);
    builder.start().await.unwrap()
}

fn client(server: &AuthorizationServer) -> Client<Endpoints<Present, Absent, Absent, Absent, Absent, Present>> {
    let client = Client::builder().client_id("app").client_secret_basic("s3cret");
    let client = client.token_endpoint(&server.token_endpoint()).unwrap();
    client.authorization_endpoint(&server.authorization_endpoint()).unwrap().issuer(&server.issuer()).unwrap().build()
}

/// The server's user consents at once.
async fn log_in(server: &AuthorizationServer) -> Login {
    let login = client(server).authorization_code(RedirectUri::new(CALLBACK).unwrap());
    let (url, pending) = login.start().unwrap();
    let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let answer = http.get(url).send().await.unwrap();
    let callback = answer.headers()[http::header::LOCATION].to_str().unwrap().to_owned();
    login.finish(pending, &callback).await.unwrap()
}

#[tokio::test]
async fn a_login_of_one_store_is_not_found_in_another() {
    let server = server().await;
    let (one, other) = (MemoryStore::new(), MemoryStore::new());
    log_in(&server).await.credentials_in(one.clone(), "admin").await.unwrap().token().await.unwrap();
    let found = |store: &MemoryStore| client(&server).stored_login("admin").credentials_in(store.clone());
    found(&one).token().await.unwrap();
    assert!(found(&other).token().await.unwrap_err().needs_login());
}

#[tokio::test]
async fn a_login_that_is_put_into_one_store_does_not_change_another() {
    let server = server().await;
    let (one, other) = (MemoryStore::new(), MemoryStore::new());
    let first = log_in(&server).await.credentials_in(one.clone(), "operator").await.unwrap().token().await.unwrap();
    let second = log_in(&server).await.credentials_in(other.clone(), "operator").await.unwrap().token().await.unwrap();
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
async fn the_store_of_the_cache_is_the_one_that_is_named_again() {
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
