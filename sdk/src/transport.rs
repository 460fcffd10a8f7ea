//! The HTTP layer to authorization servers: limits, time-outs, retries and circuit breakers.
//!
//! [`Transport`] is shared by default; [`TransportBuilder`] makes one with a proxy, a custom CA or client certificate, or other limits.
//!
//! ```
//! use std::time::Duration;
//!
//! use grantkit::prelude::*;
//! use grantkit::transport::Transport;
//!
//! let transport = Transport::builder().timeout(Duration::from_secs(10)).build()?;
//! let client = Client::builder()
//!     .client_id("billing")
//!     .client_secret_basic("s3cret")
//!     .transport(transport)
//!     .token_endpoint("https://as.example/token")?
//!     .build();
//! # let _ = client;
//! # Ok::<(), Error>(())
//! ```

mod baseline_rate;
mod body;
mod builder;
mod circuit_breaker;
mod circuit_breakers;
mod connections;
mod guard;
mod oauth2_client;
mod outgoing_request;
#[cfg(feature = "test-util")]
mod responder;
mod retry;
mod service_request;
mod settings;

use std::fmt;
use std::sync::OnceLock;

use http::{Request, Response, StatusCode};
use url::Url;
use zeroize::Zeroizing;

pub use builder::TransportBuilder;
pub(crate) use guard::Location;
#[cfg(test)]
pub(crate) use guard::tests as guard_tests;
pub(crate) use outgoing_request::OutgoingRequest;
#[cfg(feature = "test-util")]
pub use responder::Responder;
pub(crate) use retry::{Repeat, Tries};
pub use service_request::{ServiceAnswer, ServiceRequest};

use crate::error::{Error, Fault, Result};
use crate::fingerprint::Fingerprint;
use crate::lenient::WipedBytes;
use crate::sending;
use crate::telemetry::Exchange;
use crate::time;
use crate::wire::{AddressScope, add_date_if_absent};
use builder::Limits;
use circuit_breakers::CircuitBreakers;
use connections::Connections;
use guard::Guard;

/// An answer with its whole body, which is wiped when dropped: it may hold tokens.
pub(crate) type Answer = Response<WipedBytes>;

/// What tells a document from the same one that came over another transport: which transport it was, and how far inside its requests may
/// lead. What a guarded one was refused, or was answered, is no news for one without a guard.
pub(crate) type DocumentKey = (u64, Option<AddressScope>);

/// Documents of this size are some hundred times as large as honest ones.
pub(crate) const DOCUMENT_LIMIT: usize = 512 * 1024;

/// Sends requests to authorization servers over reqwest and rustls, without following redirects, within limits.
///
/// A request that spends a refresh token or a code uses a new connection: a kept-alive connection may close as the request is sent.
/// Others share connections. Plain `http` to a loopback or link-local address (a cloud's metadata server) goes through no proxy.
///
/// A clone shares the connection pool. A transport that is built belongs to one runtime: a connection ends with the runtime that
/// opened it. Most programs never name it: every client uses [`Transport::shared`] unless given another.
///
/// | limit | default | source |
/// |---|---|---|
/// | connecting | 10 s | |
/// | the whole request | 30 s | |
/// | the body of an answer | 1 MiB; of metadata and JWK sets 512 KiB | |
/// | redirects | none are followed | RFC 9700 §4 |
///
/// # Circuit breaker
///
/// Each endpoint has a circuit breaker, so that a server that is down is not asked by a hundred thousand clients in turn, nor overrun
/// by them when it comes back ([`without_circuit_breaker`](TransportBuilder::without_circuit_breaker) disables it):
///
/// | state | entered | requests |
/// |---|---|---|
/// | closed | at the start | are sent |
/// | open | after ten failures in a row, for 1 s, doubling with each failed trial up to 30 s | get a temporary error at once |
/// | half-open | when that time is over | one is sent as a trial |
/// | recovering | when the trial is answered, for at most ten minutes | are limited to three times the rate of before |
///
/// A failure is no response, 502, 503, 504 and 520 to 530. The temporary error has the time of the next try
/// ([`retry_after`](crate::Error::retry_after)). While it recovers, the rest of the requests wait for their turn, or get the time of the
/// next try; where the rate of before is unknown it is ten a second, doubling every 10 s; and it is over when no request had to wait for
/// half a minute.
///
/// ```
/// use std::time::Duration;
/// use grantkit::transport::Transport;
///
/// let transport = Transport::builder()
///     .timeout(Duration::from_secs(5))
///     .configure(|reqwest| reqwest.user_agent("billing/1.0"))
///     .build()?;
/// # Ok::<(), grantkit::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Transport {
    connections: Connections,
    limits: Limits,
    circuits: Option<CircuitBreakers>,
    presents_certificate: bool,
    id: u64,
    identity: Fingerprint,
    guard: Guard,
}

