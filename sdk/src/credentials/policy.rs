use std::sync::{Arc, LazyLock};
use std::time::Duration;

use super::refresh_token::AfterLostResponse;

/// When a token is refreshed, and how a failing server is backed off from.
///
/// With the defaults, a token with a lifetime of an hour is refreshed four to five minutes before it expires, one of two seconds half a
/// second before.
///
/// Each token has a circuit breaker with exponential back-off and jitter, which opens with the first failure. While it is open,
/// callers get the last error at once, with the time that is left ([`retry_after`](crate::Error::retry_after)); then one trial request
/// is sent for all callers (half-open). A token closes it, another failure doubles the pause. That is so for permanent errors too, such
/// as `invalid_client`: once their cause is fixed, the next trial succeeds, and nothing has to be rebuilt. Besides, the clients of an
/// endpoint share a circuit breaker in [`Transport`](crate::transport::Transport).
#[derive(Clone, Copy, Debug, PartialEq)]
#[must_use]
pub struct RefreshPolicy {
    refresh_ahead: Duration,
    initial_backoff: Duration,
    max_backoff: Duration,
    min_forced_refresh_interval: Duration,
    request_timeout: Duration,
    after_lost_response: Option<AfterLostResponse>,
    leeway: Duration,
    spends_without_store: bool,
    refresh_token_retention: Duration,
}

/// The lead adapts to short lifetimes: a quarter of the life at most.
const LEAD_SHARE: u32 = 4;
/// Renewals of clients that started together spread over a tenth of the life (and tries of those that were told the same
/// `Retry-After`, over a tenth of that), …
const JITTER_SHARE: u32 = 10;
/// … and over a minute at most.
const MAX_JITTER: Duration = Duration::from_mins(1);
/// A token is not handed out in its last moments, in which it would expire on the way: a fiftieth of the life, …
const SLACK_SHARE: u32 = 50;
/// … and a second at most.
const MAX_SLACK: Duration = Duration::from_secs(1);
/// Whatever the leeway, this share of a token's life is left to use it in.
const MIN_USE_SHARE: u32 = 10;
/// No pause is longer. A server that asks to be left alone for longer may be back, or its clock was wrong.
const MAX_PAUSE: Duration = Duration::from_hours(1);
const MAX_PAUSE_BEFORE_SENDING_AGAIN: Duration = Duration::from_secs(2);
/// The system clock is read to the tick, of 10 ms at the most.
const CLOCK_GRAIN: Duration = Duration::from_millis(10);

impl Default for RefreshPolicy {
    fn default() -> Self {
        Self {
            refresh_ahead: Duration::from_mins(4),
            initial_backoff: Duration::from_millis(500),
            max_backoff: Duration::from_mins(1),
            min_forced_refresh_interval: Duration::from_secs(5),
            // Twice what a `Transport` allows one request: a refresh that was refused, and the request after it.
            request_timeout: Duration::from_mins(1),
            after_lost_response: None,
            leeway: Duration::ZERO,
            spends_without_store: false,
            // Longer than most servers keep an unused login, and an end.
            refresh_token_retention: Duration::from_hours(400 * 24),
        }
    }
}

impl RefreshPolicy {
    /// One copy of the default for all who have it: a process may have a hundred thousand clients.
    pub(super) fn into_shared(self) -> Arc<Self> {
        static DEFAULT: LazyLock<Arc<RefreshPolicy>> = LazyLock::new(Arc::default);
        if self == **DEFAULT { Arc::clone(&DEFAULT) } else { Arc::new(self) }
    }

    /// How long before its expiry a long-lived token is refreshed; 240 s unless set. For short-lived tokens it is at most a quarter of
    /// the lifetime.
    pub fn with_refresh_ahead(mut self, time: Duration) -> Self {
        self.refresh_ahead = time;
        self
    }

    /// Exponential back-off: the pause after a first failure, which doubles with each further one up to `max`; 0.5 s and 60 s
    /// unless set. A longer `Retry-After` wins. Jitter of up to a tenth of it, at most a minute, is added: a server that limits requests
    /// per minute gives all its clients the same end. No pause is longer than an hour.
    pub fn with_backoff(mut self, initial: Duration, max: Duration) -> Self {
        self.initial_backoff = initial;
        self.max_backoff = max.max(initial);
        self
    }

