use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;

use super::annotated::Annotated;
use super::{Settings, environment, lookup};
use crate::credentials::{InnerClient, OAuthClient, into_credentials};
use crate::error::Result;
use crate::fingerprint::Fingerprint;
use crate::token::OAuthToken;

/// A client that a provider made: an [`OAuthClient`] whose type can be named. A clone is cheap.
#[derive(Clone)]
pub struct ProviderClient(Arc<dyn OAuthClient>);

impl ProviderClient {
    /// Wraps the client of a provider.
    pub fn new(client: impl OAuthClient) -> Self {
        Self(Arc::new(client))
    }

    /// Adds a member to the [`extra`](OAuthToken::extra) of each of its tokens, whatever the server answers.
    #[must_use]
    pub fn with_extra(self, name: impl Into<String>, value: impl Into<String>) -> Self {
        Self::new(Annotated::new(self, name.into(), value.into()))
    }

    /// Looks the provider up by name and makes a client from settings.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](crate::Error::is_configuration): no provider of that name is linked in (the message lists
    /// those that are), keys are missing (it lists them all), or a key is unknown.
    pub fn connect(provider: &str, settings: Settings) -> Result<Self> {
        lookup::find(provider)?.connect(settings)
    }

    /// As [`connect`](Self::connect), with the settings from environment variables: the key `client_id` with the prefix
    /// `BILLING` is `BILLING_CLIENT_ID`. The keys in `fixed` are set by the program, and not read.
    ///
    /// # Errors
    ///
    /// As [`connect`](Self::connect); the message names the variables.
    pub fn from_env(provider: &str, prefix: &str, fixed: Settings) -> Result<Self> {
        let plugin = lookup::find(provider)?;
        plugin.connect(environment::read(plugin, prefix, fixed))
    }
}

#[async_trait]
impl OAuthClient for ProviderClient {
    fn name(&self) -> &str {
        self.0.name()
    }

    async fn get_token(&self) -> Result<OAuthToken> {
        self.0.get_token().await
    }

    fn fingerprint(&self) -> Fingerprint {
        let Self(client) = self;
        client.fingerprint()
    }

    fn inner(&self) -> Option<InnerClient<'_>> {
        Some(InnerClient::held(&*self.0))
    }
}

into_credentials!(ProviderClient);

impl fmt::Debug for ProviderClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ProviderClient").field(&self.0.name()).finish()
    }
}
