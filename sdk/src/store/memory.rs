use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant as StdInstant};

use async_trait::async_trait;
use moka::Expiry;
use moka::ops::compute::{CompResult, Op};
use moka::sync::Cache;
use tokio::sync::Notify;
use tokio::time::{Instant, timeout_at};

use crate::error::Result;
use crate::fingerprint::Fingerprint;
use crate::store::{StoreKey, StoreLease, StoreRecord, TokenStore};
use crate::time;

/// Stores tokens in this process's memory: for several [`CredentialCache`](crate::credentials::CredentialCache)s that share them, for
/// tests, and as an example of a [`TokenStore`]. A clone is the same store. Its tokens end with the process.
///
/// ```
/// use grantkit::prelude::*;
/// use grantkit::credentials::CredentialCache;
/// use grantkit::store::MemoryStore;
/// # use std::time::Duration;
/// # #[derive(Clone)]
/// # struct Partner;
/// # #[async_trait]
/// # impl OAuthClient for Partner {
/// #     fn fingerprint(&self) -> grantkit::credentials::Fingerprint {
/// #         grantkit::credentials::Fingerprint::of_type::<Self>()
/// #     }
/// #
/// #     async fn get_token(&self) -> Result<OAuthToken> {
/// #         Ok(OAuthToken::new(fastrand::u64(..).to_string())?.with_expires_in(Duration::from_secs(600)))
/// #     }
/// # }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<()> {
/// let store = MemoryStore::new();
/// // Two caches are like two processes: what one gets, the other finds.
/// let [one, other] = [(); 2].map(|()| {
///     let cache = CredentialCache::new(100, None);
///     Credentials::builder(Partner).cache(&cache).store(store.clone()).build()
/// });
/// assert_eq!(one.token().await?.access_token(), other.token().await?.access_token());
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct MemoryStore(Arc<Inner>);

struct Inner {
    records: Cache<StoreKey, StoreRecord>,
    leases: Mutex<HashMap<StoreKey, HeldLease>>,
    identity: Fingerprint,
}

struct HeldLease {
    holder: Arc<()>,
    until: Instant,
    /// Told when the holder lets go.
    ended: Arc<Notify>,
}

/// A lease of a [`MemoryStore`]; dropped, it has ended.
struct MemoryLease {
    store: MemoryStore,
    key: StoreKey,
    holder: Arc<()>,
}

impl MemoryStore {
    /// An empty store.
    pub fn new() -> Self {
        let records = Cache::builder().expire_after(KeepUntil).build();
        Self(Arc::new(Inner { records, leases: Mutex::default(), identity: Fingerprint::unique() }))
    }

    fn leases(&self) -> MutexGuard<'_, HashMap<StoreKey, HeldLease>> {
        self.0.leases.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes the lease if it is free; else until when it is held, and a notification of an earlier end.
    fn try_lease(&self, key: &StoreKey, length: Duration) -> std::result::Result<MemoryLease, (Instant, Arc<Notify>)> {
        let mut leases = self.leases();
        let now = Instant::now();
        if let Some(held) = leases.get(key).filter(|held| held.until > now) {
            return Err((held.until, Arc::clone(&held.ended)));
        }
        let holder = Arc::new(());
        let taken = HeldLease { holder: Arc::clone(&holder), until: end(now, length), ended: Arc::default() };
        if let Some(lost) = leases.insert(key.clone(), taken) {
            lost.ended.notify_waiters();
        }
        Ok(MemoryLease { store: self.clone(), key: key.clone(), holder })
    }
}

impl Default for MemoryStore {
    fn default() -> Self {
        Self::new()
    }
}

#[async_trait]
impl TokenStore for MemoryStore {
    fn identity(&self) -> Fingerprint {
        self.0.identity
    }

    async fn get(&self, key: &StoreKey) -> Result<Option<StoreRecord>> {
        Ok(self.0.records.get(key))
    }

    async fn put_if_newer(&self, key: &StoreKey, record: &StoreRecord) -> Result<bool> {
        let result = self.0.records.entry_by_ref(key).and_compute_with(|there| match there {
            Some(there) if there.value().version() >= record.version() => Op::Nop,
            _ => Op::Put(record.clone()),
        });
        Ok(matches!(result, CompResult::Inserted(_) | CompResult::ReplacedWith(_)))
    }

    async fn remove(&self, key: &StoreKey) -> Result<()> {
        self.0.records.invalidate(key);
        Ok(())
    }

    async fn lease(&self, key: &StoreKey, length: Duration) -> Result<Option<Box<dyn StoreLease>>> {
        let (until, ended) = match self.try_lease(key, length) {
            Ok(lease) => return Ok(Some(Box::new(lease))),
            Err(held) => held,
        };
        let mut told = std::pin::pin!(ended.notified());
        // In line before looking again: the holder may have let go since.
        told.as_mut().enable();
        let is_held = self.leases().get(key).is_some_and(|held| Arc::ptr_eq(&held.ended, &ended));
        if is_held {
            let _ = timeout_at(until, told).await;
        }
        Ok(None)
    }
}

#[async_trait]
impl StoreLease for MemoryLease {
    async fn renew(&mut self, length: Duration) -> Result<bool> {
        let mut leases = self.store.leases();
        let held = leases.get_mut(&self.key).filter(|held| Arc::ptr_eq(&held.holder, &self.holder));
        Ok(held.map(|held| held.until = end(Instant::now(), length)).is_some())
    }

    async fn release(self: Box<Self>) -> Result<()> {
        Ok(())
    }
}

impl Drop for MemoryLease {
    fn drop(&mut self) {
        let mut leases = self.store.leases();
        if leases.get(&self.key).is_some_and(|held| Arc::ptr_eq(&held.holder, &self.holder))
            && let Some(held) = leases.remove(&self.key)
        {
            held.ended.notify_waiters();
        }
    }
}

/// Longer than any process runs.
const FAR_FUTURE: Duration = Duration::from_hours(24 * 365 * 10);

fn end(now: Instant, length: Duration) -> Instant {
    now + length.min(FAR_FUTURE)
}

/// Records are forgotten when they say.
struct KeepUntil;

impl Expiry<StoreKey, StoreRecord> for KeepUntil {
    fn expire_after_create(&self, _: &StoreKey, record: &StoreRecord, _: StdInstant) -> Option<Duration> {
        left(record)
    }

    fn expire_after_update(
        &self,
        _: &StoreKey,
        record: &StoreRecord,
        _: StdInstant,
        _: Option<Duration>,
    ) -> Option<Duration> {
        left(record)
    }
}

fn left(record: &StoreRecord) -> Option<Duration> {
    record.expires_at().map(|until| until.duration_since(time::wall_clock()).unwrap_or_default())
}

impl fmt::Debug for MemoryStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoryStore").finish_non_exhaustive()
    }
}

impl fmt::Debug for MemoryLease {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoryLease").field("key", &self.key).finish_non_exhaustive()
    }
}
