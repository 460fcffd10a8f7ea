use super::{RequestParameters, TokenEndpoint, request_parameter_methods};
use crate::error::Result;
use crate::fingerprint::Fingerprint;
use crate::token::{OAuthToken, RefreshToken, RefreshTokenRotation};

/// The refresh-token grant by itself (RFC 6749 §6): for a program that is configured with a long-lived refresh token.
///
/// With scopes it requests less than was granted; without, all of it.
///
/// If the server replaces refresh tokens, credentials go on with the newest, and do not send the configured one again for as long as the
/// process runs, also after they were dropped. Beside those that are in use, the process keeps the successors of some 8,000 for up to 90 days
/// without use; of up to 100,000 others it keeps that they were replaced, and their errors [need a login](crate::Error::needs_login). What it
/// would forget after that could be sent a second time. So a service with many users keeps their logins in a
/// [`TokenStore`](crate::store::TokenStore), as [`StoredLogin`](super::StoredLogin)s.
///
/// It is one login, also under several names, as where one asks for `read` and another for `write`: they have access tokens of their own,
/// share what became of the refresh token, and take turns in spending it. So [`log_out`](crate::Credentials::log_out) under one name ends
/// it for all, as does a [`put`](crate::Credentials::put) of another login; the others go on with the access tokens that they have until
/// those expire. [`clear`](crate::Credentials::clear) and [`CredentialCache::remove`](crate::credentials::CredentialCache::remove) under one
/// name forget only its access token.
///
/// The refresh token of a login needs none of this: [`Credentials`](crate::Credentials) keeps and spends it.
///
/// ```
/// use grantkit::prelude::*;
///
/// let client = Client::builder()
///     .client_id("billing")
///     .client_secret_basic("s3cret")
///     .token_endpoint("https://as.example/token")?
///     .build();
/// let credentials: Credentials = client.refresh_token_grant("1//0g-long-lived").scope("read").credentials("billing");
/// # Ok::<(), grantkit::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "call `.credentials(..)` for a handle that keeps a token, or `.get_token()` for one token"]
pub struct RefreshTokenGrant {
    endpoint: TokenEndpoint,
    refresh_token: RefreshToken,
    parameters: RequestParameters,
}

impl RefreshTokenGrant {
    pub(crate) fn new(endpoint: TokenEndpoint, refresh_token: RefreshToken) -> Self {
        Self { endpoint, refresh_token, parameters: RequestParameters::default() }
    }

    request_parameter_methods!();

    /// Requests one token now, without the cache. It comes with the refresh token to use next; if the server rotates refresh tokens,
    /// this one may be spent.
    ///
    /// # Errors
    ///
    /// The error of the server or the network; where the answer could not be used, and has replaced the refresh token, it has the
    /// [next one](crate::Error::next_refresh_token).
    pub async fn get_token(&self) -> Result<OAuthToken> {
        self.spend(&self.refresh_token).await
    }

    /// The same with the refresh token that the server gave in place of the first.
    pub(crate) async fn spend(&self, refresh_token: &RefreshToken) -> Result<OAuthToken> {
        self.endpoint.refresh(refresh_token, &self.parameters).await
    }

    pub(crate) fn endpoint(&self) -> &TokenEndpoint {
        &self.endpoint
    }

    pub(crate) fn refresh_token_rotation(&self) -> RefreshTokenRotation {
        self.endpoint.refresh_token_rotation()
    }

    pub(crate) fn refresh_token(&self) -> &RefreshToken {
        &self.refresh_token
    }

    pub(crate) fn fingerprint(&self) -> Fingerprint {
        let Self { endpoint, refresh_token: _, parameters } = self;
        let builder = Fingerprint::builder().part("login", self.login()).part("endpoint", endpoint.fingerprint());
        // Spent on each machine for itself, it would be replayed.
        builder.part("parameters", parameters.fingerprint()).of_any_machine().build()
    }

    /// What tells this refresh token from every other, whatever it is used to ask for; its successor outlives the client's secret.
    pub(crate) fn login(&self) -> Fingerprint {
        let Self { endpoint, refresh_token, parameters: _ } = self;
        let builder = Fingerprint::builder().parameter("grant_type", "refresh_token");
        builder.part("endpoint", endpoint.login_fingerprint()).secret("refresh_token", refresh_token.secret()).build()
    }
}
