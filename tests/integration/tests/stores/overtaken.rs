//! A process that stood still with the lease, and lost it, goes on where it was.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use grantkit::Credentials;
use grantkit::credentials::{AfterLostResponse, CredentialCache, Fingerprint};
use grantkit::prelude::*;
use grantkit::store::{MemoryStore, StoreKey, StoreLease, StoreRecord, TokenStore};
use grantkit::time::{Clock, ClockReading, SystemClock};
use tokio::sync::Semaphore;

use crate::faulty_store::{Fault, FaultyStore};
use crate::issuer::{Issuer, policy};
use crate::source::text;

/// The store of a process that stands still when it has read the login, or has put its mark, and whose lease excludes no other process.
#[derive(Clone, Debug)]
pub(crate) struct StandingStill {
    behind: MemoryStore,
    is_after_mark: bool,
    gone_on: Arc<Semaphore>,
    is_there: Arc<AtomicBool>,
    puts: Arc<AtomicUsize>,
}

impl StandingStill {
    pub(crate) fn new(behind: &MemoryStore) -> Self {
        let gone_on = Arc::new(Semaphore::new(0));
        let behind = behind.clone();
        Self { behind, is_after_mark: false, gone_on, is_there: Arc::default(), puts: Arc::default() }
    }

    fn after_mark(behind: &MemoryStore) -> Self {
        Self { is_after_mark: true, ..Self::new(behind) }
    }

    async fn stand_still(&self, key: &StoreKey) {
        if key.as_str().starts_with("login/") && !self.is_there.swap(true, Ordering::SeqCst) {
            self.gone_on.acquire().await.unwrap().forget();
        }
    }

    /// It has the lease no more, and goes on.
    pub(crate) fn go_on(&self) {
        self.gone_on.add_permits(1);
    }

    pub(crate) async fn is_there(&self) {
        while !self.is_there.load(Ordering::SeqCst) {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }
}

#[derive(Debug)]
struct Lost;

#[async_trait]
impl StoreLease for Lost {
    async fn renew(&mut self, _: Duration) -> Result<bool> {
        Ok(false)
    }

    async fn release(self: Box<Self>) -> Result<()> {
        Ok(())
    }
}

#[async_trait]
impl TokenStore for StandingStill {
    fn identity(&self) -> Fingerprint {
        self.behind.identity()
    }

    async fn get(&self, key: &StoreKey) -> Result<Option<StoreRecord>> {
        let record = self.behind.get(key).await;
        if !self.is_after_mark {
            self.stand_still(key).await;
        }
        record
    }

    async fn put_if_newer(&self, key: &StoreKey, record: &StoreRecord) -> Result<bool> {
        self.puts.fetch_add(1, Ordering::SeqCst);
        let is_put = self.behind.put_if_newer(key, record).await;
        if self.is_after_mark {
            self.stand_still(key).await;
        }
        is_put
    }

    async fn remove(&self, key: &StoreKey) -> Result<()> {
        self.behind.remove(key).await
    }

