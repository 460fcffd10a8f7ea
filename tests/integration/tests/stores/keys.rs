//! Who shares what.

use grantkit::credentials::CredentialCache;
use grantkit::prelude::*;
use grantkit::store::MemoryStore;
use grantkit_testkit::AuthorizationServer;

use crate::faulty_store::FaultyStore;
use crate::issuer::Issuer;
use crate::source::text;
use crate::support::{billing, server};

#[tokio::test]
async fn a_cache_has_a_store_for_all_its_clients() {
    let (issuer, store) = (Issuer::new(), MemoryStore::new());
    let cache = CredentialCache::new(16, None);
    cache.use_store(store.clone()).unwrap();
    assert!(cache.use_store(MemoryStore::new()).unwrap_err().is_configuration());
    let credentials = Credentials::builder(issuer.machine()).cache(&cache).build();
    assert_eq!(text(&credentials).await.unwrap(), text(&issuer.machine().process(store)).await.unwrap());
    assert_eq!(issuer.requests().len(), 1);
}

#[tokio::test]
async fn scopes_are_kept_apart() {
    let (issuer, store) = (Issuer::new(), MemoryStore::new());
    let read = text(&issuer.machine().for_scope("read").process(store.clone())).await.unwrap();
    let write = text(&issuer.machine().for_scope("write").process(store)).await.unwrap();
    assert_ne!(read, write);
}

#[tokio::test]
async fn a_grants_token_is_kept_in_a_store_under_its_name() {
    let (server, store) = (server().await, MemoryStore::new());
    let grant = || billing(&server).client_credentials().scope("read");
    let here = text(&grant().credentials_in(store.clone(), "billing")).await.unwrap();
    let elsewhere = Credentials::builder(grant().named("billing")).cache(&CredentialCache::new(16, None));
    assert_eq!(text(&elsewhere.store(store.clone()).build()).await.unwrap(), here);
    assert_ne!(text(&grant().credentials_in(store, "other")).await.unwrap(), here);
}

async fn calls_of(
    server: &AuthorizationServer,
    named: impl FnOnce(&AuthorizationServer) -> grantkit::client::NamedGrant,
) -> usize {
    let store = FaultyStore::new(&MemoryStore::new());
    let cache = CredentialCache::new(16, None);
    let credentials = Credentials::builder(named(server)).cache(&cache).store(store.clone()).build();
    let _ = credentials.token().await;
    credentials.clear().await.unwrap();
    store.calls()
}

/// A key that no other process has would be litter in a store.
#[tokio::test]
async fn what_only_this_process_can_name_is_not_stored() {
    let server = server().await;
    let password = |server: &AuthorizationServer| billing(server).danger_resource_owner_password("a", "b").named("a");
    assert_eq!(calls_of(&server, password).await, 0);
    let machine = |server: &AuthorizationServer| billing(server).client_credentials().named("a");
    assert!(calls_of(&server, machine).await > 0);
}
