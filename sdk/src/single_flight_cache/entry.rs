use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use arc_swap::{ArcSwap, ArcSwapOption};
use tokio::runtime::Handle;
use tokio::sync::{Mutex, OwnedMutexGuard};

use super::{Fetched, Limits};
use crate::error::{Error, Result};
use crate::runtime::within;
use crate::telemetry;

pub(super) type FlightGuard = OwnedMutexGuard<Flights>;

/// No fetch takes longer, with its repetitions: its runtime is not driven, or it would have ended by itself.
pub(super) const MAX_FLIGHT: Duration = Duration::from_mins(2);

/// One key's value.
pub(super) struct Entry<T> {
    cached: ArcSwapOption<Cached<T>>,
    /// How many fetches have ended: a caller that waited while it grew takes the outcome instead of fetching again.
    ended: AtomicU64,
    /// Others take their place where the fetch that has locked them does not end.
    flights: ArcSwap<Mutex<Flights>>,
    /// When the fetch that is under way began, in microseconds of the monotonic clock; [`NONE`] where there is none.
    started: AtomicU64,
}

const NONE: u64 = u64::MAX;

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
        Self {
            cached: ArcSwapOption::empty(),
            ended: AtomicU64::new(0),
            flights: ArcSwap::default(),
            started: AtomicU64::new(NONE),
        }
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

    /// The right to fetch, unless a fetch is under way.
    pub(super) fn try_lock(&self, now: Duration) -> Option<FlightGuard> {
        let flights = self.flights.load_full();
        if let Ok(flight) = Arc::clone(&flights).try_lock_owned() {
            return Some(flight);
        }
        let started = self.started.load(Ordering::Acquire);
        if started == NONE || now.saturating_sub(Duration::from_micros(started)) < MAX_FLIGHT {
            return None;
        }
        self.give_up(&flights);
        self.flights.load_full().try_lock_owned().ok()
    }

    /// The same when the fetch that is under way has ended, or was waited for in vain.
    pub(super) async fn lock(&self) -> FlightGuard {
        loop {
            let flights = self.flights.load_full();
            match within(MAX_FLIGHT, Arc::clone(&flights).lock_owned()).await {
                Some(flight) if self.is_current(&flight) => return flight,
                Some(_) => {}
                None => self.give_up(&flights),
            }
        }
    }

    /// A fetch has begun.
    pub(super) fn started(&self, flight: &FlightGuard, now: Duration) {
        if self.is_current(flight) {
            self.started.store(now.as_micros().try_into().unwrap_or(NONE), Ordering::Release);
        }
    }

    /// Whether the fetch has not been given up.
    pub(super) fn is_current(&self, flight: &FlightGuard) -> bool {
        Arc::ptr_eq(OwnedMutexGuard::mutex(flight), &self.flights.load())
    }

    /// Gives up on the fetch that has locked these, which does not end.
    fn give_up(&self, flights: &Arc<Mutex<Flights>>) {
        let before = self.flights.compare_and_swap(flights, Arc::default());
        if Arc::ptr_eq(&before, flights) {
            self.started.store(NONE, Ordering::Release);
        }
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
        self.started.store(NONE, Ordering::Release);
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
