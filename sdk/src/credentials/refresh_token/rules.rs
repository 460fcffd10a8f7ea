use std::time::Duration;

use super::context::RefreshContext;
use super::login::{Login, RefreshInFlight};
use crate::token::RefreshTokenRotation;

/// What to do with a refresh token whose use was not answered: it is unknown whether the server has replaced it.
///
/// If the server had acted and does not accept the old token any more, the login is lost in either case; a server with reuse
/// detection then also revokes all other tokens that were issued for it (RFC 9700 §4.14.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AfterLostResponse {
    /// Sends it once more, at once, over a new connection; after a kill, the next process does. If that is rejected or not answered
    /// either, a person has to log in. This is the default.
    RetryOnce,
    /// Sends it again, as often as needed, for this long after it was first sent: for servers with a grace period.
    RetryWithin(Duration),
    /// Never sends it again; a person has to log in. For servers at which a token that arrives twice costs more than its login.
    ///
    /// An answer by which the server says that it did nothing is not lost: after 429, 500 and 503 the next refresh sends the token. A
    /// server that replaces it and answers 500 all the same sees it twice.
    Never,
}

/// What is known of the server, and what the program wants.
#[derive(Clone, Copy, Debug)]
pub(in crate::credentials) struct Rules {
    pub(in crate::credentials) after_lost_response: Option<AfterLostResponse>,
    pub(in crate::credentials) rotation: RefreshTokenRotation,
}

/// A server may replace refresh tokens only sometimes (RFC 6749 §6), as when they get old: it is taken to leave them after this
/// many refreshes in a row that did.
const MANY_REFRESHES: u32 = 20;

impl Rules {
    pub(in crate::credentials) fn of(flow: RefreshContext<'_>) -> Self {
        Self { after_lost_response: flow.policy.lost_answer_rule(), rotation: flow.client.refresh_token_rotation() }
    }

    /// Whether the server is known to leave the refresh token as it is.
    pub(in crate::credentials) fn stays(&self, login: &Login) -> bool {
        match self.rotation {
            // What the server has done weighs more than what was said of it. A record from before this was counted says nothing of it.
            RefreshTokenRotation::Never => login.unchanged.is_some(),
            RefreshTokenRotation::WithGrace(_) => false,
            RefreshTokenRotation::Unknown => login.unchanged.is_some_and(|refreshes| refreshes >= MANY_REFRESHES),
        }
    }

    /// Whether one more use of the token would change what is known of that.
    pub(super) fn is_still_counting(&self, login: &Login) -> bool {
        self.rotation == RefreshTokenRotation::Unknown && !self.stays(login)
    }

    /// Whether a token that was sent without an answer is sent again.
    pub(super) fn sends_again(&self, login: &Login, spending: &RefreshInFlight, now: Duration) -> bool {
        if self.stays(login) {
            return true;
        }
        let by_the_server = match self.rotation {
            RefreshTokenRotation::WithGrace(grace) => AfterLostResponse::RetryWithin(grace),
            _ => AfterLostResponse::RetryOnce,
        };
        match self.after_lost_response.unwrap_or(by_the_server) {
            AfterLostResponse::RetryOnce => spending.sends < 2,
            AfterLostResponse::RetryWithin(grace) => now.saturating_sub(spending.first_sent) < grace,
            AfterLostResponse::Never => false,
        }
    }
}
