use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;

use async_trait::async_trait;

use super::annotated::Annotated;
use super::{
    AnyProvider, IntoProviderSettings, OffersApi, OffersCredentials, OffersDeviceLogin, OffersIdentity, OffersLogin,
    OffersRevocation, Person, Provider, ProviderCapabilities, ProviderClientBuilder, ProviderPlugin, environment,
    lookup,
};
use crate::api::ApiClient;
use crate::authorize::{AuthorizationCode, IntoRedirectUri};
use crate::credentials::{Credentials, InnerClient, IntoCredentials, OAuthClient};
use crate::endpoint::{Introspection, Revocation};
use crate::error::Result;
use crate::fingerprint::Fingerprint;
use crate::grant::{DeviceAuthorization, Login, StoredLogin};
use crate::token::OAuthToken;

/// A provider that is configured: tokens for the program itself, logins of persons and who they are, its API. Its type can be named; a
/// clone is cheap.
///
/// What the provider does not offer is an error that says so, and who does ([`is_unsupported`](crate::Error::is_unsupported)). With the
/// provider's type as `P`, as [`from_env_as`](Self::from_env_as) and the derive give it, it does not compile.
///
/// ```no_run
/// use grantkit::prelude::*;
/// use grantkit::store::MemoryStore;
/// use grantkit_providers as _; // links the bundled providers in
///
/// # async fn example(store: MemoryStore, callback: String) -> Result<()> {
/// // GITHUB_CLIENT_ID, GITHUB_CLIENT_SECRET
/// let github = ProviderClient::from_env("github", "GITHUB", ())?;
/// let flow = github.login("https://app.example/callback")?;
/// let (url, pending) = flow.start()?; // send the browser there; it comes back with the callback
/// let login = flow.finish(pending, callback).await?;
/// let person = github.identity(&login).await?;
/// let credentials = login.credentials_in(store, person.id()).await?;
/// let repositories: serde_json::Value = github.api(credentials)?.get("user/repos").fetch().await?;
/// # Ok(())
/// # }
/// ```
pub struct ProviderClient<P = AnyProvider> {
    provider: Arc<dyn ProviderCapabilities>,
    /// Of the program itself, in place of the provider's.
    client: Option<Arc<dyn OAuthClient>>,
    of: PhantomData<fn() -> P>,
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
        Self { provider: Arc::new(provider), client: None, of: PhantomData }
    }

    /// Looks the provider up by name and makes a client from settings.
    ///
    /// ```no_run
    /// use grantkit::prelude::*;
    ///
    /// # fn example(secret: SecretString) -> Result<()> {
    /// let client = ProviderClient::connect("auth0", [("tenant", "acme"), ("client_id", "billing"), ("client_secret", "s3cret")])?;
    /// let settings = ProviderSettings::new().with("tenant", "acme").with("client_id", "billing").with("client_secret", secret);
    /// let same = ProviderClient::connect("auth0", settings)?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`is_configuration`](crate::Error::is_configuration): no provider of that name is linked in (the message lists
    /// those that are), keys are missing (it lists them all), or a key is unknown.
    pub fn connect(provider: &str, settings: impl IntoProviderSettings) -> Result<Self> {
        lookup::find(provider)?.connect(settings.into())
    }

    /// As [`connect`](Self::connect), with the settings from environment variables: the key `client_id` with the prefix
    /// `BILLING` is `BILLING_CLIENT_ID`. The keys in `fixed` are set by the program, and not read.
    ///
    /// # Errors
    ///
    /// As [`connect`](Self::connect); the message names the variables.
    pub fn from_env(provider: &str, prefix: &str, fixed: impl IntoProviderSettings) -> Result<Self> {
        let plugin = lookup::find(provider)?;
        plugin.connect(environment::read(plugin, prefix, fixed.into()))
    }

    /// Makes a client of the provider `P` from settings: what `P` does not offer does not compile.
    ///
    /// ```
    /// use grantkit::prelude::*;
    /// use grantkit::provider::{Provider, ProviderConfig, declare_capabilities};
    /// # use serde::Deserialize;
    ///
    /// struct Acme; // or one of `grantkit-providers`
    ///
    /// declare_capabilities!(Acme: Login);
    /// # #[derive(Deserialize, ProviderConfig)]
    /// # struct AcmeConfig { client_id: String }
    /// # impl Provider for Acme {
    /// #     const NAME: &'static str = "acme";
    /// #     type Config = AcmeConfig;
    /// #     fn connect(config: AcmeConfig) -> Result<ProviderClient> {
    /// #         let client = Client::builder().client_id(config.client_id).public();
    /// #         let client = client.token_endpoint("https://acme.example/token")?;
    /// #         let client = client.authorization_endpoint("https://acme.example/authorize")?.build().erased();
    /// #         Ok(ProviderClient::builder("acme").login(client, ["profile"]).build())
    /// #     }
    /// # }
    ///
    /// # fn main() -> Result<()> {
    /// let acme = ProviderClient::connect_as::<Acme>(ProviderSettings::new().with("client_id", "app"))?;
    /// let login = acme.login("https://app.example/callback")?; // `acme.credentials()` does not compile
    /// let kept: ProviderClient = acme.erased(); // a type without a parameter, for what is stored
    /// # let _ = (login, kept);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`connect`](Self::connect), but for the look-up: the type is the provider.
    pub fn connect_as<P: Provider>(settings: impl IntoProviderSettings) -> Result<ProviderClient<P>> {
        ProviderPlugin::of::<P>().connect(settings.into()).map(Self::of_provider)
    }

    /// As [`connect_as`](Self::connect_as), with the settings from environment variables, as by [`from_env`](Self::from_env).
    ///
    /// # Errors
    ///
    /// As [`connect_as`](Self::connect_as); the message names the variables.
    pub fn from_env_as<P: Provider>(prefix: &str, fixed: impl IntoProviderSettings) -> Result<ProviderClient<P>> {
        let plugin = ProviderPlugin::of::<P>();
        plugin.connect(environment::read(&plugin, prefix, fixed.into())).map(Self::of_provider)
    }

    /// For what the provider `P` has connected.
    #[doc(hidden)]
    pub fn of_provider<P>(self) -> ProviderClient<P> {
        self.with_type()
    }
}

