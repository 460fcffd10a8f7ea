use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use zeroize::Zeroize;

use crate::time::ClockReading;
use crate::token::RefreshToken;

/// Something that others may replace, and which of those that follow each other it is; 0 is before the first.
#[derive(Clone, Debug, Default)]
pub(in crate::credentials) struct Versioned<T> {
    pub(in crate::credentials) version: u64,
    pub(in crate::credentials) value: T,
}

/// A version that follows all that were put before now, also those that a store has forgotten: microseconds since 1970.
pub(in crate::credentials) fn version_at(now: ClockReading) -> u64 {
    now.wall.as_micros().try_into().unwrap_or(u64::MAX / 2)
}

impl<T> Versioned<T> {
    /// The version of what comes next, were it put now.
    pub(in crate::credentials) fn next_version(&self, now: ClockReading) -> u64 {
        self.version.saturating_add(1).max(version_at(now))
    }

    /// The version of what takes the place of just this: it is not put if anything else has come in the meantime, whatever
    /// the clocks of others say. What takes the place of none comes after all that a store has forgotten.
    pub(in crate::credentials) fn version_in_its_place(&self, now: ClockReading) -> u64 {
        if self.version == 0 { version_at(now) } else { self.version.saturating_add(1) }
    }
}

/// What is known of a login: its refresh token, if there is one, and what became of that.
#[derive(Clone, Default)]
pub(in crate::credentials) struct Login {
    pub(in crate::credentials) token: Option<RefreshToken>,
    /// It is being sent. Found while the lease is free, it means that the answer was lost.
    pub(in crate::credentials) spending: Option<RefreshInFlight>,
    /// After how many refreshes in a row the server has left it as it is; `None` once it has replaced one.
    pub(in crate::credentials) unchanged: Option<u32>,
    /// Whose it is, where its ID token said so: it stays that person's (OpenID Connect Core §12.2).
    pub(in crate::credentials) subject: Option<String>,
    /// Which login it is: the same for all refresh tokens that follow each other (a token family, RFC 9700 §4.14.2). Logins of
    /// records that were written without one, and those that were configured, have none.
    pub(in crate::credentials) family: Option<u64>,
}

/// How a refresh token was sent that no answer is known to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::credentials) struct RefreshInFlight {
    /// Which attempt the last one is: by it a process knows its own again, which others may have as well by its version.
    pub(in crate::credentials) attempt: u64,
    /// How often it was sent.
    pub(in crate::credentials) sends: u32,
    /// When it was first, by the wall clock.
    pub(in crate::credentials) first_sent: Duration,
}

impl Login {
    /// A new one. Its refresh token may have been sent already, where it is refreshed before there are credentials.
    pub(in crate::credentials) fn of(token: Option<RefreshToken>, subject: Option<String>) -> Self {
        let family = token.as_ref().map(|_| fastrand::u64(..));
        let (token, unanswered) = token.map(RefreshToken::take_unanswered).unzip();
        let sent = |first_sent| RefreshInFlight { attempt: fastrand::u64(..), sends: 1, first_sent };
        Self { token, subject, unchanged: Some(0), spending: unanswered.flatten().map(sent), family }
    }

    /// One that was configured, and is not known to have been sent.
    pub(in crate::credentials) fn configured(token: Option<RefreshToken>) -> Self {
        Self { family: None, ..Self::of(token, None) }
    }

    /// After a refresh; without a new token the old one stays, and a new one has the scope of the old one (RFC 6749 §6).
    pub(super) fn successor(&self, new: Option<&RefreshToken>) -> Self {
        let scope = self.token.as_ref().and_then(RefreshToken::scope);
        let stayed = new.is_none_or(|new| self.token.as_ref() == Some(new));
        let token = new.map(|new| new.clone().or_scope(scope)).or_else(|| self.token.clone());
        let unchanged = self.unchanged.filter(|_| stayed).map(|refreshes| refreshes.saturating_add(1));
        Self { token, unchanged, subject: self.subject.clone(), spending: None, family: self.family }
    }

    /// As it was before an attempt that the server is known not to have acted on.
    pub(in crate::credentials) fn without_attempt(&self, attempt: Option<u64>) -> Self {
        let spending = self.spending.and_then(|spending| match spending.sends {
            _ if Some(spending.attempt) != attempt => Some(spending),
            0 | 1 => None,
            sends => Some(RefreshInFlight { sends: sends - 1, ..spending }),
        });
        Self { spending, ..self.clone() }
    }
}

#[derive(Serialize, Deserialize)]
struct LoginRecord {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    refresh_token: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    scope: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    spending: Option<RefreshInFlight>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    unchanged: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    subject: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    family: Option<u64>,
}

impl Serialize for Login {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let refresh_token = self.token.as_ref().map(|token| token.secret().to_owned());
        let scope = self.token.as_ref().and_then(RefreshToken::scope).map(str::to_owned);
        let Self { spending, unchanged, family, .. } = *self;
        LoginRecord { refresh_token, scope, spending, unchanged, subject: self.subject.clone(), family }
            .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Login {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut record = LoginRecord::deserialize(deserializer)?;
        let scope = record.scope.take();
        let token = record.refresh_token.take().map(|token| RefreshToken::from(token).or_scope(scope.as_deref()));
        let subject = record.subject.take();
        let LoginRecord { spending, unchanged, family, .. } = record;
        Ok(Self { token, spending, unchanged, subject, family })
    }
}

impl Drop for LoginRecord {
    fn drop(&mut self) {
        self.refresh_token.zeroize();
    }
}

impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Login")
            .field("token", &self.token)
            .field("spending", &self.spending)
            .field("unchanged", &self.unchanged)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
