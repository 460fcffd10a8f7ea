mod authentication_setters;
#[cfg(feature = "oidc")]
mod encryption;
mod endpoint_setters;
pub(in crate::client) mod endpoints;
mod registered;
mod request_hooks;
mod requirement;
mod sealed;
#[cfg(feature = "oidc")]
mod signed_messages;
pub mod state;
mod token_setters;

use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;

pub use self::endpoints::Endpoints;
use self::endpoints::{Present, TokenEndpointGiven};
use self::requirement::{
    AlreadyGiven, AuthenticationGiven, ClientIdGiven, ClientIdNotGiven, NeedsAuthentication, NeedsClientId,
    NeedsTokenEndpoint, NoEndpointGiven, PlainHttpUndecided, TokenEndpointNotGiven,
};
use super::auth_negotiation::{Assertions, AuthMethod, SupportedAuthMethods};
use super::flows::Identities;
use super::{Client, LazyClient, ServerCapabilities};
use crate::client_auth::Identity;
use crate::discovery::{IntoServerDiscovery, ServerDiscovery, ServerMetadata};
use crate::error::Result;
use crate::fingerprint::Fingerprint;
use crate::keys::dpop::DpopKey;
use crate::registration::{ClientIdMetadataDocument, MetadataDocumentBinding};
use crate::time::{IntoClock, Time};
use crate::token::RefreshTokenRotation;
use crate::transport::Transport;
use crate::wire::{EndpointUrl, PlainHttp};

/// Builds a [`Client`]: it needs a client ID, an authentication and a token endpoint (or an issuer to discover it from).
///
/// The parameters say what it has; they end here. Endpoints must be `https` URLs without a fragment, or `http` on a
/// loopback address (RFC 6749 §3.1, RFC 8252 §7.3).
///
/// ```no_run
/// use grantkit::prelude::*;
///
/// # async fn example(secret: SecretString) -> Result<()> {
/// // The endpoints, and how to authenticate, from the server's metadata:
/// let client = Client::builder().client_id("billing").client_secret(secret.clone()).discover("https://as.example").await?;
///
/// // The same by hand; what is not given cannot be used:
/// let client = Client::builder()
///     .client_id("billing")
///     .client_secret_basic(secret)
///     .token_endpoint("https://as.example/token")?
///     .revocation_endpoint("https://as.example/revoke")?
///     .build();
/// let revocation = client.revocation();
/// # Ok(())
/// # }
/// ```
#[must_use = "call `.build()` or `.discover(issuer)`"]
pub struct ClientBuilder<
    Id = NeedsClientId,
    Authentication = NeedsAuthentication,
    Token = NeedsTokenEndpoint,
    E = Endpoints,
> {
    pub(super) parts: Parts,
    pub(super) token: Token,
    pub(super) endpoints: E,
    states: PhantomData<(Id, Authentication)>,
}

/// What the builder has collected; the type-state sees to it that no empty one gets out.
#[derive(Clone, Default)]
pub(super) struct Parts {
    client_id: String,
    authentication: AuthMethod,
    pub(super) assertions: Assertions,
    pub(super) server: ServerCapabilities,
    plain_http: PlainHttp,
    transport: Option<Transport>,
    dpop: Option<DpopKey>,
    pub(super) requires_dpop: bool,
    rotation: RefreshTokenRotation,
    documented: Option<MetadataDocumentBinding>,
}

impl ClientBuilder {
    pub(super) fn new() -> Self {
        Self {
            parts: Parts::default(),
            token: NeedsTokenEndpoint::new(),
            endpoints: Endpoints::none(),
            states: PhantomData,
        }
    }
}

/// Who the client is.
impl<Id, Authentication, Token, E> ClientBuilder<Id, Authentication, Token, E> {
    /// The client's ID, as the server registered it (RFC 6749 §2.2). An empty one is an error of the first request.
    pub fn client_id(mut self, client_id: impl Into<String>) -> ClientBuilder<AlreadyGiven, Authentication, Token, E>
    where
        Id: ClientIdNotGiven,
    {
        self.parts.client_id = client_id.into();
        self.with_state()
    }

