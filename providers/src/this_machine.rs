//! What is one thing here and another on the next machine: the account that a machine runs as, a file by its path.

use std::sync::LazyLock;

use grantkit::credentials::Fingerprint;

/// The part of a token's identity for an account that goes without a name: tokens are shared within the process, and through no store.
/// Another machine has its own account under the same words (`default`, no name, a path), and must not be given this one's token.
pub(crate) fn identity() -> Fingerprint {
    static HERE: LazyLock<Fingerprint> = LazyLock::new(Fingerprint::unique);
    *HERE
}
