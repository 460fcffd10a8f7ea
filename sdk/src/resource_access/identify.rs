use oauth2::CsrfToken;
use secrecy::SecretString;
use serde_json::{Value, json};

use crate::authorize::RedirectUri;
use crate::client::{Client, ClientBuilder};
use crate::discovery::{ResourceMetadata, ServerMetadata};
use crate::error::{Error, Result};
use crate::keys::dpop::DpopKey;
use crate::keys::{AnnouncedAlgorithms, SigningKey};
use crate::registration::ClientIdMetadataDocument;
use crate::registration::{ClientMetadata, RegisteredClient, Registration};
use crate::text::ServerText;
use crate::time::Time;
use crate::transport::Transport;

const PRIVATE_KEY_JWT: &str = "private_key_jwt";

/// How the program may become a client.
#[derive(Clone, Default)]
pub(super) struct ClientOptions {
    pub(super) clients: Vec<Client>,
    pub(super) registered: Vec<EarlierRegistration>,
    pub(super) document: Option<(ClientIdMetadataDocument, Option<SigningKey>)>,
    /// With the key by which the new client authenticates.
    pub(super) registration: Option<(ClientMetadata, Option<SigningKey>)>,
    pub(super) initial_access_tokens: Vec<(String, SecretString)>,
    /// For the tokens of each of them but the first.
    pub(super) dpop: Option<DpopKey>,
    /// The clock of a new client.
    pub(super) time: Time,
    /// Whether a registration that was kept is taken to be known still.
    pub(super) skips_check: bool,
    pub(super) accepts_unannounced_iss: bool,
}

/// What the program has become.
pub(super) struct NewClient {
    pub(super) client: Client,
    pub(super) registered: Option<RegisteredClient>,
    /// Where its answers come to.
    pub(super) redirect_uri: RedirectUri,
}

/// A registration of an earlier run.
#[derive(Clone)]
pub(super) struct EarlierRegistration {
    pub(super) issuer: String,
    pub(super) client: RegisteredClient,
    /// What it authenticates with, if that is no part of the registration.
    pub(super) key: Option<SigningKey>,
}

impl ClientOptions {
    pub(super) fn is_empty(&self) -> bool {
        let Self { clients, registered, document, registration, .. } = self;
        clients.is_empty() && registered.is_empty() && document.is_none() && registration.is_none()
    }

    /// Whether there is a client that this issuer knows.
    pub(super) fn know(&self, issuer: &str) -> bool {
        self.client_of(issuer).is_some() || self.registered_with(issuer).is_some()
    }

    /// Refuses to get tokens that the API does not take (RFC 9728 §2), and takes up an algorithm of its for the key.
    pub(super) fn bind(&mut self, issuer: &str, api: &ResourceMetadata) -> Result<()> {
        let of_client = self.client_of(issuer).map(Client::dpop_key);
        if of_client.unwrap_or(self.dpop.as_ref()).is_none() && api.dpop_bound_access_tokens_required {
            return Err(Error::configuration(
                "the API takes only tokens that are bound to a key (`dpop_bound_access_tokens_required`, RFC 9728 §2): call \
                 `.dpop(key)` before `.await`, or on the builder of a client that you give",
            ));
        }
        match of_client {
            Some(key) => key.map_or(Ok(()), |key| key.check_known_to(&api.dpop_algorithms())),
            None => self.rename_key(&api.dpop_algorithms()),
        }
    }

    /// Takes up an algorithm of the server's for the key, which has to be one of the API's still.
    pub(super) fn bind_with(&mut self, server: &ServerMetadata, api: &ResourceMetadata) -> Result<()> {
        if self.client_of(&server.issuer).is_some() {
            return Ok(());
        }
        self.rename_key(&server.dpop_algorithms())?;
        self.dpop.as_ref().map_or(Ok(()), |key| key.check_known_to(&api.dpop_algorithms()))
    }

