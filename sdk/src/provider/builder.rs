use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use http::{HeaderName, HeaderValue};

use super::{Capability, Person, ProfileMapping, ProviderCapabilities, ProviderClient};
use crate::api::ApiClient;
use crate::authorize::{AuthorizationCode, RedirectUri};
use crate::client::{Client, IntoClient};
use crate::credentials::{Credentials, OAuthClient};
use crate::endpoint::{Introspection, Revocation};
use crate::error::{Error, Result};
use crate::grant::{DeviceAuthorization, IntoScopes, Login, StoredLogin};

/// Makes a [`ProviderClient`] of a [`Client`] and what the provider says of itself.
///
/// ```
/// use grantkit::prelude::*;
/// use grantkit::provider::{ProfileMapping, ProfileRequest};
///
/// # fn connect(client_id: String, client_secret: SecretString) -> Result<ProviderClient> {
/// let client = Client::builder()
///     .client_id(client_id)
///     .client_secret_post(client_secret)
///     .token_endpoint("https://github.com/login/oauth/access_token")?
///     .authorization_endpoint("https://github.com/login/oauth/authorize")?
///     .build();
/// let profile = ProfileMapping::new(ProfileRequest::get("https://api.github.com/user")?).id("/id").name("/name");
/// let github = ProviderClient::builder("github")
///     .login(client, ["read:user", "user:email"])
///     .identity(profile)
///     .api("https://api.github.com")
///     .build();
/// # Ok(github)
/// # }
/// ```
#[must_use = "call `.build()`"]
pub struct ProviderClientBuilder {
    provider: Standard,
}

/// A provider that is as the standards have it, but for what its client's hooks change.
struct Standard {
    name: String,
    logins: Option<Client>,
    scopes: Vec<String>,
    authorization_parameters: Vec<(String, String)>,
    client: Option<Arc<dyn OAuthClient>>,
    profile: Option<ProfileMapping>,
    api: Option<String>,
    api_headers: Vec<Result<(HeaderName, HeaderValue)>>,
}

impl ProviderClientBuilder {
    pub(super) fn new(name: String) -> Self {
        let provider = Standard {
            name,
            logins: None,
            scopes: Vec::new(),
            authorization_parameters: Vec::new(),
            client: None,
            profile: None,
            api: None,
            api_headers: Vec::new(),
        };
        Self { provider }
    }

    /// Logs persons in by this client, with these scopes unless the login asks for others as well: in a browser where the client has an
    /// authorization endpoint, on another device where it has one for that. Revokes tokens where it has an endpoint for that.
    pub fn login<Form>(mut self, client: impl IntoClient, scopes: impl IntoScopes<Form>) -> Self {
        self.provider.logins = Some(client.into_client());
        self.provider.scopes = scopes.into_scopes();
        self
    }

    /// Adds a parameter to each authorization request, such as `access_type=offline`.
    pub fn authorization_parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.provider.authorization_parameters.push((name.into(), value.into()));
        self
    }

    /// Gives the program itself tokens by this client, as `client.client_credentials().named("acme")`.
    pub fn credentials(mut self, client: impl OAuthClient) -> Self {
        self.provider.client = Some(Arc::new(client));
        self
    }

    /// Says who has logged in.
    pub fn identity(mut self, profile: ProfileMapping) -> Self {
        self.provider.profile = Some(profile);
        self
    }

    /// The address of the provider's API.
    pub fn api(mut self, base: impl Into<String>) -> Self {
        self.provider.api = Some(base.into());
        self
    }

    /// A header that each request to the API has, before or after [`api`](Self::api). What is no header is an error of
    /// [`ProviderClient::api`].
    pub fn api_header<N, V>(mut self, name: N, value: V) -> Self
    where
        N: TryInto<HeaderName>,
        V: TryInto<HeaderValue>,
    {
        let header = match (name.try_into(), value.try_into()) {
            (Ok(name), Ok(value)) => Ok((name, value)),
            (Err(_), _) => {
                Err(Error::configuration("a header of the provider's API has no valid name: `.api_header(..)`"))
            }
            (Ok(name), Err(_)) => {
                Err(Error::configuration(format!("the header `{name}` of the provider's API has no valid value")))
            }
        };
        self.provider.api_headers.push(header);
        self
    }

    /// The provider.
    pub fn build(self) -> ProviderClient {
        ProviderClient::from_capabilities(self.provider)
    }
}

