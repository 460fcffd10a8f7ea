//! Plays a service of the catalogue of `grantkit-providers`, from the same data that the provider is made of.

mod api;
mod authorize;
mod builder;
mod client;
mod client_key;
mod discovery;
mod encryption;
mod error_answer;
mod incoming;
mod person;
mod revoke;
mod router;
mod service;
mod target;
mod token;
mod token_answer;

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use grantkit::provider::ProviderSettings;

pub use self::builder::ProviderBuilder;
use self::service::Service;
use crate::authorization_server::AuthorizationServer;

/// Begins to describe a server that plays the service of this name in the catalogue, such as `github`.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> std::io::Result<()> {
/// let github = grantkit_testkit::provider("github").start().await?;
/// // `ProviderClient::connect("github", github.settings())` talks to it.
/// assert!(github.url("/login/oauth/access_token").starts_with("http://127.0.0.1:"));
/// # Ok(())
/// # }
/// ```
pub fn provider(name: &str) -> ProviderBuilder {
    ProviderBuilder::new(name)
}

/// A server that plays a service of the catalogue: an [`AuthorizationServer`] that answers at the service's paths, understands its
/// requests, and differs from the standards as it does.
///
/// What the service would refuse is refused: scopes in the wrong separator, a challenge where it takes none, a client that authenticates in
/// another way, a header that is missing. All hosts of the service are this one address, which the provider's key `provider_base_url` names. Under
/// the base URL of the service's API each path answers with the request, as `/v1/echo` of [`ProtectedApi`](crate::ProtectedApi) does.
#[derive(Clone)]
pub struct PlayedProvider {
    server: AuthorizationServer,
    service: Arc<Service>,
}

impl PlayedProvider {
    /// The settings with which the provider talks to this server: its keys, the client's ID and secret or private key, and `provider_base_url`.
    pub fn settings(&self) -> ProviderSettings {
        self.service.settings(&self.server.url(""))
    }

    /// The ID that the service shows for this subject, where it is made of several parts or stands in a template.
    pub fn id_of(&self, subject: &str) -> String {
        person::id(self.service.entry, subject)
    }
}

impl Deref for PlayedProvider {
    type Target = AuthorizationServer;

    fn deref(&self) -> &AuthorizationServer {
        &self.server
    }
}

impl fmt::Debug for PlayedProvider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PlayedProvider")
            .field("provider", &self.service.entry.name())
            .field("server", &self.server)
            .finish_non_exhaustive()
    }
}
