//! How an authorization server is set up.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use serde_json::Value;
use url::Url;

use super::AuthorizationServer;
use crate::clock::{Clock, ManualClock};
use crate::counters::Tally;
use crate::dpop::Proofs;
use crate::endpoint;
use crate::fault::Faults;
use crate::keys::{KeyRing, SigningAlgorithm};
use crate::recorded_request::{RecordedRequest, Recorder};
use crate::scope::Scope;
use crate::socket::{Site, Socket};
use crate::state::{Clients, IdTokenRules, Live, MetadataDocuments, RefreshTokens, Registration, State, TokenStore};
use crate::user::User;

/// Configures an [`AuthorizationServer`]; every setting has a default, but it gives no token before a client is added.
#[derive(Clone, Debug)]
#[must_use = "the server runs once `.start()` is called"]
pub struct AuthorizationServerBuilder {
    clients: HashMap<String, Registration>,
    redirect_uris: Vec<(String, String)>,
    user: User,
    access_token_lifetime: Option<Duration>,
    usual_access_token_lifetime: Duration,
    access_token_length: usize,
    allowed_scopes: Option<Scope>,
    rotate_refresh_tokens: bool,
    refresh_token_grace: Duration,
    refresh_tokens: RefreshTokens,
    signing_algorithm: SigningAlgorithm,
    poll_interval: Duration,
    post_logout_redirect_uris: Vec<(String, String)>,
    initial_access_token: Option<String>,
    requires_pushed_requests: bool,
    requires_resource: bool,
    documents: MetadataDocuments,
    trusted_issuers: HashMap<String, Value>,
    latency: Duration,
    recorded_requests: usize,
    clock: Clock,
    port: u16,
}

impl AuthorizationServerBuilder {
    pub(super) fn new() -> Self {
        Self {
            clients: HashMap::new(),
            redirect_uris: Vec::new(),
            user: User::default(),
            access_token_lifetime: None,
            usual_access_token_lifetime: Duration::from_hours(1),
            access_token_length: 0,
            allowed_scopes: None,
            rotate_refresh_tokens: true,
            refresh_token_grace: Duration::ZERO,
            refresh_tokens: RefreshTokens::default(),
            signing_algorithm: SigningAlgorithm::default(),
            poll_interval: Duration::from_secs(1),
            post_logout_redirect_uris: Vec::new(),
            initial_access_token: None,
            requires_pushed_requests: false,
            requires_resource: false,
            documents: MetadataDocuments::default(),
            trusted_issuers: HashMap::new(),
            latency: Duration::ZERO,
            recorded_requests: Recorder::CAPACITY,
            clock: Clock::default(),
            port: 0,
        }
    }

    /// Registers a client with a secret: `client_secret_basic` and `client_secret_post` are both accepted.
    pub fn confidential_client(mut self, id: impl Into<String>, secret: impl Into<String>) -> Self {
        let id = id.into();
        let client = Registration::new(id.clone(), Some(secret.into()));
        self.clients.insert(id, client);
        self
    }

    /// Registers a client without a secret, which must use PKCE, with its redirect URIs.
    pub fn public_client<U: Into<String>>(
        mut self,
        id: impl Into<String>,
        redirect_uris: impl IntoIterator<Item = U>,
    ) -> Self {
        let id = id.into();
        let redirect_uris = redirect_uris.into_iter().map(Into::into).collect();
        self.clients.insert(id.clone(), Registration { redirect_uris, ..Registration::new(id, None) });
        self
    }

    /// Adds a redirect URI to a client, registered before or after.
    ///
    /// Redirect URIs are compared character by character, but on `http://127.0.0.1` and `http://[::1]` any port will
    /// do (RFC 8252 §7.3).
    pub fn redirect_uri(mut self, client_id: impl Into<String>, uri: impl Into<String>) -> Self {
        self.redirect_uris.push((client_id.into(), uri.into()));
        self
    }

    /// Adds an address to which a client may send its users after a logout.
    pub fn post_logout_redirect_uri(mut self, client_id: impl Into<String>, uri: impl Into<String>) -> Self {
        self.post_logout_redirect_uris.push((client_id.into(), uri.into()));
        self
    }

    /// Wants this token of those who register a client (RFC 7591 §3); by default, any client may.
    pub fn initial_access_token(mut self, token: impl Into<String>) -> Self {
        self.initial_access_token = Some(token.into());
        self
    }

    /// Refuses authorization requests that are not pushed (RFC 9126 §5), and says so in the metadata.
    pub fn require_pushed_authorization_requests(mut self) -> Self {
        self.requires_pushed_requests = true;
        self
    }