    /// The client that this document describes, by its URL (draft-ietf-oauth-client-id-metadata-document). It authenticates as
    /// the document says: [`public`](Self::public) for `none`, [`signing_key`](Self::signing_key) or
    /// [`private_key_jwt`](Self::private_key_jwt) for `private_key_jwt`; anything else is an error of
    /// [`discover`](Self::discover) or the first request.
    ///
    /// With [`discover`](Self::discover) the server's metadata has to say that it knows such documents
    /// (`client_id_metadata_document_supported`).
    pub fn client_id_metadata_document(
        mut self,
        document: &ClientIdMetadataDocument,
    ) -> ClientBuilder<AlreadyGiven, Authentication, Token, E>
    where
        Id: ClientIdNotGiven,
    {
        self.parts.documented = Some(MetadataDocumentBinding::by(document));
        self.client_id(document.client_id())
    }
}

/// Where the server is.
impl<Id, Authentication, Token, E> ClientBuilder<Id, Authentication, Token, E> {
    /// The token endpoint (RFC 6749 §3.2).
    ///
    /// # Errors
    ///
    /// [`is_configuration`](crate::Error::is_configuration) where it is no URL that an endpoint may have.
    pub fn token_endpoint(self, url: &str) -> Result<ClientBuilder<Id, Authentication, Present, E>>
    where
        Token: TokenEndpointNotGiven,
    {
        let token = Present::at(self.parts.url("token endpoint", url)?);
        Ok(ClientBuilder { parts: self.parts, token, endpoints: self.endpoints, states: PhantomData })
    }

    /// Makes the client's tokens sender-constrained: bound to this key, of which each request carries a proof (DPoP, RFC 9449), so
    /// that a stolen token cannot be used.
    ///
    /// Whatever grant it is: an answer with a token that is not bound is refused. See [`DpopKey`].
    pub fn dpop(mut self, key: impl Into<DpopKey>) -> Self {
        self.parts.dpop = Some(key.into());
        self
    }

    /// Says what the server does with a refresh token that is used, where that is known: it decides what is done after an answer
    /// was lost ([`RefreshPolicy::with_after_lost_response`](crate::credentials::RefreshPolicy::with_after_lost_response)).
    ///
    /// A server that is said never to replace them, and does, is known for that from the first answer on which brings another. If that
    /// answer is lost, it may revoke the login.
    pub fn refresh_token_rotation(mut self, rotation: RefreshTokenRotation) -> Self {
        self.parts.rotation = rotation;
        self
    }

    /// Another clock than the machine's, for tests and simulations. Give it before [`registered`](Self::registered), which checks by it
    /// whether the secret has expired.
    ///
    /// | by this clock | |
    /// |---|---|
    /// | what the client signs is dated | client assertions, DPoP proofs, request objects, [`JwtAssertion`](crate::grant::JwtAssertion)s |
    /// | what the server signs is checked | ID tokens, logout tokens, signed answers |
    /// | what is kept expires | tokens of its [`Credentials`](crate::Credentials), also those in a [store](crate::store); the server's metadata and keys |
    /// | a login expires | a [sealed](crate::authorize::PendingLogin::seal) one, a device or backchannel authorization, stored or not |
    ///
    /// By the machine's clock remain an [`OAuthToken`](crate::OAuthToken) that no `Credentials` hold, since it knows no client;
    /// and what is agreed with other processes: when a store may forget a record, and how long a lease is held. Pauses, time-outs and
    /// the circuit breaker are in the time of [`tokio::time`], in which the program waits for them.
    pub fn clock(mut self, clock: impl IntoClock) -> Self {
        self.parts.assertions.time = Time::Given(clock.into_clock());
        self
    }

    /// Sends its requests over this transport instead of the shared one.
    pub fn transport(mut self, transport: Transport) -> Self {
        self.parts.transport = Some(transport);
        self
    }

    /// Accepts plain `http` for every endpoint. Gives up that secrets and tokens cannot be read on the way.
    ///
    /// It comes before the endpoints: each is checked when it is given, so that its mistake is found there. Behind one it does not
    /// compile.
    pub fn danger_allow_plain_http(mut self) -> Self
    where
        (Token, E): PlainHttpUndecided,
    {
        self.parts.plain_http = PlainHttp::Anywhere;
        self
    }
}

