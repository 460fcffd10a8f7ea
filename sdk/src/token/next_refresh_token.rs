//! The refresh token that an error hands out.

use super::RefreshToken;
use crate::error::{Error, NextRefreshToken};

impl Error {
    /// The refresh token that came with the answer to a refresh of which nothing else could be used: the server has replaced the one that
    /// was sent (RFC 6749 §6), and the login goes on with this one. Keep it in place of the other.
    ///
    /// Only after a refresh by hand, as by [`RefreshTokenGrant::get_token`](crate::grant::RefreshTokenGrant::get_token) or
    /// [`Login::downscoped`](crate::grant::Login::downscoped); [`Credentials`](crate::Credentials) keep it themselves.
    ///
    /// ```
    /// use grantkit::prelude::*;
    ///
    /// # async fn example(client: Client, kept: &mut String) -> Result<()> {
    /// let token = client.refresh_token_grant(kept.as_str()).get_token().await;
    /// let next = match &token {
    ///     Ok(token) => token.refresh_token().cloned(),
    ///     Err(error) => error.next_refresh_token(),
    /// };
    /// if let Some(next) = next {
    ///     *kept = next.secret().to_owned();
    /// }
    /// # token.map(drop)
    /// # }
    /// ```
    pub fn next_refresh_token(&self) -> Option<RefreshToken> {
        let NextRefreshToken { text, scope } = self.next_refresh_token_parts()?;
        Some(RefreshToken::new(text.clone()).or_scope(scope.as_deref()))
    }

    /// The same error, which hands out this one.
    pub(crate) fn with_next_refresh_token(self, token: &RefreshToken) -> Self {
        let next = NextRefreshToken { text: token.secret().to_owned().into(), scope: token.scope().map(Into::into) };
        self.with_next_refresh_token_parts(Some(next))
    }

    /// The same error for those who need not keep it.
    pub(crate) fn without_next_refresh_token(self) -> Self {
        self.with_next_refresh_token_parts(None)
    }
}