    fn rename_key(&mut self, known: &AnnouncedAlgorithms) -> Result<()> {
        if let Some(key) = &mut self.dpop {
            *key = key.known_to(known)?;
        }
        Ok(())
    }

    /// The client, in the order of MCP, "Client Registration".
    pub(super) async fn client(
        &self,
        server: &ServerMetadata,
        transport: &Transport,
        redirect_uri: &RedirectUri,
    ) -> Result<NewClient> {
        let issuer = server.issuer.as_str();
        let known = |client, redirect_uri: &RedirectUri| NewClient {
            client,
            registered: None,
            redirect_uri: redirect_uri.clone(),
        };
        if let Some(client) = self.client_of(issuer) {
            return Ok(known(client.clone(), redirect_uri));
        }
        let own_uri = self.own_redirect_uri(server, redirect_uri);
        let mut forgotten = "";
        if let Some(EarlierRegistration { client: registered, key, .. }) = self.registered_with(issuer) {
            let redirect_uri = own_uri.clone()?;
            if has_redirect_uri(registered, &redirect_uri) {
                let client = self.client_by(registered, key.as_ref(), server, transport)?;
                if self.skips_check || !is_forgotten(&client).await {
                    return Ok(NewClient { client, registered: Some(registered.clone()), redirect_uri });
                }
                forgotten = "; the server no longer knows the registration that you kept (`invalid_client`)";
            } else {
                forgotten = "; the registration that you kept has other redirect URIs: listen on its port again \
                             (`RegisteredClient::loopback_port`)";
            }
        }
        let takes_document = server.client_id_metadata_document_supported;
        // One ID and one redirect URI at all servers: nothing else tells their answers apart.
        let is_told_apart = self.needs_no_own_uri(server);
        let document = self.document.as_ref().filter(|_| takes_document);
        if document.is_some() && !is_told_apart && !self.can_register(server) {
            return Err(unannounced_iss(server, "give metadata to register with as well (`.register(..)`)"));
        }
        if let Some((document, key)) = document.filter(|_| is_told_apart) {
            document.check_redirect_uri(redirect_uri)?;
            let builder = self.builder(transport).client_id_metadata_document(document);
            let client = match key {
                Some(key) => builder.signing_key(key.clone()).build_with_metadata(server)?,
                None => builder.public().build_with_metadata(server)?,
            };
            return Ok(known(client, redirect_uri));
        }
        if !self.can_register(server) {
            let issuer = ServerText::new(issuer);
            return Err(Error::unsupported(format!(
                "{issuer} offers none of the ways in which the program may become its client: register one there by hand, and \
                 give it with `.client(..)`{forgotten}"
            )));
        }
        let redirect_uri = own_uri?;
        let (client, registered) = self.register(server, transport, &redirect_uri).await?;
        Ok(NewClient { client, registered: Some(registered), redirect_uri })
    }

    /// Whether the server's answers say that they are its own, or the program does without.
    fn needs_no_own_uri(&self, server: &ServerMetadata) -> bool {
        server.authorization_response_iss_parameter_supported || self.accepts_unannounced_iss
    }

    /// The redirect URI of a client that registers at this server: one of its own where its answers do not say whose they are (RFC 9700
    /// §4.4.2). A comparison of the endpoints' hosts would not do: what a server's authorization endpoint leads on to, no metadata say.
    fn own_redirect_uri(&self, server: &ServerMetadata, redirect_uri: &RedirectUri) -> Result<RedirectUri> {
        if self.needs_no_own_uri(server) {
            return Ok(redirect_uri.clone());
        }
        redirect_uri.of_issuer(&server.issuer).ok_or_else(|| {
            unannounced_iss(
                server,
                "take answers at a redirect URI for each issuer (`RedirectUri::distinct_per_issuer`, a `LoopbackListener` does)",
            )
        })
    }

