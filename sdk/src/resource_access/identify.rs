use oauth2::CsrfToken;
use secrecy::SecretString;
use serde_json::json;

use crate::authorize::RedirectUri;
use crate::client::{Client, ClientBuilder};
use crate::discovery::ServerMetadata;
use crate::error::{Error, Result};
use crate::keys::SigningKey;
use crate::keys::dpop::DpopKey;
use crate::registration::ClientIdMetadataDocument;
use crate::registration::{ClientMetadata, RegisteredClient, Registration};
use crate::text::ServerText;
use crate::time;
use crate::transport::Transport;

/// How the program may become a client.
#[derive(Clone, Default)]
pub(super) struct Ways {
    pub(super) clients: Vec<Client>,
    pub(super) registered: Vec<(String, RegisteredClient)>,
    pub(super) document: Option<(ClientIdMetadataDocument, Option<SigningKey>)>,
    pub(super) registration: Option<ClientMetadata>,
    pub(super) initial_access_tokens: Vec<(String, SecretString)>,
    /// For the tokens of each of them but the first.
    pub(super) dpop: Option<DpopKey>,
    /// Whether a registration that was kept is taken to be known still.
    pub(super) skips_check: bool,
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
            Some(client) => client.dpop_key(),
            None => self.dpop.as_ref(),
        }
    }

    /// The client, in the order of MCP, "Client Registration".
    pub(super) async fn client(
        &self,
        server: &ServerMetadata,
        transport: &Transport,
        redirect_uri: &RedirectUri,
    ) -> Result<(Client, Option<RegisteredClient>)> {
        let issuer = server.issuer.as_str();
        if let Some(client) = self.client_of(issuer) {
            return Ok((client.clone(), None));
        }
        let mut forgotten = "";
        if let Some(registered) = self.registered_with(issuer) {
            if has_redirect_uri(registered, redirect_uri) {
                let client = self.builder(transport).registered(registered)?.build_with_metadata(server)?;
                if self.skips_check || !is_forgotten(&client).await {
                    return Ok((client, Some(registered.clone())));
                }
                forgotten = "; the server no longer knows the registration that you kept (`invalid_client`)";
            } else {
                forgotten = "; the registration that you kept has other redirect URIs: listen on its port again \
                             (`RegisteredClient::loopback_port`)";
            }
        }
        if let Some((document, key)) = self.document.as_ref().filter(|_| server.client_id_metadata_document_supported) {
            document.check_redirect_uri(redirect_uri)?;
            let builder = self.builder(transport).client_id_metadata_document(document);
            let client = match key {
                Some(key) => builder.signing_key(key.clone()).build_with_metadata(server)?,
                None => builder.public().build_with_metadata(server)?,
            };
            return Ok((client, None));
        }
        if !self.can_register(server) {
            let issuer = ServerText::new(issuer);
            return Err(Error::unsupported(format!(
                "{issuer} offers none of the ways in which the program may become its client: register one there by hand, and \
                 give it with `.client(..)`{forgotten}"
            )));
        }
        let (client, registered) = self.register(server, transport, redirect_uri).await?;
        Ok((client, Some(registered)))
    }

    /// Whether this registration is one that the program brought.
    pub(super) fn has_kept(&self, registered: &RegisteredClient) -> bool {
        self.registered.iter().any(|(_, kept)| kept.client_id() == registered.client_id())
    }

    pub(super) fn can_register(&self, server: &ServerMetadata) -> bool {
        self.registration.is_some() && server.registration_endpoint.is_some()
    }

    /// Registers the program, whatever there was before.
    pub(super) async fn register(
        &self,
        server: &ServerMetadata,
        transport: &Transport,
        redirect_uri: &RedirectUri,
    ) -> Result<(Client, RegisteredClient)> {
        let mut registration = Registration::of(server)?.transport(transport.clone());
        if let Some((_, token)) = self.initial_access_tokens.iter().find(|(of, _)| *of == server.issuer) {
            registration = registration.initial_access_token(token.clone());
        }
        let wanted = self.registration.clone().unwrap_or_default();
        let registered = registration.register(&completed(wanted, redirect_uri, self.dpop.is_some())).await?;
        let client = self.builder(transport).registered(&registered)?.build_with_metadata(server)?;
        Ok((client, registered))
    }

    /// From the metadata that was checked, never from what another fetch brings.
    fn builder(&self, transport: &Transport) -> ClientBuilder {
        self.dpop.iter().cloned().fold(Client::builder().transport(transport.clone()), ClientBuilder::dpop)
    }

    fn client_of(&self, issuer: &str) -> Option<&Client> {
        self.clients.iter().find(|client| client.issuer_name() == Some(issuer))
    }

    fn registered_with(&self, issuer: &str) -> Option<&RegisteredClient> {
        let of_issuer = |(of, _): &&(String, RegisteredClient)| of == issuer;
        let registered = self.registered.iter().find(of_issuer).map(|(_, registered)| registered)?;
        let expired = registered.client_secret_expires_at().is_some_and(|end| end <= time::wall_clock());
        Some(registered).filter(|_| !expired)
    }
}

/// Whether the browser may come back there. By the port, too, which many servers do not let vary (against RFC 8252 §7.3); a server
/// that does not say what it registered is taken to have registered what it was asked for.
fn has_redirect_uri(registered: &RegisteredClient, redirect_uri: &RedirectUri) -> bool {
    let uris = registered.redirect_uris();
    uris.is_empty() || uris.contains(&redirect_uri.as_str())
}

/// Asks the server for something that it cannot give, to learn whether it knows the client: at the authorization endpoint it would
/// only tell the person, on a page that the program does not see. Whatever else comes of it says nothing.
async fn is_forgotten(client: &Client) -> bool {
    let outcome = client.refresh_token_grant(CsrfToken::new_random().into_secret()).get_token().await;
    outcome.is_err_and(|error| is_unknown_client(&error))
}

/// Whether the server says that it does not know the client (RFC 6749 §5.2).
pub(super) fn is_unknown_client(error: &Error) -> bool {
    error.oauth_code() == Some("invalid_client")
}

/// With what a server has other defaults for.
fn completed(metadata: ClientMetadata, redirect_uri: &RedirectUri, is_bound: bool) -> ClientMetadata {
    let uri = redirect_uri.as_str();
    // OpenID Connect Registration §2: only a native app may have a redirect URI on its own machine or with its own scheme.
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
