use redis::{ErrorKind, RedisError, ServerErrorKind};

use crate::error::Error;

/// The connection is to be made anew: it is broken, it leads to a server that does not answer, or to one that is no longer
/// the one that writes.
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

/// What Redis says itself is not repeated beyond the code: it quotes commands, and with them passwords.
pub(super) fn error(error: RedisError) -> Error {
    let code = error.code().unwrap_or("ERR").to_owned();
    match error.kind() {
        ErrorKind::InvalidClientConfig => {
            Error::configuration("Redis cannot be used as it is configured").with_source(error)
        }
        ErrorKind::AuthenticationFailed => wrong_login(),
        ErrorKind::Server(ServerErrorKind::NoPerm) => Error::configuration(
            "Redis' ACL does not allow this user what the store needs; `RedisStore` lists the commands",
        ),
        ErrorKind::Server(ServerErrorKind::Moved | ServerErrorKind::Ask | ServerErrorKind::CrossSlot) => {
            Error::configuration("this Redis is a cluster: call `.cluster([])` on the store's builder")
        }
        ErrorKind::Server(_) | ErrorKind::Extension => match code.as_str() {
            "NOAUTH" | "WRONGPASS" => wrong_login(),
            "WRONGTYPE" => Error::configuration(
                "another program has keys of these names in Redis: set another `key_prefix` on the store's builder",
            ),
            _ => Error::temporary(format!("Redis refuses with the error {code}")),
        },
        ErrorKind::Parse | ErrorKind::UnexpectedReturnType => {
            Error::configuration("what answers is no Redis, or a proxy that changes the answers")
        }
        _ if error.is_timeout() => too_late(),
        _ => Error::temporary("Redis cannot be reached").with_source(error),
    }
}

pub(super) fn too_late() -> Error {
    Error::temporary("Redis did not answer in time")
}

fn wrong_login() -> Error {
    Error::configuration("Redis does not accept the user or the password of the store's URL")
}
