use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Instant;

use super::identify::{ClientOptions, EarlierRegistration, NewClient};
use super::{LoginOptions, OFFLINE_ACCESS, ResourceAccess};
use crate::authorize::RedirectUri;
use crate::client::IntoClient;
use crate::discovery::{ProtectedResource, ResourceDiscovery, ServerMetadata};
use crate::error::{Challenge, Error, Fault, Result};
use crate::grant::IntoScopes;
use crate::keys::SigningKey;
use crate::keys::dpop::DpopKey;
use crate::registration::ClientIdMetadataDocument;
use crate::registration::{ClientMetadata, RegisteredClient};
use crate::text::ServerText;
use crate::time::{IntoClock, Time};
use crate::token::IntoSecret;
use crate::transport::Transport;

/// Configures the discovery of a [`ResourceAccess`]: how the program may become a client; then `.await` it.
///
/// The first of these that is possible is used, whatever the order of the calls: a [`client`](Self::client) or
/// [`registered`](Self::registered) client of an issuer that the API names, a [`metadata_document`](Self::metadata_document) that
/// the server accepts, [`register`](Self::register).
#[derive(Clone)]
#[must_use = "call `.await`"]
pub struct AccessDiscovery {
    url: String,
    redirect_uri: Result<RedirectUri>,
    challenge: Option<Challenge>,
    transport: Option<Transport>,
    resource_check: Option<fn(ResourceDiscovery) -> ResourceDiscovery>,
    issuer: Option<String>,
    accepts_unannounced_pkce: bool,
    accepts_unlisted_resource: bool,
    accepts_private_addresses: bool,
    asking: LoginOptions,
    ways: ClientOptions,
}

impl AccessDiscovery {
    pub(super) fn new(url: String, redirect_uri: Result<RedirectUri>) -> Self {
        Self {
            url,
            redirect_uri,
            challenge: None,
            transport: None,
            resource_check: None,
            issuer: None,
            accepts_unannounced_pkce: false,
            accepts_unlisted_resource: false,
            accepts_private_addresses: false,
            asking: LoginOptions::default(),
            ways: ClientOptions::default(),
        }
    }

    /// Adds a client that its issuer knows already; may be repeated for others.
    pub fn client(mut self, client: impl IntoClient) -> Self {
        self.ways.clients.push(client.into_client());
        self
    }

    /// Adds the registration that an earlier access made with this issuer; may be repeated for others.
    ///
    /// It is ignored if its secret has expired, if it has another redirect URI (the port counts: listen on
    /// [the same](RegisteredClient::loopback_port) if it is free), or if the server no longer knows it, which the token endpoint is
    /// asked with an invalid refresh token. Then the program [registers](Self::register) again: keep the new
    /// [`registration`](ResourceAccess::registration).
    pub fn registered(mut self, issuer: impl Into<String>, client: RegisteredClient) -> Self {
        self.ways.registered.push(EarlierRegistration { issuer: issuer.into(), client, key: None });
        self
    }

    /// The same for one that authenticates with a key (`private_key_jwt`), which is no part of the registration.
    pub fn registered_with_key(mut self, issuer: impl Into<String>, client: RegisteredClient, key: SigningKey) -> Self {
        self.ways.registered.push(EarlierRegistration { issuer: issuer.into(), client, key: Some(key) });
        self
    }

    /// Does not ask the server whether it still knows a [kept](Self::registered) registration: saves a request if there is a valid
    /// token, and so no login to come. A forgotten registration then shows as `invalid_client`, or as a page of the server in the
    /// browser; see [`ResourceAccess::recover`].
    pub fn skip_registration_check(mut self) -> Self {
        self.ways.skips_check = true;
        self
    }

    /// Adds the client of this client-ID metadata document, which authenticates by `none`. The document contains the redirect URI; on
    /// a loopback address the port may differ.
    ///
    /// It is used at servers whose metadata announce `iss` in answers (`authorization_response_iss_parameter_supported`, RFC 9207): such a
    /// client has one ID and one redirect URI at all servers, so that nothing else tells their answers apart. At others the program
    /// [registers](Self::register), if it may.
    pub fn metadata_document(mut self, document: ClientIdMetadataDocument) -> Self {
        self.ways.document = Some((document, None));
        self
    }

    /// Adds the client of a document that authenticates with a key (`private_key_jwt`).
    pub fn metadata_document_with_key(mut self, document: ClientIdMetadataDocument, key: SigningKey) -> Self {
        self.ways.document = Some((document, Some(key)));
        self
    }

    /// Allows dynamic registration (RFC 7591) if nothing else makes the program a client. Defaults of the metadata: this redirect
    /// URI, the grants for code and refresh token, no authentication, and `application_type` by the redirect URI.
    ///
    /// At a server that does not announce `iss` in answers (RFC 9207) the client has a redirect URI of its own, with a segment for the
    /// issuer behind the given one, which has to be [distinct per issuer](RedirectUri::distinct_per_issuer).
    pub fn register(mut self, metadata: ClientMetadata) -> Self {
        self.ways.registration = Some((metadata, None));
        self
    }

