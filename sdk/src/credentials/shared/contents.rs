use std::fmt;
use std::io;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, Zeroizing};

use crate::credentials::clock::Moment;
use crate::credentials::policy::RenewalPolicy;
use crate::error::{Error, Result};
use crate::token::{OAuthToken, RefreshToken, StoredToken};

/// Something of the store, and which of those that follow each other it is; 0 is before the first.
#[derive(Clone, Debug, Default)]
pub(in crate::credentials) struct Versioned<T> {
    pub(in crate::credentials) version: u64,
    pub(in crate::credentials) value: T,
}

/// A version that follows all that were put before now, also those that the store has forgotten: microseconds since 1970.
pub(in crate::credentials) fn first_version(now: Moment) -> u64 {
    now.wall.as_micros().try_into().unwrap_or(u64::MAX / 2)
}

impl<T> Versioned<T> {
    /// The version of what comes next, were it put now.
    pub(super) fn next_version(&self, now: Moment) -> u64 {
        self.version.saturating_add(1).max(first_version(now))
    }

    /// The version of what takes the place of just this: it is not put if anything else has come in the meantime, whatever
    /// the clocks of others say. What takes the place of none comes after all that the store has forgotten.
    pub(super) fn version_in_its_place(&self, now: Moment) -> u64 {
        if self.version == 0 { first_version(now) } else { self.version.saturating_add(1) }
    }
}

/// What a record says, as JSON.
pub(in crate::credentials) trait Contents: Serialize + DeserializeOwned + Send + Sync {
    /// Until when it is of use; both are of the wall clock.
    fn keep_until(&self, now: Moment, policy: &RenewalPolicy) -> Duration;

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
}

/// Clocks of machines differ. By one that is behind by more than this share of a token's life, it would be handed out long after
/// its end.
const SKEW_SHARE: u32 = 10;

/// A flight that was under way when its login was cleared is at its end by then, and so are the access tokens that
/// other processes hold of the login.
const CLEARED_FOR: Duration = Duration::from_hours(7 * 24);

impl Access {
    pub(in crate::credentials) fn of(token: &OAuthToken) -> Self {
        Self {
            token: Some(token.to_stored().without_refresh_token()),
            lifetime: token.expires_in().map(|lifetime| lifetime.as_secs_f64()),
        }
    }

    /// The token, for somebody who has none (`ahead` is false), or who looks for a better one than one that is still good.
    pub(super) fn usable(&self, now: Moment, policy: &RenewalPolicy, ahead: bool) -> Option<OAuthToken> {
        let token = OAuthToken::try_from(self.token.clone()?).ok()?;
        let Some(end) = token.expires_at() else { return Some(token) };
        let left = since_epoch(end).checked_sub(now.wall)?;
        let lifetime = self.lifetime.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok()).unwrap_or(left);
        if left > lifetime.saturating_add(lifetime / SKEW_SHARE) {
            return None;
        }
        let age = lifetime.saturating_sub(left);
        let is_good = age < RenewalPolicy::expire_after(lifetime);
        let is_due = age >= policy.renew_after(lifetime, 0.0);
        (is_good && !(ahead && is_due)).then_some(token)
    }
}

impl Contents for Access {
    fn keep_until(&self, now: Moment, policy: &RenewalPolicy) -> Duration {
        let Some(token) = &self.token else { return now.wall.saturating_add(CLEARED_FOR) };
        token.expires_at().unwrap_or_else(|| now.wall.saturating_add(policy.login_kept_for()))
    }

    fn is_nothing(&self) -> bool {
        self.token.is_none()
    }
}

/// Why a request failed, for those who wait for its outcome.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Failure {
    message: String,
    is_configuration: bool,
    /// In seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    retry_after: Option<f64>,
}

/// Whoever waited has heard of it by then.
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
    fn keep_until(&self, now: Moment, _: &RenewalPolicy) -> Duration {
        now.wall.saturating_add(FAILED_FOR)
    }

    fn is_nothing(&self) -> bool {
        false
    }
}

/// What is said of a login: its refresh token, if there is one, and what is known of that.
#[derive(Clone, Default)]
pub(in crate::credentials) struct Login {
    pub(in crate::credentials) token: Option<RefreshToken>,
    /// It is being sent. Who finds this while nobody holds the lease knows that the answer was lost.
    pub(in crate::credentials) spending: bool,
    /// Which attempt that is: by it a process knows its own again, which others may have as well by its version.
    pub(in crate::credentials) attempt: Option<u64>,
    /// The server is known to leave it as it is.
    pub(in crate::credentials) stays: bool,
    /// Whose it is, where its ID token said so: it stays that person's (OpenID Connect Core §12.2).
    pub(in crate::credentials) subject: Option<String>,
}

impl Login {
    pub(in crate::credentials) fn of(token: Option<&RefreshToken>, subject: Option<String>) -> Self {
        Self { token: token.cloned(), subject, ..Self::default() }
    }

    /// After a refresh; without a new token the old one stays (RFC 6749 §6).
    pub(super) fn successor(&self, spent: &RefreshToken, new: Option<&RefreshToken>) -> Self {
        let token = new.unwrap_or(spent).clone();
        Self { stays: token == *spent, ..Self::of(Some(&token), self.subject.clone()) }
    }

    pub(super) fn being_spent(&self, attempt: u64) -> Self {
        Self { spending: true, attempt: Some(attempt), ..self.clone() }
    }
}

#[derive(Serialize, Deserialize)]
struct LoginRecord {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    refresh_token: Option<String>,
    #[serde(default)]
    spending: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    attempt: Option<u64>,
    #[serde(default)]
    stays: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    subject: Option<String>,
}

impl Serialize for Login {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let refresh_token = self.token.as_ref().map(|token| token.secret().to_owned());
        let Self { spending, attempt, stays, .. } = *self;
        LoginRecord { refresh_token, spending, attempt, stays, subject: self.subject.clone() }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Login {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut record = LoginRecord::deserialize(deserializer)?;
        let token = record.refresh_token.take().map(RefreshToken::from);
        let subject = record.subject.take();
        Ok(Self { token, spending: record.spending, attempt: record.attempt, stays: record.stays, subject })
    }
}

impl Drop for LoginRecord {
    fn drop(&mut self) {
        self.refresh_token.zeroize();
    }
}

impl Contents for Login {
    fn keep_until(&self, now: Moment, policy: &RenewalPolicy) -> Duration {
        let kept_for = if self.token.is_some() { policy.login_kept_for() } else { CLEARED_FOR };
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

impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Login")
            .field("token", &self.token)
            .field("spending", &self.spending)
            .field("stays", &self.stays)
            .finish_non_exhaustive()
    }
}
