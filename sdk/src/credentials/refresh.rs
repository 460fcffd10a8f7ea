use crate::error::{Error, Kind};
use crate::token::RefreshToken;

/// The refresh token of a login and what is known of it. It is locked for as long as it is being spent, so that it is
/// spent once, however many slots share it.
#[derive(Debug, Default)]
pub(super) struct RefreshCell(tokio::sync::Mutex<Holding>);

#[derive(Debug, Default)]
pub(super) struct Holding {
    token: Option<RefreshToken>,
    /// The server is known to leave the token as it is: it answered a refresh without a new one.
    stays: bool,
    /// The token was sent, and the answer was lost: the server may have replaced it.
    in_doubt: bool,
}

impl RefreshCell {
    pub(super) async fn lock(&self) -> tokio::sync::MutexGuard<'_, Holding> {
        self.0.lock().await
    }
}

impl Holding {
    /// The token, if it may be spent.
    pub(super) fn spendable(&self, although_in_doubt: bool) -> Option<RefreshToken> {
        if self.in_doubt && !although_in_doubt { None } else { self.token.clone() }
    }

    pub(super) fn is_in_doubt(&self) -> bool {
        self.in_doubt
    }

    /// Takes what an answer brought; without a new token the old one stays (RFC 6749 §6).
    pub(super) fn keep(&mut self, new: Option<&RefreshToken>) {
        self.in_doubt = false;
        match new {
            Some(new) => {
                self.stays = self.token.as_ref() == Some(new);
                self.token = Some(new.clone());
            }
            None => self.stays = self.token.is_some(),
        }
    }

    /// Takes the token of another login, or none, in place of this one.
    pub(super) fn replace(&mut self, token: Option<&RefreshToken>) {
        *self = Self { token: token.cloned(), ..Self::default() };
    }

    pub(super) fn forget(&mut self) {
        *self = Self::default();
    }

    /// Notes a failed refresh: was the answer lost after the server may have acted?
    pub(super) fn failed(&mut self, error: &Error) {
        self.in_doubt |= !self.stays && answer_was_lost(error);
    }
}

/// The request may have arrived, and what the server answered is not known.
fn answer_was_lost(error: &Error) -> bool {
    match error.kind() {
        Kind::Timeout | Kind::Interrupted => true,
        // A gateway speaks for a server that it has lost.
        Kind::Status => error.status().is_some_and(|status| matches!(status.as_u16(), 502 | 504)),
        Kind::InvalidResponse => error.status().is_none_or(|status| status.is_success()),
        _ => false,
    }
}