/// Finishing.
impl<Id, Authentication, Token, E> ClientBuilder<Id, Authentication, Token, E> {
    /// The client.
    pub fn build(self) -> Client<E>
    where
        Id: ClientIdGiven,
        Authentication: AuthenticationGiven,
        Token: TokenEndpointGiven,
    {
        let token_endpoint = EndpointUrl::checked(self.token.url());
        let identity = self.parts.identity(self.parts.server.issuer.as_deref(), token_endpoint.as_str());
        let transport = self.parts.transport();
        let server = ServerCapabilities { plain_http: self.parts.plain_http, ..self.parts.server };
        Client::assembled(identity, token_endpoint, server, transport, self.endpoints)
    }

    /// The client, with everything that the issuer's metadata document says (RFC 8414, OpenID Connect Discovery 1.0).
    ///
    /// The document is looked for and kept as by [`ServerMetadata::discover`]. Instead of an issuer it takes a
    /// [`ServerDiscovery`](crate::discovery::ServerDiscovery), which says more: a document's own URL, which document comes first, an issuer
    /// that differs.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](crate::Error::is_configuration) where the issuer is no `https` URL, or the [`dpop`](Self::dpop) key is for
    /// no algorithm that the metadata lists;
    /// [`is_unsupported`](crate::Error::is_unsupported) where the metadata has no way to authenticate with the secret or key
    /// that was given;
    /// [`is_invalid_response`](crate::Error::is_invalid_response) where there is no such document, or
    /// [`is_security`](crate::Error::is_security) where it is another issuer's; or why the request failed.
    // Not an `async fn`: what is missing would be reported three times, at the call, at its future and at `.await`.
    #[must_use = "`.await` it: nothing is discovered before"]
    pub fn discover(self, server: impl IntoServerDiscovery) -> Pin<Box<dyn Future<Output = Result<Client>> + Send>>
    where
        Id: ClientIdGiven,
        Authentication: AuthenticationGiven,
        Token: TokenEndpointNotGiven,
        E: NoEndpointGiven,
    {
        Box::pin(self.parts.discover(server.into_server_discovery()))
    }

    /// The client, with everything that this document says, which is at hand: nothing is sent. See
    /// [`ServerMetadata::from_json`].
    ///
    /// # Errors
    ///
    /// As [`discover`](Self::discover), but for those of the request.
    pub fn build_with_metadata(self, metadata: &ServerMetadata) -> Result<Client>
    where
        Id: ClientIdGiven,
        Authentication: AuthenticationGiven,
        Token: TokenEndpointNotGiven,
        E: NoEndpointGiven,
    {
        self.parts.with_metadata(metadata)
    }

    /// The client, with the discovery put off until its first request: for a program that is to start while the server is away,
    /// or where nothing can be awaited. Sends nothing.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](crate::Error::is_configuration) where the issuer is no `https` URL. What [`discover`](Self::discover) fails with,
    /// a request for a token does, or the beginning of a login.
    pub fn discover_lazily(self, issuer: &str) -> Result<LazyClient>
    where
        Id: ClientIdGiven,
        Authentication: AuthenticationGiven,
        Token: TokenEndpointNotGiven,
        E: NoEndpointGiven,
    {
        let url = self.parts.url("issuer", issuer)?;
        Ok(LazyClient::new(self.parts, issuer, url))
    }

    pub(super) fn with_authentication(mut self, method: AuthMethod) -> ClientBuilder<Id, AlreadyGiven, Token, E> {
        self.parts.authentication = method;
        self.with_state()
    }

    /// The same parts in another state.
    fn with_state<NextId, NextAuthentication>(self) -> ClientBuilder<NextId, NextAuthentication, Token, E> {
        ClientBuilder { parts: self.parts, token: self.token, endpoints: self.endpoints, states: PhantomData }
    }

