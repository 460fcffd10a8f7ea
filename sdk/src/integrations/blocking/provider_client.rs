use super::{ApiClient, AuthorizationCode, Credentials, DeviceAuthorization, Login, wait};
use crate::authorize::IntoRedirectUri;
use crate::credentials::IntoCredentials;
use crate::error::Result;
use crate::provider::{self, IntoProviderSettings, Person};
use crate::store::TokenStore;

/// A provider's client by its name: [`ProviderClient`](provider::ProviderClient) whose methods block.
///
/// ```no_run
/// use grantkit::integrations::blocking::ProviderClient;
/// use grantkit::prelude::*;
/// use grantkit_providers as _; // links the bundled providers in
///
/// # fn example() -> Result<()> {
/// let github = ProviderClient::from_env("github", "GITHUB", ())?;
/// let (url, pending) = github.login("https://app.example/callback")?.start()?;
/// # let (callback, _) = (String::new(), url);
/// let login = github.login("https://app.example/callback")?.finish(pending, &callback)?;
/// println!("{:?}", github.identity(&login)?.name());
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct ProviderClient(provider::ProviderClient);

impl ProviderClient {
    /// Looks the provider up by name, as [`ProviderClient::connect`](provider::ProviderClient::connect).
    pub fn connect(provider: &str, settings: impl IntoProviderSettings) -> Result<Self> {
        provider::ProviderClient::connect(provider, settings).map(Self)
    }

    /// The same with the settings from environment variables, as [`ProviderClient::from_env`](provider::ProviderClient::from_env).
    pub fn from_env(provider: &str, prefix: &str, fixed: impl IntoProviderSettings) -> Result<Self> {
        provider::ProviderClient::from_env(provider, prefix, fixed).map(Self)
    }

    /// The provider's name.
    pub fn name(&self) -> &str {
        self.0.name()
    }

    /// The credentials of the program itself.
    pub fn credentials(&self) -> Credentials {
        Credentials::from(self.0.credentials())
    }

    /// The login of a person in a browser, with what is asked for unless told otherwise; for other scopes, call
    /// [`login`](provider::ProviderClient::login) of [`as_async`](Self::as_async), and make it an [`AuthorizationCode`].
    ///
    /// # Errors
    ///
    /// As [`ProviderClient::login`](provider::ProviderClient::login).
    pub fn login(&self, redirect_uri: impl IntoRedirectUri) -> Result<AuthorizationCode> {
        self.0.login(redirect_uri).map(AuthorizationCode::from)
    }

    /// The login of a person on another device (RFC 8628).
    ///
    /// # Errors
    ///
    /// As [`ProviderClient::device_login`](provider::ProviderClient::device_login).
    pub fn device_login(&self) -> Result<DeviceAuthorization> {
        self.0.device_login().map(DeviceAuthorization::from)
    }

    /// The credentials of a login that was [stored](Login::credentials_in) under this name.
    ///
    /// # Errors
    ///
    /// As [`ProviderClient::stored_login`](provider::ProviderClient::stored_login).
    pub fn stored_login(&self, store: impl TokenStore, name: impl AsRef<str>) -> Result<Credentials> {
        Ok(Credentials::from(self.0.stored_login(name)?.credentials_in(store)))
    }

    /// Who has logged in.
    ///
    /// # Errors
    ///
    /// As [`ProviderClient::identity`](provider::ProviderClient::identity).
    pub fn identity(&self, login: &Login) -> Result<Person> {
        wait(self.0.identity(login.as_async()))
    }

    /// Revokes the tokens where the provider can, and forgets them in any case.
    ///
    /// # Errors
    ///
    /// As [`ProviderClient::log_out`](provider::ProviderClient::log_out).
    pub fn log_out(&self, credentials: &Credentials) -> Result<()> {
        wait(self.0.log_out(credentials.as_async()))
    }

    /// The provider's API for these credentials, with the headers that it demands.
    ///
    /// # Errors
    ///
    /// As [`ProviderClient::api`](provider::ProviderClient::api).
    pub fn api(&self, credentials: impl IntoCredentials) -> Result<ApiClient> {
        self.0.api(credentials).map(ApiClient::from)
    }

    /// The client that it is made of.
    pub fn as_async(&self) -> &provider::ProviderClient {
        &self.0
    }
}

impl From<provider::ProviderClient> for ProviderClient {
    fn from(client: provider::ProviderClient) -> Self {
        Self(client)
    }
}
