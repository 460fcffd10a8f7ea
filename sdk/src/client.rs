//! A client of one authorization server, and the builder that makes only complete ones.
//!
//! [`ClientBuilder`] takes the client ID, how the client authenticates, and its endpoints or an issuer to discover them at; what is missing
//! is a compile error. A [`Client`] gives the grants and endpoints. [`LazyClient`] is discovered with its first request.
//!
//! ```
//! use grantkit::prelude::*;
//!
//! let client: Client = Client::builder()
//!     .client_id("billing")
//!     .client_secret_basic("s3cret")
//!     .token_endpoint("https://as.example/token")?
//!     .build()
//!     .erased();
//! let credentials = client.client_credentials().scope("read:invoices").credentials("billing");
//! # let _ = credentials;
//! # Ok::<(), Error>(())
//! ```

mod auth_negotiation;
pub(crate) mod builder;
mod flows;
#[doc(hidden)]
pub mod misplaced;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::authorize::{AuthorizationHook, Prompt, ResponseHook};
use crate::client_auth::{AuthenticatedEndpoint, Identity};
use crate::error::Result;
use crate::grant::{TokenEndpoint, TokenTerms};
use crate::keys::{AnnouncedAlgorithms, DpopKey};
use crate::oidc::{SignedMessageTerms, SignedMessages};
use crate::transport::Transport;
use crate::wire::{EndpointUrl, PlainHttp, RequestHook};

pub use crate::wire::EndpointRequest;
pub use builder::{ClientBuilder, Endpoints, state};
pub use flows::{AnyEndpoints, IntoClient, LazyClient, LoginCredentialsBuilder, NamedGrant};

/// What changes requests to other endpoints than the token endpoint, for a server that is not as the standard has it.
#[derive(Clone, Debug, Default)]
pub(crate) struct RequestHooks {
    pub(crate) authorization: Option<AuthorizationHook>,
    pub(crate) authorization_response: Option<ResponseHook>,
    pub(crate) device_authorization: Option<RequestHook>,
    pub(crate) revocation: Option<RequestHook>,
}

/// What is known of the server: what its answers are checked by, and what it demands of requests.
#[derive(Clone, Debug, Default)]
pub(crate) struct ServerCapabilities {
    pub(crate) issuer: Option<String>,
    pub(crate) names_itself_in_responses: bool,
    pub(crate) jwks_uri: Option<EndpointUrl>,
    /// Where authorization requests can be pushed to (RFC 9126).
    pub(crate) pushed_requests: Option<EndpointUrl>,
    /// Whether they have to be.
    pub(crate) requires_pushed_requests: bool,
    /// Whether authorization requests have to be signed (RFC 9101 §10.5).
    pub(crate) requires_signed_requests: bool,
    /// What those may be signed with (RFC 9101 §10.5).
    pub(crate) request_algorithms: AnnouncedAlgorithms,
    /// The same of requests to the backchannel authentication endpoint (CIBA Core §4).
    pub(crate) backchannel_request_algorithms: AnnouncedAlgorithms,
    /// What the client says of its token requests.
    pub(crate) tokens: TokenTerms,
    pub(crate) hooks: RequestHooks,
    /// The `max_age` of a login that says none, by the client's registration (OpenID Connect Registration §2).
    pub(crate) default_max_age: Option<Duration>,
    /// The `prompt` of a login that says none.
    pub(crate) default_prompt: Vec<Prompt>,
    /// For addresses that the server gives later on.
    pub(crate) plain_http: PlainHttp,
    pub(crate) signed_messages: SignedMessageTerms,
}

/// A client of one authorization server: complete, or it does not compile.
///
/// A field or an argument is a `Client`, without parameter: one that was [discovered](ClientBuilder::discover) is one already, one
/// that was given its endpoints becomes one by [`erased`](Client::erased). The parameter of the others tells the compiler which
/// endpoints they have, so that a missing one does not compile. A clone is cheap.
///
/// ```
/// use grantkit::prelude::*;
///
/// let client = Client::builder()
///     .client_id("billing")
///     .client_secret_basic("s3cret")
///     .token_endpoint("https://as.example/token")?
///     .authorization_endpoint("https://as.example/authorize")?
///     .build();
/// let credentials: Credentials = client.client_credentials().scope("read:invoices").credentials("billing");
/// let login: AuthorizationCode = client.authorization_code(RedirectUri::new("https://app.example/callback")?);
/// # Ok::<(), grantkit::Error>(())
/// ```
///
/// What is missing is said by the compiler:
///
/// ```compile_fail,E0277
/// # use grantkit::prelude::*;
/// let client = Client::builder()
///     .client_secret_basic("s3cret")
///     .token_endpoint("https://as.example/token").unwrap()
///     .build(); // error[E0277]: this client has no client ID yet
/// ```
#[derive(Clone)]
pub struct Client<E = AnyEndpoints> {
    core: Arc<Core>,
    endpoints: E,
}

#[derive(Debug)]
struct Core {
    identity: Identity,
    token_url: EndpointUrl,
    /// The same with how the client authenticates there.
    token_endpoint: TokenEndpoint,
    server: ServerCapabilities,
    transport: Result<Transport>,
    signed_messages: SignedMessages,
}

impl Client {
    /// Starts a client; see [`ClientBuilder`] for what it needs.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::new()
    }
}

impl<E> Client<E> {
    /// The client ID.
    pub fn client_id(&self) -> &str {
        self.core.identity.client_id()
    }

    /// The issuer that the server is known by, if it is.
    pub(crate) fn issuer_name(&self) -> Option<&str> {
        self.core.server.issuer.as_deref()
    }

    /// What its requests go over.
    pub(crate) fn transport(&self) -> Result<&Transport> {
        self.core.transport.as_ref().map_err(Clone::clone)
    }

    /// The key that its tokens are bound to.
    pub(crate) fn dpop_key(&self) -> Option<&DpopKey> {
        self.core.identity.dpop()
    }

    // Not `new`, which the compiler would call private in the error for a user who tries it.
    fn assembled(
        identity: Identity,
        token_url: EndpointUrl,
        server: ServerCapabilities,
        transport: Result<Transport>,
        endpoints: E,
    ) -> Self {
        let signed_messages = SignedMessages::new(
            &server.signed_messages,
            &identity,
            server.issuer.as_deref(),
            server.jwks_uri.as_ref(),
            &transport,
        );
        let endpoint = AuthenticatedEndpoint::new(token_url.clone(), identity.clone(), transport.clone());
        let token_endpoint = TokenEndpoint::new(endpoint, &server.tokens);
        let core = Core { identity, token_url, token_endpoint, server, transport, signed_messages };
        Self { core: Arc::new(core), endpoints }
    }

    fn token_endpoint(&self) -> TokenEndpoint {
        self.core.token_endpoint.clone()
    }

    fn authenticated(&self, url: EndpointUrl) -> AuthenticatedEndpoint {
        self.authenticated_as(self.core.identity.clone(), url)
    }

    fn authenticated_as(&self, identity: Identity, url: EndpointUrl) -> AuthenticatedEndpoint {
        AuthenticatedEndpoint::new(url, identity, self.core.transport.clone())
    }
}

impl<E> fmt::Debug for Client<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("client_id", &self.client_id())
            .field("authentication", &self.core.identity.authentication().method())
            .field("token_endpoint", &self.core.token_url.as_str())
            .finish_non_exhaustive()
    }
}
