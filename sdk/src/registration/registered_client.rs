use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value;
use url::Url;
use zeroize::Zeroizing;

use super::ClientMetadata;
use crate::error::{Error, Result};
use crate::lenient::{Members, texts};
use crate::wire::{EndpointUrl, PlainHttp, is_loopback};

/// A client that a server has registered (RFC 7591 §3.2.1): its ID, its secret, and the token that it manages its
/// registration with.
#[derive(Clone)]
pub struct RegisteredClient {
    client_id: String,
    client_secret: Option<SecretString>,
    /// Seconds since 1970; zero for never.
    secret_expires_at: u64,
    issued_at: Option<u64>,
    management_url: Option<EndpointUrl>,
    management_token: Option<SecretString>,
    metadata: ClientMetadata,
}

impl RegisteredClient {
    /// The client ID, for the builder of a [`Client`](crate::Client).
    pub fn client_id(&self) -> &str {
        &self.client_id
    }

    /// The secret, for a client that authenticates with one.
    pub fn client_secret(&self) -> Option<&SecretString> {
        self.client_secret.as_ref()
    }

    /// When the secret expires; `None` where it does not, or there is none.
    pub fn client_secret_expires_at(&self) -> Option<SystemTime> {
        let never = self.secret_expires_at == 0 || self.client_secret.is_none();
        if never { None } else { time(self.secret_expires_at) }
    }

    /// When the client was registered, where the server says so.
    pub fn issued_at(&self) -> Option<SystemTime> {
        time(self.issued_at?)
    }

    /// The registered metadata, which may differ from the requested metadata; without ID, secret and token.
    pub fn metadata(&self) -> &ClientMetadata {
        &self.metadata
    }

    /// The client's authentication method; if the server does not say, `client_secret_basic` (RFC 7591 §2), or `none` for a client
    /// without a secret.
    pub fn token_endpoint_auth_method(&self) -> &str {
        let otherwise = if self.client_secret.is_some() { "client_secret_basic" } else { "none" };
        self.metadata.get("token_endpoint_auth_method").and_then(|method| texts(method).next()).unwrap_or(otherwise)
    }

    /// The registered redirect URIs; none if the server does not say.
    pub fn redirect_uris(&self) -> Vec<&str> {
        self.metadata.get("redirect_uris").into_iter().flat_map(texts).collect()
    }

    /// The port of its redirect URI on a loopback address. Many servers do not let it vary, against RFC 8252 §7.3: listen on it again by
    /// [`port_if_free`](crate::authorize::LoopbackListenerBuilder::port_if_free).
    pub fn loopback_port(&self) -> Option<u16> {
        let urls = self.redirect_uris().into_iter().filter_map(|uri| Url::parse(uri).ok());
        urls.filter(|url| url.scheme() == "http" && is_loopback(url)).find_map(|url| url.port())
    }

    /// The secret, as long as it holds.
    pub(crate) fn current_secret(&self, now: SystemTime) -> Result<&SecretString> {
        let secret = self.client_secret.as_ref().ok_or_else(|| {
            Error::configuration(format!(
                "the registration of the client {:?} has no `client_secret`, which {} needs",
                self.client_id,
                self.token_endpoint_auth_method()
            ))
        })?;
        if self.client_secret_expires_at().is_some_and(|end| end <= now) {
            return Err(Error::configuration(format!(
                "the secret of the client {:?} has expired (`client_secret_expires_at`): read the registration anew, as many \
                 servers renew the secret then (`Registration::read`), or register again",
                self.client_id
            )));
        }
        Ok(secret)
    }

    /// The whole registration with its secrets, for a secret store; [`from_json`](Self::from_json) reads it.
    pub fn to_json_with_secrets(&self) -> Zeroizing<String> {
        let mut members = self.metadata.members().clone();
        let mut put = |name: &str, value: Option<Value>| {
            if let Some(value) = value {
                members.insert(name.to_owned(), value);
            }
        };
        let secret = |secret: &Option<SecretString>| secret.as_ref().map(|secret| secret.expose_secret().into());
        put("client_id", Some(self.client_id.as_str().into()));
        put("client_secret", secret(&self.client_secret));
        put("client_secret_expires_at", Some(self.secret_expires_at.into()));
        put("client_id_issued_at", self.issued_at.map(Value::from));
        put("registration_client_uri", self.management_url.as_ref().map(|url| url.as_str().into()));
        put("registration_access_token", secret(&self.management_token));
        Zeroizing::new(Value::Object(members).to_string())
    }