    /// Refuses token requests without `resource` (`invalid_target`, RFC 8707 §2.2), as servers of MCP do.
    pub fn require_resource(mut self) -> Self {
        self.requires_resource = true;
        self
    }

    /// Sets which metadata documents there are; both by default, and each with all that there is to say.
    pub fn metadata_documents(mut self, documents: MetadataDocuments) -> Self {
        self.documents = documents;
        self
    }

    /// Takes assertions of this issuer (RFC 7523 §2.1), signed with a key of this JWK set by ES256 or RS256.
    ///
    /// Assertions that the server has [signed](AuthorizationServer::sign_jwt) itself are taken anyway. Of the issuer's identity
    /// assertions (ID-JAG) those are taken that name the client, and the metadata says that they are.
    pub fn trusted_issuer(mut self, issuer: impl Into<String>, keys: Value) -> Self {
        self.trusted_issuers.insert(issuer.into(), keys);
        self
    }

    /// Sets who logs in; `alice` by default.
    pub fn user(mut self, user: User) -> Self {
        self.user = user;
        self
    }

    /// Sets the lifetime of access tokens, one hour by default.
    ///
    /// The server keeps it to the nanosecond; `expires_in` says it in whole seconds, rounded up.
    pub fn access_token_lifetime(mut self, lifetime: Duration) -> Self {
        self.access_token_lifetime = Some(lifetime);
        self
    }

    /// What the lifetime is where none is set.
    #[cfg(feature = "catalogue")]
    pub(crate) fn usual_access_token_lifetime(mut self, lifetime: Duration) -> Self {
        self.usual_access_token_lifetime = lifetime;
        self
    }

    /// Registers a client that is sent back to wherever it asks.
    #[cfg(feature = "catalogue")]
    pub(crate) fn any_redirect_uri_client(mut self, id: &str, secret: Option<&str>, requires_pkce: bool) -> Self {
        let client = Registration {
            requires_pkce,
            takes_any_redirect_uri: true,
            ..Registration::new(id.to_owned(), secret.map(ToOwned::to_owned))
        };
        self.clients.insert(id.to_owned(), client);
        self
    }

    /// Pads access tokens to this many bytes; shorter than they are, it changes nothing.
    pub fn access_token_length(mut self, bytes: usize) -> Self {
        self.access_token_length = bytes;
        self
    }

