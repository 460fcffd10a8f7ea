use crate::authn::Authenticated;
use crate::error::Result;
use crate::telemetry::Endpoint;
use crate::token::{AccessToken, RefreshToken};
use crate::transport::Repeat;
use crate::wire::Form;

/// The revocation endpoint (RFC 7009): tells the server that a token is not needed any more.
///
/// ```
/// use grantkit::prelude::*;
/// use grantkit::Discovered;
///
/// # async fn example(client: Client<Discovered>, credentials: Credentials) -> Result<()> {
/// if let Some(refresh_token) = credentials.token().await?.refresh_token() {
///     client.revocation()?.refresh_token(refresh_token).await?;
/// }
/// credentials.clear().await?; // what is kept here too
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Revocation(Authenticated);

impl Revocation {
    pub(crate) fn new(endpoint: Authenticated) -> Self {
        Self(endpoint.called(Endpoint::Revocation))
    }

    /// Revokes an access token. That the server does not know it is no error (RFC 7009 §2.2).
    ///
    /// # Errors
    ///
    /// What the server answered, or why it could not be asked; the token may then still be good.
    pub async fn access_token(&self, token: &AccessToken) -> Result<()> {
        self.revoke(token.secret(), "access_token").await
    }

    /// Revokes a refresh token, and with it what was issued from it.
    ///
    /// # Errors
    ///
    /// As [`access_token`](Self::access_token).
    pub async fn refresh_token(&self, token: &RefreshToken) -> Result<()> {
        self.revoke(token.secret(), "refresh_token").await
    }

    async fn revoke(&self, token: &str, hint: &'static str) -> Result<()> {
        let mut form = Form::new();
        form.push_secret("token", token);
        form.push("token_type_hint", hint);
        let reply = self.0.post(form, Repeat::AfterLoss).await?;
        if reply.answer.status().is_success() { Ok(()) } else { Err(reply.failure("revocation endpoint")) }
    }
}
