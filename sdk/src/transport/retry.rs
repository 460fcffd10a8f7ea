use std::time::Duration;

use http::StatusCode;

use super::Answer;
use crate::error::{Error, Kind, Result};
use crate::wire::retry_after;

/// Whether a request may be sent again after the server has, or may have, seen it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Repeat {
    /// After 429 and 503 with `Retry-After`: the server said that it did nothing.
    WhenRefused,
    /// Never: it spends something that can be spent once, a rotating refresh token or a code (RFC 9700 §4.14).
    Never,
}

/// Three tries in all: one lost connection or one busy moment is common, more is an outage, and that is for the
/// back-off above to handle.
const MOST_TRIES: u32 = 3;
/// A longer `Retry-After` goes to the caller instead of being waited for.
const LONGEST_PAUSE: Duration = Duration::from_secs(5);
const FIRST_PAUSE: Duration = Duration::from_millis(100);

/// The tries of one request.
pub(crate) struct Tries {
    repeat: Repeat,
    made: u32,
}

impl Tries {
    pub(crate) fn new(repeat: Repeat) -> Self {
        Self { repeat, made: 0 }
    }

    /// How many have ended.
    pub(crate) fn made(&self) -> u32 {
        self.made
    }

    /// Whether to send again, after the pause that goes before that; if not, the outcome stands.
    pub(crate) async fn again(&mut self, outcome: &Result<Answer>) -> bool {
        match self.pause_before_next(outcome) {
            Some(pause) => {
                tokio::time::sleep(pause).await;
                true
            }
            None => false,
        }
    }

    fn pause_before_next(&mut self, outcome: &Result<Answer>) -> Option<Duration> {
        self.made += 1;
        if self.made >= MOST_TRIES {
            return None;
        }
        match outcome {
            Err(error) if was_never_sent(error) => Some(jittered(FIRST_PAUSE * 2_u32.pow(self.made - 1))),
            Ok(answer) if self.repeat == Repeat::WhenRefused && is_refusal(answer.status()) => {
                retry_after(answer.headers()).filter(|pause| *pause <= LONGEST_PAUSE)
            }
            _ => None,
        }
    }
}

fn was_never_sent(error: &Error) -> bool {
    error.kind() == Kind::Connect
}

fn is_refusal(status: StatusCode) -> bool {
    status == StatusCode::TOO_MANY_REQUESTS || status == StatusCode::SERVICE_UNAVAILABLE
}

/// Between half and the whole of it, so that clients that failed together do not come back together.
fn jittered(pause: Duration) -> Duration {
    pause.mul_f64(0.5 + fastrand::f64() / 2.0)
}
