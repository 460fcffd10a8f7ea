use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use grantkit::client::EndpointRequest;
use grantkit::credentials::Fingerprint;
use grantkit::provider::ProviderSettings;
use grantkit::{Result, SecretString};
use http::header::AUTHORIZATION;
use secrecy::ExposeSecret as _;

use super::keys;
use crate::catalogue::{Entry, Quirk};

/// The client's credentials as the service has them written: under its names, and in HTTP Basic as they are where it does not decode them.
#[derive(Clone)]
pub(super) struct ClientNames {
    entry: &'static Entry,
    id: String,
    secret: Option<SecretString>,
}

impl ClientNames {
    pub(super) fn new(entry: &'static Entry, settings: &ProviderSettings) -> Self {
        let id = settings.text(keys::CLIENT_ID).unwrap_or_default().to_owned();
        Self { entry, id, secret: settings.secret(keys::CLIENT_SECRET) }
    }

    /// What it writes, as far as a login depends on it: that outlives the client's secret, which tells the client's own tokens apart as it
    /// is.
    pub(super) fn identity(&self) -> Fingerprint {
        let Self { entry, id, secret } = self;
        let builder = Fingerprint::builder().parameter("catalogue", entry.name()).parameter("client_id", id);
        builder.parameter("has_secret", secret.is_some().to_string()).build()
    }

    pub(super) fn id(&self) -> &str {
        &self.id
    }

    /// Gives the service's names to what the client has authenticated with.
    pub(super) fn write(&self, request: &mut EndpointRequest) -> Result<()> {
        let authorization = request.headers().get(AUTHORIZATION);
        let is_basic = authorization.is_some_and(|value| value.as_bytes().starts_with(b"Basic "));
        // The client's own way is written otherwise, and never another way for it: that is a part of whose tokens they are.
        if self.entry.has_quirk(Quirk::BasicRaw) && is_basic {
            self.basic(request)?;
        }
        request.rename("client_id", self.entry.client_id_parameter());
        request.rename("client_secret", self.entry.client_secret_parameter());
        Ok(())
    }

    /// Authenticates by HTTP Basic (RFC 6749 §2.3.1), whatever the client does elsewhere.
    pub(super) fn basic(&self, request: &mut EndpointRequest) -> Result<()> {
        let Some(secret) = &self.secret else { return Ok(()) };
        let is_raw = self.entry.has_quirk(Quirk::BasicRaw);
        let written = |text: &str| {
            if is_raw { text.to_owned() } else { form_urlencoded::byte_serialize(text.as_bytes()).collect() }
        };
        let pair = format!("{}:{}", written(&self.id), written(secret.expose_secret()));
        request.header(AUTHORIZATION, &format!("Basic {}", BASE64_STANDARD.encode(pair)))
    }

    /// Authenticates by the secret alone, as by a bearer token.
    pub(super) fn bearer(&self, request: &mut EndpointRequest) -> Result<()> {
        let Some(secret) = &self.secret else { return Ok(()) };
        request.header(AUTHORIZATION, &format!("Bearer {}", secret.expose_secret()))
    }

    /// Authenticates by parameters, whatever the client does elsewhere.
    pub(super) fn post(&self, request: &mut EndpointRequest) {
        request.set("client_id", self.id.as_str());
        if let Some(secret) = &self.secret {
            request.set_secret("client_secret", secret.expose_secret());
        }
    }
}