impl<P> ProviderClient<P> {
    /// The same without the provider's type: what to keep where several providers are kept. What the provider lacks is an error then.
    pub fn erased(self) -> ProviderClient {
        self.with_type()
    }

    fn with_type<Q>(self) -> ProviderClient<Q> {
        ProviderClient { provider: self.provider, client: self.client, of: PhantomData }
    }

    /// The same with a member that each of the program's own tokens has in its [`extra`](OAuthToken::extra), whatever the server
    /// answers.
    #[must_use]
    pub fn with_extra(self, name: impl Into<String>, value: impl Into<String>) -> Self {
        let annotated = Annotated::new(self.clone().erased(), name.into(), value.into());
        Self { client: Some(Arc::new(annotated)), ..self }
    }

    /// The same with tokens of these scopes alone for the program itself, where it has such.
    pub(super) fn narrowed(&self, scopes: &[&str]) -> Option<Self> {
        let client = self.client().ok()?.with_scopes(scopes)?;
        Some(Self { client: Some(client), ..self.clone() })
    }

    /// Of the program itself.
    fn client(&self) -> Result<Arc<dyn OAuthClient>> {
        self.client.clone().map_or_else(|| self.provider.credentials(), Ok)
    }

    /// The provider's name.
    pub fn name(&self) -> &str {
        self.provider.name()
    }

    /// The credentials of the program itself: every handle of the provider's client shares its token.
    pub fn credentials(&self) -> Credentials
    where
        P: OffersCredentials,
    {
        OAuthClient::credentials(self)
    }

    /// The login of a person in a browser: what is asked for unless told otherwise is there, and [`scope`](AuthorizationCode::scope) asks
    /// for more.
    ///
    /// # Errors
    ///
    /// [`is_unsupported`](crate::Error::is_unsupported) where the provider has no logins;
    /// [`is_configuration`](crate::Error::is_configuration) where the redirect URI is none.
    pub fn login(&self, redirect_uri: impl IntoRedirectUri) -> Result<AuthorizationCode>
    where
        P: OffersLogin,
    {
        self.provider.login(redirect_uri.into_redirect_uri()?)
    }

    /// The login of a person on another device (RFC 8628).
    ///
    /// # Errors
    ///
    /// [`is_unsupported`](crate::Error::is_unsupported) where the provider has none.
    pub fn device_login(&self) -> Result<DeviceAuthorization>
    where
        P: OffersDeviceLogin,
    {
        self.provider.device_login()
    }

