use super::callback::{Callback, Part};
use super::{AuthorizationCode, PendingLogin, ResponseMode};
use crate::error::{Error, Fault, Result};
#[cfg(any(feature = "axum", feature = "loopback"))]
use crate::lenient::JsonObject;

impl AuthorizationCode {
    /// The answer's parameters: as they are there, or, where a signed answer was asked for, those in the JWT (JARM §2.4).
    pub(super) async fn answer(&self, pending: &PendingLogin, callback: &str) -> Result<Callback> {
        let part = if pending.is_answered_in_fragment() { Part::Fragment } else { Part::Query };
        let callback = Callback::parse(callback, part)?;
        if !pending.response_mode.is_some_and(ResponseMode::is_signed) {
            return Ok(callback);
        }
        let Some(response) = callback.response() else {
            return Err(Error::new(
                Fault::Security,
                "the callback is refused: a signed answer was asked for (JARM), and it has no `response`",
            ));
        };
        Callback::from_claims(&self.signed_messages().verify_response(response).await?)
    }

    /// What a signed answer (JARM) says, by which to find the login that it would be the answer to. Nothing of it is verified.
    ///
    /// # Errors
    ///
    /// [`is_security`](Error::is_security) where it is encrypted and cannot be decrypted.
    #[cfg(any(feature = "axum", feature = "loopback"))]
    pub(crate) fn peek(&self, response: &str) -> Result<Option<JsonObject>> {
        self.signed_messages().peek_response(response)
    }

    /// Refuses to ask for an answer that could not be read.
    pub(super) fn check_response_mode(&self) -> Result<()> {
        let is_signed = self.login_parameters.response_mode.is_some_and(ResponseMode::is_signed);
        if is_signed { self.signed_messages().check_response_support() } else { Ok(()) }
    }
}
