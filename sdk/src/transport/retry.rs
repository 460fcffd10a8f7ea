use std::time::Duration;

use super::Answer;
use crate::error::{FailedTry, Result};
use crate::http_client::Pool;
use crate::sending;
use crate::wire::retry_after;

/// Whether a request may be sent again after the server has, or may have, seen it.
///
/// What was certainly not sent is sent again in any case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Repeat {
    /// Never: it spends something that can be spent once, a rotating refresh token or a code (RFC 9700 §4.14).
    Never,
    /// After 429 and 503 with `Retry-After`: the server said that it did nothing.
    WhenRefused,
    /// Once after a lost connection as well: what it asks for may be given twice.
    AfterLoss,
    /// Once after a status of 500 and above as well: it is a `GET`, and changes nothing (RFC 9110 §9.2.2).
    Idempotent,
}

/// Three tries in all: one lost connection or one busy moment is common, more is an outage, and that is for the
/// back-off above to handle.
const MAX_TRIES: u32 = 3;
/// A longer `Retry-After` goes to the caller instead of being waited for.
const MAX_BACKOFF: Duration = Duration::from_secs(5);
const INITIAL_BACKOFF: Duration = Duration::from_millis(100);

impl Repeat {
    /// A kept connection may end as the request goes out: that is for those only that may be sent again then.
    pub(super) fn pool(self) -> Pool {
        match self {
            Self::Never | Self::WhenRefused => Pool::Fresh,
            Self::AfterLoss | Self::Idempotent => Pool::Kept,
        }
    }

    /// Whether those have to know that it is about to be sent who keep what it spends.
    pub(super) fn spends(self) -> bool {
        self == Self::Never
    }
}

/// The tries of one request.
pub(crate) struct Tries {
    repeat: Repeat,
    made: u32,
    /// It was sent again though the server may have acted on it.
    was_repeated: bool,
}

impl Tries {
    pub(crate) fn new(repeat: Repeat) -> Self {
        Self { repeat, made: 0, was_repeated: false }
    }

    pub(crate) fn repeat(&self) -> Repeat {
        self.repeat
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
        if self.made >= MAX_TRIES {
            return None;
        }
        let soon = jittered(INITIAL_BACKOFF * 2_u32.pow(self.made - 1));
        let (failed, retry_after) = match outcome {
            // It was held back, and will be.
            Err(_) if sending::forbidden().is_some() => return None,
            Err(error) => (FailedTry::of_error(error), None),
            Ok(answer) => (FailedTry::of_status(answer.status()), retry_after(answer.headers())),
        };
        match failed {
            FailedTry::NotSent => Some(soon),
            FailedTry::RateLimited | FailedTry::Unavailable
                if self.repeat != Repeat::Never && retry_after.is_some() =>
            {
                retry_after.filter(|pause| *pause <= MAX_BACKOFF)
            }
            FailedTry::Lost => self.once_more(Repeat::AfterLoss, soon),
            FailedTry::Unavailable | FailedTry::ServerError => self.once_more(Repeat::Idempotent, soon),
            FailedTry::RateLimited | FailedTry::Final => None,
        }
    }

    /// Where the request may be repeated so far.
    fn once_more(&mut self, needed: Repeat, pause: Duration) -> Option<Duration> {
        let may_be = match self.repeat {
            Repeat::Never | Repeat::WhenRefused => false,
            Repeat::AfterLoss => needed == Repeat::AfterLoss,
            Repeat::Idempotent => true,
        };
        (may_be && !std::mem::replace(&mut self.was_repeated, true)).then_some(pause)
    }
}

/// Between half and the whole of it, so that clients that failed together do not come back together.
fn jittered(pause: Duration) -> Duration {
    pause.mul_f64(0.5 + fastrand::f64() / 2.0)
}
