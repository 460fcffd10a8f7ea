use std::fmt;

use grantkit::credentials::Fingerprint;
use grantkit::grant::{BackchannelAuthentication, BackchannelHint, SecurityToken, TokenExchange};
use grantkit::provider::{Provider as _, ProviderConfig as _, ProviderSettings};
use grantkit::{ApiClient, Client, Error, ProviderClient, Result};
use serde_json::json;

use crate::catalogue::Entry;

use super::{Auth0, Auth0Config, authentication, provider, server, tenant};

/// A tenant of Auth0, with what only Auth0 has: its management API, backchannel logins by a person's ID, custom token exchange. The rest
/// is by [`provider`](Self::provider), or by [`client`](Self::client).
///
/// ```no_run
/// use grantkit::prelude::*;
/// use grantkit_providers::Auth0Tenant;
/// use serde_json::Value;
///
/// # async fn example() -> Result<()> {
/// let settings = ProviderSettings::new().with("tenant", "acme.eu").with("client_id", "ops").with("client_secret", "s3cret");
/// let management = Auth0Tenant::connect(settings)?.management()?;
/// for page in 0.. {
///     let users: Vec<Value> = management.get("users").query(&[("page", page), ("per_page", 100)]).fetch().await?;
///     if users.is_empty() {
///         break;
///     }
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Auth0Tenant {
    base_url: String,
    client: Client,
    audience: Option<String>,
    scopes: Vec<String>,
    organization: Option<String>,
    offline_access: bool,
}

impl Auth0Tenant {
    /// The tenant of these settings, with the keys of [`Auth0`]. Nothing is sent.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](grantkit::Error::is_configuration) lists all that is wrong.
    pub fn connect(settings: ProviderSettings) -> Result<Self> {
        let settings = settings.checked(Auth0::NAME, Auth0Config::KEYS, Auth0::check)?;
        let text = |key: &str| settings.text(key).map(str::to_owned);
        Self::new(Auth0Config {
            tenant: text("tenant").unwrap_or_default(),
            client_id: text("client_id").unwrap_or_default(),
            client_secret: settings.secret("client_secret"),
            private_key: settings.secret("private_key"),
            private_key_file: text("private_key_file"),
            private_key_id: text("private_key_id"),
            client_certificate_file: text("client_certificate_file"),
            token_endpoint_auth_method: text("token_endpoint_auth_method"),
            audience: text("audience"),
            scopes: settings.list("scopes").into_iter().map(str::to_owned).collect(),
            offline_access: settings.flag("offline_access"),
            organization: text("organization"),
        })
    }

    pub(super) fn new(config: Auth0Config) -> Result<Self> {
        let base_url = tenant::base_url(&config.tenant)?;
        let builder = authentication::builder(&config)?;
        let builder = match login_identity(&config) {
            // A login is asked for with these, and refreshed without.
            Some(identity) => builder.identity_part(identity),
            None => builder,
        };
        let client = builder.build_with_metadata(&server::metadata(&base_url)?)?;
        let Auth0Config { audience, scopes, organization, offline_access, .. } = config;
        Ok(Self { base_url, client, audience, scopes, organization, offline_access: offline_access.unwrap_or(true) })
    }

    /// The client, for every grant and endpoint.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// As the provider `auth0` by name.
    pub fn provider(self) -> ProviderClient {
        ProviderClient::from_capabilities(self)
    }

    /// The management API, with tokens of the program itself for it: `get("users")` asks for `/api/v2/users`. The application is authorized
    /// for it in the dashboard; an allowance of requests is told by 429 with `X-RateLimit-Reset`.
    ///
    /// The API's identifier has the tenant's own name: with a custom domain, call [`management_of`](Self::management_of).
    ///
    /// # Errors
    ///
    /// As [`ApiClient::new`].
    pub fn management(&self) -> Result<ApiClient> {
        self.management_for(format!("{}/api/v2/", self.base_url))
    }

