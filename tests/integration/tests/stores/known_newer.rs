//! A process that knows more than the store: what it puts back, and what it does not.

use std::time::Duration;

use grantkit::prelude::*;
use grantkit::store::{MemoryStore, StoreKey, StoreRecord, TokenStore};
use grantkit_testkit::ManualClock;

use crate::issuer::{Issuer, policy};
use crate::outage::access_key;
use crate::source::{Source, text};

fn login_key() -> StoreKey {
    StoreKey::new("login/party:refresh")
}

async fn snapshot(store: &MemoryStore) -> StoreRecord {
    store.get(&login_key()).await.unwrap().unwrap()
}

/// The store is restored from this.
async fn restore(store: &MemoryStore, login: &StoreRecord) {
    for key in [login_key(), StoreKey::new(access_key())] {
        store.remove(&key).await.unwrap();
    }
    assert!(store.put_if_newer(&login_key(), login).await.unwrap());
}

/// From the moment at which its access token has ended, another process has had a reason to refresh it.
#[tokio::test]
async fn a_login_whose_access_token_has_ended_is_not_put_back() {
    let (issuer, store, clock) = (Issuer::new(), MemoryStore::new(), ManualClock::new());
    let process = || -> Credentials {
        issuer.person().builder().policy(policy()).clock(clock.clone()).store(store.clone()).build()
    };
    let (one, other) = (process(), process());
    one.put(issuer.expired_login()).await.unwrap();
    let before = snapshot(&store).await;
    assert_eq!(text(&one).await.unwrap(), "access-2");
    clock.advance(Duration::from_hours(1));
    assert_eq!(text(&other).await.unwrap(), "access-3", "the other one has gone on, and this one has not heard of it");
    restore(&store, &before).await;
    assert!(text(&one).await.unwrap_err().needs_login());
    assert_eq!((issuer.refreshes(), issuer.replays()), (2, 0));
}

/// That a login is over is put back, so that no process spends a refresh token that the store has kept for it.
#[tokio::test]
async fn the_end_of_a_login_is_put_back() {
    let (issuer, store) = (Issuer::new(), MemoryStore::new());
    let one = issuer.person().process(store.clone());
    one.put(issuer.expired_login()).await.unwrap();
    let before = snapshot(&store).await;
    one.clear().await.unwrap();
    restore(&store, &before).await;
    assert!(text(&one).await.unwrap_err().needs_login());
    assert!(text(&issuer.person().process(store)).await.unwrap_err().needs_login());
    assert_eq!(issuer.refreshes(), 0);
}

/// A login that was begun anew counts more than one that a process remembers, which the store has forgotten.
#[tokio::test]
async fn login_begun_anew_in_an_emptied_store_follows_those_before_it() {
    let (source, store, clock) = (Source::new().with_refresh_tokens(true), MemoryStore::new(), ManualClock::new());
    let process = || source.builder().policy(policy()).clock(clock.clone()).store(store.clone()).build();
    let (one, other) = (process(), process());
    assert_eq!(text(&one).await.unwrap(), "access-1");
    assert_eq!(one.refresh().await.unwrap().access_token().secret(), "access-2");
    let access = format!("access/{}/{}", source.access_key(), source.fingerprint());
    for key in [format!("login/{}", source.refresh_key()), access] {
        assert!(store.get(&StoreKey::new(key.clone())).await.unwrap().is_some(), "{key}");
        store.remove(&StoreKey::new(key)).await.unwrap();
    }
    // Logins of two processes follow each other by their clocks.
    clock.advance(Duration::from_secs(1));
    assert_eq!(text(&other).await.unwrap(), "access-3");
    let adopted = one.refresh().await.unwrap();
    assert_eq!(adopted.access_token().secret(), "access-3");
    one.refresh().await.unwrap();
    assert_eq!((source.times_spent("refresh-2"), source.times_spent("refresh-3")), (0, 1));
}