    async fn lease(&self, _: &StoreKey, _: Duration) -> Result<Option<Box<dyn StoreLease>>> {
        Ok(Some(Box::new(Lost)))
    }
}

/// As long as a lease is held without a sign of life.
const LEASE: Duration = Duration::from_secs(10);

const DAY: Duration = Duration::from_hours(24);

/// A machine whose clock is a day off.
#[derive(Debug)]
enum Off {
    Ahead,
    Behind,
}

impl Clock for Off {
    fn now(&self) -> ClockReading {
        let now = SystemClock.now();
        let wall = match self {
            Self::Ahead => now.wall + DAY,
            Self::Behind => now.wall.checked_sub(DAY).unwrap(),
        };
        ClockReading { wall, ..now }
    }
}

fn a_day_ahead(issuer: &Issuer, store: impl TokenStore) -> Credentials {
    a_day_off(issuer, store, Off::Ahead)
}

fn a_day_off(issuer: &Issuer, store: impl TokenStore, off: Off) -> Credentials {
    let cache = CredentialCache::new(16, None);
    let builder = Credentials::builder(issuer.person()).cache(&cache).policy(policy()).clock(Arc::new(off));
    builder.store(store).build()
}

/// What it has read is no longer the newest: whatever its clock says, it sends nothing of it.
#[tokio::test]
async fn a_refresh_token_that_another_has_spent_meanwhile_is_not_sent() {
    for is_ahead in [false, true] {
        let (issuer, store) = (Issuer::new(), MemoryStore::new());
        issuer.person().process(store.clone()).put(issuer.expired_login()).await.unwrap();
        let still = StandingStill::new(&store);
        let slow = if is_ahead { a_day_ahead(&issuer, still.clone()) } else { issuer.person().process(still.clone()) };
        let slow = tokio::spawn(async move { text(&slow).await });
        still.is_there().await;
        assert_eq!(text(&issuer.person().process(store.clone())).await.unwrap(), "access-2");
        still.go_on();
        slow.await.unwrap().unwrap();
        assert!(still.puts.load(Ordering::SeqCst) > 0);
        assert_eq!(issuer.replays(), 0, "ahead: {is_ahead}");
    }
}

/// It has said that it sends the token, and another has the lease before it does.
#[tokio::test(start_paused = true)]
async fn a_marked_token_is_not_sent_once_another_has_spent_it() {
    let (issuer, store) = (Issuer::new(), MemoryStore::new());
    issuer.person().process(store.clone()).put(issuer.expired_login()).await.unwrap();
    let still = StandingStill::after_mark(&store);
    let slow = issuer.person().process(still.clone());
    let slow = tokio::spawn(async move { text(&slow).await });
    still.is_there().await;
    assert_eq!(text(&issuer.person().process(store)).await.unwrap(), "access-2");
    // Time passes while nothing of this process runs: the store has answered when it wakes.
    still.go_on();
    tokio::time::advance(LEASE).await;
    assert_eq!(slow.await.unwrap().unwrap(), "access-2");
    assert_eq!((issuer.refreshes(), issuer.replays()), (1, 0));
}

/// No other has come: the mark is taken back, and the token is as good as it was.
#[tokio::test(start_paused = true)]
async fn a_marked_token_is_sent_with_the_next_lease_if_no_other_was_there() {
    let (issuer, store) = (Issuer::new(), MemoryStore::new());
    issuer.person().process(store.clone()).put(issuer.expired_login()).await.unwrap();
    let still = StandingStill::after_mark(&store);
    let never = policy().with_after_lost_response(AfterLostResponse::Never);
    let slow = issuer.person().process_with(still.clone(), never);
    let slow = tokio::spawn(async move { text(&slow).await });
    still.is_there().await;
    assert_eq!(issuer.refreshes(), 0);
    still.go_on();
    tokio::time::advance(LEASE).await;
    assert_eq!(slow.await.unwrap().unwrap(), "access-2");
    assert_eq!((issuer.refreshes(), issuer.replays()), (1, 0));
}

#[tokio::test]
async fn a_login_that_was_cleared_meanwhile_is_not_brought_back() {
    for is_ahead in [false, true] {
        let (issuer, store) = (Issuer::new(), MemoryStore::new());
        let other = issuer.person().process(store.clone());
        other.put(issuer.expired_login()).await.unwrap();
        let still = StandingStill::new(&store);
        let slow = if is_ahead { a_day_ahead(&issuer, still.clone()) } else { issuer.person().process(still.clone()) };
        let slow = tokio::spawn(async move { text(&slow).await });
        still.is_there().await;
        other.clear().await.unwrap();
        still.go_on();
        assert!(slow.await.unwrap().unwrap_err().needs_login());
        assert!(text(&issuer.person().process(store.clone())).await.unwrap_err().needs_login());
        assert_eq!(issuer.refreshes(), 0, "ahead: {is_ahead}");
    }
}

/// Neither does its access token outlive that in the store.
#[tokio::test]
async fn clock_ahead_brings_no_access_token_of_a_cleared_login_back() {
    let (issuer, store) = (Issuer::new().latency(Duration::from_millis(300)), MemoryStore::new());
    let other = issuer.person().process(store.clone());
    other.put(issuer.expired_login()).await.unwrap();
    let ahead = a_day_ahead(&issuer, store.clone());
    let under_way = tokio::spawn(async move { text(&ahead).await });
    while issuer.refreshes() == 0 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    other.clear().await.unwrap();
    let _ = under_way.await.unwrap();
    let error = text(&issuer.person().process(store)).await.unwrap_err();
    assert!(error.needs_login(), "{error}");
}

/// By its clock they would be good for a day longer than they are.
#[tokio::test]
async fn a_clock_that_is_behind_takes_no_tokens_of_others() {
    let (issuer, store) = (Issuer::new(), MemoryStore::new());
    issuer.person().process(store.clone()).put(issuer.login()).await.unwrap();
    let behind = a_day_off(&issuer, store.clone(), Off::Behind);
    assert_eq!(text(&behind).await.unwrap(), "access-2");
    assert_eq!(issuer.replays(), 0);
}

#[tokio::test]
async fn an_older_token_that_a_store_still_has_does_not_replace_a_newer_one() {
    let (issuer, store) = (Issuer::new(), MemoryStore::new());
    let faulty = FaultyStore::new(&store);
    let credentials = issuer.machine().process(faulty.clone());
    assert_eq!(text(&credentials).await.unwrap(), "access-1");
    let refused = async || {
        let headers = credentials.headers().await.unwrap();
        credentials.refresh_rejected_token(&headers).await.unwrap().unwrap().authorization().clone()
    };
    faulty.set(Fault::Away);
    assert_eq!(refused().await, "Bearer access-2");
    faulty.set(Fault::None);
    assert_eq!(refused().await, "Bearer access-3");
    assert_eq!(text(&issuer.machine().process(store)).await.unwrap(), "access-3");
}

#[tokio::test]
async fn limits_without_an_end_are_no_panic() {
    let (issuer, store) = (Issuer::new(), MemoryStore::new());
    let credentials = issuer.person().process_with(store.clone(), policy().with_request_timeout(Duration::MAX));
    credentials.put(issuer.expired_login()).await.unwrap();
    assert_eq!(text(&credentials).await.unwrap(), "access-2");
    drop(store.lease(&StoreKey::new("key"), Duration::MAX).await.unwrap().unwrap());
}
