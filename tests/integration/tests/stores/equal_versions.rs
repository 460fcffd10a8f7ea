//! Two processes put something at once, and it has the same version: the first one counts, but for a mark upon a refresh token whose
//! successor the other one has.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use grantkit::credentials::Fingerprint;
use grantkit::prelude::*;
use grantkit::store::{MemoryStore, StoreKey, StoreLease, StoreRecord, TokenStore};
use tokio::sync::Semaphore;

use crate::faulty_store::{Fault, FaultyStore, Step};
use crate::issuer::{Failure, Issuer};
use crate::source::text;
use crate::support::eventually;

/// The store of a process that stands still when it is about to put a successor, and whose lease keeps no other out.
#[derive(Clone, Debug)]
struct BeforeSuccessor {
    behind: MemoryStore,
    gone_on: Arc<Semaphore>,
    is_there: Arc<AtomicBool>,
}

#[derive(Debug)]
struct Lost;

#[async_trait]
impl StoreLease for Lost {
    async fn renew(&mut self, _: std::time::Duration) -> Result<bool> {
        Ok(false)
    }

    async fn release(self: Box<Self>) -> Result<()> {
        Ok(())
    }
}

#[async_trait]
impl TokenStore for BeforeSuccessor {
    fn identity(&self) -> Fingerprint {
        self.behind.identity()
    }

    async fn get(&self, key: &StoreKey) -> Result<Option<StoreRecord>> {
        self.behind.get(key).await
    }

    async fn put_if_newer(&self, key: &StoreKey, record: &StoreRecord) -> Result<bool> {
        let is_mark = String::from_utf8_lossy(record.content()).contains("spending");
        if key.as_str().starts_with("login/") && !is_mark && !self.is_there.swap(true, Ordering::SeqCst) {
            self.gone_on.acquire().await.unwrap().forget();
        }
        self.behind.put_if_newer(key, record).await
    }

    async fn remove(&self, key: &StoreKey) -> Result<()> {
        self.behind.remove(key).await
    }

    async fn lease(&self, _: &StoreKey, _: std::time::Duration) -> Result<Option<Box<dyn StoreLease>>> {
        Ok(Some(Box::new(Lost)))
    }
}

/// Another process marks the refresh token as well, and its request is lost.
async fn marks_it_too(issuer: &Issuer, store: &MemoryStore) {
    issuer.fail(Failure::NextRequestLost);
    assert!(text(&issuer.person().process(store.clone())).await.unwrap_err().needs_login());
}

async fn has_kept(issuer: &Issuer, store: MemoryStore) {
    let next = issuer.person().process(store);
    assert_eq!(text(&next).await.unwrap(), "access-2");
    next.refresh().await.unwrap();
    assert_eq!((issuer.refreshes(), issuer.replays()), (3, 0));
}

#[tokio::test]
async fn successor_is_put_over_a_mark_of_the_same_version() {
    let (issuer, store) = (Issuer::new(), MemoryStore::new());
    issuer.person().process(store.clone()).put(issuer.expired_login()).await.unwrap();
    let still =
        BeforeSuccessor { behind: store.clone(), gone_on: Arc::new(Semaphore::new(0)), is_there: Arc::default() };
    let slow = tokio::spawn({
        let slow = issuer.person().process(still.clone());
        async move { text(&slow).await }
    });
    eventually("the successor is about to be put", async || still.is_there.load(Ordering::SeqCst).then_some(())).await;
    marks_it_too(&issuer, &store).await;
    still.gone_on.add_permits(1);
    assert_eq!(slow.await.unwrap().unwrap(), "access-2");
    has_kept(&issuer, store).await;
}

#[tokio::test(start_paused = true)]
async fn unsaved_successor_is_put_over_a_mark_of_the_same_version() {
    for is_at_the_end in [false, true] {
        let (issuer, store) = (Issuer::new(), MemoryStore::new());
        let faulty = FaultyStore::new(&store);
        let credentials = issuer.person().process(faulty.clone());
        credentials.put(issuer.expired_login()).await.unwrap();
        // get, lease, get, get, put the mark, put the successor.
        faulty.set(Fault::AwayFrom(6, Step::BeforeIt));
        text(&credentials).await.unwrap_err();
        marks_it_too(&issuer, &store).await;
        faulty.set(Fault::None);
        if is_at_the_end {
            credentials.settle().await.unwrap();
        } else {
            assert_eq!(text(&credentials).await.unwrap(), "access-2");
        }
        has_kept(&issuer, store).await;
    }
}
