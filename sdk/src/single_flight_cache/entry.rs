use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use arc_swap::ArcSwapOption;
use tokio::runtime::Handle;
use tokio::sync::{Mutex, OwnedMutexGuard};

use super::{Fetched, Limits};
use crate::error::{Error, Result};
use crate::telemetry;

pub(super) type FlightGuard = OwnedMutexGuard<Flights>;

/// One key's value.
pub(super) struct Entry<T> {
    cached: ArcSwapOption<Cached<T>>,
    /// How many fetches have ended: a caller that waited while it grew takes the outcome instead of fetching again.
    ended: AtomicU64,
    flights: Arc<Mutex<Flights>>,
}

struct Cached<T> {
    value: Arc<T>,
    weight: u32,
    fresh_until: Duration,
    usable_until: Duration,
}

/// What is known of past fetches, locked while one is under way.
#[derive(Default)]
pub(super) struct Flights {
    failure: Option<Error>,
    pub(super) next_try: Duration,
    /// When each asker may next ask for a newer value.
    pub(super) next_tries: HashMap<u64, Duration>,
}

impl Flights {
    /// Forgets those that may ask again, so that it grows no further than there are askers within a cool-down.
    pub(super) fn set_next_try_of(&mut self, asker: u64, now: Duration, pause: Duration) {
        self.next_tries.retain(|_, next_try| now < *next_try);
        self.next_tries.insert(asker, now + pause);
    }
}

impl<T> Default for Entry<T> {
    fn default() -> Self {
        Self { cached: ArcSwapOption::empty(), ended: AtomicU64::new(0), flights: Arc::default() }
    }
}

impl<T> Entry<T> {
    pub(super) fn ended(&self) -> u64 {
        self.ended.load(Ordering::Acquire)
    }

    pub(super) fn weight(&self) -> u32 {
        self.cached.load().as_ref().map_or(0, |cached| cached.weight)
    }

    pub(super) fn value(&self) -> Option<Arc<T>> {
        self.cached.load().as_ref().map(|cached| Arc::clone(&cached.value))
    }

    /// The value that can be used now, and whether it is fresh.
    pub(super) fn look_up(&self, now: Duration) -> Option<(Arc<T>, bool)> {
        let cached = self.cached.load();
        let cached = cached.as_ref().filter(|cached| now < cached.usable_until)?;
        Some((Arc::clone(&cached.value), now < cached.fresh_until))
    }

    pub(super) fn try_lock(&self) -> Option<FlightGuard> {
        Arc::clone(&self.flights).try_lock_owned().ok()
    }

    pub(super) async fn lock(&self) -> FlightGuard {
        Arc::clone(&self.flights).lock_owned().await
    }

    /// What the last fetch brought.
    pub(super) fn last_outcome(&self, flights: &Flights) -> Result<Arc<T>> {
        match &flights.failure {
            Some(failure) => Err(failure.clone()),
            None => self.value().ok_or_else(|| Error::temporary("what was fetched is gone: try again")),
        }
    }

    /// Ends a fetch: keeps what it brought.
    pub(super) fn complete(
        &self,
        flights: &mut Flights,
        fetched: Result<Fetched<T>>,
        asker: Option<u64>,
        now: Duration,
        limits: &Limits,
    ) -> Result<Arc<T>> {
        if let Some(asker) = asker {
            // A fetch that failed has answered nothing: one failure must not keep a newer value away for long.
            let pause = if fetched.is_ok() { limits.cool_down } else { limits.failure_pause };
            flights.set_next_try_of(asker, now, pause);
        }
        let outcome = match fetched {
            Ok(fetched) => {
                let value = Arc::new(fetched.value);
                let fresh_until = now.saturating_add(fetched.lifetime);
                let usable_until = fresh_until.saturating_add(limits.max_stale);
                let weight = u32::try_from(fetched.bytes).unwrap_or(u32::MAX);
                self.store(Cached { value: Arc::clone(&value), weight, fresh_until, usable_until });
                flights.failure = None;
                Ok(value)
            }
            Err(failure) => {
                let bridge = |cached: &Arc<Cached<T>>| now < cached.usable_until && !failure.is_security();
                if let Some(old) = self.cached.load_full().filter(bridge) {
                    // No caller fetches before the cool-down is over, or takes the lock to learn that (stale-while-revalidate).
                    let fresh_until = old.fresh_until.max(now + limits.cool_down).min(old.usable_until);
                    self.store(Cached { value: Arc::clone(&old.value), fresh_until, ..*old });
                } else {
                    // What is another's by now is no outage, and what is too old is not used on.
                    self.cached.store(None);
                    let asked_for = failure.retry_after().map(|wait| wait.min(limits.cool_down));
                    flights.next_try = now + asked_for.unwrap_or(limits.failure_pause);
                }
                flights.failure = Some(failure.clone());
                Err(failure)
            }
        };
        self.ended.fetch_add(1, Ordering::Release);
        outcome
    }

    fn store(&self, cached: Cached<T>) {
        self.cached.store(Some(Arc::new(cached)));
    }
}

/// Runs a fetch as a task of its own, so that a caller that gives up does not end it for the others. Where its runtime goes away
/// the lock is free again, and the next caller fetches.
pub(super) async fn outlive_caller<T: Send + 'static>(
    task: impl Future<Output = Result<T>> + Send + 'static,
) -> Result<T> {
    match Handle::try_current() {
        Ok(runtime) => match runtime.spawn(telemetry::in_current_span(task)).await {
            Ok(outcome) => outcome,
            Err(error) => {
                Err(Error::temporary("the fetch was given up with its runtime: try again").with_source(error))
            }
        },
        Err(_) => task.await,
    }
}
