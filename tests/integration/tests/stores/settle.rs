//! Before a program ends it waits for what the store has not been told yet.

use std::time::Duration;

use grantkit::credentials::CredentialCache;
use grantkit::prelude::*;
use grantkit::store::{MemoryStore, TokenStore};

use crate::faulty_store::{Fault, FaultyStore, Step};
use crate::issuer::{Issuer, policy};
use crate::source::text;

const LIMIT: Duration = Duration::from_mins(1);
/// The call of the store that puts the successor: after get, lease, get, get, put the mark.
const SUCCESSOR: usize = 6;

#[tokio::test]
async fn settle_puts_into_the_store_what_that_did_not_take() {
    for of_cache in [false, true] {
        let (issuer, store, cache) = (Issuer::new(), MemoryStore::new(), CredentialCache::new(4, None));
        let faulty = FaultyStore::new(&store);
        let builder = Credentials::builder(issuer.person()).cache(&cache).policy(policy());
        let credentials = builder.store(faulty.clone()).build();
        let settle = async || if of_cache { cache.settle(LIMIT).await } else { credentials.settle().await };
        settle().await.unwrap();

        faulty.set(Fault::Away);
        credentials.put(issuer.login()).await.unwrap_err();
        let error = settle().await.unwrap_err();
        assert!(error.is_retryable(), "of the cache: {of_cache}: {error}");
        faulty.set(Fault::None);
        settle().await.unwrap();
        // The program has ended, and the next one goes on with its login.
        assert_eq!(text(&issuer.person().process(store)).await.unwrap(), "access-1", "of the cache: {of_cache}");
        assert_eq!(issuer.requests().len(), 0, "the server was not asked for it");
    }
}

/// It ends with what it could not tell the store; a login that has come meanwhile is newer.
#[tokio::test(start_paused = true)]
async fn settle_leaves_a_login_that_came_after_what_is_unsaved() {
    for (is_of_successor, of_cache) in [(false, false), (false, true), (true, false), (true, true)] {
        let case = format!("a successor: {is_of_successor}, of the cache: {of_cache}");
        let (issuer, store, cache) = (Issuer::new(), MemoryStore::new(), CredentialCache::new(4, None));
        let faulty = FaultyStore::new(&store);
        let builder = Credentials::builder(issuer.person()).cache(&cache).policy(policy());
        let credentials = builder.store(faulty.clone()).build();
        credentials.put(issuer.expired_login()).await.unwrap();
        if is_of_successor {
            faulty.set(Fault::AwayFrom(SUCCESSOR, Step::BeforeIt));
            text(&credentials).await.unwrap_err();
            assert_eq!(issuer.refreshes(), 1, "{case}");
        } else {
            faulty.set(Fault::Away);
            credentials.clear().await.unwrap_err();
        }
        let other = issuer.person().process(store.clone());
        other.put(issuer.login()).await.unwrap();
        let newest = text(&other).await.unwrap();

        faulty.set(Fault::None);
        if of_cache {
            cache.settle(LIMIT).await.unwrap();
        } else {
            credentials.settle().await.unwrap();
        }
        let processes = [credentials, issuer.person().process(store)];
        for process in &processes {
            assert_eq!(text(process).await.unwrap(), newest, "{case}");
        }
        for process in &processes {
            process.refresh().await.unwrap();
        }
        assert_eq!(issuer.replays(), 0, "{case}");
    }
}

/// The store that takes it late still has the mark of that refresh.
#[tokio::test(start_paused = true)]
async fn settle_puts_a_successor_in_place_of_the_mark() {
    let (issuer, store) = (Issuer::new(), MemoryStore::new());
    let faulty = FaultyStore::new(&store);
    let credentials = issuer.person().process(faulty.clone());
    credentials.put(issuer.expired_login()).await.unwrap();
    faulty.set(Fault::AwayFrom(SUCCESSOR, Step::BeforeIt));
    text(&credentials).await.unwrap_err();
    faulty.set(Fault::None);
    credentials.settle().await.unwrap();
    let next = issuer.person().process(store);
    assert_eq!(text(&next).await.unwrap(), "access-2");
    next.refresh().await.unwrap();
    assert_eq!((issuer.refreshes(), issuer.replays()), (2, 0));
}

#[tokio::test(start_paused = true)]
async fn settle_ends_soon_where_the_store_does_not_answer() {
    let (issuer, faulty) = (Issuer::new(), FaultyStore::new(&MemoryStore::new()));
    let credentials = issuer.person().process(faulty.clone());
    faulty.set(Fault::Hangs);
    credentials.put(issuer.login()).await.unwrap_err();
    let started = tokio::time::Instant::now();
    assert!(credentials.settle().await.unwrap_err().is_retryable());
    assert!(started.elapsed() <= 3 * faulty.call_timeout(), "{:?}", started.elapsed());
}