    /// As [`management`](Self::management), for a tenant with a custom domain: its own name, `acme` or `acme.eu`.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](grantkit::Error::is_configuration) where that is no name of a tenant.
    pub fn management_of(&self, tenant: &str) -> Result<ApiClient> {
        self.management_for(format!("{}/api/v2/", tenant::base_url(tenant)?))
    }

    fn management_for(&self, audience: String) -> Result<ApiClient> {
        let grant = self.client.client_credentials().audience(audience);
        ApiClient::new(&format!("{}/api/v2", self.base_url), grant.named("auth0 management"))
    }

    /// The login of a person on their phone, by their ID, such as `auth0|5f7c`: client-initiated backchannel authentication (Auth0,
    /// "Client-Initiated Backchannel Authentication Flow"). [`binding_message`](BackchannelAuthentication::binding_message) is what the
    /// phone shows.
    ///
    /// # Errors
    ///
    /// As [`Client::backchannel_authentication`]; [`is_unsupported`](grantkit::Error::is_unsupported) with an `organization`, which such
    /// a login cannot be limited to.
    pub fn backchannel_login(&self, user_id: &str) -> Result<BackchannelAuthentication> {
        self.refuse_organization("a backchannel login")?;
        let hint = json!({ "format": "iss_sub", "iss": format!("{}/", self.base_url), "sub": user_id });
        let login = self.client.backchannel_authentication(BackchannelHint::login_hint(hint.to_string()))?;
        Ok(login.scopes(self.login_scopes()).audiences(self.audience()))
    }

    /// Custom token exchange: a token of the tenant for one of another system, whose type is that of a profile of the tenant (Auth0, "Custom
    /// Token Exchange").
    pub fn token_exchange(&self, subject: impl Into<SecurityToken>) -> TokenExchange {
        let exchange = self.client.token_exchange(subject).scopes(self.scopes()).audiences(self.audience());
        self.organization().into_iter().fold(exchange, |exchange, name| exchange.parameter("organization", name))
    }

    pub(super) fn base_url(&self) -> &str {
        &self.base_url
    }

    pub(super) fn audience(&self) -> Option<&str> {
        self.audience.as_deref()
    }

    pub(super) fn organization(&self) -> Option<&str> {
        self.organization.as_deref()
    }

    /// An organization is a parameter of the authorization request: a login by another one would be of any organization, or none.
    pub(super) fn refuse_organization(&self, login: &str) -> Result<()> {
        match self.organization() {
            None => Ok(()),
            Some(organization) => Err(Error::unsupported(format!(
                "{login} at Auth0 cannot be limited to the organization {organization:?}: call `.login(..)`, or leave `organization` out"
            ))),
        }
    }

    pub(super) fn scopes(&self) -> &[String] {
        &self.scopes
    }

    /// Those of OpenID, those of the API, and that for a refresh token.
    pub(super) fn login_scopes(&self) -> Vec<String> {
        let entry = provider::entry();
        let usual = entry.into_iter().flat_map(Entry::login_scopes).map(str::to_owned);
        let offline = entry.and_then(Entry::offline_scope).filter(|_| self.offline_access).map(str::to_owned);
        let mut all: Vec<String> = Vec::new();
        for scope in usual.chain(self.scopes.iter().cloned()).chain(offline) {
            if !all.contains(&scope) {
                all.push(scope);
            }
        }
        all
    }
}

/// What a person logs in to, beyond the application; none where the settings do not say.
fn login_identity(config: &Auth0Config) -> Option<Fingerprint> {
    let Auth0Config { audience, organization, .. } = config;
    let given = [("audience", audience), ("organization", organization)];
    let given: Vec<_> = given.into_iter().filter_map(|(name, value)| Some((name, value.as_ref()?))).collect();
    let identity = given.iter().fold(Fingerprint::builder(), |all, (name, value)| all.parameter(*name, *value));
    (!given.is_empty()).then(|| identity.build())
}

impl fmt::Debug for Auth0Tenant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Auth0Tenant").field("base_url", &self.base_url).finish_non_exhaustive()
    }
}
