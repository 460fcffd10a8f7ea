use async_trait::async_trait;
use http::StatusCode;

use super::ProviderClient;
use crate::credentials::OAuthClient;
use crate::dpop::DpopKey;
use crate::error::{Error, Result};
use crate::fingerprint::Fingerprint;
use crate::token::{OAuthToken, RefreshToken, RefreshTokenRotation};

/// A provider's client under a name of its own: what `#[derive(OAuthClient)]` makes handles of.
///
/// Where the client could not be made, every call gives the error.
#[derive(Clone, Debug)]
pub struct NamedClient {
    name: &'static str,
    client: Result<ProviderClient>,
}

impl NamedClient {
    /// Names what [`ProviderClient::connect`] gave.
    pub fn new(name: &'static str, client: Result<ProviderClient>) -> Self {
        Self { name, client }
    }

    fn client(&self) -> Result<&ProviderClient> {
        self.client.as_ref().map_err(Error::clone)
    }
}

#[async_trait]
impl OAuthClient for NamedClient {
    fn name(&self) -> &str {
        self.name
    }

    async fn get_token(&self) -> Result<OAuthToken> {
        self.client()?.get_token().await
    }

    async fn refresh_token(&self, refresh_token: &RefreshToken) -> Result<OAuthToken> {
        self.client()?.refresh_token(refresh_token).await
    }

    /// Without a client the error is what tells this one apart: it shares no token with one that works.
    fn fingerprint(&self) -> Fingerprint {
        match &self.client {
            Ok(client) => client.fingerprint(),
            Err(error) => Fingerprint::builder().parameter("error", error.to_string()).finish(),
        }
    }

    fn configured_refresh_token(&self) -> Option<RefreshToken> {
        self.client.as_ref().ok()?.configured_refresh_token()
    }

    fn unauthorized_status_codes(&self) -> Vec<StatusCode> {
        match &self.client {
            Ok(client) => client.unauthorized_status_codes(),
            Err(_) => vec![StatusCode::UNAUTHORIZED],
        }
    }

    fn dpop_key(&self) -> Option<DpopKey> {
        self.client.as_ref().ok()?.dpop_key()
    }

    async fn check_refreshed(&self, token: OAuthToken, subject: Option<&str>) -> Result<OAuthToken> {
        self.client()?.check_refreshed(token, subject).await
    }

    fn subject(&self, token: &OAuthToken) -> Option<String> {
        self.client.as_ref().ok()?.subject(token)
    }

    fn refresh_token_rotation(&self) -> RefreshTokenRotation {
        self.client.as_ref().map_or_else(|_| RefreshTokenRotation::Unknown, ProviderClient::refresh_token_rotation)
    }

    fn announces_sending(&self) -> bool {
        self.client.as_ref().is_ok_and(ProviderClient::announces_sending)
    }
}
