use http::StatusCode;

use super::further_parameters::FurtherParameters;
use crate::client_auth::AuthenticatedEndpoint;
use crate::error::{Error, Result};
use crate::telemetry::Endpoint;
use crate::token::{AccessToken, OAuthToken, RefreshToken};
use crate::transport::Repeat;
use crate::wire::names_error;

/// What Google answers of a token that ended with its refresh token.
const NO_TOKEN: &str = "invalid_token";

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
    kinds: Kinds,
}

/// Which tokens the server revokes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Kinds {
    #[default]
    Both,
    AccessTokens,
    RefreshTokens,
}

impl Revocation {
    pub(crate) fn new(endpoint: AuthenticatedEndpoint) -> Self {
        let endpoint = endpoint.with_endpoint_kind(Endpoint::Revocation);
        Self { endpoint, parameters: FurtherParameters::default(), kinds: Kinds::default() }
    }

    /// Where it is.
    pub(crate) fn endpoint(&self) -> &AuthenticatedEndpoint {
        &self.endpoint
    }

    /// Adds a parameter to the requests, for a server that wants more than RFC 7009 §2.1 has.
    #[must_use = "call `.token(..)` or its like on what it returns"]
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.parameters.add(name, value);
        self
    }

    /// Sends no refresh token, for a server that revokes access tokens alone, and ends the login with them.
    #[must_use = "call `.access_token(..)` on what it returns, or give it to `Credentials::log_out`"]
    pub fn access_tokens_only(mut self) -> Self {
        self.kinds = Kinds::AccessTokens;
        self
    }

    /// Sends no access token, for a server that revokes refresh tokens alone, and refuses others.
    #[must_use = "call `.refresh_token(..)` on what it returns, or give it to `Credentials::log_out`"]
    pub fn refresh_tokens_only(mut self) -> Self {
        self.kinds = Kinds::RefreshTokens;
        self
    }

    pub(crate) fn takes_access_tokens(&self) -> bool {
        self.kinds != Kinds::RefreshTokens
    }

    pub(crate) fn takes_refresh_tokens(&self) -> bool {
        self.kinds != Kinds::AccessTokens
    }

    /// Revokes a token of any kind, without a hint (`token_type_hint`): for servers that reject hints, or kinds that RFC 7009 does not
    /// define.
    ///
    /// # Errors
    ///
    /// As [`access_token`](Self::access_token).
    pub async fn token(&self, token: &str) -> Result<()> {
        self.revoke(token, None, None).await
    }

    /// Revokes an access token. A token that the server does not know, or that was over before (`invalid_token`), is no
    /// error (RFC 7009 §2.2). `invalid_grant` is one: some servers say so of a token that another client has.
    ///
    /// # Errors
    ///
    /// [`is_unsupported`](crate::Error::is_unsupported) where the server revokes [refresh tokens only](Self::refresh_tokens_only); the
    /// error of the server or the network; the token may then still be valid.
    pub async fn access_token(&self, token: &AccessToken) -> Result<()> {
        self.check_access_tokens()?;
        self.revoke(token.secret(), Some("access_token"), None).await
    }

    /// Revokes the access token of a token response, at a server that wants more of that response than the token: a function of
    /// [`write_revocation_request`](crate::client::ClientBuilder::write_revocation_request) finds it by
    /// [`token_member`](crate::client::EndpointRequest::token_member). [`Credentials::log_out`](crate::Credentials::log_out) revokes in
    /// this way.
    ///
    /// # Errors
    ///
    /// As [`access_token`](Self::access_token).
    pub async fn access_token_of(&self, token: &OAuthToken) -> Result<()> {
        self.check_access_tokens()?;
        self.revoke(token.access_token().secret(), Some("access_token"), Some(token)).await
    }

    /// Revokes a refresh token, and with it the tokens that were issued for it.
    ///
    /// # Errors
    ///
    /// As [`access_token`](Self::access_token).
    pub async fn refresh_token(&self, token: &RefreshToken) -> Result<()> {
        if !self.takes_refresh_tokens() {
            return Err(Error::unsupported(
                "the server revokes access tokens only: revoke the access token, with which the login ends",
            ));
        }
        self.revoke(token.secret(), Some("refresh_token"), None).await
    }

    fn check_access_tokens(&self) -> Result<()> {
        if self.takes_access_tokens() {
            return Ok(());
        }
        Err(Error::unsupported("the server revokes refresh tokens only: the access token ends by itself"))
    }

    async fn revoke(&self, token: &str, hint: Option<&'static str>, whole: Option<&OAuthToken>) -> Result<()> {
        let mut form = self.parameters.form(token, hint)?;
        if let Some(whole) = whole {
            form.set_subject(whole.clone());
        }
        let reply = self.endpoint.post(form, Repeat::AfterLoss).await?;
        // Some servers answer all with 200, and errors with an `error` in what should be empty (RFC 7009 §2.2).
        let status = reply.answer.status();
        if status.is_success() && !names_error(reply.answer.body()) {
            return Ok(());
        }
        let failure = reply.failure("revocation endpoint");
        // How others say that a token was over before, which is no error (RFC 7009 §2.2); 401 is about the client.
        let is_about_token = status != StatusCode::UNAUTHORIZED && !status.is_server_error();
        let is_over = is_about_token && failure.oauth_code() == Some(NO_TOKEN);
        if is_over { Ok(()) } else { Err(failure) }
    }
}
