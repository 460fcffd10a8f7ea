use crate::credentials::{Credentials, EndedLogin};
use crate::endpoint::Revocation;
use crate::error::{Error, Result};

impl Credentials {
    /// Logs out: revokes the refresh token and the access token at the server (RFC 7009), and forgets both, here and in the
    /// [`TokenStore`](crate::store::TokenStore), in any case.
    ///
    /// It revokes the newest refresh token: if processes share the login, that of the store, and it waits for a refresh that is under
    /// way in any of them. A login that is finished meanwhile, here or in another process, stays. No token is refreshed in order to be
    /// revoked. If the server does not revoke access tokens (`unsupported_token_type`), the login's access token ends with its
    /// refresh token, or by itself; a token that was over before (`invalid_token`, `invalid_grant`) is revoked.
    ///
    /// Without a revocation endpoint, call [`clear`](Self::clear). To end the person's session at an OpenID provider, use a
    /// [`LogoutRequest`](crate::endpoint::LogoutRequest).
    ///
    /// ```
    /// use grantkit::prelude::*;
    ///
    /// # async fn example(client: Client, credentials: Credentials) -> Result<()> {
    /// credentials.log_out(&client.revocation()?).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// The error of the store (which is told with the next request for a token), else the error of a revocation: the token may be valid
    /// until it expires. This process has forgotten both all the same.
    pub async fn log_out(&self, revocation: &Revocation) -> Result<()> {
        let (EndedLogin { refresh_token, access_token }, forgotten) = Box::pin(self.end_login()).await;
        // The refresh token first: most servers end with it all that was issued from it.
        let refresh_token_revoked = match &refresh_token {
            // With the access token, if there is one that has not expired.
            Some(_) if !revocation.takes_refresh_tokens() && access_token.is_some() => Ok(()),
            Some(token) => revocation.refresh_token(token).await.or_else(unless_over),
            None => Ok(()),
        };
        let access_token_revoked = match &access_token {
            Some(_) if !revocation.takes_access_tokens() && refresh_token.is_some() => Ok(()),
            Some(token) => revocation.access_token_of(token).await.or_else(unless_unsupported).or_else(unless_over),
            None => Ok(()),
        };
        forgotten.and(refresh_token_revoked).and(access_token_revoked)
    }
}

/// RFC 7009 §2.2.1.
fn unless_unsupported(error: Error) -> Result<()> {
    if error.oauth_code() == Some("unsupported_token_type") { Ok(()) } else { Err(error) }
}

/// The token is this client's: it can only have ended, with its refresh token or before.
fn unless_over(error: Error) -> Result<()> {
    let is_client_known = error.status().is_none_or(|status| status.as_u16() != 401);
    if is_client_known && error.oauth_code() == Some("invalid_grant") { Ok(()) } else { Err(error) }
}