impl Transport {
    /// Configures a transport, starting from the defaults.
    pub fn builder() -> TransportBuilder {
        TransportBuilder::default()
    }

    /// The transport with the defaults, one for the whole process, with a connection pool for each runtime that uses it: a
    /// runtime that ends takes no other's request with it.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where TLS cannot be set up on this machine.
    pub fn shared() -> Result<Self> {
        static SHARED: OnceLock<Transport> = OnceLock::new();
        let build = || Self {
            identity: Fingerprint::builder().build(),
            ..Self::builder().build_over(Connections::OfTheRuntime)
        };
        Ok(SHARED.get_or_init(build).clone())
    }

    /// The same transport for addresses that others name, such as the issuer of a token that a caller brings: its requests lead to no
    /// loopback or private address, also not by a name that resolves to one at the time of a request (SSRF).
    ///
    /// A proxy resolves names itself, and has to block such addresses itself.
    ///
    /// ```
    /// # async fn example(issuer_of_the_token: &str) -> grantkit::Result<()> {
    /// use grantkit::discovery::ServerMetadata;
    /// use grantkit::transport::Transport;
    ///
    /// let public = Transport::shared()?.public_addresses_only();
    /// let metadata = ServerMetadata::discover(issuer_of_the_token).transport(public).await?;
    /// # Ok(())
    /// # }
    /// ```
    #[must_use = "it is the transport that is returned that is guarded"]
    pub fn public_addresses_only(&self) -> Self {
        self.guarded(AddressScope::Public)
    }

    /// The same transport for addresses that were named from this scope: none of its requests leads further inside, whatever
    /// a name resolves to (SSRF, RFC 9728 §7.7).
    pub(crate) fn guarded(&self, scope: AddressScope) -> Self {
        // One that is guarded already goes no further inside for it.
        if self.guard.scope().is_some_and(|own| own >= scope) {
            return self.clone();
        }
        if scope == AddressScope::Loopback {
            return Self { guard: Guard::None, ..self.clone() };
        }
        // A store knows no guard: where the requests of this process may lead changes nothing about the token.
        let identity = self.identity.with_local("guard", format!("{scope:?}"));
        Self { guard: Guard::Within(scope), identity, ..self.clone() }
    }

    /// The same transport for a server that the program names, to find out by its answers how far inside that is.
    pub(crate) fn locating(&self) -> (Self, Location) {
        let location = Location::default();
        (Self { guard: Guard::Locating(location.clone()), ..self.clone() }, location)
    }

    /// Whether a client certificate is configured.
    pub(crate) fn presents_certificate(&self) -> bool {
        self.presents_certificate
    }

    /// What tells it from others, for the fingerprint of a client that sends over it: the shared one has nothing to tell.
    pub fn identity(&self) -> Fingerprint {
        self.identity
    }

    /// The same for all that share a connection pool, TLS roots, proxies and guard, and no other: part of the key of every document that is
    /// kept.
    pub(crate) fn document_key(&self) -> DocumentKey {
        (self.id, self.guard.scope())
    }