    /// Limits the scopes that are granted; any other is `invalid_scope`. By default, every scope is granted.
    pub fn allowed_scopes<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.allowed_scopes = Some(scopes.into_iter().collect());
        self
    }

    /// Says whether each refresh yields a new refresh token and spends the old one, as it does by default.
    ///
    /// A spent refresh token that is sent again revokes all tokens of its login (RFC 9700 §4.14.2).
    pub fn rotate_refresh_tokens(mut self, rotate: bool) -> Self {
        self.rotate_refresh_tokens = rotate;
        self
    }

    /// Exchanges a spent refresh token for this long after it was first sent, as servers do that reckon with lost answers; none by default.
    pub fn refresh_token_grace(mut self, grace: Duration) -> Self {
        self.refresh_token_grace = grace;
        self
    }

    /// Says which logins yield a refresh token; all by default.
    pub fn refresh_tokens(mut self, when: RefreshTokens) -> Self {
        self.refresh_tokens = when;
        self
    }

    /// Sets how long a device has to wait between two polls, one second by default; `interval` says it in whole seconds (RFC 8628 §3.2).
    pub fn poll_interval(mut self, interval: Duration) -> Self {
        self.poll_interval = interval;
        self
    }

    /// Sets how ID tokens are signed, ES256 by default.
    pub fn signing_algorithm(mut self, algorithm: SigningAlgorithm) -> Self {
        self.signing_algorithm = algorithm;
        self
    }

    /// Makes each token request wait before it is processed; a client that goes away takes it with it.
    pub fn latency(mut self, latency: Duration) -> Self {
        self.latency = latency;
        self
    }

    /// Sets how many requests are kept for [`requests`](AuthorizationServer::requests), 10 000 by default.
    pub fn recorded_requests(mut self, requests: usize) -> Self {
        self.recorded_requests = requests;
        self
    }

    /// Lets tokens, codes and proofs expire by this clock, and dates ID tokens by it, instead of the machine's.
    ///
    /// The server goes on to wait in real time: its latency, and the interval between two polls of a device.
    pub fn clock(mut self, clock: &ManualClock) -> Self {
        self.clock = Clock::manual(clock.clone());
        self
    }

    /// Sets the port, in place of one that is free: for what is configured once and started often. A test is better off without.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Binds the port on 127.0.0.1 and serves it on the current tokio runtime.
    ///
    /// # Errors
    ///
    /// - `InvalidInput`: a redirect URI is no absolute URL, has a fragment, or names a client that is not registered.
    /// - Any other kind: no port could be bound, or no key could be made.
    ///
    /// # Panics
    ///
    /// Outside of a tokio runtime with time and I/O enabled.
    pub async fn start(self) -> io::Result<AuthorizationServer> {
        self.start_as(Plan::default()).await
    }

    pub(crate) async fn start_as(self, plan: Plan) -> io::Result<AuthorizationServer> {
        let clients = register(self.clients, self.redirect_uris, self.post_logout_redirect_uris)?;
        let algorithm = self.signing_algorithm;
        // An RSA key takes long enough to hold others up.
        let keys =
            tokio::task::spawn_blocking(move || KeyRing::generate(algorithm)).await?.map_err(io::Error::other)?;
        let socket = Socket::bind(self.port)?;
        let state = Arc::new(State {
            issuer: format!("{}{}", socket.base_url(), plan.issuer_path),
            base_url: socket.base_url(),
            clients: Clients::new(clients),
            initial_access_token: self.initial_access_token,
            requires_pushed_requests: self.requires_pushed_requests,
            requires_resource: self.requires_resource,
            documents: self.documents,
            trusted_issuers: self.trusted_issuers,
            allowed_scopes: self.allowed_scopes,
            rotate_refresh_tokens: self.rotate_refresh_tokens,
            refresh_token_grace: self.refresh_token_grace,
            refresh_tokens: self.refresh_tokens,
            poll_interval: self.poll_interval,
            id_tokens: plan.id_tokens,
            access_token_length: self.access_token_length,
            keys,
            proofs: Proofs::new(self.clock.clone()),
            clock: self.clock,
            tokens: TokenStore::default(),
            tally: Tally::default(),
            live: Mutex::new(Live {
                access_token_lifetime: self.access_token_lifetime.unwrap_or(self.usual_access_token_lifetime),
                latency: self.latency,
                user: self.user,
                denials: VecDeque::new(),
                id_token_claims: BTreeMap::new(),
            }),
        });
        let (counting, faulting) = (Arc::clone(&state), Arc::clone(&state));
        let site = Arc::new(Site {
            router: (plan.router)(Arc::clone(&state)),
            faults: Faults::default(),
            recorder: Recorder::new(self.recorded_requests),
            arrived: Box::new(move |request| (plan.count)(&counting, request)),
            faulted: Box::new(move || faulting.tally.faults_applied.bump()),
        });
        let serving = Arc::new(socket.serve(Arc::clone(&site)));
        Ok(AuthorizationServer { state, site, serving })
    }
}

pub(crate) type Count = Box<dyn Fn(&State, &RecordedRequest) + Send + Sync>;

/// What a server answers where, which differs where it plays a service.
pub(crate) struct Plan {
    /// What the issuer has after the base URL.
    pub(crate) issuer_path: String,
    pub(crate) id_tokens: IdTokenRules,
    pub(crate) router: Box<dyn FnOnce(Arc<State>) -> Router + Send>,
    /// Counts a request that has arrived.
    pub(crate) count: Count,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            issuer_path: String::new(),
            id_tokens: IdTokenRules::default(),
            router: Box::new(endpoint::router),
            count: Box::new(endpoint::count),
        }
    }
}

fn register(
    mut clients: HashMap<String, Registration>,
    redirect_uris: Vec<(String, String)>,
    post_logout_redirect_uris: Vec<(String, String)>,
) -> io::Result<HashMap<String, Registration>> {
    let invalid = |why: String| io::Error::new(io::ErrorKind::InvalidInput, why);
    for (id, uri) in redirect_uris {
        let client = clients.get_mut(&id);
        let client = client.ok_or_else(|| invalid(format!("the redirect URI {uri} is for the unknown client {id}")))?;
        client.redirect_uris.push(uri);
    }
    for (id, uri) in post_logout_redirect_uris {
        let client = clients.get_mut(&id);
        let client = client.ok_or_else(|| invalid(format!("the address {uri} is for the unknown client {id}")))?;
        client.post_logout_redirect_uris.push(uri);
    }
    for uri in clients.values().flat_map(|client| &client.redirect_uris) {
        // RFC 6749 §3.1.2.
        if Url::parse(uri).ok().is_none_or(|url| url.fragment().is_some()) {
            return Err(invalid(format!("{uri} is not an absolute URL without a fragment")));
        }
    }
    Ok(clients)
}