    /// The minimum time between two refreshes that a rejection (401) forces; 5 s unless set.
    pub fn with_min_forced_refresh_interval(mut self, interval: Duration) -> Self {
        self.min_forced_refresh_interval = interval;
        self
    }

    /// How long obtaining a token may take in all, whatever the client does for it; 60 s unless set.
    ///
    /// The runtime needs timers (`enable_time`), as for any request of this crate.
    ///
    /// It is for clients that never return, and for runtimes that are not driven any more: after it, waiting callers get an error that
    /// [`is_timeout`](crate::Error::is_timeout), and after the back-off the next caller starts another request. A refresh that was under
    /// way counts as one whose answer was lost, if its request had been sent.
    pub fn with_request_timeout(mut self, limit: Duration) -> Self {
        self.request_timeout = limit;
        self
    }

    /// What to do with a refresh token whose use was not answered; [`AfterLostResponse::RetryOnce`] unless set, or unless more is known
    /// of the provider
    /// ([`ClientBuilder::refresh_token_rotation`](crate::client::ClientBuilder::refresh_token_rotation)).
    ///
    /// ```
    /// use grantkit::credentials::{AfterLostResponse, RefreshPolicy};
    ///
    /// let policy = RefreshPolicy::default().with_after_lost_response(AfterLostResponse::Never);
    /// ```
    pub fn with_after_lost_response(mut self, rule: AfterLostResponse) -> Self {
        self.after_lost_response = Some(rule);
        self
    }

    /// Leeway for clock skew: how long before its expiry a token is not used any more; it is refreshed earlier than that. Unless set,
    /// the last fiftieth of its lifetime, at most a second.
    ///
    /// For APIs whose clock is ahead, or that count whole seconds: with tokens of two seconds, a leeway of one. A tenth of a token's
    /// lifetime is left in any case.
    pub fn with_leeway(mut self, leeway: Duration) -> Self {
        self.leeway = leeway;
        self
    }

    /// How long a [`TokenStore`](super::TokenStore) keeps an unused refresh token; 400 days unless set.
    pub fn with_refresh_token_retention(mut self, time: Duration) -> Self {
        self.refresh_token_retention = time;
        self
    }

    /// Spends a rotating refresh token also while the [`TokenStore`](super::TokenStore) cannot be reached, or has lost it, and returns
    /// the new access token although its refresh token is in this process's memory only.
    ///
    /// Safe only if one process at a time uses the login: of two, one sends a token that the other has spent, which servers take for
    /// theft (RFC 9700 §4.14). Without this, such a login waits for the store.
    pub fn danger_spend_refresh_token_without_store(mut self) -> Self {
        self.spends_without_store = true;
        self
    }

    pub(super) fn refresh_token_retention(&self) -> Duration {
        self.refresh_token_retention
    }

    pub(super) fn spends_without_store(&self) -> bool {
        self.spends_without_store
    }

    pub(super) fn request_timeout(&self) -> Duration {
        self.request_timeout
    }

    /// For waiting callers: the flight ends first, unless its runtime is not driven.
    pub(super) fn max_wait(&self) -> Duration {
        self.request_timeout.saturating_add(self.request_timeout / 10)
    }

    pub(super) fn min_forced_refresh_interval(&self) -> Duration {
        self.min_forced_refresh_interval
    }

    pub(super) fn lost_answer_rule(&self) -> Option<AfterLostResponse> {
        self.after_lost_response
    }

    /// Servers' grace periods are short, and a moment's trouble is over in a moment.
    pub(super) fn pause_before_sending_again(&self) -> Duration {
        self.initial_backoff.min(MAX_PAUSE_BEFORE_SENDING_AGAIN)
    }

    /// After how much of its life a token is renewed; `random` is in 0..1.
    pub(super) fn renew_after(&self, lifetime: Duration, random: f64) -> Duration {
        let usable = lifetime.saturating_sub(self.leeway_of(lifetime));
        let jitter = (usable / JITTER_SHARE).min(MAX_JITTER).mul_f64(random);
        let lead = (usable / LEAD_SHARE).min(self.refresh_ahead);
        usable.saturating_sub(lead).saturating_sub(jitter)
    }

    /// After how much of its life a token is no longer handed out.
    pub(super) fn expire_after(&self, lifetime: Duration) -> Duration {
        let slack = (lifetime / SLACK_SHARE).min(MAX_SLACK).max(self.leeway_of(lifetime));
        lifetime.saturating_sub(slack).saturating_sub(CLOCK_GRAIN)
    }

