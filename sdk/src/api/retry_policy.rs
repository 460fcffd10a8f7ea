use std::time::Duration;

use http::{HeaderName, StatusCode};
use reqwest::Request;

use super::ApiResponse;
use crate::error::{FailedTry, Result, StatusClass};
use crate::wire::wait_asked_for;

/// draft-ietf-httpapi-idempotency-key-header.
pub(super) const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// No request waits longer for its next try.
const MAX_BACKOFF: Duration = Duration::from_hours(1);

/// How often, and after which pauses, a request that failed is sent again; see
/// [`ApiClientBuilder::retry`](super::ApiClientBuilder::retry).
///
/// | what came | is sent again where |
/// |---|---|
/// | no connection | always: the API has not seen the request |
/// | 429, 503 | the request is idempotent |
/// | the connection broke | the request is idempotent |
/// | 502, 504, 520 to 530 | the request is `GET`, `HEAD`, `OPTIONS` or `TRACE`, or the program says that it may be repeated |
/// | anything else, 500 among it, and a time-out | never |
///
/// Idempotent are `GET`, `HEAD`, `OPTIONS`, `TRACE`, `PUT` and `DELETE` (RFC 9110 §9.2.2), and what the program says is so, by
/// [`idempotency_key`](super::ApiRequest::idempotency_key) or [`idempotent`](super::ApiRequest::idempotent). A body that is a stream is
/// sent once. A failure to get a token is no failure of the request: the credentials have a policy of their own
/// ([`RefreshPolicy`](crate::credentials::RefreshPolicy)).
///
/// The pause doubles from try to try, with jitter, and is never shorter than what the API asks for (`Retry-After`, RFC 9110 §10.2.3, or a
/// [rate limit](super::RateLimit) that is used up). If it would
/// end after the request's [time-out](super::ApiRequest::timeout), the failure stands at once.
///
/// ```
/// use std::time::Duration;
/// use grantkit::api::RetryPolicy;
///
/// let patient = RetryPolicy::new().with_max_retries(5).with_backoff(Duration::from_millis(200), Duration::from_secs(20));
/// assert_ne!(patient, RetryPolicy::never());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "give it to `.retry(..)`"]
pub struct RetryPolicy {
    max_retries: u32,
    initial_backoff: Duration,
    max_backoff: Duration,
}

/// Whether a request may be sent again that the API may have seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Repeatable {
    Never,
    /// The second time changes nothing more, but may have another answer: what a `DELETE` deleted is not there.
    Idempotent,
    /// It changes nothing, or the API or the program takes care that it is done once.
    Safe,
}

impl RetryPolicy {
    /// Three retries, after pauses of 100 ms doubling to 10 s at the most.
    pub fn new() -> Self {
        Self { max_retries: 3, initial_backoff: Duration::from_millis(100), max_backoff: Duration::from_secs(10) }
    }

    /// Each request is sent once.
    pub fn never() -> Self {
        Self::new().with_max_retries(0)
    }

    /// How often a request is sent again at the most.
    pub fn with_max_retries(mut self, retries: u32) -> Self {
        self.max_retries = retries;
        self
    }

    /// The first pause, and the longest one; each is shortened by up to a half (jitter), so that clients that failed together do not come
    /// back together.
    pub fn with_backoff(mut self, initial: Duration, max: Duration) -> Self {
        self.initial_backoff = initial.min(MAX_BACKOFF);
        self.max_backoff = max.min(MAX_BACKOFF);
        self
    }

    pub(super) fn is_never(self) -> bool {
        self.max_retries == 0
    }

    /// How long to wait before the next try, after `made` retries; `None` where the outcome stands.
    pub(super) fn pause(self, made: u32, repeatable: Repeatable, outcome: &Result<ApiResponse>) -> Option<Duration> {
        let (needed, asked) = match outcome {
            Err(error) => (Repeatable::needed_after_error(FailedTry::of_error(error))?, None),
            Ok(response) => {
                let status = response.status();
                (Repeatable::needed_after(status)?, wait_asked_for(status, response.headers()))
            }
        };
        (made < self.max_retries && repeatable >= needed).then(|| self.backoff_before(made, asked))
    }

    fn backoff_before(self, made: u32, asked: Option<Duration>) -> Duration {
        let doubled = 2_u32.checked_pow(made).and_then(|factor| self.initial_backoff.checked_mul(factor));
        let backoff = doubled.unwrap_or(self.max_backoff).min(self.max_backoff);
        let own = backoff.mul_f64(0.5 + fastrand::f64() / 2.0);
        match asked {
            // Not all at the very moment that the API named to all.
            Some(asked) if asked >= own => asked.saturating_add(self.initial_backoff.mul_f64(fastrand::f64())),
            _ => own,
        }
    }
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self::new()
    }
}

impl Repeatable {
    pub(super) fn of(request: &Request, is_idempotent: bool) -> Self {
        if is_idempotent || request.method().is_safe() || request.headers().contains_key(IDEMPOTENCY_KEY) {
            Self::Safe
        } else if request.method().is_idempotent() {
            Self::Idempotent
        } else {
            Self::Never
        }
    }

    fn needed_after_error(failed: FailedTry) -> Option<Self> {
        match failed {
            FailedTry::NotSent => Some(Self::Never),
            FailedTry::Lost => Some(Self::Idempotent),
            FailedTry::RateLimited | FailedTry::Unavailable | FailedTry::ServerError | FailedTry::Final => None,
        }
    }

    fn needed_after(status: StatusCode) -> Option<Self> {
        match StatusClass::of(status) {
            StatusClass::RateLimited | StatusClass::Unavailable => Some(Self::Idempotent),
            StatusClass::GatewayLostServer => Some(Self::Safe),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn pause_doubles_up_to_the_max_and_is_no_shorter_than_asked_for() {
        let policy = RetryPolicy::new().with_backoff(Duration::from_millis(100), Duration::from_secs(1));
        for _ in 0..100 {
            for (made, longest) in [(0, 100), (1, 200), (2, 400), (3, 800), (4, 1000), (40, 1000), (u32::MAX, 1000)] {
                let longest = Duration::from_millis(longest);
                let pause = policy.backoff_before(made, None);
                assert!(pause >= longest / 2 && pause <= longest, "{made}: {pause:?}");
            }
            let asked = Duration::from_secs(7);
            let pause = policy.backoff_before(0, Some(asked));
            assert!(pause >= asked && pause <= asked + Duration::from_millis(100), "{pause:?}");
            assert!(policy.backoff_before(4, Some(Duration::ZERO)) >= Duration::from_millis(500));
        }
        let pauses: HashSet<_> = (0..100).map(|_| policy.backoff_before(2, None)).collect();
        let asked: HashSet<_> = (0..100).map(|_| policy.backoff_before(2, Some(Duration::from_secs(7)))).collect();
        assert!(pauses.len() > 50 && asked.len() > 50, "jitter: {} and {} of 100 differ", pauses.len(), asked.len());
        let endless = RetryPolicy::new().with_backoff(Duration::MAX, Duration::MAX);
        assert!(endless.backoff_before(3, Some(Duration::MAX)) > Duration::from_secs(1));
    }
}
