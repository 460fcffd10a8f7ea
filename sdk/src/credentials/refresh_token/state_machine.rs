use std::time::Duration;

use super::login::{Login, RefreshInFlight, Versioned};
use super::rules::Rules;
use crate::time::ClockReading;
use crate::token::RefreshToken;

/// One use of a refresh token, from the record that is there before it to the one after it. No await, no clock, no lock: what
/// it gives is to be put, in that order and under the lease, by the login's storage.
///
/// ```text
/// Idle ──mark──► MarkedSpending ──sent──► Sent ──answered──► Stored
///  ▲                  │                    ├──rejected─────► Idle
///  └──────not sent────┴────────────────────┤
///                                          ├──refused──────► Gone
///                                          └──unanswered───► Unknown ──► Idle of the next use, if the rules allow one
/// ```
#[derive(Debug)]
pub(super) struct Attempt {
    before: Versioned<Login>,
    version: u64,
    number: u64,
    /// The record that says that the token is being spent.
    marked: Option<Login>,
    /// What the last answer has left.
    stored: Option<Login>,
    state: State,
}

/// Where the refresh token is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// It is good, as far as anyone knows.
    Idle,
    /// It is about to be sent, and is to be known for that before it is.
    MarkedSpending,
    /// Its bytes may have left.
    Sent,
    /// Its successor is what counts.
    Stored,
    /// No answer came.
    Unknown,
    /// The server takes it no more.
    Gone,
}

/// What there is to do for a login that no other process is refreshing.
#[derive(Debug)]
pub(super) enum Next {
    /// There is no refresh token.
    Nothing,
    /// It may be spent, and is not sent (again).
    GiveUp(RefreshInFlight),
    Send(Box<Attempt>),
}

impl Next {
    /// The number tells this attempt from every other.
    pub(super) fn of(login: Versioned<Login>, rules: &Rules, now: Duration, number: u64) -> Self {
        match (&login.value.token, login.value.spending) {
            (None, _) => Self::Nothing,
            (Some(_), Some(spending)) if !rules.sends_again(&login.value, &spending, now) => Self::GiveUp(spending),
            (Some(_), _) => {
                let version = login.version;
                let attempt =
                    Attempt { before: login, version, number, marked: None, stored: None, state: State::Idle };
                Self::Send(Box::new(attempt))
            }
        }
    }
}

impl Attempt {
    pub(super) fn state(&self) -> State {
        self.state
    }

    /// Of the record that stands now.
    pub(super) fn version(&self) -> u64 {
        self.version
    }

    /// Whether it was sent before, without an answer.
    pub(super) fn was_sent_before(&self) -> bool {
        self.before.value.spending.is_some()
    }

    pub(super) fn token(&self) -> Option<&RefreshToken> {
        self.before.value.token.as_ref()
    }

    pub(super) fn subject(&self) -> Option<&str> {
        self.before.value.subject.as_deref()
    }

    /// It is about to be sent: what is to be put before that. `None` where it is marked already, or needs no mark.
    pub(super) fn mark(&mut self, rules: &Rules, now: ClockReading) -> Option<Versioned<Login>> {
        if self.state != State::Idle {
            return None;
        }
        self.state = State::MarkedSpending;
        if rules.stays(&self.before.value) {
            return None;
        }
        self.version = self.before.version_in_its_place(now);
        let before = self.before.value.spending;
        let spending = RefreshInFlight {
            attempt: self.number,
            sends: before.map_or(0, |spending| spending.sends).saturating_add(1),
            first_sent: before.map_or(now.wall, |spending| spending.first_sent),
        };
        let marked = Login { spending: Some(spending), ..self.before.value.clone() };
        self.marked = Some(marked.clone());
        Some(Versioned { version: self.version, value: marked })
    }

    /// From here on it may be spent, whatever becomes of the task.
    pub(super) fn sent(&mut self) {
        if self.state == State::MarkedSpending {
            self.state = State::Sent;
        }
    }

    /// An answer brought a token: what is to be put before anything else; `None` where nothing changes. Without a new refresh
    /// token the old one stays (RFC 6749 §6). Told once more, it counts where it brings yet another: a client may send several requests
    /// for one token, of which each may replace the refresh token.
    pub(super) fn answered(
        &mut self,
        new: Option<&RefreshToken>,
        rules: &Rules,
        now: ClockReading,
    ) -> Option<Versioned<Login>> {
        if let Some(stored) = &self.stored {
            let new = new.filter(|new| stored.token.as_ref().map(RefreshToken::secret) != Some(new.secret()))?;
            let successor = stored.successor(Some(new));
            self.stored = Some(successor.clone());
            return Some(self.next(successor, now));
        }
        self.state = State::Stored;
        let before = &self.before.value;
        let successor = before.successor(new);
        self.stored = Some(successor.clone());
        let changes = self.before.version == 0
            || self.marked.is_some()
            || before.spending.is_some()
            || successor.token != before.token
            || rules.is_still_counting(before);
        changes.then(|| self.next(successor, now))
    }

    /// Nothing was sent, or the server has not acted on it: what is to be put in place of the mark.
    pub(super) fn taken_back(&mut self, now: ClockReading) -> Option<Versioned<Login>> {
        self.state = State::Idle;
        self.marked.take().map(|_| self.next(self.before.value.clone(), now))
    }

    /// The server takes the token no more: what is to be put.
    pub(super) fn refused(&mut self, now: ClockReading) -> Versioned<Login> {
        self.state = State::Gone;
        self.next(Login::default(), now)
    }

    /// No answer came: what stands from now on.
    pub(super) fn unanswered(&mut self) -> Versioned<Login> {
        self.state = State::Unknown;
        let value = self.marked.clone().unwrap_or_else(|| self.before.value.clone());
        Versioned { version: self.version, value }
    }

    fn next(&mut self, value: Login, now: ClockReading) -> Versioned<Login> {
        self.version = Versioned { version: self.version, value: () }.version_in_its_place(now);
        Versioned { version: self.version, value }
    }
}

#[cfg(test)]
mod tests;