    /// A login that was [stored](Login::credentials_in) under this name, such as the person's [`id`](Person::id); not that alone where it may
    /// be [another person's later](Person::is_id_reassignable).
    ///
    /// # Errors
    ///
    /// [`is_unsupported`](crate::Error::is_unsupported) where the provider has no logins.
    pub fn stored_login(&self, name: impl AsRef<str>) -> Result<StoredLogin>
    where
        P: OffersLogin,
    {
        self.provider.stored_login(name.as_ref())
    }

    /// Who has logged in.
    ///
    /// # Errors
    ///
    /// [`is_unsupported`](crate::Error::is_unsupported) where the provider does not say; [`is_security`](crate::Error::is_security)
    /// where its person is not the one of the ID token; or what the provider or the network answered.
    // No `async fn`: of one, the compiler says a second time that the provider does not identify.
    pub fn identity<'a>(&'a self, login: &'a Login) -> Pin<Box<dyn Future<Output = Result<Person>> + Send + 'a>>
    where
        P: OffersIdentity,
    {
        self.provider.identity(login)
    }

    /// The revocation endpoint, for [`Credentials::log_out`].
    ///
    /// # Errors
    ///
    /// [`is_unsupported`](crate::Error::is_unsupported) where the provider has none.
    pub fn revocation(&self) -> Result<Revocation>
    where
        P: OffersRevocation,
    {
        self.provider.revocation()
    }

    /// The introspection endpoint (RFC 7662), which says of any token whether it is active. It is for those who take tokens, and none of the
    /// [capabilities](super::Capability), so that a provider that lacks it says so when it is asked.
    ///
    /// # Errors
    ///
    /// [`is_unsupported`](crate::Error::is_unsupported) where the provider has none.
    pub fn introspection(&self) -> Result<Introspection> {
        self.provider.introspection()
    }

    /// Logs out: revokes the tokens where the provider can, and forgets them in any case.
    ///
    /// # Errors
    ///
    /// As [`Credentials::log_out`], or as [`Credentials::clear`] where the provider has no revocation.
    pub async fn log_out(&self, credentials: &Credentials) -> Result<()> {
        match self.provider.revocation() {
            // One that is discovered may turn out to have none, once the tokens are forgotten.
            Ok(revocation) => match credentials.log_out(&revocation).await {
                Err(error) if error.is_unsupported() => Ok(()),
                ended => ended,
            },
            Err(error) if error.is_unsupported() => credentials.clear().await,
            Err(error) => credentials.clear().await.and(Err(error)),
        }
    }

    /// The provider's API for these credentials, with the headers that it demands.
    ///
    /// # Errors
    ///
    /// [`is_unsupported`](crate::Error::is_unsupported) where its address is not known: give it to [`ApiClient::new`].
    pub fn api(&self, credentials: impl IntoCredentials) -> Result<ApiClient>
    where
        P: OffersApi,
    {
        self.provider.api(credentials.into_credentials())
    }
}

/// The program itself. Where the provider has no tokens for it, each request is an error that says so.
#[async_trait]
impl<P: OffersCredentials> OAuthClient for ProviderClient<P> {
    fn name(&self) -> &str {
        self.provider.name()
    }

    async fn get_token(&self) -> Result<OAuthToken> {
        self.client()?.get_token().await
    }

    fn fingerprint(&self) -> Fingerprint {
        match self.client() {
            Ok(client) => client.fingerprint(),
            Err(error) => Fingerprint::new("error", error.to_string()),
        }
    }

    fn inner(&self) -> Option<InnerClient<'_>> {
        self.client().ok().map(InnerClient::from)
    }

    fn with_scopes(&self, scopes: &[&str]) -> Option<Arc<dyn OAuthClient>> {
        Some(Arc::new(self.narrowed(scopes)?))
    }
}

impl<P: OffersCredentials> IntoCredentials for ProviderClient<P> {
    fn into_credentials(self) -> Credentials {
        OAuthClient::credentials(&self)
    }
}

impl<P: OffersCredentials> IntoCredentials for &ProviderClient<P> {
    fn into_credentials(self) -> Credentials {
        OAuthClient::credentials(self)
    }
}

// By hand, as the provider's type need not be `Clone`.
impl<P> Clone for ProviderClient<P> {
    fn clone(&self) -> Self {
        Self { provider: Arc::clone(&self.provider), client: self.client.clone(), of: PhantomData }
    }
}

impl<P> fmt::Debug for ProviderClient<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ProviderClient").field(&self.provider.name()).finish()
    }
}
