use super::callback::{Callback, Part};
use super::{AuthorizationCode, PendingLogin};
use crate::error::{Error, Kind, Result};

impl AuthorizationCode {
    /// The answer's parameters: as they are there, or, where a signed answer was asked for, those in the JWT (JARM §2.4).
    pub(super) async fn answer(&self, pending: &PendingLogin, callback: &str) -> Result<Callback> {
        let part = if pending.is_answered_in_fragment() { Part::Fragment } else { Part::Query };
        let callback = Callback::parse(callback, part)?;
        if !pending.response_mode.is_some_and(super::ResponseMode::is_signed) {
            return Ok(callback);
        }
        let Some(response) = callback.response() else {
            return Err(Error::new(
                Kind::Security,
                "the callback is refused: a signed answer was asked for (JARM), and it has no `response`",
            ));
        };
        self.signed_answer(response).await
    }

    #[cfg(feature = "oidc")]
    async fn signed_answer(&self, response: &str) -> Result<Callback> {
        Callback::from_claims(&self.id_tokens()?.verify_response(response).await?)
    }

    #[cfg(not(feature = "oidc"))]
    #[allow(clippy::unused_async, clippy::unused_self, reason = "with the feature `oidc` it fetches keys")]
    async fn signed_answer(&self, _: &str) -> Result<Callback> {
        Err(Error::unsupported("signed answers (JARM) need the feature `oidc`, which verifies them"))
    }
}
