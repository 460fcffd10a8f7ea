use std::time::Duration;

use tokio::time::Instant;

use crate::error::Error;

#[cfg(test)]
mod tests;

/// Whether a server is asked, after it has failed again and again: no clock, no lock, no await; times and chance are given in.
///
/// It opens after a row of failures, and refuses all requests for a while. Then one goes through, as a trial: if that fails
/// too, the next while is twice as long. If it is answered, two may go, then more with each answer, so that all those who
/// have waited do not come at once.
#[derive(Debug, Default)]
pub(super) struct Circuit {
    state: State,
    /// Counts the trials, so that what comes of an earlier one is not taken for this one's.
    round: u32,
}

#[derive(Debug)]
enum State {
    Closed { failures: u32 },
    Open { until: Instant, pause: Duration, why: Error },
    Trying { allowed: u32, under_way: u32, pause: Duration, why: Error },
}

/// The leave to send one request; in which round of trials, if it is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Leave {
    round: Option<u32>,
}

/// No request is to be sent before the time given, because of this.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) retry_after: Duration,
    pub(super) why: Error,
}

/// A request that cannot connect is tried three times: these are four of them.
const FAILURES: u32 = 10;
const FIRST_PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// So many requests at a time, each answered, and the server is taken for well.
const WELL: u32 = 32;
/// How long those wait who find the trials under way.
const TRIAL: Duration = Duration::from_secs(1);

impl Default for State {
    fn default() -> Self {
        Self::Closed { failures: 0 }
    }
}

impl Circuit {
    /// Nothing is held against the server.
    pub(super) fn is_well(&self) -> bool {
        matches!(self.state, State::Closed { failures: 0 })
    }

    /// Requests go through without being counted.
    pub(super) fn is_closed(&self) -> bool {
        matches!(self.state, State::Closed { .. })
    }

    /// For somebody who is about to send; `random` is in 0..1.
    pub(super) fn enter(&mut self, now: Instant, random: f64) -> Result<Leave, Refusal> {
        match &mut self.state {
            State::Closed { .. } => Ok(Leave { round: None }),
            State::Open { until, pause, why } if now < *until => {
                // Spread over as long again: who was refused together does not come back together.
                Err(Refusal { retry_after: *until - now + pause.mul_f64(random), why: why.clone() })
            }
            State::Open { pause, why, .. } => {
                self.round = self.round.wrapping_add(1);
                self.state = State::Trying { allowed: 1, under_way: 1, pause: *pause, why: why.clone() };
                Ok(Leave { round: Some(self.round) })
            }
            State::Trying { allowed, under_way, .. } if *under_way < *allowed => {
                *under_way += 1;
                Ok(Leave { round: Some(self.round) })
            }
            State::Trying { why, .. } => Err(Refusal { retry_after: TRIAL.mul_f64(0.5 + random), why: why.clone() }),
        }
    }

    /// The server answered, whatever it said.
    pub(super) fn answered(&mut self, leave: Leave) {
        self.leave(leave);
        match &mut self.state {
            State::Closed { failures } => *failures = 0,
            // To a request from before.
            State::Open { .. } => {}
            State::Trying { allowed, .. } if *allowed < WELL => *allowed += 1,
            State::Trying { .. } => self.state = State::default(),
        }
    }

    /// It did not, or only to say that it cannot.
    pub(super) fn failed(&mut self, leave: Leave, why: Error, now: Instant) {
        self.leave(leave);
        let longer = match &mut self.state {
            State::Closed { failures } if *failures + 1 < FAILURES => {
                *failures += 1;
                return;
            }
            State::Closed { .. } => FIRST_PAUSE,
            State::Trying { pause, .. } if leave.round == Some(self.round) => (*pause * 2).min(LONGEST_PAUSE),
            // Of a request from before.
            State::Open { .. } | State::Trying { .. } => return,
        };
        let pause = why.retry_after().map_or(longer, |asked_for| asked_for.clamp(longer, LONGEST_PAUSE));
        self.state = State::Open { until: now + pause, pause: longer, why };
    }

    /// Nobody knows what came of it: whoever sent it went away.
    pub(super) fn leave(&mut self, leave: Leave) {
        if let State::Trying { under_way, .. } = &mut self.state
            && leave.round == Some(self.round)
        {
            *under_way = under_way.saturating_sub(1);
        }
    }
}
