//! The metadata that this process knows.

#[cfg(test)]
mod tests;

use std::fmt::{self, Write as _};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

use arc_swap::ArcSwapOption;
use moka::sync::Cache;
use tokio::sync::Mutex;

use super::ServerMetadata;
use super::server_discovery::Wanted;
use crate::error::{Error, Result};
use crate::transport::Transport;

/// Of all documents together: a server that sends its clients to ever new issuers shall not fill the memory.
const MAX_BYTES: u64 = 32 * 1024 * 1024;
/// What each counts for at the least, so that there are a thousand: more issuers than any program has.
const MIN_WEIGHT: u32 = 32 * 1024;
/// For how long a document that cannot be renewed is used on.
const MAX_STALE: Duration = Duration::from_hours(24);
/// How long renewing is not tried again after it failed.
const PAUSE: Duration = Duration::from_mins(1);

/// All that decides which document is found, the order included: otherwise the first who asks would decide for all.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Key {
    transport: u64,
    accepts_plain_http: bool,
    wanted: Wanted,
}

impl Key {
    pub(super) fn new(transport: &Transport, accepts_plain_http: bool, wanted: Wanted) -> Self {
        Self { transport: transport.id(), accepts_plain_http, wanted }
    }
}

static KNOWN: LazyLock<Cache<Key, Arc<CacheEntry>>> = LazyLock::new(|| bounded(MAX_BYTES));

fn bounded(bytes: u64) -> Cache<Key, Arc<CacheEntry>> {
    Cache::builder().max_capacity(bytes).weigher(|_, entry: &Arc<CacheEntry>| entry.weight().max(MIN_WEIGHT)).build()
}

/// One issuer's document.
#[derive(Default)]
struct CacheEntry {
    cached: ArcSwapOption<CachedDocument>,
    /// How many fetches have ended: whoever waited while it grew takes the outcome instead of fetching again.
    landed: AtomicU64,
    /// Locked while a fetch is under way; how the last one failed.
    flight: Mutex<Option<Error>>,
}

struct CachedDocument {
    metadata: Arc<ServerMetadata>,
    size: u32,
    fresh_until: Instant,
    usable_until: Instant,
}

/// The document, fetched first where it is not known or has become old.
pub(super) async fn get<F>(key: Key, fetch: impl FnOnce() -> F) -> Result<Arc<ServerMetadata>>
where
    F: Future<Output = Result<(ServerMetadata, Duration)>>,
{
    get_in(&KNOWN, key, fetch).await
}

async fn get_in<F>(
    known: &Cache<Key, Arc<CacheEntry>>,
    key: Key,
    fetch: impl FnOnce() -> F,
) -> Result<Arc<ServerMetadata>>
where
    F: Future<Output = Result<(ServerMetadata, Duration)>>,
{
    let entry = known.get_with(key.clone(), Arc::default);
    let weight = entry.weight();
    let outcome = entry.get(Instant::now(), fetch).await;
    // An entry is weighed when it is put in.
    if entry.weight() != weight {
        known.insert(key, entry);
    }
    outcome
}

/// About how much memory a document takes: its text, with the names of the types in it.
fn size(metadata: &ServerMetadata) -> u32 {
    struct Count(u32);
    impl fmt::Write for Count {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            self.0 = self.0.saturating_add(u32::try_from(text.len()).unwrap_or(u32::MAX));
            Ok(())
        }
    }
    let mut count = Count(0);
    let _ = write!(count, "{metadata:?}");
    count.0
}

impl CacheEntry {
    async fn get<F>(&self, now: Instant, fetch: impl FnOnce() -> F) -> Result<Arc<ServerMetadata>>
    where
        F: Future<Output = Result<(ServerMetadata, Duration)>>,
    {
        // Read before the document, so that a fetch that ends in between is not missed.
        let landed = self.landed.load(Ordering::Acquire);
        let old = match &*self.cached.load() {
            Some(cached) if now < cached.fresh_until => return Ok(Arc::clone(&cached.metadata)),
            Some(cached) if now < cached.usable_until => Some(Arc::clone(cached)),
            _ => None,
        };
        let mut failure = match (self.flight.try_lock(), &old) {
            (Ok(failure), _) => failure,
            // Somebody is fetching already, and there is one to go on with.
            (Err(_), Some(old)) => return Ok(Arc::clone(&old.metadata)),
            (Err(_), None) => self.flight.lock().await,
        };
        if self.landed.load(Ordering::Acquire) != landed {
            let cached = self.cached.load().as_ref().map(|cached| Arc::clone(&cached.metadata));
            return match (failure.clone(), cached) {
                (Some(failure), None) => Err(failure),
                (None, None) => Err(Error::temporary("the server's metadata is not there yet")),
                (_, Some(cached)) => Ok(cached),
            };
        }
        let outcome = match fetch().await {
            Ok((metadata, lifetime)) => {
                *failure = None;
                Ok(self.hold(Arc::new(metadata), now + lifetime, now + lifetime + MAX_STALE))
            }
            Err(error) => {
                *failure = Some(error.clone());
                // What is another issuer's document by now is no outage.
                let old = old.filter(|_| !error.is_security());
                if old.is_none() {
                    self.cached.store(None);
                }
                old.map(|old| self.hold(Arc::clone(&old.metadata), now + PAUSE, old.usable_until)).ok_or(error)
            }
        };
        self.landed.fetch_add(1, Ordering::Release);
        outcome
    }

    fn weight(&self) -> u32 {
        self.cached.load().as_ref().map_or(0, |cached| cached.size)
    }

    fn hold(&self, metadata: Arc<ServerMetadata>, fresh_until: Instant, usable_until: Instant) -> Arc<ServerMetadata> {
        let size = size(&metadata);
        self.cached.store(Some(Arc::new(CachedDocument {
            metadata: Arc::clone(&metadata),
            size,
            fresh_until,
            usable_until,
        })));
        metadata
    }
}
