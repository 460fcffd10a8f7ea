use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use super::cached_token::CachedToken;
use super::configuration::Newer;
use super::policy::RefreshPolicy;
use super::sync::watch;
use crate::error::{Error, Result};

/// The outcome of the one flight, for all waiters.
pub(super) type Outcome = Result<Arc<CachedToken>>;

/// A flight's outcome, once there is one. All senders gone without one means that the flight was lost.
#[derive(Debug)]
pub(super) struct Waiter {
    pub(super) number: u64,
    pub(super) outcome: watch::Receiver<Option<Outcome>>,
}

/// What an entry knows beside its token: the flight that is under way and the failures behind it. No clock, no lock, no
/// await: times are given in, of the monotonic clock.
#[derive(Debug, Default)]
pub(super) struct SingleFlight {
    /// On the heap, as the trouble is: an entry has neither most of the time.
    flight: Option<Box<Flight>>,
    trouble: Option<Box<Trouble>>,
}

/// What most entries never know of.
#[derive(Debug, Default)]
struct Trouble {
    failures: u32,
    failure: Option<Failure>,
    no_forced_flight_before: Duration,
    /// An API has rejected the token that there is.
    is_rejected: bool,
    /// What counts once there was a failure.
    newer: Option<Box<Newer>>,
}

#[derive(Debug)]
struct Flight {
    number: u64,
    started: Duration,
    sender: watch::Sender<Option<Outcome>>,
    /// It was started because a token was rejected (401).
    forced: bool,
    /// It only looks whether others have mended what the last one failed for.
    checks_store: bool,
}

#[derive(Debug)]
struct Failure {
    error: Error,
    until: Duration,
}

/// What a caller that needs a token has to do.
#[derive(Debug)]
pub(super) enum Decision {
    /// A flight is under way.
    Join(Waiter),
    /// The last one failed, and it is too early for another.
    BackOff(Error),
    /// Start one.
    Lead(Leader),
}

/// The right to run the one flight.
#[derive(Debug)]
pub(super) struct Leader {
    pub(super) number: u64,
    pub(super) sender: watch::Sender<Option<Outcome>>,
    pub(super) waiter: Waiter,
    /// In the pause after this failure the server is not asked: it only looks whether a person has logged in elsewhere.
    pub(super) only_checks_store: Option<Error>,
}

impl SingleFlight {
    /// For a caller that has no token. Where others may put a login (`is_shared`), a pause for want of one does not keep
    /// callers from looking for it.
    pub(super) fn need(&mut self, now: Duration, policy: &RefreshPolicy, is_shared: bool) -> Decision {
        // Its runtime is not driven, or it would have ended by itself.
        self.flight.take_if(|flight| now.saturating_sub(flight.started) >= policy.max_wait());
        if let Some(flight) = &self.flight {
            return Decision::Join(Waiter { number: flight.number, outcome: flight.sender.subscribe() });
        }
        let pause = self.failure().map(|failure| (failure, failure.until.saturating_sub(now)));
        match pause {
            Some((failure, left)) if !left.is_zero() => {
                let error = failure.error.clone().with_retry_after(left);
                if is_shared && error.needs_login() {
                    let leader = self.start(now);
                    self.flight.iter_mut().for_each(|flight| flight.checks_store = true);
                    return Decision::Lead(Leader { only_checks_store: Some(error), ..leader });
                }
                Decision::BackOff(error)
            }
            _ => Decision::Lead(self.start(now)),
        }
    }

    /// The last flight that ended has failed.
    pub(super) fn has_failed(&self) -> bool {
        self.failure().is_some()
    }

    /// Keeps it for the case that there is no token in the end; the last one that is offered counts, and the last policy.
    pub(super) fn offer(&mut self, newer: Newer) {
        let trouble = self.trouble_mut();
        let before = trouble.newer.take().and_then(|before| before.policy);
        trouble.newer = Some(Box::new(Newer { policy: newer.policy.or(before), ..newer }));
    }

    /// What was offered, for the failure of this flight, which is still the one.
    pub(super) fn offered(&mut self, number: u64) -> Option<Newer> {
        self.flight.as_ref().filter(|flight| flight.number == number)?;
        self.trouble.as_mut()?.newer.take().map(|newer| *newer)
    }

    /// The outcome of the flight that is under way, once there is one.
    pub(super) fn under_way(&self) -> Option<watch::Receiver<Option<Outcome>>> {
        self.flight.as_ref().map(|flight| flight.sender.subscribe())
    }

    /// For a caller whose token was rejected: `None` if it is too early to force another renewal. It is not where the token has
    /// lived for a while (`has_lived`): the next one may be what helps.
    pub(super) fn force(
        &mut self,
        now: Duration,
        policy: &RefreshPolicy,
        has_lived: bool,
        is_shared: bool,
    ) -> Option<Decision> {
        self.trouble_mut().is_rejected = true;
        if self.flight.is_some() {
            return Some(self.need(now, policy, is_shared));
        }
        let no_forced_flight_before = self.no_forced_flight_before();
        if now < no_forced_flight_before && !has_lived {
            // Where it failed, that is why there is nothing better, in the pause as at first.
            let failure = self.failure()?;
            let next = failure.until.max(no_forced_flight_before);
            return Some(Decision::BackOff(failure.error.clone().with_retry_after(next.saturating_sub(now))));
        }
        let step = self.need(now, policy, is_shared);
        if let Some(flight) = &mut self.flight {
            flight.forced = true;
            self.trouble_mut().no_forced_flight_before = now.saturating_add(policy.min_forced_refresh_interval());
        }
        Some(step)
    }

