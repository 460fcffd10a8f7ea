//! How a played service is set up.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use grantkit_providers::catalogue::{self, AuthMethod, Entry, Kind, Pkce, Quirk};

use super::client_key::ClientKey;
use super::encryption::EncryptionKey;
use super::service::{CLIENT_ID, CLIENT_SECRET, ClientKind, Service};
use super::{PlayedProvider, person, router};
use crate::authorization_server::{AuthorizationServer, AuthorizationServerBuilder, Plan};
use crate::keys::SigningAlgorithm;
use crate::random;
use crate::state::IdTokenRules;
use crate::user::User;

/// Configures a [`PlayedProvider`]; all that is not set is as the catalogue has it.
#[derive(Clone, Debug)]
#[must_use = "the server runs once `.start()` is called"]
pub struct ProviderBuilder {
    name: String,
    parameters: BTreeMap<String, String>,
    client: ClientKind,
    server: AuthorizationServerBuilder,
}

impl ProviderBuilder {
    pub(super) fn new(name: &str) -> Self {
        // Most services number their users.
        let user = User::new("4711")
            .claim("name", "Alice Example")
            .claim("email", "alice@example.com")
            .claim("email_verified", true);
        Self {
            name: name.to_owned(),
            parameters: BTreeMap::new(),
            client: ClientKind::Usual,
            server: AuthorizationServer::builder().user(user),
        }
    }

    /// Sets what a placeholder of the service's URLs stands for, such as `tenant`: the key of the same name.
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.parameters.insert(name.into(), value.into());
        self
    }

    /// Gives the client neither secret nor key, where the service has such clients.
    pub fn public_client(mut self) -> Self {
        self.client = ClientKind::Public;
        self
    }

    /// Gives the client a private key in place of its secret, where the service takes either.
    pub fn signing_client(mut self) -> Self {
        self.client = ClientKind::Signing;
        self
    }

    /// Sets who logs in. The claims `name`, `email`, `email_verified` and `picture` appear where the service shows them.
    pub fn user(mut self, user: User) -> Self {
        self.server = self.server.user(user);
        self
    }

    /// Sets the lifetime of access tokens.
    pub fn access_token_lifetime(mut self, lifetime: Duration) -> Self {
        self.server = self.server.access_token_lifetime(lifetime);
        self
    }

    /// Sets how long a device has to wait between two polls, one second by default.
    pub fn poll_interval(mut self, interval: Duration) -> Self {
        self.server = self.server.poll_interval(interval);
        self
    }

    /// Sets the port, in place of one that is free.
    pub fn port(mut self, port: u16) -> Self {
        self.server = self.server.port(port);
        self
    }

    /// Binds the port on 127.0.0.1 and plays the service there, on the current tokio runtime.
    ///
    /// # Errors
    ///
    /// - `NotFound`: the catalogue has no provider of this name.
    /// - `InvalidInput`: the service has no such parameter, or no public clients.
    /// - Any other kind: no port could be bound, or no key could be made.
    ///
    /// # Panics
    ///
    /// Outside of a tokio runtime with time and I/O enabled.
    pub async fn start(self) -> io::Result<PlayedProvider> {
        let entry = catalogue::entry(&self.name).ok_or_else(|| {
            io::Error::new(io::ErrorKind::NotFound, format!("the catalogue has no provider {:?}", self.name))
        })?;
        let invalid = |why: String| Err(io::Error::new(io::ErrorKind::InvalidInput, why));
        if let Some(name) = self.parameters.keys().find(|name| entry.parameter(name).is_none()) {
            return invalid(format!("{} has no parameter {name:?}", entry.name()));
        }
        let has_public = entry.auth_methods().contains(&AuthMethod::None) || entry.auth_methods().is_empty();
        if self.client == ClientKind::Public && !has_public {
            return invalid(format!("{} has no public clients", entry.name()));
        }
        let takes_key = entry.auth_methods().contains(&AuthMethod::PrivateKeyJwt);
        if self.client == ClientKind::Signing && !takes_key {
            return invalid(format!("{} has no clients with a key", entry.name()));
        }
        let is_public = entry.auth_methods().iter().all(|method| *method == AuthMethod::None);
        let client = if is_public { ClientKind::Public } else { self.client };
        let is_public = client == ClientKind::Public;
        let key = ClientKey::generate().map_err(io::Error::other)?;
        let encryption_key = entry.has_quirk(Quirk::IdTokenEncrypted).then(EncryptionKey::generate);
        let encryption_key = encryption_key.transpose().map_err(io::Error::other)?;
        let api_token = random::token("", 0).map_err(io::Error::other)?;
        let service = Service::new(entry, &self.parameters, client, key, encryption_key, api_token);
        let service = Arc::new(service);
        let server = set_up(self.server, entry, is_public).start_as(plan(&service)).await?;
        if entry.kind() == Kind::ApiToken {
            server.state().issue_api_token(CLIENT_ID, &service.api_token);
        }
        Ok(PlayedProvider { server, service })
    }
}

/// As the data has it, where the test has not said otherwise.
fn set_up(server: AuthorizationServerBuilder, entry: &Entry, is_public: bool) -> AuthorizationServerBuilder {
    // A confidential client that signs instead has a secret that is not used.
    let secret = (!is_public).then_some(CLIENT_SECRET);
    let grace = Duration::from_secs(entry.refresh_token_reuse_grace_seconds().into());
    let server = server
        .any_redirect_uri_client(CLIENT_ID, secret, entry.pkce() == Pkce::Required)
        .rotate_refresh_tokens(entry.rotates_refresh_tokens() != Some(false))
        .refresh_token_grace(grace)
        // What OpenID providers have to support (OpenID Connect Core §15.1).
        .signing_algorithm(SigningAlgorithm::Es256);
    match entry.access_token_lifetime_seconds() {
        Some(seconds) => server.usual_access_token_lifetime(Duration::from_secs(seconds.into())),
        None => server,
    }
}

fn plan(service: &Arc<Service>) -> Plan {
    let (routed, counted, entry) = (Arc::clone(service), Arc::clone(service), service.entry);
    Plan {
        issuer_path: service.issuer_path(),
        id_tokens: IdTokenRules {
            are_always_issued: service.issues_id_tokens(),
            have_nonce: !entry.has_quirk(Quirk::NonceMissing),
            are_signed_with_secret: entry.has_quirk(Quirk::IdTokenHs256),
            more_claims: Box::new(move |user| person::id_token_claims(entry, user)),
        },
        router: Box::new(move |state| router::router(routed, state)),
        count: Box::new(move |state, request| router::count(&counted, state, request)),
    }
}