/// No type implements it: it carries the message.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "a provider that is built has no client ID and no secret: its client has them",
    label = "belongs into `Client::builder()`",
    note = "of a bundled provider: `ProviderClient::connect(\"github\", [(\"client_id\", id), (\"client_secret\", secret)])`",
    note = "of a provider of your own: `ProviderClient::builder(\"acme\").login(client, scopes)`, with a `Client`"
)]
pub trait ClientOfTheProvider {}

#[doc(hidden)]
impl ProviderClientBuilder {
    pub fn client_id(self, _: impl ClientOfTheProvider) -> Self {
        self
    }

    pub fn client_secret(self, _: impl ClientOfTheProvider) -> Self {
        self
    }
}

impl Standard {
    fn logins(&self, capability: Capability) -> Result<&Client> {
        self.logins.as_ref().ok_or_else(|| capability.unsupported(&self.name))
    }

    /// The client's own word, that it has no such endpoint, is about the client; this is about the provider.
    fn offered<T>(&self, what: Result<T>, capability: Capability) -> Result<T> {
        what.map_err(
            |error| {
                if error.is_unsupported() { capability.unsupported(&self.name).with_source(error) } else { error }
            },
        )
    }
}

#[async_trait]
impl ProviderCapabilities for Standard {
    fn name(&self) -> &str {
        &self.name
    }

    fn credentials(&self) -> Result<Arc<dyn OAuthClient>> {
        self.client.clone().ok_or_else(|| Capability::Credentials.unsupported(&self.name))
    }

    fn login(&self, redirect_uri: RedirectUri) -> Result<AuthorizationCode> {
        let login = self.logins(Capability::Login)?.authorization_code(redirect_uri);
        let login = self.offered(login, Capability::Login)?.scopes(self.scopes.as_slice());
        Ok(self.authorization_parameters.iter().fold(login, |login, (name, value)| login.login_parameter(name, value)))
    }

    fn device_login(&self) -> Result<DeviceAuthorization> {
        let login = self.logins(Capability::DeviceLogin)?.device_authorization();
        Ok(self.offered(login, Capability::DeviceLogin)?.scopes(self.scopes.as_slice()))
    }

    fn stored_login(&self, name: &str) -> Result<StoredLogin> {
        let login = self.logins(Capability::Login)?.stored_login(name);
        Ok(self.authorization_parameters.iter().fold(login, |login, (name, value)| login.login_parameter(name, value)))
    }

    async fn identity(&self, login: &Login) -> Result<Person> {
        let client = self.logins(Capability::Identity)?;
        match &self.profile {
            Some(profile) => profile.fetch(login, client).await,
            None => Err(Capability::Identity.unsupported(&self.name)),
        }
    }

    fn revocation(&self) -> Result<Revocation> {
        let revocation = self.logins(Capability::Revocation)?.revocation();
        self.offered(revocation, Capability::Revocation)
    }

    fn introspection(&self) -> Result<Introspection> {
        match &self.logins {
            Some(client) => client.introspection(),
            None => Err(Error::unsupported(format!(
                "the provider {:?} has no logins, and no endpoint of theirs",
                self.name
            ))),
        }
    }

    fn api(&self, credentials: Credentials) -> Result<ApiClient> {
        let base = self.api.as_ref().ok_or_else(|| Capability::Api.unsupported(&self.name))?;
        let mut api = ApiClient::builder(base, credentials);
        for header in &self.api_headers {
            let (name, value) = header.clone()?;
            api = api.default_header(name, value);
        }
        api.build()
    }
}

impl fmt::Debug for ProviderClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProviderClientBuilder").field("name", &self.provider.name).finish_non_exhaustive()
    }
}
