use super::{AuthorizationCode, PendingLogin};
use crate::error::{Error, Kind, Result};
use crate::oidc::IdTokenExpectations;

/// The hybrid flow with `code id_token` (OpenID Connect Core §3.3).
impl AuthorizationCode {
    /// Asks for an ID token beside the code (`response_type=code id_token`): it says whose the code is and that nobody put in
    /// another, by `c_hash`, before the code is used. Needs the scope `openid`.
    ///
    /// The answer is in the fragment of the address unless it [comes in a form](super::ResponseMode::FormPost), which is the
    /// better way for a server.
    pub fn hybrid(mut self) -> Self {
        self.login_parameters.hybrid = true;
        self
    }

    /// The user that the ID token beside the code is about, once it is verified.
    pub(super) async fn user_ahead(
        &self,
        pending: &PendingLogin,
        id_token: Option<&str>,
        code: &str,
    ) -> Result<Option<String>> {
        if !pending.hybrid {
            return Ok(None);
        }
        let refused = |reason: &str| Error::new(Kind::Security, format!("the callback is refused: {reason}"));
        let id_token = id_token.ok_or_else(|| refused("an ID token was asked for, and it has none"))?;
        let expected = IdTokenExpectations {
            nonce: pending.nonce.as_deref(),
            code: Some(code),
            state: Some(&pending.state),
            ..IdTokenExpectations::default()
        };
        let claims = self.id_tokens()?.verify(id_token, expected).await?;
        // OpenID Connect Core §3.3.2.11; where it is there, it has been compared.
        if claims.get("c_hash").is_none_or(|hash| !hash.is_string()) {
            return Err(refused("its ID token does not say to which code it belongs (`c_hash`)"));
        }
        Ok(Some(claims.subject().to_owned()))
    }
}