    /// The same for a client that authenticates with this key (`private_key_jwt`): its public half goes with the registration, unless
    /// the metadata has keys. Keep the key with [what was registered](ResourceAccess::registration), for
    /// [`registered_with_key`](Self::registered_with_key).
    pub fn register_with_key(mut self, metadata: ClientMetadata, key: SigningKey) -> Self {
        self.ways.registration = Some((metadata, Some(key)));
        self
    }

    /// Adds the initial access token with which this issuer lets the program register (RFC 7591 §3.1); may be repeated for others. An
    /// API may name any issuer: the token is sent to this one only.
    pub fn initial_access_token(mut self, issuer: impl Into<String>, token: impl IntoSecret) -> Self {
        self.ways.initial_access_tokens.push((issuer.into(), token.into()));
        self
    }

    /// Binds the tokens of a new client to this key (DPoP, RFC 9449); a client that is given has its own key. An API may require it
    /// (`dpop_bound_access_tokens_required`, RFC 9728 §2).
    pub fn dpop(mut self, key: impl Into<DpopKey>) -> Self {
        self.ways.dpop = Some(key.into());
        self
    }

    /// Another clock than the machine's, for tests: that of a new client ([`ClientBuilder::clock`](crate::client::ClientBuilder::clock)),
    /// by which the secret of a [kept](Self::registered) registration expires, too.
    pub fn clock(mut self, clock: impl IntoClock) -> Self {
        self.ways.time = Time::Given(clock.into_clock());
        self
    }

    /// Chooses one of the issuers that the API names; unless set, the first that knows the client, else the first.
    pub fn issuer(mut self, issuer: impl Into<String>) -> Self {
        self.issuer = Some(issuer.into());
        self
    }

    /// Uses the challenge of an earlier answer of the API, instead of requesting one; see [`Error::challenge`].
    pub fn challenge(mut self, challenge: Challenge) -> Self {
        self.challenge = Some(challenge);
        self
    }

    /// Sends the requests over this transport instead of the shared one, the client's own included.
    pub fn transport(mut self, transport: Transport) -> Self {
        self.transport = Some(transport);
        self
    }

    /// Accepts metadata of a resource that the URL lies under; see
    /// [`ResourceDiscovery::danger_accept_parent_resource`](crate::discovery::ResourceDiscovery::danger_accept_parent_resource).
    pub fn danger_accept_parent_resource(mut self) -> Self {
        self.resource_check = Some(ResourceDiscovery::danger_accept_parent_resource);
        self
    }

    /// Refuses metadata of a resource that the URL lies under; see
    /// [`ResourceDiscovery::require_exact_resource`](crate::discovery::ResourceDiscovery::require_exact_resource).
    pub fn require_exact_resource(mut self) -> Self {
        self.resource_check = Some(ResourceDiscovery::require_exact_resource);
        self
    }

    /// Accepts a server whose metadata lists the resources that it issues tokens for (`protected_resources`, RFC 9728 §4), without
    /// this API. This gives up the check that the server knows the API that names it.
    pub fn danger_accept_unlisted_resource(mut self) -> Self {
        self.accepts_unlisted_resource = true;
        self
    }

    /// Lets the API lead to private addresses; see
    /// [`ResourceDiscovery::danger_accept_private_addresses`](crate::discovery::ResourceDiscovery::danger_accept_private_addresses).
    pub fn danger_accept_private_addresses(mut self) -> Self {
        self.accepts_private_addresses = true;
        self
    }

    /// Limits the requested scopes to these, whatever the API names, now and in each [step up](ResourceAccess::step_up): for an API that
    /// must not get every scope that the server would grant.
    pub fn only_scopes<Form>(mut self, scopes: impl IntoScopes<Form>) -> Self {
        self.asking.only_scopes = Some(scopes.into_scopes());
        self
    }

    /// Leaves the parameter `resource` (RFC 8707) out of the login, for a server that rejects it. The token may then be valid at
    /// other APIs too.
    pub fn skip_resource_parameter(mut self) -> Self {
        self.asking.skips_resource = true;
        self
    }

    /// Accepts a server that does not say in its answers which server they are of (`iss`, RFC 9207), and at which the program's client has
    /// the same redirect URI as at others.
    ///
    /// A hostile API may name a hostile server, which leads the browser on to an honest one without `iss`, and is given its code and the
    /// PKCE verifier (mix-up, RFC 9700 §4.4): call this where every API that the program is given is trusted.
    pub fn danger_accept_unannounced_iss(mut self) -> Self {
        self.ways.accepts_unannounced_iss = true;
        self
    }