    fn leeway_of(&self, lifetime: Duration) -> Duration {
        self.leeway.min(lifetime.saturating_sub(lifetime / MIN_USE_SHARE))
    }

    /// How long to leave the server alone after so many failures in a row; `random` is in 0..1.
    pub(super) fn pause_after(&self, failures: u32, asked_for: Option<Duration>, random: f64) -> Duration {
        let doubled = self.initial_backoff.saturating_mul(2_u32.saturating_pow(failures.saturating_sub(1).min(16)));
        // Half of it is fixed, half random: clients that failed together do not come back together.
        let half = doubled.min(self.max_backoff) / 2;
        let pause = half + half.mul_f64(random);
        let spread = |asked_for: Duration| (asked_for / JITTER_SHARE).min(MAX_JITTER).mul_f64(random);
        let asked_for = asked_for.map_or(Duration::ZERO, |asked_for| match asked_for {
            // Clients do not come back together after an hour either.
            too_long if too_long > MAX_PAUSE => MAX_PAUSE.saturating_sub(spread(MAX_PAUSE)),
            asked_for => asked_for.saturating_add(spread(asked_for)),
        });
        asked_for.max(pause).min(MAX_PAUSE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lead_adapts_to_short_lifetimes() {
        let policy = RefreshPolicy::default();
        for (lifetime, earliest, latest) in [(3600.0, 3300.0, 3360.0), (60.0, 39.0, 45.0), (2.0, 1.3, 1.5)] {
            let renew = |random| policy.renew_after(Duration::from_secs_f64(lifetime), random).as_secs_f64();
            assert!((renew(0.0) - latest).abs() < 1e-6 && (renew(1.0) - earliest).abs() < 1e-6, "{lifetime}");
            assert!(renew(0.0) < policy.expire_after(Duration::from_secs_f64(lifetime)).as_secs_f64());
        }
    }

    #[test]
    fn pauses_double_up_to_the_longest_and_obey_the_server() {
        let policy = RefreshPolicy::default();
        let pause = |failures| policy.pause_after(failures, None, 1.0).as_millis();
        assert_eq!([pause(1), pause(2), pause(3), pause(30), pause(u32::MAX)], [500, 1000, 2000, 60_000, 60_000]);
        let told = |seconds, random| policy.pause_after(1, Some(Duration::from_secs(seconds)), random);
        assert_eq!([told(90, 0.0), told(90, 1.0), told(3600, 1.0)].map(|pause| pause.as_secs()), [90, 99, 3600]);
    }

    #[test]
    fn a_pause_is_no_longer_than_an_hour_by_server_and_by_policy() {
        let policy = RefreshPolicy::default();
        for asked_for in [Duration::from_secs(3599), Duration::from_hours(2), Duration::from_hours(24), Duration::MAX] {
            for random in [0.0, 0.5, 1.0] {
                let pause = policy.pause_after(1, Some(asked_for), random);
                assert!(pause <= MAX_PAUSE && pause + MAX_JITTER >= MAX_PAUSE, "{asked_for:?}: {pause:?}");
            }
        }
        let policy = policy.with_backoff(Duration::from_hours(2), Duration::MAX);
        for failures in [1, 2, 30] {
            assert_eq!(policy.pause_after(failures, None, 1.0), MAX_PAUSE, "{failures}");
        }
    }

    #[test]
    fn a_leeway_goes_beyond_the_usual_share_of_a_life() {
        let policy = RefreshPolicy::default().with_leeway(Duration::from_secs(1));
        let life = Duration::from_secs(2);
        assert_eq!(policy.expire_after(life) + CLOCK_GRAIN, Duration::from_secs(1));
        for random in [0.0, 1.0] {
            assert!(policy.renew_after(life, random) < policy.expire_after(life));
        }
        // It is still handed out.
        let policy = RefreshPolicy::default().with_leeway(Duration::from_mins(5));
        assert!(
            policy.expire_after(life) >= Duration::from_millis(150) && policy.renew_after(life, 1.0) > Duration::ZERO
        );
        assert_eq!(policy.expire_after(Duration::from_hours(1)) + CLOCK_GRAIN, Duration::from_mins(55));
    }
}