    /// The HTTP client of its own that another sends over; none where it has no configuration of its own.
    pub(crate) fn http_client(&self, bypasses_proxies: bool) -> Result<Option<reqwest::Client>> {
        self.connections.http_client(bypasses_proxies)
    }

    /// Sends the request, again where that is safe, and reads the whole answer, whatever its status.
    pub(crate) async fn send(&self, request: Request<Vec<u8>>, repeat: Repeat) -> Result<Answer> {
        self.send_within(request, repeat, self.limits).await
    }

    /// Fetches a metadata document or a JWK set: smaller than other answers, and read from places that others name.
    pub(crate) async fn fetch_document(&self, request: Request<Vec<u8>>) -> Result<Answer> {
        let limits = Limits { body: self.limits.body.min(DOCUMENT_LIMIT) };
        self.send_within(request, Repeat::Idempotent, limits).await
    }

    async fn send_within(&self, request: Request<Vec<u8>>, repeat: Repeat, limits: Limits) -> Result<Answer> {
        let (parts, body) = request.into_parts();
        // Wiped when the last try lets go of it: it may hold a secret.
        let body = bytes::Bytes::from_owner(Zeroizing::new(body));
        let mut tries = Tries::new(repeat);
        loop {
            let request = Request::from_parts(parts.clone(), body.clone()).try_into()?;
            let outcome = self.try_once(request, repeat, tries.made(), limits).await;
            if !tries.again(&outcome).await {
                return outcome;
            }
        }
    }

    /// Sends the request once: for a request that is made anew for each of its [`Tries`]; `resends` went before.
    pub(crate) async fn send_once(&self, request: OutgoingRequest<'_>, tries: &Tries, resends: u32) -> Result<Answer> {
        self.try_once(request, tries.repeat(), resends, self.limits).await
    }

    async fn try_once(
        &self,
        OutgoingRequest { request, url, endpoint }: OutgoingRequest<'_>,
        repeat: Repeat,
        resends: u32,
        limits: Limits,
    ) -> Result<Answer> {
        let guard = match &self.circuits {
            Some(circuits) => Some(circuits.admit(&url).await?),
            None => None,
        };
        let exchange = Exchange::new(endpoint, &request, resends);
        // On the heap: it is large, and would make the future of all that stands above it as large.
        let attempt = Box::pin(self.attempt(request, &url, repeat, limits));
        let outcome = exchange.watch(attempt, Response::status).await;
        // Where it was held back, nothing is learnt of the server.
        if let Some(guard) = guard.filter(|_| sending::forbidden().is_none()) {
            guard.record(&outcome);
        }
        outcome
    }

    async fn attempt(&self, request: reqwest::Request, url: &Url, repeat: Repeat, limits: Limits) -> Result<Answer> {
        let (server, pool) = (Server(url), self.guard.pool(repeat.pool()));
        let mut response = self.guard.watch(url, self.connections.execute(request, repeat, pool, server)).await?;
        let status = response.status();
        if is_redirect(status) {
            return Err(Error::new(
                Fault::InvalidResponse,
                format!(
                    "{server} answered with a redirect ({status}), and none is followed from an authorization server \
                     (RFC 9700 §4): configure the address it redirects to, if that is the right one"
                ),
            )
            .with_status(status));
        }
        let mut answer = Response::new(WipedBytes::default());
        *answer.status_mut() = status;
        *answer.headers_mut() = std::mem::take(response.headers_mut());
        add_date_if_absent(answer.headers_mut(), time::unix_time);
        *answer.body_mut() = body::read(response, limits.body, server).await?;
        Ok(answer)
    }
}

/// A status that leads elsewhere. `304 Not Modified` and the like do not: what they mean, the reader of the answer says.
fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 300..=303 | 307 | 308)
}

/// What to look for where something is wrong with the connection: host and port; a default port goes without saying.
#[derive(Clone, Copy)]
struct Server<'a>(&'a Url);

impl fmt::Display for Server<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.host_str().unwrap_or_default())?;
        self.0.port().map_or(Ok(()), |port| write!(f, ":{port}"))
    }
}

#[cfg(test)]
mod tests;