    /// Whether this registration is one that the program brought.
    pub(super) fn has_kept(&self, registered: &RegisteredClient) -> bool {
        self.registered.iter().any(|kept| kept.client.client_id() == registered.client_id())
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
        let mut registration = Registration::from_metadata(server)?.transport(transport.clone());
        if let Some((_, token)) = self.initial_access_tokens.iter().find(|(of, _)| *of == server.issuer) {
            registration = registration.initial_access_token(token.clone());
        }
        let (wanted, key) = self.registration.clone().unwrap_or_default();
        let wanted = with_key(wanted, key.as_ref());
        let registered = registration.register(&completed(wanted, redirect_uri, self.dpop.is_some())).await?;
        let client = self.client_by(&registered, key.as_ref(), server, transport)?;
        Ok((client, registered))
    }

    /// From the metadata that was checked, never from what another fetch brings.
    fn builder(&self, transport: &Transport) -> ClientBuilder {
        let builder = Client::builder().transport(transport.clone());
        let builder = self.time.given().into_iter().fold(builder, ClientBuilder::clock);
        self.dpop.iter().cloned().fold(builder, ClientBuilder::dpop)
    }

    /// A private key is no part of a registration.
    fn client_by(
        &self,
        registered: &RegisteredClient,
        key: Option<&SigningKey>,
        server: &ServerMetadata,
        transport: &Transport,
    ) -> Result<Client> {
        let builder = self.builder(transport);
        match key.filter(|_| registered.token_endpoint_auth_method() == PRIVATE_KEY_JWT) {
            Some(key) => builder.registration_terms(registered)?.signing_key(key.clone()).build_with_metadata(server),
            None => builder.registered(registered)?.build_with_metadata(server),
        }
    }

    fn client_of(&self, issuer: &str) -> Option<&Client> {
        self.clients.iter().find(|client| client.issuer_name() == Some(issuer))
    }

    fn registered_with(&self, issuer: &str) -> Option<&EarlierRegistration> {
        let kept = self.registered.iter().find(|kept| kept.issuer == issuer)?;
        let expired = kept.client.client_secret_expires_at().is_some_and(|end| end <= self.time.wall());
        Some(kept).filter(|_| !expired)
    }
}

fn unannounced_iss(server: &ServerMetadata, cure: &str) -> Error {
    Error::unsupported(format!(
        "{} does not announce that its answers say whose they are (`iss`, `authorization_response_iss_parameter_supported`, RFC 9207), \
         without which a server that another API names could be given its codes (mix-up, RFC 9700 §4.4): ask its operator for that, or \
         {cure}, or, where you trust all APIs that you give, call `.danger_accept_unannounced_iss()`",
        ServerText::new(&server.issuer)
    ))
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

/// With what the server has to know of the key.
fn with_key(metadata: ClientMetadata, key: Option<&SigningKey>) -> ClientMetadata {
    let Some(key) = key else { return metadata };
    let has_keys = metadata.get("jwks").is_some() || metadata.get("jwks_uri").is_some();
    let metadata = metadata.with("token_endpoint_auth_method", PRIVATE_KEY_JWT);
    if has_keys { metadata } else { metadata.with("jwks", json!({ "keys": [key.public_jwk()] })) }
}

/// With the redirect URI for this issuer beside those that the program has named, which does not know it.
fn with_redirect_uri(metadata: ClientMetadata, redirect_uri: &RedirectUri) -> ClientMetadata {
    let named = metadata.get("redirect_uris").and_then(Value::as_array).filter(|_| redirect_uri.is_of_issuer());
    let Some(mut uris) = named.cloned() else { return metadata };
    if !uris.iter().any(|uri| uri == redirect_uri.as_str()) {
        uris.push(json!(redirect_uri.as_str()));
    }
    metadata.with("redirect_uris", uris)
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
    let metadata = with_redirect_uri(metadata, redirect_uri);
    defaults.into_iter().chain(bound).fold(metadata, |metadata, (name, value)| {
        if metadata.get(name).is_some() { metadata } else { metadata.with(name, value) }
    })
}
