use std::fmt;
use std::io;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::credentials::policy::RefreshPolicy;
use crate::credentials::refresh_token::Login;
use crate::error::{Error, Result};
use crate::time::ClockReading;
use crate::token::{OAuthToken, StoredToken};

/// What a record says, as JSON.
pub(in crate::credentials) trait Contents: Serialize + DeserializeOwned + Send + Sync {
    /// Until when it is of use; both are of the wall clock.
    fn expires_at(&self, now: ClockReading, policy: &RefreshPolicy) -> Duration;

    /// That there is none.
    fn is_nothing(&self) -> bool;

    /// In memory that is wiped, and of just the length, so that no piece of it is left elsewhere.
    fn write(&self) -> Result<Zeroizing<Vec<u8>>> {
        let unwritable = |_| Error::invalid_response("the token holds something that cannot be written as JSON");
        let mut length = Length(0);
        serde_json::to_writer(&mut length, self).map_err(unwritable)?;
        let mut written = Zeroizing::new(Vec::with_capacity(length.0));
        serde_json::to_writer(&mut *written, self).map_err(unwritable)?;
        Ok(written)
    }

    /// `None` for what is no such thing: the message of `serde_json` would quote it.
    fn read(written: &[u8]) -> Option<Self> {
        serde_json::from_slice(written).ok()
    }
}

struct Length(usize);

impl io::Write for Length {
    fn write(&mut self, written: &[u8]) -> io::Result<usize> {
        self.0 += written.len();
        Ok(written.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What is said of an access token; by default that there is none, which outlives whatever was under way when it was
/// cleared.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(in crate::credentials) struct Access {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    token: Option<StoredToken>,
    /// How many seconds it lives in all, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    lifetime: Option<f64>,
    /// The version of the login that it came with: that version is no news.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    login: Option<u64>,
}

/// Clocks of machines differ. By one that is behind by more than this share of a token's life, it would be handed out long after
/// its end.
const SKEW_SHARE: u32 = 10;

/// The clock that says when a request was sent is behind by up to two ticks.
const CLOCK_GRAIN: Duration = Duration::from_millis(20);

/// A flight that was under way when its login was cleared is at its end by then, and so are the access tokens that
/// other processes hold of the login.
const CLEARED_FOR: Duration = Duration::from_hours(7 * 24);

impl Access {
    /// Of one whose life counts from then on.
    pub(in crate::credentials) fn of(token: &OAuthToken, sent: ClockReading, login: Option<u64>) -> Self {
        let lifetime = token.expires_in();
        let end = lifetime.and_then(|lifetime| UNIX_EPOCH.checked_add(sent.wall.checked_add(lifetime)?));
        let is_earlier = |end: &SystemTime| {
            let by_arrival = token.expires_at().map(|by_arrival| by_arrival.duration_since(*end).unwrap_or_default());
            by_arrival.is_none_or(|earlier| earlier > CLOCK_GRAIN)
        };
        let stored = match end.filter(is_earlier) {
            Some(end) => token.clone().with_expires_at(end).to_stored(),
            None => token.to_stored(),
        };
        Self {
            token: Some(stored.without_refresh_token()),
            lifetime: lifetime.map(|lifetime| lifetime.as_secs_f64()),
            login,
        }
    }

    /// The version of the login that it came with.
    pub(super) fn login(&self) -> Option<u64> {
        self.login
    }

    /// The ID token that came with it, expired or not.
    #[cfg(feature = "axum")]
    pub(in crate::credentials) fn id_token(&self) -> Option<&str> {
        self.token.as_ref()?.id_token()
    }

    /// The token, for a caller that has none (`ahead` is false), or that looks for a newer one than its valid token.
    pub(in crate::credentials) fn usable(
        &self,
        now: ClockReading,
        policy: &RefreshPolicy,
        ahead: bool,
    ) -> Option<OAuthToken> {
        let token = OAuthToken::try_from(self.token.clone()?).ok()?;
        let Some(end) = token.expires_at() else { return Some(token) };
        let left = since_epoch(end).checked_sub(now.wall)?;
        let lifetime = self.lifetime.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok()).unwrap_or(left);
        if left > lifetime.saturating_add(lifetime / SKEW_SHARE) {
            return None;
        }
        let age = lifetime.saturating_sub(left);
        let is_good = age < policy.expire_after(lifetime);
        let is_due = age >= policy.renew_after(lifetime, 0.0);
        (is_good && !(ahead && is_due)).then_some(token)
    }
}

impl Contents for Access {
    fn expires_at(&self, now: ClockReading, policy: &RefreshPolicy) -> Duration {
        let Some(token) = &self.token else { return now.wall.saturating_add(CLEARED_FOR) };
        token.expires_at().unwrap_or_else(|| now.wall.saturating_add(policy.refresh_token_retention()))
    }

    fn is_nothing(&self) -> bool {
        self.token.is_none()
    }
}

/// Why a request failed, for the callers that wait for its outcome.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Failure {
    message: String,
    is_configuration: bool,
    /// In seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    retry_after: Option<f64>,
}

/// All waiting callers have received it by then.
const FAILED_FOR: Duration = Duration::from_secs(30);

impl Failure {
    /// `None` for what the others find out by the login, or have to find out by themselves.
    pub(super) fn of(error: &Error) -> Option<Self> {
        let is_configuration = error.is_configuration();
        (error.is_retryable() || is_configuration).then(|| Self {
            message: error.message().to_owned(),
            is_configuration,
            retry_after: error.retry_after().map(|wait| wait.as_secs_f64()),
        })
    }

    pub(super) fn error(self) -> Error {
        let message = format!("{} (another process has asked)", self.message);
        let error = if self.is_configuration { Error::configuration(message) } else { Error::temporary(message) };
        match self.retry_after.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok()) {
            Some(wait) => error.with_retry_after(wait),
            None => error,
        }
    }
}

impl Contents for Failure {
    fn expires_at(&self, now: ClockReading, _: &RefreshPolicy) -> Duration {
        now.wall.saturating_add(FAILED_FOR)
    }

    fn is_nothing(&self) -> bool {
        false
    }
}

impl Contents for Login {
    fn expires_at(&self, now: ClockReading, policy: &RefreshPolicy) -> Duration {
        let kept_for = if self.token.is_some() { policy.refresh_token_retention() } else { CLEARED_FOR };
        now.wall.saturating_add(kept_for)
    }

    fn is_nothing(&self) -> bool {
        self.token.is_none()
    }
}

fn since_epoch(time: SystemTime) -> Duration {
    time.duration_since(UNIX_EPOCH).unwrap_or_default()
}

impl fmt::Debug for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Access").field("token", &self.token).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
