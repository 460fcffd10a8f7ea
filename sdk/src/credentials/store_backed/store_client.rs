use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, UNIX_EPOCH};

use tokio::time::{Instant, timeout_at};

use super::contents::{Access, Contents, Failure};
use super::heartbeat::{HeldLease, Moment};
use crate::credentials::policy::RefreshPolicy;
use crate::credentials::refresh_token::{Login, StoreFailure, Versioned, version_at};
use crate::credentials::store_call::answer_in_time;
use crate::credentials::{StoreKey, StoreRecord, TokenStore};
use crate::error::{Error, Result};
use crate::time::{self, ClockReading, Time};

/// A store as the way to a token sees it: contents instead of records, and no call without an end.
pub(super) struct StoreClient {
    /// Another handle of the same place may take its place.
    store: Mutex<Arc<dyn TokenStore>>,
}

/// How long a lease is held without a sign of life: what a holder that was killed costs the others.
pub(super) const LEASE: Duration = Duration::from_secs(10);

impl StoreClient {
    pub(super) fn new(store: Arc<dyn TokenStore>) -> Self {
        Self { store: Mutex::new(store) }
    }

    pub(super) fn store(&self) -> Arc<dyn TokenStore> {
        Arc::clone(&self.store.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub(super) fn take_over(&self, store: Arc<dyn TokenStore>) {
        *self.store.lock().unwrap_or_else(PoisonError::into_inner) = store;
    }

    /// What is said of an access token. A record that cannot be read says nothing: another takes its place, whatever its version
    /// (by the clock).
    pub(super) async fn access(&self, key: &StoreKey, now: ClockReading) -> Result<Versioned<Access>, StoreFailure> {
        match self.record(key).await {
            Ok(Some(record)) => {
                let value = Access::read(record.content()).unwrap_or_default();
                Ok(Versioned { version: record.version(), value })
            }
            Ok(None) => Ok(Versioned::default()),
            Err(StoreFailure::Fatal(_)) => Ok(Versioned { version: version_at(now), value: Access::default() }),
            Err(away) => Err(away),
        }
    }

    /// What is said of a login. There is no going on without a record that is there and cannot be read: what it would say
    /// may be that the refresh token which another process knows is spent. One whose time is over is none.
    pub(super) async fn login(&self, key: &StoreKey) -> Result<Option<Versioned<Login>>, StoreFailure> {
        let Some(record) = self.record(key).await?.filter(is_kept) else { return Ok(None) };
        match Login::read(record.content()) {
            Some(value) => Ok(Some(Versioned { version: record.version(), value })),
            None => Err(StoreFailure::Fatal(Error::configuration(format!(
                "what the token store holds of the login {key:?} cannot be read: it is damaged, or of a version of this \
                 crate that is newer; log in again, or `clear` the credentials",
                key = key.as_str()
            )))),
        }
    }

    /// Why a request failed; the version says when.
    pub(super) async fn failure(&self, key: &StoreKey) -> Result<Option<Versioned<Failure>>, StoreFailure> {
        let Some(record) = self.record(key).await?.filter(is_kept) else { return Ok(None) };
        Ok(Failure::read(record.content()).map(|value| Versioned { version: record.version(), value }))
    }

    /// The version that is there, whatever it says; 0 for one that cannot be read.
    pub(super) async fn version(&self, key: &StoreKey) -> Result<u64, StoreFailure> {
        match self.record(key).await {
            Ok(record) => Ok(record.map_or(0, |record| record.version())),
            Err(StoreFailure::Fatal(_)) => Ok(0),
            Err(away) => Err(away),
        }
    }

    /// Tells whether it was put: not if the store has one of this version, or a later one.
    pub(super) async fn put<C: Contents>(
        &self,
        key: &StoreKey,
        put: &Versioned<C>,
        time: &Time,
        policy: &RefreshPolicy,
    ) -> Result<bool, StoreFailure> {
        let now = time.now();
        let content = put.value.write().map_err(StoreFailure::Fatal)?;
        let end = put.value.expires_at(now, policy);
        let expires_at = match time.given() {
            None => UNIX_EPOCH.checked_add(end),
            // A store has the machine's clock, whatever clock says what is still of use.
            Some(_) => time::wall_clock().checked_add(end.saturating_sub(now.wall)),
        };
        let record = StoreRecord::new(put.version, content.as_slice()).with_expires_at(expires_at);
        let store = self.store();
        bounded(&*store, store.put_if_newer(key, &record)).await
    }

    pub(super) async fn remove(&self, key: &StoreKey) -> Result<(), StoreFailure> {
        let store = self.store();
        bounded(&*store, store.remove(key)).await
    }

    /// The lease, or `None` when its previous holder has released it.
    pub(super) async fn lease(&self, key: &StoreKey, until: Instant) -> Result<Option<HeldLease>, StoreFailure> {
        let (store, asked) = (self.store(), Moment::now());
        match timeout_at(until, store.lease(key, LEASE)).await {
            Ok(Ok(lease)) => Ok(lease.map(|lease| HeldLease::new(lease, asked, store.call_timeout()))),
            Ok(Err(error)) => Err(sorted(error)),
            Err(_) => Err(StoreFailure::Unavailable(Error::temporary(
                "another process has held the token store's lease for too long, or the store does not answer",
            ))),
        }
    }

    async fn record(&self, key: &StoreKey) -> Result<Option<StoreRecord>, StoreFailure> {
        let store = self.store();
        bounded(&*store, store.get(key)).await
    }
}

async fn bounded<T>(store: &dyn TokenStore, call: impl Future<Output = Result<T>> + Send) -> Result<T, StoreFailure> {
    answer_in_time(store, call).await.map_err(sorted)
}

/// Whether a record is still to be kept: a store may have it for longer. Its version stands all the same, for what follows it; and an
/// access token says itself when it ends.
fn is_kept(record: &StoreRecord) -> bool {
    record.expires_at().is_none_or(|end| time::wall_clock() < end)
}

pub(super) fn sorted(error: Error) -> StoreFailure {
    if error.is_retryable() { StoreFailure::Unavailable(error) } else { StoreFailure::Fatal(error) }
}
