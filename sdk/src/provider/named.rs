use std::sync::Arc;

use async_trait::async_trait;

use super::ProviderClient;
use crate::credentials::{InnerClient, OAuthClient, RefreshKey};
use crate::error::{Error, Result};
use crate::fingerprint::Fingerprint;
use crate::token::{OAuthToken, RefreshToken};

/// A provider's client under another name, as `#[derive(OAuthClient)]` uses it.
///
/// Where the client could not be made, every call gives the error.
#[derive(Clone, Debug)]
pub struct NamedClient {
    name: &'static str,
    client: Result<ProviderClient>,
}

impl NamedClient {
    /// Names the result of [`ProviderClient::connect`].
    pub fn new<P>(name: &'static str, client: Result<ProviderClient<P>>) -> Self {
        Self { name, client: client.map(ProviderClient::erased) }
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
        let Self { name: _, client } = self;
        match client {
            // The client's own name is part of its identity too, and this name replaces it.
            Ok(client) => Fingerprint::builder()
                .parameter("access_key", client.access_key())
                .part("client", client.fingerprint())
                .build(),
            Err(error) => Fingerprint::new("error", error.to_string()),
        }
    }

    fn access_key(&self) -> String {
        format!("{}:access", self.name)
    }

    /// Another name makes no other login of it.
    fn refresh_key(&self) -> RefreshKey {
        match &self.client {
            Ok(client) => client.refresh_key(),
            Err(_) => RefreshKey::new(format!("{}:refresh", self.name)).with_fingerprint(self.fingerprint()),
        }
    }

    /// One that could not be made goes on to say why.
    fn with_scopes(&self, scopes: &[&str]) -> Option<Arc<dyn OAuthClient>> {
        let client = match &self.client {
            Ok(client) => Ok(client.narrowed(scopes)?),
            Err(error) => Err(error.clone()),
        };
        Some(Arc::new(Self { name: self.name, client }))
    }

    fn inner(&self) -> Option<InnerClient<'_>> {
        self.client.as_ref().ok().map(InnerClient::from)
    }
}
