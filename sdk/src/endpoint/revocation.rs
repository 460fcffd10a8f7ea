use super::further_parameters::FurtherParameters;
use crate::client_auth::AuthenticatedEndpoint;
use crate::error::Result;
use crate::telemetry::Endpoint;
use crate::token::{AccessToken, RefreshToken};
use crate::transport::Repeat;

/// The revocation endpoint (RFC 7009): tells the server that a token is not needed any more.
///
/// ```
/// use grantkit::prelude::*;
///
/// # async fn example(client: Client, credentials: Credentials) -> Result<()> {
/// credentials.log_out(&client.revocation()?).await?; // revokes both tokens, and forgets them
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Revocation {
    endpoint: AuthenticatedEndpoint,
    parameters: FurtherParameters,
}

impl Revocation {
    pub(crate) fn new(endpoint: AuthenticatedEndpoint) -> Self {
        Self { endpoint: endpoint.with_endpoint_kind(Endpoint::Revocation), parameters: FurtherParameters::default() }
    }

    /// Adds a parameter to the requests, for a server that wants more than RFC 7009 §2.1 has.
    #[must_use = "call `.token(..)` or its like on what it returns"]
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.parameters.add(name, value);
        self
    }

    /// Revokes a token of any kind, without a hint (`token_type_hint`): for servers that reject hints, or kinds that RFC 7009 does not
    /// define.
    ///
    /// # Errors
    ///
    /// As [`access_token`](Self::access_token).
    pub async fn token(&self, token: &str) -> Result<()> {
        self.revoke(token, None).await
    }

    /// Revokes an access token. A token that the server does not know is no error (RFC 7009 §2.2).
    ///
    /// # Errors
    ///
    /// The error of the server or the network; the token may then still be valid.
    pub async fn access_token(&self, token: &AccessToken) -> Result<()> {
        self.revoke(token.secret(), Some("access_token")).await
    }

    /// Revokes a refresh token, and with it the tokens that were issued for it.
    ///
    /// # Errors
    ///
    /// As [`access_token`](Self::access_token).
    pub async fn refresh_token(&self, token: &RefreshToken) -> Result<()> {
        self.revoke(token.secret(), Some("refresh_token")).await
    }

    async fn revoke(&self, token: &str, hint: Option<&'static str>) -> Result<()> {
        let form = self.parameters.form(token, hint)?;
        let reply = self.endpoint.post(form, Repeat::AfterLoss).await?;
        if reply.answer.status().is_success() { Ok(()) } else { Err(reply.failure("revocation endpoint")) }
    }
}
