//! The protocol client behind Google's credentials.

use std::sync::Arc;

use async_trait::async_trait;
use grantkit::client::ClientBuilder;
use grantkit::client::state::{NeedsAuthentication, NeedsClientId, Present};
use grantkit::client_auth::{AuthenticationRequest, ClientAuthentication};
use grantkit::credentials::Fingerprint;
use grantkit::{Client, Result};

use super::options::Options;

/// What is told nothing of itself: the assertion, or the token that is exchanged, says who it is.
#[derive(Debug)]
pub(super) struct Unnamed;

#[async_trait]
impl ClientAuthentication for Unnamed {
    fn method(&self) -> &'static str {
        "none"
    }

    fn identity(&self) -> Fingerprint {
        Fingerprint::of_type::<Self>()
    }

    async fn authenticate(&self, _: &mut AuthenticationRequest<'_>) -> Result<()> {
        Ok(())
    }
}

/// A builder with the endpoint and the options' transport.
pub(super) fn at(
    token_endpoint: &str,
    options: &Options,
) -> Result<ClientBuilder<NeedsClientId, NeedsAuthentication, Present>> {
    let builder = Client::builder();
    let builder = match &options.transport {
        Some(transport) => builder.transport(transport.clone()),
        None => builder,
    };
    let builder = match &options.clock {
        Some(clock) => builder.clock(Arc::clone(clock)),
        None => builder,
    };
    builder.token_endpoint(token_endpoint)
}

/// Refuses what is no token endpoint.
pub(super) fn check(token_endpoint: &str) -> Result<()> {
    at(token_endpoint, &Options::default()).map(drop)
}