    /// The same parts with other endpoints.
    pub(super) fn with_endpoints<Next>(
        parts: Parts,
        token: Token,
        endpoints: Next,
    ) -> ClientBuilder<Id, Authentication, Token, Next> {
        ClientBuilder { parts, token, endpoints, states: PhantomData }
    }
}

impl Parts {
    pub(super) fn url(&self, what: &str, url: &str) -> Result<EndpointUrl> {
        let parse = |plain_http| match what {
            "issuer" => EndpointUrl::issuer(url, plain_http),
            _ => EndpointUrl::parse(what, url, plain_http),
        };
        parse(self.plain_http).map_err(|error| match parse(PlainHttp::Anywhere) {
            Ok(_) => error.with_cure("for a trusted network, call `.danger_allow_plain_http()` before this"),
            Err(_) => error,
        })
    }

    pub(super) fn identity(&self, issuer: Option<&str>, token_endpoint: &str) -> Identity {
        let identity = self.authentication.identity(&self.client_id, self.assertions.terms(issuer, token_endpoint));
        let dpop = self.dpop.as_ref().map(|key| key.with_time(&self.assertions.time));
        identity.with_dpop(dpop, self.requires_dpop).with_refresh_token_rotation(self.rotation)
    }

    /// What was configured and comes to something else at each server, which is not known yet; what comes to the same everywhere stands in the
    /// [`identity`](Self::identity).
    pub(super) fn configured_identity(&self) -> Fingerprint {
        let Self {
            client_id: _,
            authentication,
            assertions,
            server: _,
            plain_http,
            transport: _,
            dpop: _,
            requires_dpop: _,
            rotation: _,
            documented: _,
        } = self;
        let plain_http = match plain_http {
            PlainHttp::LoopbackOnly => "on loopback",
            PlainHttp::Anywhere => "anywhere",
        };
        Fingerprint::builder()
            .parameter("authentication", authentication.configured_name())
            .part("assertions", assertions.configured_identity())
            .parameter("plain_http", plain_http)
            .build()
    }

    pub(super) async fn discover(self, discovery: ServerDiscovery) -> Result<Client> {
        // Mistakes are reported before anything is sent; the audience of assertions does not matter to that.
        self.identity(Some(discovery.name()), discovery.name()).check()?;
        let metadata = discovery.by(&self.transport()?, self.plain_http, &self.assertions.time).run().await?;
        self.with_metadata(&metadata)
    }

    fn with_metadata(mut self, metadata: &ServerMetadata) -> Result<Client> {
        self.identity(metadata.issuer_name(), &metadata.issuer).check()?;
        let transport = self.transport()?;
        if self.documented.is_some() {
            MetadataDocumentBinding::check_server(metadata)?;
        }
        self.dpop = self.dpop.map(|key| key.known_to(&metadata.dpop_algorithms())).transpose()?;
        let configured = self.authentication.clone();
        self.authentication = configured.clone().negotiated(&SupportedAuthMethods::of_token_endpoint(metadata))?;
        let token_endpoint = metadata.token_endpoint.as_deref().unwrap_or_default();
        let terms = || self.assertions.terms(metadata.issuer_name(), token_endpoint);
        let elsewhere = |offer: &SupportedAuthMethods<'_>| {
            let method = self.authentication.negotiated_again(&configured, offer)?;
            Ok(method.identity(&self.client_id, terms()))
        };
        let identities = Identities {
            token: self.identity(metadata.issuer_name(), token_endpoint),
            revocation: elsewhere(&SupportedAuthMethods::of_revocation_endpoint(metadata)),
            introspection: elsewhere(&SupportedAuthMethods::of_introspection_endpoint(metadata)),
        };
        Client::discovered(identities, metadata, &self.server, transport, self.plain_http)
    }

    pub(super) fn transport(&self) -> Result<Transport> {
        if let Some(documented) = &self.documented {
            documented.check(self.authentication.name())?;
        }
        self.transport.clone().map_or_else(Transport::shared, Ok)
    }
}

impl<Id, Authentication, Token, E> fmt::Debug for ClientBuilder<Id, Authentication, Token, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder").field("client_id", &self.parts.client_id).finish_non_exhaustive()
    }
}
