//! Errors of other crates where `?` wants one of this crate: it does not compile, and the compiler says what to write.
//!
//! There is no conversion, as it would have to guess: what a caller can do about an error depends on what was being done, and the text of
//! another crate's error may quote a secret, as serde's does.

use super::Error;

/// What `?` makes an [`Error`] of: implement it for an error of your own, where it is known what a caller can do about it.
///
/// Errors of other crates do not have it: whether a file that cannot be read is a wrong configuration or passes by itself depends on the
/// file. Say it where it happens:
///
/// ```
/// use grantkit::Error;
///
/// fn token_file() -> Result<String, Error> {
///     std::fs::read_to_string("/var/run/token").map_err(|error| Error::temporary("no token file yet").with_source(error))
/// }
/// # assert!(token_file().unwrap_err().is_retryable());
/// ```
// Where `?` stands the compiler shows the label alone, elsewhere the message and the notes, too.
#[diagnostic::on_unimplemented(
    message = "it is not known what a `{Self}` means as a `grantkit::Error`",
    label = "say what it means: `.map_err(|error| Error::configuration(\"..\").with_source(error))?`, without \
             the source where its text may quote a secret (serde's)",
    note = "`.map_err(|error| Error::temporary(\"..\").with_source(error))?`, or `Error::invalid_response(..)`, `Error::configuration(..)`, \
            `Error::login_required(..)`: callers decide by it",
    note = "leave `.with_source(error)` out where its text may quote a secret, as serde's may",
    note = "a program's own functions need not: `anyhow::Result` and `Result<_, Box<dyn std::error::Error>>` take both errors"
)]
pub trait IntoError {
    /// The same as an error of this crate.
    fn into_error(self) -> Error;
}

#[doc(hidden)]
impl<E: IntoError> From<E> for Error {
    fn from(error: E) -> Self {
        error.into_error()
    }
}
