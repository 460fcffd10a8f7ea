use std::fmt;

use async_trait::async_trait;

use crate::authorize::{AuthorizationCode, LoginFinder, RedirectUri};
use crate::client::builder::Parts;
use crate::client::{Client, ServerCapabilities};
use crate::client_auth::{AuthenticatedEndpoint, EndpointFinder};
use crate::discovery::ServerMetadata;
use crate::error::{Error, Result};
use crate::fingerprint::Fingerprint;
use crate::telemetry::Endpoint;

/// Asks for the metadata each time: they are kept for as long as the server says.
pub(super) struct Finder {
    parts: Parts,
    issuer: String,
}

impl Finder {
    pub(super) fn new(parts: Parts, issuer: &str) -> Self {
        Self { parts, issuer: issuer.to_owned() }
    }

    /// What the program has said of the server.
    pub(super) fn given(&self) -> &ServerCapabilities {
        &self.parts.server
    }

    pub(super) async fn client(&self) -> Result<Client> {
        self.parts.clone().discover(ServerMetadata::discover(&self.issuer)).await
    }
}

#[async_trait]
impl EndpointFinder for Finder {
    fn identity(&self) -> Fingerprint {
        // The issuer is the address of the lazy endpoint.
        let Self { parts, issuer: _ } = self;
        parts.configured_identity()
    }

    async fn find(&self, which: Endpoint) -> Result<AuthenticatedEndpoint> {
        let client = self.client().await?;
        Ok(match which {
            Endpoint::Token => client.token_endpoint().authenticated().clone(),
            Endpoint::DeviceAuthorization => client.device_authorization()?.endpoint().clone(),
            Endpoint::Revocation => client.revocation()?.endpoint().clone(),
            Endpoint::Introspection => client.introspection()?.endpoint().clone(),
            other => {
                return Err(Error::unsupported(format!(
                    "{other:?} is no endpoint of a client that is discovered lazily"
                )));
            }
        })
    }
}

#[async_trait]
impl LoginFinder for Finder {
    async fn find(&self, redirect_uri: RedirectUri) -> Result<AuthorizationCode> {
        self.client().await?.authorization_code(redirect_uri)
    }
}

impl fmt::Debug for Finder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Finder").field("issuer", &self.issuer).finish_non_exhaustive()
    }
}
