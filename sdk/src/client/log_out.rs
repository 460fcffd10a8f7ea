use crate::credentials::{Credentials, EndedLogin};
use crate::endpoint::Revocation;
use crate::error::{Error, Result};

impl Credentials {
    /// Logs out: revokes the refresh token and the access token at the server (RFC 7009), and forgets both, here and in the
    /// [`TokenStore`](crate::TokenStore), in any case.
    ///
    /// The refresh token is the newest one: where processes share it, that which is in the store, and a renewal that is under way
    /// in any of them is waited for. A login that is finished meanwhile, here or in another process, stays. No token is renewed in order to be revoked. Where the server takes no access tokens for
    /// revocation (`unsupported_token_type`), the one of the login ends with its refresh token, or by itself.
    ///
    /// Without a revocation endpoint [`clear`](Self::clear) is all that can be done; at an OpenID provider the person's session
    /// there is ended by a [`LogoutRequest`](crate::LogoutRequest).
    ///
    /// ```
    /// use grantkit::prelude::*;
    /// use grantkit::Discovered;
    ///
    /// # async fn example(client: Client<Discovered>, credentials: Credentials) -> Result<()> {
    /// credentials.log_out(&client.revocation()?).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Why the store could not be told (it is told with the next request for a token), else why a token could not be revoked: it
    /// may still be good until it expires. This process has forgotten both all the same.
    pub async fn log_out(&self, revocation: &Revocation) -> Result<()> {
        let (EndedLogin { refresh_token, access_token }, forgotten) = Box::pin(self.end_login()).await;
        // The refresh token first: most servers end with it all that was issued from it.
        let refresh_token_revoked = match &refresh_token {
            Some(token) => revocation.refresh_token(token).await,
            None => Ok(()),
        };
        let access_token_revoked = match &access_token {
            Some(token) => revocation.access_token(token).await.or_else(unless_unsupported),
            None => Ok(()),
        };
        forgotten.and(refresh_token_revoked).and(access_token_revoked)
    }
}

/// RFC 7009 §2.2.1.
fn unless_unsupported(error: Error) -> Result<()> {
    if error.oauth_code() == Some("unsupported_token_type") { Ok(()) } else { Err(error) }
}
