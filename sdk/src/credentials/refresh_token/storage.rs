use std::fmt;
use std::future::Future;

use super::login::{Login, Versioned};
use crate::error::{Error, Result};
use crate::time::ClockReading;
use crate::token::OAuthToken;

/// What keeps a login while it is being used: this process, a store, or this process in place of a store that is away.
///
/// Of two who put a record of the same version, or an older one, one is told so: versions only go up.
pub(in crate::credentials) trait LoginStorage: Sync {
    /// The newest login that anyone here knows of.
    fn newest(&self) -> impl Future<Output = Result<Versioned<Login>, StoreFailure>> + Send;

    /// The number of the next attempt: the same one until it is known to have been put.
    fn attempt_number(&self) -> u64 {
        fastrand::u64(..)
    }

    /// Whether it is not for this task to send the token any more.
    fn has_lost_turn(&self) -> bool {
        false
    }

    /// Says that the token is about to be sent; `false` where something else has come in the meantime, or where it is not for
    /// this task to send it any more.
    fn mark(&self, marked: Versioned<Login>) -> impl Future<Output = Result<bool, StoreFailure>> + Send;

    /// Saves what an answer brought. No caller gets the access token before that is done.
    fn save(&self, login: Versioned<Login>) -> impl Future<Output = Result<(), StoreFailure>> + Send;

    /// Says that the login is over; `false` where there is another by now.
    fn end(&self, login: Versioned<Login>) -> impl Future<Output = Result<bool, StoreFailure>> + Send;

    /// Takes note of the access token that came with what was kept, or is still to be kept.
    fn came_with(&self, token: &OAuthToken, sent: ClockReading);

    /// Whether the client makes nothing of refresh tokens.
    fn is_useless(&self) -> bool;

    fn found_useless(&self);

    /// The error for a caller that could only go on with a person.
    fn lost(&self, error: Error) -> Error {
        error
    }

    /// Whether the client may be asked for a token from the start.
    fn may_start_over(&self) -> Result<(), StoreFailure> {
        Ok(())
    }
}

/// Why what keeps the login did not serve.
pub(in crate::credentials) enum StoreFailure {
    /// It cannot be reached, and nothing was sent to the server yet: there may be a way without it.
    Unavailable(Error),
    /// Another process may have the lease; nothing was sent to the server.
    LeaseLost,
    /// Whatever else; also what the server answered.
    Fatal(Error),
}

impl StoreFailure {
    pub(in crate::credentials) fn error(self) -> Error {
        match self {
            Self::Unavailable(error) | Self::Fatal(error) => error,
            Self::LeaseLost => Error::temporary(
                "this process stood still for longer than the token store's lease lasts, and another one may be refreshing the token: \
                 try again",
            ),
        }
    }
}

impl fmt::Debug for StoreFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unavailable(error) => f.debug_tuple("Unavailable").field(error).finish(),
            Self::LeaseLost => f.write_str("LeaseLost"),
            Self::Fatal(error) => f.debug_tuple("Fatal").field(error).finish(),
        }
    }
}