    /// Ends a flight; `None` if its outcome is not to be kept, since the entry was cleared under way, or given a token. Else tells
    /// whether it only looked.
    pub(super) fn complete(&mut self, number: u64) -> Option<bool> {
        self.flight.take_if(|flight| flight.number == number).map(|flight| flight.checks_store)
    }

    /// What to say of one that has only looked, and found that nothing has changed. `None` where it is another error.
    pub(super) fn store_check_error(&self, error: &Error, now: Duration) -> Option<Error> {
        let failure = self.failure().filter(|failure| failure.error.is_same(error))?;
        Some(failure.error.clone().with_retry_after(failure.until.saturating_sub(now)))
    }

    /// Ends a flight that has no outcome: its runtime is gone.
    pub(super) fn abort(&mut self, number: u64) {
        if let Some(lost) = self.flight.take_if(|flight| flight.number == number)
            && lost.forced
        {
            self.trouble_mut().no_forced_flight_before = Duration::ZERO;
        }
    }

    /// Gives up on a flight that does not end: waiting callers get the error. `None` if it has ended.
    pub(super) fn give_up(
        &mut self,
        number: u64,
        error: &Error,
        now: Duration,
        policy: &RefreshPolicy,
    ) -> Option<Error> {
        let flight = self.flight.take_if(|flight| flight.number == number)?;
        let error = self.failed(error.clone(), now, policy);
        flight.sender.send_replace(Some(Err(error.clone())));
        Some(error)
    }

    /// There is another token: failures are history.
    pub(super) fn succeeded(&mut self) {
        self.trouble.take_if(|trouble| {
            let no_forced_flight_before = trouble.no_forced_flight_before;
            **trouble = Trouble { no_forced_flight_before, ..Trouble::default() };
            no_forced_flight_before.is_zero()
        });
    }

    /// Begins the pause after a failure; the error says from now on how long it lasts.
    pub(super) fn failed(&mut self, error: Error, now: Duration, policy: &RefreshPolicy) -> Error {
        let trouble = self.trouble_mut();
        trouble.failures = trouble.failures.saturating_add(1);
        let pause = policy.pause_after(trouble.failures, error.retry_after(), fastrand::f64());
        let error = error.with_retry_after(pause);
        trouble.failure = Some(Failure { error: error.clone(), until: now.saturating_add(pause) });
        error
    }

    /// Forgets everything. The token of a flight that is under way goes to its waiting callers, and is not kept.
    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }

    /// Forgets everything for a token that came from elsewhere; who waits for a flight gets this one, and at once.
    pub(super) fn supersede(&mut self, cached: &Arc<CachedToken>) {
        if let Some(flight) = &self.flight {
            flight.sender.send_replace(Some(Ok(Arc::clone(cached))));
        }
        self.clear();
    }

    /// The flight that is under way was started because a token was rejected (401).
    pub(super) fn is_forced(&self) -> bool {
        self.flight.as_ref().is_some_and(|flight| flight.forced)
    }

    /// An API has rejected the token that there is, be it before the flight that is under way or in the pause after a failure.
    pub(super) fn is_rejected(&self) -> bool {
        self.trouble.as_ref().is_some_and(|trouble| trouble.is_rejected)
    }

    /// The last failure is one that only a person can mend.
    pub(super) fn needs_login(&self) -> bool {
        self.failure().is_some_and(|failure| failure.error.needs_login())
    }

    /// When the pause after the last failure ends.
    pub(super) fn pause_ends(&self) -> Option<Duration> {
        self.failure().map(|failure| failure.until)
    }

    fn failure(&self) -> Option<&Failure> {
        self.trouble.as_ref()?.failure.as_ref()
    }

    fn no_forced_flight_before(&self) -> Duration {
        self.trouble.as_ref().map_or(Duration::ZERO, |trouble| trouble.no_forced_flight_before)
    }

    fn trouble_mut(&mut self) -> &mut Trouble {
        self.trouble.get_or_insert_default()
    }

    fn start(&mut self, now: Duration) -> Leader {
        /// Of all flights of the process, so that an entry need not count its own.
        static LAST: AtomicU64 = AtomicU64::new(0);
        let number = LAST.fetch_add(1, Ordering::Relaxed) + 1;
        let (sender, outcome) = watch::channel(None);
        let flight = Flight { number, started: now, sender: sender.clone(), forced: false, checks_store: false };
        self.flight = Some(Box::new(flight));
        Leader { number, sender, waiter: Waiter { number, outcome }, only_checks_store: None }
    }
}