    /// Accepts a server whose metadata does not announce PKCE. PKCE is used all the same, but it protects the code only if the server
    /// checks it.
    pub fn danger_accept_unannounced_pkce(mut self) -> Self {
        self.accepts_unannounced_pkce = true;
        self
    }

    async fn run(self) -> Result<ResourceAccess> {
        let Self { url, redirect_uri, challenge, transport, issuer, asking, mut ways, .. } = self;
        let redirect_uri = redirect_uri?;
        if ways.is_empty() {
            return Err(Error::configuration(
                "the program cannot become a client: give a client of the API's issuer, a client-ID metadata document, or \
                 metadata to register with",
            ));
        }
        let mut discovery = ProtectedResource::discover(&url);
        if let Some(challenge) = challenge {
            discovery = discovery.challenge(challenge);
        }
        if let Some(transport) = transport {
            discovery = discovery.transport(transport);
        }
        if let Some(check) = self.resource_check {
            discovery = check(discovery);
        }
        if self.accepts_private_addresses {
            discovery = discovery.danger_accept_private_addresses();
        }
        let resource = discovery.await?;
        let issuer = match &issuer {
            Some(issuer) => accepted(&resource, issuer)?,
            None => match resource.issuers().iter().find(|issuer| ways.know(issuer)) {
                Some(issuer) => issuer,
                None => resource.issuer()?,
            },
        };
        ways.bind(issuer, resource.metadata())?;
        let server = resource.metadata_of(issuer).await?;
        ways.bind_with(&server, resource.metadata())?;
        if !self.accepts_unannounced_pkce {
            check_pkce(&server)?;
        }
        if !self.accepts_unlisted_resource {
            check_listed(&resource, &server)?;
        }
        let NewClient { client, registered, redirect_uri } =
            ways.client(&server, resource.transport(), &redirect_uri).await?;
        let scopes = scopes(&resource, &server, &asking);
        let is_new = registered.as_ref().is_some_and(|registered| !ways.has_kept(registered));
        let registered_at = is_new.then(Instant::now);
        Ok(ResourceAccess {
            url,
            resource,
            server,
            client,
            registered,
            registered_at,
            redirect_uri,
            scopes,
            asking,
            ways,
        })
    }
}

fn accepted<'a>(resource: &'a ProtectedResource, issuer: &str) -> Result<&'a str> {
    let known = resource.issuers().iter().find(|known| *known == issuer);
    known.map(String::as_str).ok_or_else(|| {
        Error::configuration(format!(
            "the API takes no tokens of {issuer:?}, by its metadata, only of {}",
            resource.issuers().join(", ")
        ))
    })
}

/// A server that does not say so is taken not to know it: there is no other way to find out (MCP, "Authorization Code
/// Protection").
fn check_pkce(server: &ServerMetadata) -> Result<()> {
    match &server.code_challenge_methods_supported {
        Some(methods) if methods.iter().any(|method| method == "S256") => Ok(()),
        _ => Err(Error::unsupported(
            "the server's metadata does not announce PKCE with S256 (`code_challenge_methods_supported`, RFC 8414 §2), without \
             which a stolen code is as good as a token: call `.danger_accept_unannounced_pkce()` if it is known to check it",
        )),
    }
}

/// An API may name any server: one that says which resources it has gives no token for another (RFC 9728 §4).
fn check_listed(resource: &ProtectedResource, server: &ServerMetadata) -> Result<()> {
    let own = resource.resource().trim_end_matches('/');
    match server.protected_resources.as_deref() {
        // An empty list says nothing (RFC 8414 §3.2).
        Some(listed) if !listed.is_empty() && !listed.iter().any(|one| one.trim_end_matches('/') == own) => {
            Err(Error::new(
                Fault::Security,
                format!(
                    "the API names {:?}, and that server's metadata does not list the resource {:?} (`protected_resources`, RFC 9728 \
                     §4): if the two belong together all the same, call `.danger_accept_unlisted_resource()`",
                    ServerText::new(&server.issuer),
                    ServerText::new(resource.resource())
                ),
            ))
        }
        _ => Ok(()),
    }
}

fn scopes(resource: &ProtectedResource, server: &Arc<ServerMetadata>, asking: &LoginOptions) -> Vec<String> {
    let mut scopes = Vec::new();
    let refreshing = server.scopes_supported.iter().filter(|scope| *scope == OFFLINE_ACCESS).map(String::as_str);
    for scope in resource.scopes().into_iter().chain(refreshing) {
        asking.add(&mut scopes, scope);
    }
    scopes
}

impl IntoFuture for AccessDiscovery {
    type Output = Result<ResourceAccess>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

impl fmt::Debug for AccessDiscovery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccessDiscovery").field("url", &self.url).finish_non_exhaustive()
    }
}
