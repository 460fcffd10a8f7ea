//! Asking the token endpoint whether a person is done: one set of rules for every grant where they act elsewhere
//! (RFC 8628 §3.5, OpenID Connect CIBA Core §11).

use std::time::{Duration, UNIX_EPOCH};

use serde::{Deserialize, Serialize};
use tokio::time::Instant;

use super::{RequestParameters, TokenEndpoint};
use crate::error::{Error, OAuthFailure, Result};
use crate::text::ServerText;
use crate::time;
use crate::token::OAuthToken;
use crate::transport::Repeat;
use crate::wire::Form;

/// What the server does not say (RFC 8628 §3.2, CIBA Core §7.3).
pub(super) const USUAL_INTERVAL: u64 = 5;
/// What `slow_down` adds to the interval.
const SLOW_DOWN: Duration = Duration::from_secs(5);
/// Whatever a server asks for: not more often than this, and not so seldom that a person would give up.
const INTERVALS: (Duration, Duration) = (Duration::from_secs(1), Duration::from_mins(5));
/// A person may take days to sign a contract; a month is as good as any larger number, and sums with it do not overflow.
const MAX_LIFE: Duration = Duration::from_hours(30 * 24);

/// How often to ask, and until when. It serialises with the wall clock's time, as another process reads that.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(from = "Stored", into = "Stored")]
pub(super) struct Schedule {
    interval: Duration,
    ends: Instant,
}

#[derive(Serialize, Deserialize)]
struct Stored {
    /// In seconds.
    interval: u64,
    /// In seconds since 1970-01-01T00:00:00Z.
    expires_at: u64,
}

impl Schedule {
    /// A lifetime within bounds.
    pub(super) fn bounded(expires_in: Duration) -> Duration {
        expires_in.min(MAX_LIFE)
    }

    /// As the server said it, within bounds.
    pub(super) fn new(interval: Duration, expires_in: Duration) -> Self {
        let interval = interval.clamp(INTERVALS.0, INTERVALS.1);
        Self { interval, ends: Instant::now() + Self::bounded(expires_in) }
    }

    pub(super) fn interval(&self) -> Duration {
        self.interval
    }

    /// How long is left.
    pub(super) fn expires_in(&self) -> Duration {
        self.ends.saturating_duration_since(Instant::now())
    }

    fn lengthen(&mut self, interval: Duration) {
        self.interval = interval.min(INTERVALS.1);
    }

    /// How long to wait before the first question: whatever the interval, there is one before the end.
    fn first_pause(&self) -> Duration {
        self.interval.min(self.expires_in() / 2)
    }

    /// Waits for as long as that, or fails at the end.
    async fn pause(&self, pause: Duration) -> Result<()> {
        tokio::time::sleep_until(self.ends.min(Instant::now() + pause)).await;
        if Instant::now() >= self.ends {
            return Err(expired());
        }
        Ok(())
    }
}

impl From<Stored> for Schedule {
    fn from(stored: Stored) -> Self {
        let expires_at = UNIX_EPOCH.checked_add(Duration::from_secs(stored.expires_at)).unwrap_or(UNIX_EPOCH);
        let left = expires_at.duration_since(time::wall_clock()).unwrap_or_default();
        Self::new(Duration::from_secs(stored.interval), left)
    }
}

impl From<Schedule> for Stored {
    fn from(schedule: Schedule) -> Self {
        let expires_at = time::wall_clock() + schedule.expires_in();
        let expires_at = expires_at.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        Self { interval: schedule.interval.as_secs(), expires_at }
    }
}

/// By this machine's clock, as the server would say it (RFC 8628 §3.5, CIBA Core §11).
fn expired() -> Error {
    let failure = OAuthFailure { code: ServerText::new("expired_token"), description: None, uri: None };
    Error::login_required("the request expired before the person logged in: start again").with_oauth(failure)
}

/// What is asked: whether the person is done with what this secret stands for.
pub(super) struct PollRequest<'a> {
    pub(super) endpoint: &'a TokenEndpoint,
    pub(super) grant_type: &'static str,
    pub(super) parameter: &'static str,
    pub(super) secret: &'a str,
    /// What was asked for; the scope is known from the first request.
    pub(super) parameters: &'a RequestParameters,
}

impl PollRequest<'_> {
    /// Once; `None` if not yet.
    pub(super) async fn ask(&self, schedule: &mut Schedule) -> Result<Option<OAuthToken>> {
        let mut form = Form::new();
        form.push("grant_type", self.grant_type);
        form.push_secret(self.parameter, self.secret);
        self.parameters.append_extra_to(&mut form);
        // The answer may be lost that spends it.
        match self.endpoint.request(form, Repeat::Never).await {
            Ok(token) => Ok(Some(token)),
            Err(error) => match error.oauth_code() {
                Some("authorization_pending") => Ok(None),
                Some("slow_down") => {
                    schedule.lengthen(schedule.interval + SLOW_DOWN);
                    Ok(None)
                }
                _ => Err(error),
            },
        }
    }

    /// Until there is an answer. A lost connection or a busy server only makes it ask less often.
    pub(super) async fn poll_until_complete(&self, schedule: &mut Schedule) -> Result<OAuthToken> {
        let mut pause = schedule.first_pause();
        loop {
            schedule.pause(pause).await?;
            match self.ask(schedule).await {
                Ok(Some(token)) => return Ok(token),
                Ok(None) => pause = schedule.interval,
                Err(error) if error.is_retryable() => {
                    schedule.lengthen(schedule.interval * 2);
                    pause = schedule.interval.max(error.retry_after().unwrap_or_default());
                }
                Err(error) => return Err(error),
            }
        }
    }
}
