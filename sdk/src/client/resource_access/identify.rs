use secrecy::SecretString;
use serde_json::json;

use crate::authorize::RedirectUri;
use crate::client::{Client, ClientBuilder, ClientIdMetadataDocument, Discovered};
use crate::discovery::ServerMetadata;
use crate::dpop::DpopKey;
use crate::endpoint::{ClientMetadata, RegisteredClient, Registration};
use crate::error::{Error, Result};
use crate::jose::SigningKey;
use crate::transport::Transport;

/// How the program may become a client.
#[derive(Clone, Default)]
pub(super) struct Ways {
    pub(super) clients: Vec<Client<Discovered>>,
    pub(super) registered: Vec<(String, RegisteredClient)>,
    pub(super) document: Option<(ClientIdMetadataDocument, Option<SigningKey>)>,
    pub(super) registration: Option<ClientMetadata>,
    pub(super) initial_access_tokens: Vec<(String, SecretString)>,
    /// For the tokens of each of them but the first.
    pub(super) dpop: Option<DpopKey>,
}

impl Ways {
    pub(super) fn is_empty(&self) -> bool {
        let Self { clients, registered, document, registration, .. } = self;
        clients.is_empty() && registered.is_empty() && document.is_none() && registration.is_none()
    }

    /// Whether there is a client that this issuer knows.
    pub(super) fn know(&self, issuer: &str) -> bool {
        self.client_of(issuer).is_some() || self.registered_with(issuer).is_some()
    }

    /// What tokens of this issuer will be bound to.
    pub(super) fn dpop_with(&self, issuer: &str) -> Option<&DpopKey> {
        match self.client_of(issuer) {
            Some(client) => client.core.identity.dpop(),
            None => self.dpop.as_ref(),
        }
    }

    /// The client, in the order of MCP, "Client Registration".
    pub(super) async fn client(
        self,
        server: &ServerMetadata,
        transport: &Transport,
        redirect_uri: &RedirectUri,
    ) -> Result<(Client<Discovered>, Option<RegisteredClient>)> {
        let issuer = server.issuer.as_str();
        if let Some(client) = self.client_of(issuer) {
            return Ok((client.clone(), None));
        }
        let builder = || {
            let builder = Client::builder().transport(transport.clone());
            self.dpop.iter().cloned().fold(builder, ClientBuilder::dpop)
        };
        if let Some(registered) = self.registered_with(issuer) {
            let client = builder().registered(registered)?.discover(issuer).await?;
            return Ok((client, Some(registered.clone())));
        }
        if let Some((document, key)) = self.document.filter(|_| server.client_id_metadata_document_supported) {
            document.check_redirect_uri(redirect_uri)?;
            let builder = builder().client_id_metadata_document(&document);
            let client = match key {
                Some(key) => builder.signing_key(key).discover(issuer).await?,
                None => builder.public().discover(issuer).await?,
            };
            return Ok((client, None));
        }
        let (Some(metadata), true) = (self.registration, server.registration_endpoint.is_some()) else {
            return Err(Error::unsupported(format!(
                "{issuer} offers none of the ways in which the program may become its client: register one there by hand, and \
                 give it with `.client(..)`"
            )));
        };
        let mut registration = Registration::of(server)?.transport(transport.clone());
        if let Some((_, token)) = self.initial_access_tokens.iter().find(|(of, _)| of == issuer) {
            registration = registration.initial_access_token(token.clone());
        }
        let metadata = completed(metadata, redirect_uri, self.dpop.is_some());
        let registered = registration.register(&metadata).await?;
        let client = builder().registered(&registered)?.discover(issuer).await?;
        Ok((client, Some(registered)))
    }

    fn client_of(&self, issuer: &str) -> Option<&Client<Discovered>> {
        self.clients.iter().find(|client| client.core.issuer.name.as_deref() == Some(issuer))
    }

    fn registered_with(&self, issuer: &str) -> Option<&RegisteredClient> {
        let of_issuer = |(of, _): &&(String, RegisteredClient)| of == issuer;
        let registered = self.registered.iter().find(of_issuer).map(|(_, registered)| registered)?;
        let expired = registered.client_secret_expires_at().is_some_and(|end| end <= std::time::SystemTime::now());
        Some(registered).filter(|_| !expired)
    }
}

/// With what a server has other defaults for.
fn completed(metadata: ClientMetadata, redirect_uri: &RedirectUri, is_bound: bool) -> ClientMetadata {
    let uri = redirect_uri.as_str();
    // OpenID Connect Registration §2: a native app is the one that may come back to its own machine or scheme.
    let application_type = if uri.starts_with("https:") { "web" } else { "native" };
    let defaults = [
        ("redirect_uris", json!([uri])),
        ("application_type", json!(application_type)),
        ("grant_types", json!(["authorization_code", "refresh_token"])),
        ("response_types", json!(["code"])),
        ("token_endpoint_auth_method", json!("none")),
    ];
    let bound = is_bound.then_some(("dpop_bound_access_tokens", json!(true)));
    defaults.into_iter().chain(bound).fold(metadata, |metadata, (name, value)| {
        if metadata.get(name).is_some() { metadata } else { metadata.with(name, value) }
    })
}
