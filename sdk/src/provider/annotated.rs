use std::sync::Arc;

use async_trait::async_trait;

use super::ProviderClient;
use crate::credentials::{InnerClient, OAuthClient, RefreshKey};
use crate::error::Result;
use crate::fingerprint::Fingerprint;
use crate::token::{OAuthToken, RefreshToken};

/// A client whose tokens have one member more than the server answers.
pub(super) struct Annotated {
    client: ProviderClient,
    name: String,
    value: String,
}

impl Annotated {
    pub(super) fn new(client: ProviderClient, name: String, value: String) -> Self {
        Self { client, name, value }
    }

    fn annotate(&self, token: OAuthToken) -> OAuthToken {
        token.with_extra(self.name.as_str(), self.value.as_str())
    }
}

#[async_trait]
impl OAuthClient for Annotated {
    fn name(&self) -> &str {
        self.client.name()
    }

    async fn get_token(&self) -> Result<OAuthToken> {
        self.client.get_token().await.map(|token| self.annotate(token))
    }

    async fn refresh_token(&self, refresh_token: &RefreshToken) -> Result<OAuthToken> {
        self.client.refresh_token(refresh_token).await.map(|token| self.annotate(token))
    }

    fn fingerprint(&self) -> Fingerprint {
        let Self { client, name, value } = self;
        let extra = Fingerprint::new(name, value);
        Fingerprint::builder().part("client", client.fingerprint()).part("extra", extra).build()
    }

    /// A member more makes no other login of it.
    fn refresh_key(&self) -> RefreshKey {
        self.client.refresh_key()
    }

    fn inner(&self) -> Option<InnerClient<'_>> {
        Some(InnerClient::from(&self.client))
    }

    fn with_scopes(&self, scopes: &[&str]) -> Option<Arc<dyn OAuthClient>> {
        let client = self.client.narrowed(scopes)?;
        Some(Arc::new(Self { client, name: self.name.clone(), value: self.value.clone() }))
    }
}
