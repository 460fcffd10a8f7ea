use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;

use super::annotated::Annotated;
use super::{ConfigMistakes, ProviderConfig, Settings, environment, lookup};
use crate::credentials::{InnerClient, OAuthClient};
use crate::error::Result;
use crate::fingerprint::Fingerprint;
use crate::token::OAuthToken;

/// An identity provider: a name, a configuration, and how to make a client of it.
///
/// ```
/// use grantkit::prelude::*;
/// use grantkit::provider::{Provider, ProviderConfig, register_provider};
/// use serde::Deserialize;
///
/// pub struct Acme;
///
/// #[derive(Deserialize, ProviderConfig)]
/// pub struct AcmeConfig {
///     client_id: String,
///     client_secret: SecretString,
///     audience: Option<String>,
/// }
///
/// impl Provider for Acme {
///     const NAME: &'static str = "acme";
///     type Config = AcmeConfig;
///
///     fn connect(config: AcmeConfig) -> Result<ProviderClient> {
///         let client = Client::builder()
///             .client_id(config.client_id)
///             .client_secret_basic(config.client_secret)
///             .token_endpoint("https://login.acme.example/token")?
///             .build();
///         Ok(ProviderClient::new(client.client_credentials().audiences(config.audience).named("acme")))
///     }
/// }
///
/// register_provider!(Acme);
///
/// # fn main() {
/// assert!(grantkit::provider::provider_names().contains(&"acme"));
/// # }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an OAuth provider",
    label = "no `Provider`",
    note = "name a type that implements `grantkit::provider::Provider`, or a provider's name in quotes: `provider = \"auth0\"`"
)]
pub trait Provider: 'static {
    /// The name by which it is looked up, in lower case.
    const NAME: &'static str;

    /// What it needs to know.
    type Config: ProviderConfig;

    /// Adds what is wrong with the settings and does not follow from the list of keys: that one of several has to be given, that
    /// a value is no URL. It is told together with keys that are missing, empty, unknown or of another type, and runs beside these
    /// checks: any key may be missing here.
    fn check(settings: &Settings, mistakes: &mut ConfigMistakes) {
        let _ = (settings, mistakes);
    }

    /// Makes a client. It sends nothing: what has to be fetched is fetched with the first token.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](crate::Error::is_configuration) where a value is wrong; the message names its key.
    fn connect(config: Self::Config) -> Result<ProviderClient>;
}

/// A client that a provider made: an [`OAuthClient`] whose type can be named. A clone is cheap.
#[derive(Clone)]
pub struct ProviderClient(Arc<dyn OAuthClient>);

impl ProviderClient {
    /// Wraps what a provider made.
    pub fn new(client: impl OAuthClient) -> Self {
        Self(Arc::new(client))
    }

    /// The same with a member that each of its tokens has in its [`extra`](OAuthToken::extra), whatever the server answers.
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
    /// `BILLING` is `BILLING_CLIENT_ID`. What stands in `fixed` is set by the program, and not read.
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

impl fmt::Debug for ProviderClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ProviderClient").field(&self.0.name()).finish()
    }
}
