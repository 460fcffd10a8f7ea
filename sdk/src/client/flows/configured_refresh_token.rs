use async_trait::async_trait;

use crate::error::Result;
use crate::fingerprint::Fingerprint;
use crate::grant::{Grant, RefreshTokenGrant, TokenEndpoint};
use crate::token::{OAuthToken, RefreshToken, RefreshTokenRotation};

/// A refresh token that was configured, as a client.
///
/// Where the server replaces it, its successor is used for as long as the process runs, and longer where it is kept in a store
/// (RFC 6749 §6, RFC 9700 §4.14): what becomes of it is known to `credentials`, not here.
#[derive(Clone)]
pub(in crate::client) struct ConfiguredRefreshToken(RefreshTokenGrant);

impl ConfiguredRefreshToken {
    pub(in crate::client) fn new(grant: RefreshTokenGrant) -> Self {
        Self(grant)
    }
}

#[async_trait]
impl Grant for ConfiguredRefreshToken {
    async fn get_token(&self) -> Result<OAuthToken> {
        self.0.get_token().await
    }

    async fn refresh(&self, refresh_token: &RefreshToken) -> Result<OAuthToken> {
        self.0.spend(refresh_token).await
    }

    fn fingerprint(&self) -> Fingerprint {
        self.0.fingerprint()
    }

    /// One login for all tokens that are requested with one refresh token: its successor is one, too.
    fn login(&self) -> Fingerprint {
        self.0.login()
    }

    fn configured_refresh_token(&self) -> Option<RefreshToken> {
        Some(self.0.refresh_token().clone())
    }

    fn refresh_token_rotation(&self) -> RefreshTokenRotation {
        self.0.refresh_token_rotation()
    }

    fn endpoint(&self) -> &TokenEndpoint {
        self.0.endpoint()
    }
}
