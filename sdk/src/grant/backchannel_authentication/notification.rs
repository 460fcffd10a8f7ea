use std::fmt;

use secrecy::SecretString;
use zeroize::Zeroize as _;

use crate::error::{Error, Result};
use crate::lenient::Members;

/// The server's notification that a person is done, as it came to the client's notification endpoint (CIBA Core §10.2).
///
/// Any sender can reach that endpoint: do not trust it before
/// [`PendingBackchannelAuthentication::notified`](super::PendingBackchannelAuthentication::notified) has checked it. Answer 204 then, and
/// 401 where it was refused.
pub struct BackchannelNotification {
    pub(super) token: SecretString,
    auth_req_id: String,
}

impl BackchannelNotification {
    /// Reads the `Authorization` header and the body of the server's request.
    ///
    /// # Errors
    ///
    /// [`is_invalid_response`](Error::is_invalid_response) if it is not a notification.
    pub fn parse(authorization: &str, body: &[u8]) -> Result<Self> {
        let token = match authorization.split_once(' ') {
            Some((scheme, token)) if scheme.eq_ignore_ascii_case("Bearer") => token.trim_start(),
            _ => return Err(Error::invalid_response("the notification does not carry its token as a Bearer token")),
        };
        let mut body = Members::read(body, "the notification", "CIBA Core §10.2")?;
        Ok(Self { token: token.into(), auth_req_id: body.required_text("auth_req_id")? })
    }

    /// The ID of its request, to find the [`PendingBackchannelAuthentication`](super::PendingBackchannelAuthentication): a secret.
    pub fn auth_req_id(&self) -> &str {
        &self.auth_req_id
    }
}

impl Drop for BackchannelNotification {
    fn drop(&mut self) {
        self.auth_req_id.zeroize();
    }
}

impl fmt::Debug for BackchannelNotification {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BackchannelNotification([redacted])")
    }
}
