//! Values that are fetched from a server, shared by all who want them, and kept while they last.
//!
//! - Single flight: however many want a value, one fetch is made, and all get its outcome. It ends even if its callers give up.
//! - Stale on error: a value that cannot be renewed is used on, for a bounded time.
//! - Take-over: a fetch whose runtime is not driven any more is given up after a while, and another caller fetches.
//! - Cool-down: after a failure the next fetch waits.
//! - Bounded: values are weighed by their bytes, and the least used ones go first.

mod entry;
// Keys alone are asked for anew.
#[cfg(feature = "oidc")]
mod newer;
#[cfg(test)]
mod tests;

use std::hash::Hash;
use std::sync::Arc;
use std::time::Duration;

use crate::error::Result;
use crate::lru_cache::LruCache;
use crate::time::Time;
use entry::Entry;

/// What the cache of one kind of value goes by.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// Of all values together.
    pub(crate) max_bytes: u64,
    /// What each counts for at the least, which bounds their number.
    pub(crate) min_weight: u32,
    /// For how long a value that cannot be renewed is used on.
    pub(crate) max_stale: Duration,
    /// How long a value is used on after a failed fetch before the next one. Also the longest that a server can ask for.
    pub(crate) cool_down: Duration,
    /// How long a failure is answered to all where there is no value to go on with.
    pub(crate) failure_pause: Duration,
}

/// What a fetch brings.
pub(crate) struct Fetched<T> {
    pub(crate) value: T,
    /// For how long it is fresh.
    pub(crate) lifetime: Duration,
    /// About how much memory it takes.
    pub(crate) bytes: usize,
}

/// See the module.
pub(crate) struct SingleFlightCache<K, T> {
    entries: LruCache<K, Arc<Entry<T>>>,
    limits: Limits,
}

impl<K, T> SingleFlightCache<K, T>
where
    K: Hash + Eq + Clone + Send + Sync + 'static,
    T: Send + Sync + 'static,
{
    pub(crate) fn new(limits: Limits) -> Self {
        Self { entries: LruCache::new(limits.max_bytes, None), limits }
    }

    /// The value, fetched first where there is none or it has become old. Where fetching fails the old one is used on, unless
    /// the failure [is one of security](crate::Error::is_security).
    pub(crate) async fn get<F>(&self, key: &K, time: &Time, fetch: impl FnOnce() -> F) -> Result<Arc<T>>
    where
        F: Future<Output = Result<Fetched<T>>> + Send + 'static,
    {
        let entry = self.entry(key);
        // Read before the value, so that a fetch that ends in between is not missed.
        let ended = entry.ended();
        let stale = match entry.look_up(time.now().monotonic) {
            Some((value, true)) => return Ok(value),
            stale => stale.map(|(value, _)| value),
        };
        let flight = match (entry.try_lock(time.now().monotonic), &stale) {
            (Some(flight), _) => flight,
            // A fetch is under way already, and there is a stale value to go on with (stale-while-revalidate).
            (None, Some(stale)) => return Ok(Arc::clone(stale)),
            (None, None) => entry.lock().await,
        };
        let outcome = self.run(key, &entry, flight, ended, None, time, fetch).await;
        outcome.or_else(|failure| stale.filter(|_| !failure.is_security()).ok_or(failure))
    }

    fn entry(&self, key: &K) -> Arc<Entry<T>> {
        self.entries.get_or_insert_with(key, self.limits.min_weight, Arc::default)
    }

    /// Fetches, unless another has since `ended` was read.
    #[expect(clippy::too_many_arguments, reason = "all that a fetch is made with")]
    async fn run<F>(
        &self,
        key: &K,
        entry: &Arc<Entry<T>>,
        flight: entry::FlightGuard,
        ended: u64,
        asker: Option<u64>,
        time: &Time,
        fetch: impl FnOnce() -> F,
    ) -> Result<Arc<T>>
    where
        F: Future<Output = Result<Fetched<T>>> + Send + 'static,
    {
        if entry.ended() != ended || time.now().monotonic < flight.next_try {
            return entry.last_outcome(&flight);
        }
        entry.started(&flight, time.now().monotonic);
        let (fetch, entry, entries) = (Box::pin(fetch()), Arc::clone(entry), self.entries.clone());
        let (key, time, limits) = (key.clone(), time.clone(), self.limits);
        entry::outlive_caller(async move {
            let mut flight = flight;
            let fetched = fetch.await;
            if !entry.is_current(&flight) {
                return fetched.map(|fetched| Arc::new(fetched.value));
            }
            let weight = entry.weight();
            let outcome = entry.complete(&mut flight, fetched, asker, time.now().monotonic, &limits);
            // An entry is weighed when it is put in.
            if entry.weight() != weight {
                let weight = entry.weight().max(limits.min_weight);
                entries.insert(key, entry, weight);
            }
            outcome
        })
        .await
    }

    #[cfg(test)]
    pub(crate) fn kept_bytes(&self) -> u64 {
        self.entries.values().iter().map(|entry| u64::from(entry.weight())).sum()
    }
}
