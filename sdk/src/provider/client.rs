use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;

use super::annotated::Annotated;
use super::{Person, ProviderCapabilities, ProviderClientBuilder, Settings, environment, lookup};
use crate::api::ApiClient;
use crate::authorize::{AuthorizationCode, RedirectUri};
use crate::credentials::{Credentials, InnerClient, IntoCredentials, OAuthClient, into_credentials};
use crate::endpoint::Revocation;
use crate::error::Result;
use crate::fingerprint::Fingerprint;
use crate::grant::{DeviceAuthorization, Login, StoredLogin};
use crate::token::OAuthToken;

/// A provider that is configured: tokens for the program itself, logins of persons and who they are, its API. Its type can be named; a
/// clone is cheap.
///
/// What the provider does not offer is an error that says so, and who does ([`is_unsupported`](crate::Error::is_unsupported)).
///
/// ```no_run
/// use grantkit::prelude::*;
/// use grantkit::provider::Settings;
/// use grantkit::store::MemoryStore;
///
/// # async fn example(store: MemoryStore, callback: String) -> Result<()> {
/// // GITHUB_CLIENT_ID, GITHUB_CLIENT_SECRET
/// let github = ProviderClient::from_env("github", "GITHUB", Settings::new())?;
/// let login = github.login(RedirectUri::new("https://app.example/callback")?)?;
/// let (url, pending) = login.start()?; // send the browser there; it comes back with the callback
/// let login = login.finish(pending, callback).await?;
/// let person = github.identity(&login).await?;
/// let credentials = login.credentials_in(store, person.id()).await?;
/// let repositories: serde_json::Value = github.api(credentials)?.get("user/repos").fetch().await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct ProviderClient {
    provider: Arc<dyn ProviderCapabilities>,
    /// Of the program itself, in place of the provider's.
    client: Option<Arc<dyn OAuthClient>>,
}

impl ProviderClient {
    /// A provider that has tokens for the program itself, and nothing else.
    pub fn new(client: impl OAuthClient) -> Self {
        let name = client.name().to_owned();
        Self::builder(name).credentials(client).build()
    }

    /// Makes a provider of a [`Client`](crate::Client) and what the provider says of itself.
    pub fn builder(name: impl Into<String>) -> ProviderClientBuilder {
        ProviderClientBuilder::new(name.into())
    }

    /// A provider that does something of its own.
    pub fn from_capabilities(provider: impl ProviderCapabilities) -> Self {
        Self { provider: Arc::new(provider), client: None }
    }

    /// The same with a member that each of the program's own tokens has in its [`extra`](OAuthToken::extra), whatever the server
    /// answers.
    #[must_use]
    pub fn with_extra(self, name: impl Into<String>, value: impl Into<String>) -> Self {
        let annotated = Annotated::new(self.clone(), name.into(), value.into());
        Self { client: Some(Arc::new(annotated)), ..self }
    }

    /// Of the program itself.
    fn client(&self) -> Result<Arc<dyn OAuthClient>> {
        self.client.clone().map_or_else(|| self.provider.client(), Ok)
    }

    /// The provider's name.
    pub fn name(&self) -> &str {
        self.provider.name()
    }

    /// The login of a person in a browser: what is asked for unless told otherwise is there, and [`scope`](AuthorizationCode::scope) asks
    /// for more.
    ///
    /// # Errors
    ///
    /// [`is_unsupported`](crate::Error::is_unsupported) where the provider logs nobody in.
    pub fn login(&self, redirect_uri: RedirectUri) -> Result<AuthorizationCode> {
        self.provider.login(redirect_uri)
    }

    /// The login of a person on another device (RFC 8628).
    ///
    /// # Errors
    ///
    /// [`is_unsupported`](crate::Error::is_unsupported) where the provider has none.
    pub fn device_login(&self) -> Result<DeviceAuthorization> {
        self.provider.device_login()
    }

    /// A login that was [stored](Login::credentials_in) under this name, such as the person's [`id`](Person::id).
    ///
    /// # Errors
    ///
    /// [`is_unsupported`](crate::Error::is_unsupported) where the provider logs nobody in.
    pub fn stored_login(&self, name: impl AsRef<str>) -> Result<StoredLogin> {
        self.provider.stored_login(name.as_ref())
    }

    /// Who has logged in.
    ///
    /// # Errors
    ///
    /// [`is_unsupported`](crate::Error::is_unsupported) where the provider does not say; [`is_security`](crate::Error::is_security)
    /// where it says that of somebody else than the ID token; or what the provider or the network answered.
    pub async fn identity(&self, login: &Login) -> Result<Person> {
        self.provider.identity(login).await
    }

    /// The revocation endpoint, for [`Credentials::log_out`].
    ///
    /// # Errors
    ///
    /// [`is_unsupported`](crate::Error::is_unsupported) where the provider has none.
    pub fn revocation(&self) -> Result<Revocation> {
        self.provider.revocation()
    }

    /// Logs out: revokes the tokens where the provider can, and forgets them in any case.
    ///
    /// # Errors
    ///
    /// As [`Credentials::log_out`], or as [`Credentials::clear`] where the provider has no revocation.
    pub async fn log_out(&self, credentials: &Credentials) -> Result<()> {
        match self.provider.revocation() {
            Ok(revocation) => credentials.log_out(&revocation).await,
            Err(error) if error.is_unsupported() => credentials.clear().await,
            Err(error) => credentials.clear().await.and(Err(error)),
        }
    }

    /// The provider's API for these credentials, with the headers that it demands.
    ///
    /// # Errors
    ///
    /// [`is_unsupported`](crate::Error::is_unsupported) where its address is not known: give it to [`ApiClient::new`].
    pub fn api(&self, credentials: impl IntoCredentials) -> Result<ApiClient> {
        self.provider.api(credentials.into_credentials())
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

/// The program itself. Where the provider has no tokens for it, each request is an error that says so.
#[async_trait]
impl OAuthClient for ProviderClient {
    fn name(&self) -> &str {
        self.provider.name()
    }

    async fn get_token(&self) -> Result<OAuthToken> {
        self.client()?.get_token().await
    }

    fn fingerprint(&self) -> Fingerprint {
        match self.client() {
            Ok(client) => client.fingerprint(),
            Err(error) => Fingerprint::of("error", error.to_string()),
        }
    }

    fn inner(&self) -> Option<InnerClient<'_>> {
        self.client().ok().map(InnerClient::from)
    }
}

into_credentials!(ProviderClient);

impl fmt::Debug for ProviderClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ProviderClient").field(&self.provider.name()).finish()
    }
}
