use std::borrow::Cow;
use std::io;

use redis::{ErrorKind, RedisError};

use super::refusal::{Cause, Refusal, WRONG_LOGIN, is_answer};
use crate::error::Error;

/// The connection is to be made anew: it is broken, or it leads to a server that does not answer, is no longer the primary, or has
/// forgotten who it is that asks.
pub(super) fn is_of_the_connection(error: &RedisError) -> bool {
    error.is_io_error()
        || error.is_unrecoverable_error()
        || error.kind() == ErrorKind::ClusterConnectionNotFound
        || Refusal::is(error, &["READONLY", "MASTERDOWN", "NOAUTH"])
}

/// Nothing came of it but a broken connection: another may do at once.
pub(super) fn is_broken(error: &RedisError) -> bool {
    error.is_io_error() && !error.is_timeout()
}

/// Why Redis does not serve. It is the store's trouble and may pass, as when an administrator mends a password or an ACL: clients
/// that can do without the store go on. Only what the program alone can mend is a matter of its configuration.
pub(super) fn error(error: RedisError) -> Error {
    let failure = match described(&error) {
        (Cause::Program, message) => Error::configuration(message),
        (Cause::SetUp | Cause::Passing, message) => Error::temporary(message),
    };
    with_harmless_source(failure, error)
}

/// The same for a store that is being set up: what does not pass by itself is a matter of its configuration.
pub(super) fn of_set_up(error: RedisError) -> Error {
    match described(&error) {
        (Cause::SetUp | Cause::Program, message) => with_harmless_source(Error::configuration(message), error),
        (Cause::Passing, message) => with_harmless_source(Error::temporary(message), error),
    }
}

/// What Redis says itself is not repeated beyond the code: it quotes commands, and with them passwords.
fn described(error: &RedisError) -> (Cause, Cow<'static, str>) {
    let set_up = |message: &'static str| (Cause::SetUp, Cow::Borrowed(message));
    if let Some(refusal) = Refusal::of(error) {
        return (refusal.cause, refusal.message.into());
    }
    match error.kind() {
        ErrorKind::InvalidClientConfig => (Cause::Program, "Redis cannot be used as it is configured".into()),
        _ if is_wrong_login(error) => set_up(WRONG_LOGIN),
        ErrorKind::Parse | ErrorKind::UnexpectedReturnType => {
            set_up("what answers is no Redis, or a proxy that changes the answers")
        }
        _ if is_answer(error) => {
            let code =
                error.code().filter(|code| code.len() < 32 && code.bytes().all(|byte| byte.is_ascii_uppercase()));
            (Cause::Passing, format!("Redis refuses with the error {}", code.unwrap_or("ERR")).into())
        }
        _ if error.is_timeout() => (Cause::Passing, "Redis did not answer in time".into()),
        _ => (Cause::Passing, "Redis cannot be reached".into()),
    }
}

/// Of a cluster whose nodes all refuse it, it is the reason why there is no connection.
fn is_wrong_login(error: &RedisError) -> bool {
    let is_reason = |detail: &str| detail.contains("AuthenticationFailed") || detail.contains("NOAUTH");
    error.kind() == ErrorKind::AuthenticationFailed || error.is_io_error() && error.detail().is_some_and(is_reason)
}

/// Kept where it says nothing but of the connection.
fn with_harmless_source(error: Error, source: RedisError) -> Error {
    if source.is_io_error() && !source.is_timeout() || source.kind() == ErrorKind::InvalidClientConfig {
        error.with_source(source)
    } else {
        error
    }
}

pub(super) fn too_late() -> RedisError {
    io::Error::from(io::ErrorKind::TimedOut).into()
}