    /// Reads what [`to_json_with_secrets`](Self::to_json_with_secrets) wrote, or a server's answer.
    ///
    /// # Errors
    ///
    /// [`is_invalid_response`](Error::is_invalid_response) where it is neither.
    pub fn from_json(json: &str) -> Result<Self> {
        Self::read(json.as_bytes(), PlainHttp::LoopbackOnly)
    }

    pub(super) fn read(json: &[u8], plain_http: PlainHttp) -> Result<Self> {
        Self::read_at(json, plain_http, None)
    }

    /// The same of the answer of an endpoint, which may give the address of the registration as a path of its own.
    ///
    /// What is optional is left out where it is nothing of use: an error would lose the registration, with the new client's secret.
    pub(super) fn read_at(json: &[u8], plain_http: PlainHttp, endpoint: Option<&Url>) -> Result<Self> {
        let mut answer = Members::read(json, "the registration", "RFC 7591 §3.2.1")?;
        let client_id = answer.required_name("client_id")?;
        let client_secret = answer.name("client_secret").map(SecretString::from);
        let management_token = answer.name("registration_access_token").map(SecretString::from);
        let management_url = answer.text("registration_client_uri").and_then(|url| {
            let url = endpoint.map_or_else(|| Url::parse(&url), |endpoint| endpoint.join(&url)).ok()?;
            EndpointUrl::parse("registration_client_uri", url.as_str(), plain_http).ok()
        });
        let mut seconds = |name: &str| answer.timestamp(name).and_then(|seconds| u64::try_from(seconds).ok());
        let (secret_expires_at, issued_at) = (seconds("client_secret_expires_at"), seconds("client_id_issued_at"));
        let mut metadata = answer.rest();
        metadata.retain(|_, value| !matches!(value, Value::String(text) if text.is_empty()) && !value.is_null());
        Ok(Self {
            client_id,
            client_secret,
            secret_expires_at: secret_expires_at.unwrap_or(0),
            issued_at,
            management_url,
            management_token,
            metadata: ClientMetadata::from_members(metadata),
        })
    }

    /// With what a later answer about the same client left out.
    pub(super) fn after(self, earlier: &Self) -> Self {
        // The expiry goes with its secret.
        let secret_expires_at =
            if self.client_secret.is_some() { self.secret_expires_at } else { earlier.secret_expires_at };
        Self {
            client_secret: self.client_secret.or_else(|| earlier.client_secret.clone()),
            secret_expires_at,
            issued_at: self.issued_at.or(earlier.issued_at),
            management_url: self.management_url.or_else(|| earlier.management_url.clone()),
            management_token: self.management_token.or_else(|| earlier.management_token.clone()),
            ..self
        }
    }

    pub(super) fn management_url(&self) -> Option<&EndpointUrl> {
        self.management_url.as_ref()
    }

    /// As if the server had given no address to manage it at.
    pub(super) fn without_management_url(self) -> Self {
        Self { management_url: None, ..self }
    }

    pub(super) fn management(&self) -> Result<(&EndpointUrl, &SecretString)> {
        self.management_url.as_ref().zip(self.management_token.as_ref()).ok_or_else(|| {
            Error::unsupported(
                "the server gave no `registration_client_uri` and token to manage the client with (RFC 7592), or an address by which a \
                 server elsewhere would lead to this machine or its network",
            )
        })
    }
}

fn time(seconds: u64) -> Option<SystemTime> {
    UNIX_EPOCH.checked_add(Duration::from_secs(seconds))
}

impl fmt::Debug for RegisteredClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RegisteredClient")
            .field("client_id", &self.client_id)
            .field("metadata", &self.metadata)
            .finish_non_exhaustive()
    }
}
