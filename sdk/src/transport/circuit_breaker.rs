use std::time::Duration;

use tokio::time::Instant;

use super::baseline_rate::BaselineRate;
use crate::error::Error;

#[cfg(test)]
mod tests;

/// Whether an endpoint is asked, after it has failed again and again: no clock, no lock, no await; times and chance are given in.
///
/// It opens after a row of failures, and refuses all requests for a while. Then one goes through, as a trial: if that fails
/// too, the next while is twice as long. If it is answered, requests go again, but for some minutes not many more a second
/// than before the failures: all that fell due meanwhile would come at once, from every process of a fleet.
#[derive(Debug, Default)]
pub(super) struct CircuitBreaker {
    state: State,
    baseline: BaselineRate,
    /// Counts the trials, so that what comes of an earlier one is not taken for this one's.
    round: u32,
}

#[derive(Debug)]
enum State {
    Closed { failures: u32 },
    Open { until: Instant, pause: Duration, why: Error },
    HalfOpen { since: Option<Instant>, pause: Duration, why: Error },
    Recovering { failures: u32, since: Instant, next: Instant, last_wait: Instant, why: Error },
}

/// The leave to send one request, at once or a little later; in which round of trials, if it is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Admission {
    round: Option<u32>,
    pub(super) not_before: Instant,
}

/// No request is to be sent before the time given, because of this.
#[derive(Debug)]
pub(super) struct Rejection {
    pub(super) retry_after: Duration,
    pub(super) why: Error,
}

/// A request that cannot connect is tried three times: these are four of them.
const FAILURE_THRESHOLD: u32 = 10;
const INITIAL_BACKOFF: Duration = Duration::from_secs(1);
const MAX_BACKOFF: Duration = Duration::from_secs(30);
/// How long those wait who find a trial under way.
const TRIAL: Duration = Duration::from_secs(1);
/// The runtime of a trial that takes longer, twice what a request may take, is not driven: the next caller makes another.
const MAX_TRIAL: Duration = Duration::from_mins(1);

/// A server that comes back gets so many times as many requests as before at the most …
const OVER_USUAL: f64 = 3.0;
/// … and one a second in any case. …
const MIN_RATE: f64 = 1.0;
/// If the usual rate is unknown, it begins with so many a second, and twice as many each time that this passes. …
const FIRST_RATE: f64 = 10.0;
const DOUBLES_EVERY: Duration = Duration::from_secs(10);
/// … So many go at once when there was nothing to do.
const BURST: f64 = 5.0;
/// Who would have to wait longer for their turn is told to come again.
const MAX_WAIT: Duration = Duration::from_secs(5);
/// No caller has had to wait for so long: the backlog is done.
const CALM: Duration = Duration::from_secs(30);
/// A server that is well does not hold its clients back for longer.
const MAX_RECOVERY: Duration = Duration::from_mins(10);

impl Default for State {
    fn default() -> Self {
        Self::Closed { failures: 0 }
    }
}

impl CircuitBreaker {
    /// The server is asked, and answers.
    pub(super) fn is_closed(&self) -> bool {
        matches!(self.state, State::Closed { .. } | State::Recovering { .. })
    }

    /// Nothing is known of the server that would be of use: it is well, and has not been asked for a while.
    pub(super) fn is_idle(&self, now: Instant) -> bool {
        matches!(self.state, State::Closed { failures: 0 }) && self.baseline.is_idle(now)
    }

    /// Before a request is sent; `random` is in 0..1.
    pub(super) fn admit(&mut self, now: Instant, random: f64) -> Result<Admission, Rejection> {
        let at_once = Admission { round: None, not_before: now };
        match &mut self.state {
            State::Closed { .. } => {
                self.baseline.count(now);
                Ok(at_once)
            }
            State::Open { until, pause, why } if now < *until => {
                // Spread over as long again: who was refused together does not come back together.
                Err(Rejection { retry_after: *until - now + pause.mul_f64(random), why: why.clone() })
            }
            State::Open { pause, why, .. } => {
                self.state = State::HalfOpen { since: None, pause: *pause, why: why.clone() };
                self.admit(now, random)
            }
            State::HalfOpen { since: Some(since), why, .. } if now.duration_since(*since) < MAX_TRIAL => {
                Err(Rejection { retry_after: TRIAL.mul_f64(0.5 + random), why: why.clone() })
            }
            State::HalfOpen { since, .. } => {
                *since = Some(now);
                self.round = self.round.wrapping_add(1);
                Ok(Admission { round: Some(self.round), ..at_once })
            }
            State::Recovering { since, last_wait, .. }
                if now.duration_since(*last_wait) > CALM || now.duration_since(*since) > MAX_RECOVERY =>
            {
                self.state = State::default();
                self.admit(now, random)
            }
            State::Recovering { since, next, last_wait, why, .. } => {
                let rate = match self.baseline.per_second() {
                    Some(baseline) => (baseline * OVER_USUAL).max(MIN_RATE),
                    None => FIRST_RATE * now.duration_since(*since).div_duration_f64(DOUBLES_EVERY).exp2(),
                };
                let turn = (*next).max(now);
                let not_before = turn.checked_sub(Duration::from_secs_f64(BURST / rate)).unwrap_or(now).max(now);
                let wait = not_before - now;
                if !wait.is_zero() {
                    *last_wait = now;
                }
                if wait > MAX_WAIT {
                    return Err(Rejection { retry_after: wait.mul_f64(1.0 + random), why: why.clone() });
                }
                *next = turn + Duration::from_secs_f64(1.0 / rate);
                Ok(Admission { round: None, not_before })
            }
        }
    }

    /// The server answered, whatever it said.
    pub(super) fn answered(&mut self, admission: Admission, now: Instant) {
        match &mut self.state {
            State::Closed { failures } | State::Recovering { failures, .. } => *failures = 0,
            State::HalfOpen { why, .. } if admission.round == Some(self.round) => {
                let why = why.clone();
                self.state = State::Recovering { failures: 0, since: now, next: now, last_wait: now, why };
            }
            // To a request from before.
            State::Open { .. } | State::HalfOpen { .. } => {}
        }
    }

    /// It did not, or only to say that it cannot.
    pub(super) fn failed(&mut self, admission: Admission, why: Error, now: Instant) {
        let longer = match &mut self.state {
            State::Closed { failures } | State::Recovering { failures, .. } if *failures + 1 < FAILURE_THRESHOLD => {
                *failures += 1;
                return;
            }
            State::Closed { .. } => {
                self.baseline.close(now);
                INITIAL_BACKOFF
            }
            State::Recovering { .. } => INITIAL_BACKOFF,
            State::HalfOpen { pause, .. } if admission.round == Some(self.round) => (*pause * 2).min(MAX_BACKOFF),
            // Of a request from before.
            State::Open { .. } | State::HalfOpen { .. } => return,
        };
        let pause = why.retry_after().map_or(longer, |asked_for| asked_for.clamp(longer, MAX_BACKOFF));
        self.state = State::Open { until: now + pause, pause: longer, why };
    }

    /// Its outcome is unknown: the caller dropped it.
    pub(super) fn cancel(&mut self, admission: Admission) {
        if let State::HalfOpen { since, .. } = &mut self.state
            && admission.round == Some(self.round)
        {
            *since = None;
        }
    }
}
