use grantkit::authorize::RedirectUri;
use grantkit::client::state::AlreadyGiven;
use grantkit::client::{ClientBuilder, LazyClient};
use grantkit::discovery::ServerMetadata;
use grantkit::endpoint::{Introspection, Revocation};
use grantkit::grant::{ClientCredentials, DeviceAuthorization, StoredLogin};
use grantkit::{AuthorizationCode, Client, Error, Result};
use serde_json::{Map, Value};

use super::OAuth2Config;

/// The client at its server.
pub(super) enum Server {
    /// Whose endpoints are configured.
    Configured(Box<Client>),
    /// Whose issuer says them.
    Lazy(Box<LazyClient>),
}

impl Server {
    pub(super) fn of(config: &OAuth2Config, client: ClientBuilder<AlreadyGiven, AlreadyGiven>) -> Result<Self> {
        if config.token_endpoint.is_none() {
            // Found with the first request; the SDK keeps the metadata for as long as the server says.
            let issuer = config.issuer.as_deref().unwrap_or_default();
            return Ok(Self::Lazy(Box::new(client.discover_lazily(issuer)?)));
        }
        Ok(Self::Configured(Box::new(client.build_with_metadata(&metadata(config)?)?)))
    }

    pub(super) fn client_credentials(&self) -> ClientCredentials {
        match self {
            Self::Configured(client) => client.client_credentials(),
            Self::Lazy(client) => client.client_credentials(),
        }
    }

    pub(super) fn authorization_code(&self, redirect_uri: RedirectUri) -> Result<AuthorizationCode> {
        match self {
            Self::Configured(client) => configured(client.authorization_code(redirect_uri), "authorization_endpoint"),
            Self::Lazy(client) => Ok(client.authorization_code(redirect_uri)),
        }
    }

    pub(super) fn device_authorization(&self) -> Result<DeviceAuthorization> {
        match self {
            Self::Configured(client) => configured(client.device_authorization(), "device_authorization_endpoint"),
            Self::Lazy(client) => Ok(client.device_authorization()),
        }
    }

    pub(super) fn stored_login(&self, name: &str) -> StoredLogin {
        match self {
            Self::Configured(client) => client.stored_login(name),
            Self::Lazy(client) => client.stored_login(name),
        }
    }

    pub(super) fn revocation(&self) -> Result<Revocation> {
        match self {
            Self::Configured(client) => configured(client.revocation(), "revocation_endpoint"),
            Self::Lazy(client) => Ok(client.revocation()),
        }
    }

    pub(super) fn introspection(&self) -> Result<Introspection> {
        match self {
            Self::Configured(_) => Err(Error::unsupported(
                "introspection of tokens takes the server's metadata: give `issuer` in place of `token_endpoint`",
            )),
            Self::Lazy(client) => Ok(client.introspection()),
        }
    }

    /// With all endpoints that there are.
    pub(super) async fn client(&self) -> Result<Client> {
        match self {
            Self::Configured(client) => Ok(Client::clone(client)),
            Self::Lazy(client) => client.discover().await,
        }
    }
}

/// What is missing is a key of the configuration.
fn configured<T>(what: Result<T>, key: &str) -> Result<T> {
    what.map_err(|error| {
        if error.is_unsupported() {
            let missing = format!(
                "the server has no `{key}` by its configuration: give that, or `issuer` in place of all endpoints"
            );
            Error::unsupported(missing).with_source(error)
        } else {
            error
        }
    })
}

/// What the configuration says of the server, as its metadata would.
fn metadata(config: &OAuth2Config) -> Result<ServerMetadata> {
    let members: Map<_, _> = [
        ("issuer", &config.issuer),
        ("token_endpoint", &config.token_endpoint),
        ("authorization_endpoint", &config.authorization_endpoint),
        ("device_authorization_endpoint", &config.device_authorization_endpoint),
        ("userinfo_endpoint", &config.userinfo_endpoint),
        ("revocation_endpoint", &config.revocation_endpoint),
        ("jwks_uri", &config.jwks_uri),
    ]
    .into_iter()
    .filter_map(|(name, url)| Some((name.to_owned(), Value::from(url.as_deref()?))))
    .collect();
    let json = Value::Object(members).to_string();
    if config.issuer.is_some() { ServerMetadata::from_json(json) } else { ServerMetadata::without_issuer(json) }
}
