use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

use super::policy::RenewalPolicy;
use super::warm::Warm;
use crate::error::{Error, Result};

/// What a flight brought home, for everyone who waits.
pub(super) type Outcome = Result<Arc<Warm>>;

/// A flight's outcome, once there is one. The sender gone without one means that the flight was lost.
pub(super) type Arrival = watch::Receiver<Option<Outcome>>;

/// What a slot knows beside its token: the flight that is under way and the failures behind it. No clock, no lock, no
/// await: times are given in, of the monotonic clock.
#[derive(Debug, Default)]
pub(super) struct State {
    flight: Option<Flight>,
    failures: u32,
    failure: Option<Failure>,
    last_flight: u64,
    last_generation: u64,
    no_forced_flight_before: Duration,
}

#[derive(Debug)]
struct Flight {
    number: u64,
    arrival: Arrival,
    /// The slot was cleared under way: the outcome goes to those who wait, and is not kept.
    unwanted: bool,
}

#[derive(Debug)]
struct Failure {
    error: Error,
    until: Duration,
}

/// What someone who needs a token has to do.
#[derive(Debug)]
pub(super) enum Step {
    /// A flight is under way.
    Await(Arrival),
    /// The last one failed, and it is too early for another.
    Fail(Error),
    /// Start one.
    Start(Departure),
}

/// The right to run the one flight.
#[derive(Debug)]
pub(super) struct Departure {
    pub(super) number: u64,
    pub(super) announce: watch::Sender<Option<Outcome>>,
    pub(super) arrival: Arrival,
}

impl State {
    /// For a caller that has no token.
    pub(super) fn need(&mut self, now: Duration) -> Step {
        if let Some(flight) = &self.flight {
            return Step::Await(flight.arrival.clone());
        }
        match &self.failure {
            Some(failure) if now < failure.until => {
                Step::Fail(failure.error.clone().with_retry_after(failure.until - now))
            }
            _ => Step::Start(self.depart()),
        }
    }

    /// For a reader of a good token that is due: `None` if there is nothing to do now.
    pub(super) fn renew_ahead(&mut self, now: Duration) -> Option<Departure> {
        match self.need(now) {
            Step::Start(departure) => Some(departure),
            Step::Await(_) | Step::Fail(_) => None,
        }
    }

    /// For a caller whose token was refused: `None` if it is too early to force another renewal.
    pub(super) fn force(&mut self, now: Duration, policy: &RenewalPolicy) -> Option<Step> {
        if self.flight.is_none() {
            if now < self.no_forced_flight_before {
                return None;
            }
            self.no_forced_flight_before = now + policy.refusal_interval();
        }
        Some(self.need(now))
    }

    /// Whether a flight's token may be kept, and the number that makes it the newest.
    pub(super) fn next_generation(&mut self) -> u64 {
        self.last_generation += 1;
        self.last_generation
    }

    /// Ends a flight with its outcome; tells whether the outcome is to be kept.
    pub(super) fn land(&mut self, number: u64, outcome: &Outcome, now: Duration, policy: &RenewalPolicy) -> bool {
        let Some(flight) = self.flight.take_if(|flight| flight.number == number) else { return false };
        if flight.unwanted {
            return false;
        }
        match outcome {
            Ok(_) => self.succeeded(),
            Err(error) => {
                self.failures = self.failures.saturating_add(1);
                let pause = policy.pause_after(self.failures, error.retry_after(), fastrand::f64());
                self.failure = Some(Failure { error: error.clone(), until: now + pause });
            }
        }
        true
    }

    /// Ends a flight that has no outcome: its runtime is gone.
    pub(super) fn lose(&mut self, number: u64) {
        self.flight.take_if(|flight| flight.number == number);
    }

    /// A token came from elsewhere, or a flight brought one: failures are history.
    pub(super) fn succeeded(&mut self) {
        self.failures = 0;
        self.failure = None;
    }

    /// Forgets everything but the flight, whose outcome is no longer wanted.
    pub(super) fn clear(&mut self) {
        self.succeeded();
        self.no_forced_flight_before = Duration::ZERO;
        if let Some(flight) = &mut self.flight {
            flight.unwanted = true;
        }
    }

    /// When the pause after the last failure ends.
    pub(super) fn pause_ends(&self) -> Option<Duration> {
        self.failure.as_ref().map(|failure| failure.until)
    }

    fn depart(&mut self) -> Departure {
        self.last_flight += 1;
        let (announce, arrival) = watch::channel(None);
        self.flight = Some(Flight { number: self.last_flight, arrival: arrival.clone(), unwanted: false });
        Departure { number: self.last_flight, announce, arrival }
    }
}
