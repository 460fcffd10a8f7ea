use std::borrow::Cow;
use std::io;

use redis::{ErrorKind, RedisError, ServerErrorKind};

use crate::error::Error;

/// The connection is to be made anew: it is broken, or it leads to a server that does not answer or is no longer the primary.
pub(super) fn is_of_the_connection(error: &RedisError) -> bool {
    error.is_io_error()
        || error.is_unrecoverable_error()
        || matches!(
            error.kind(),
            ErrorKind::Server(ServerErrorKind::ReadOnly | ServerErrorKind::MasterDown)
                | ErrorKind::ClusterConnectionNotFound
        )
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

enum Cause {
    /// What the store's builder was told.
    Program,
    /// What an administrator of Redis has set.
    SetUp,
    Passing,
}

/// What Redis says itself is not repeated beyond the code: it quotes commands, and with them passwords.
fn described(error: &RedisError) -> (Cause, Cow<'static, str>) {
    let set_up = |message: &'static str| (Cause::SetUp, Cow::Borrowed(message));
    match error.kind() {
        ErrorKind::InvalidClientConfig => (Cause::Program, "Redis cannot be used as it is configured".into()),
        ErrorKind::AuthenticationFailed => set_up(WRONG_LOGIN),
        ErrorKind::Server(ServerErrorKind::NoPerm) => {
            set_up("Redis' ACL does not allow this user what the store needs; `RedisStore` lists the commands")
        }
        ErrorKind::Server(ServerErrorKind::Moved | ServerErrorKind::Ask | ServerErrorKind::CrossSlot) => {
            (Cause::Program, "this Redis is a cluster: call `.cluster([])` on the store's builder".into())
        }
        ErrorKind::Server(_) | ErrorKind::Extension => match error.code().unwrap_or("ERR") {
            "NOAUTH" | "WRONGPASS" => set_up(WRONG_LOGIN),
            "WRONGTYPE" => set_up(
                "another program has keys of these names in Redis: set another `key_prefix` on the store's builder",
            ),
            code => (Cause::Passing, format!("Redis refuses with the error {code}").into()),
        },
        ErrorKind::Parse | ErrorKind::UnexpectedReturnType => {
            set_up("what answers is no Redis, or a proxy that changes the answers")
        }
        _ if error.is_timeout() => (Cause::Passing, "Redis did not answer in time".into()),
        _ => (Cause::Passing, "Redis cannot be reached".into()),
    }
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

const WRONG_LOGIN: &str = "Redis does not accept the user or the password of the store's URL";
