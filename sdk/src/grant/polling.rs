//! Asking the token endpoint whether a person is done: one set of rules for every grant where they act elsewhere
//! (RFC 8628 §3.5, OpenID Connect CIBA Core §11).

use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::time::Instant;

use super::RequestParameters;
use super::login::LoginServer;
use crate::error::{Error, OAuthFailure, Result};
use crate::text::ServerText;
use crate::time::Time;
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

/// How often to ask, and until when. It serialises with the time of day, as another process reads that.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(from = "Stored", into = "Stored")]
pub(super) struct Schedule {
    interval: Duration,
    /// Since 1970, by the client's clock.
    expires_at: Duration,
    /// The same by the timers of this process, once it waits: whichever comes first.
    ends: Option<Instant>,
    /// Whether this process has had the keys by which the ID token will be verified.
    is_prepared: bool,
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
    pub(super) fn new(interval: Duration, expires_in: Duration, time: &Time) -> Self {
        let expires_in = Self::bounded(expires_in);
        Self {
            interval: Self::bounded_interval(interval),
            expires_at: time.unix().saturating_add(expires_in),
            ends: Some(Instant::now() + expires_in),
            is_prepared: false,
        }
    }

    fn bounded_interval(interval: Duration) -> Duration {
        interval.clamp(INTERVALS.0, INTERVALS.1)
    }

    pub(super) fn interval(&self) -> Duration {
        self.interval
    }

    /// How long is left by the clock of the client.
    fn left(&self, time: &Time) -> Duration {
        let by_clock = Self::bounded(self.expires_at.saturating_sub(time.unix()));
        self.ends.map_or(by_clock, |ends| by_clock.min(ends.saturating_duration_since(Instant::now())))
    }

    /// How long is left where no client is known: by the timers of this process, or by the machine's clock where it waits for nothing
    /// yet.
    pub(super) fn expires_in(&self) -> Duration {
        match self.ends {
            Some(ends) => ends.saturating_duration_since(Instant::now()),
            None => self.left(&Time::System),
        }
    }

    fn lengthen(&mut self, interval: Duration) {
        self.interval = interval.min(INTERVALS.1);
    }

    /// How long to wait before the first question: whatever the interval, there is one before the end.
    fn first_pause(&self, time: &Time) -> Duration {
        self.interval.min(self.left(time) / 2)
    }

    /// Waits for as long as that, or fails at the end.
    async fn pause(&mut self, pause: Duration, time: &Time) -> Result<()> {
        let left = self.left(time);
        self.ends.get_or_insert_with(|| Instant::now() + left);
        tokio::time::sleep(pause.min(left)).await;
        // The clock may have moved on by itself meanwhile, as of a machine that was asleep.
        if pause >= left || self.left(time).is_zero() { Err(expired()) } else { Ok(()) }
    }
}

impl From<Stored> for Schedule {
    fn from(stored: Stored) -> Self {
        let interval = Self::bounded_interval(Duration::from_secs(stored.interval));
        Self { interval, expires_at: Duration::from_secs(stored.expires_at), ends: None, is_prepared: false }
    }
}

impl From<Schedule> for Stored {
    fn from(schedule: Schedule) -> Self {
        Self { interval: schedule.interval.as_secs(), expires_at: schedule.expires_at.as_secs() }
    }
}

/// By the client's clock, as the server would say it (RFC 8628 §3.5, CIBA Core §11).
fn expired() -> Error {
    let failure = OAuthFailure { code: ServerText::new("expired_token"), description: None, uri: None };
    Error::login_required("the request expired before the person logged in: start again").with_oauth(failure)
}

/// What is asked: whether the person is done with what this secret stands for.
pub(super) struct PollRequest<'a> {
    pub(super) server: &'a LoginServer,
    pub(super) grant_type: &'static str,
    pub(super) parameter: &'static str,
    pub(super) secret: &'a str,
    /// What was asked for; the scope is known from the first request.
    pub(super) parameters: &'a RequestParameters,
}

impl PollRequest<'_> {
    /// Once; `None` if not yet, also where the keys of the ID token are not to be had: then nothing is asked, until it is too late.
    pub(super) async fn ask(&self, schedule: &mut Schedule) -> Result<Option<OAuthToken>> {
        match self.prepare(schedule).await {
            Ok(()) => self.ask_prepared(schedule).await,
            Err(failure) if failure.is_retryable() && !schedule.left(self.time()).is_zero() => Ok(None),
            Err(failure) => Err(failure),
        }
    }

    /// Fetches the keys of the ID token, once: any answer may bring the token, and spend the device code or the request.
    async fn prepare(&self, schedule: &mut Schedule) -> Result<()> {
        if !schedule.is_prepared {
            self.server.prepare(self.parameters).await?;
            schedule.is_prepared = true;
        }
        Ok(())
    }

    async fn ask_prepared(&self, schedule: &mut Schedule) -> Result<Option<OAuthToken>> {
        let mut form = Form::new();
        form.push("grant_type", self.grant_type);
        form.push_secret(self.parameter, self.secret);
        self.parameters.append_extra_to(&mut form);
        // The answer may be lost that spends it.
        match self.server.token_endpoint.request(form, Repeat::Never).await {
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
        let mut pause = schedule.first_pause(self.time());
        let mut unprepared: Option<Error> = None;
        loop {
            let waited = schedule.pause(pause, self.time()).await;
            // Why nothing was asked says more than that it is too late.
            if let Err(expired) = waited {
                return Err(unprepared.into_iter().fold(expired, Error::with_source));
            }
            unprepared = self.prepare(schedule).await.err();
            if let Some(failure) = &unprepared {
                if !failure.is_retryable() {
                    return Err(failure.clone());
                }
                pause = schedule.interval.max(failure.retry_after().unwrap_or_default());
                continue;
            }
            match self.ask_prepared(schedule).await {
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

    fn time(&self) -> &Time {
        self.server.token_endpoint.time()
    }
}
