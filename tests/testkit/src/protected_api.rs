//! The protected API's handle.

mod routes;

#[cfg(feature = "catalogue")]
pub(crate) use self::routes::shown as echo;
use std::fmt;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::authorization_server::AuthorizationServer;
use crate::counters::{ApiCounters, ApiTally};
use crate::dpop::Proofs;
use crate::fault::Faults;
use crate::recorded_request::{RecordedRequest, Recorder};
use crate::socket::{Serving, Site, Socket};
use crate::state::State;

/// An API on a loopback port of its own that accepts the access tokens of one [`AuthorizationServer`].
///
/// | route | answer |
/// |---|---|
/// | `GET /v1/invoices/{id}` | `{"id":"42","amount_cents":1999,"currency":"EUR","customer":"…"}` |
/// | `GET /v1/invoices?per_page=2` | a list of five such, in pages: the next one is in `Link` (RFC 8288) |
/// | `POST /v1/invoices` | 201 and the JSON body with an `id` |
/// | `GET /v1/whoami` | `{"client_id":…,"sub":…,"scope":…,"aud":…}` of the token |
/// | `GET /v1/scoped/{scope}` | the same, or 403 `insufficient_scope` |
/// | any `/v1/echo` | `{"method":…,"path":…,"query":…,"headers":{…},"body":…}` of the request, without `authorization` |
/// | `GET /v1/redirect?to=URL` | 302 |
/// | `GET /.well-known/oauth-protected-resource` | the metadata (RFC 9728), to which each challenge leads |
///
/// Every other route wants a bearer token, or one that is bound to a key with a proof of it (DPoP, RFC 9449 §7). Absent, unknown, expired
/// or revoked, it is answered 401 with a challenge (RFC 6750 §3). A clone is another handle to the same API; it stops when the last one is
/// dropped.
#[derive(Clone)]
pub struct ProtectedApi {
    base_url: String,
    shared: Arc<ApiState>,
    site: Arc<Site>,
    serving: Arc<Serving>,
}

impl ProtectedApi {
    /// Binds a free port on 127.0.0.1 and serves it on the current tokio runtime.
    ///
    /// Tokens are looked up in the server's memory, not by a request: the server's counters do not move, and its
    /// tokens stay good here after its own shutdown.
    ///
    /// # Errors
    ///
    /// If no port could be bound.
    ///
    /// # Panics
    ///
    /// Outside of a tokio runtime with time and I/O enabled.
    pub async fn start(server: &AuthorizationServer) -> io::Result<Self> {
        Self::start_on(server, 0).await
    }

    /// As [`start`](Self::start), on this port.
    ///
    /// # Errors
    ///
    /// If the port could not be bound.
    ///
    /// # Panics
    ///
    /// Outside of a tokio runtime with time and I/O enabled.
    #[expect(clippy::unused_async, reason = "starts like the authorization server does")]
    pub async fn start_on(server: &AuthorizationServer, port: u16) -> io::Result<Self> {
        let socket = Socket::bind(port)?;
        let base_url = socket.base_url();
        let shared = Arc::new(ApiState {
            server: Arc::clone(server.state()),
            tally: ApiTally::default(),
            reject_all: AtomicBool::new(false),
            base_url: base_url.clone(),
            proofs: Proofs::new(server.state().clock.clone()),
        });
        let (counting, faulting) = (Arc::clone(&shared), Arc::clone(&shared));
        let site = Arc::new(Site {
            router: routes::router(Arc::clone(&shared)),
            faults: Faults::default(),
            recorder: Recorder::new(Recorder::CAPACITY),
            arrived: Box::new(move |_| counting.tally.requests.bump()),
            faulted: Box::new(move || faulting.tally.faults_applied.bump()),
        });
        let serving = Arc::new(socket.serve(Arc::clone(&site)));
        Ok(Self { base_url, shared, site, serving })
    }

    /// Returns `http://127.0.0.1:PORT`.
    pub fn base_url(&self) -> String {
        self.base_url.clone()
    }

    /// Returns the URL of a path on this API.
    pub fn url(&self, path: &str) -> String {
        format!("{}/{}", self.base_url, path.trim_start_matches('/'))
    }

    /// Counts what was asked and answered so far.
    pub fn counters(&self) -> ApiCounters {
        self.shared.tally.snapshot()
    }

    /// Returns the last 10 000 requests, oldest first.
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.site.recorder.requests()
    }

    /// Forgets the requests of so far; the counters go on.
    pub fn clear_requests(&self) {
        self.site.recorder.clear();
    }

    /// Returns the faults, to queue more.
    pub fn faults(&self) -> &Faults {
        &self.site.faults
    }

    /// Rejects even good tokens, with 401 `invalid_token`, until told otherwise.
    ///
    /// A new token does not help: the API that answers a missing permission like that makes a careless client renew
    /// its token without end.
    pub fn reject_all(&self, reject: bool) {
        self.shared.reject_all.store(reject, Ordering::Release);
    }

    /// Asks for a nonce in each proof of possession from now on (RFC 9449 §9); called again, for another one.
    ///
    /// # Errors
    ///
    /// If the machine has no random numbers.
    pub fn renew_dpop_nonce(&self) -> io::Result<()> {
        self.shared.proofs.renew_nonce().map_err(io::Error::other)
    }

    /// Closes the port and all connections, and returns when that is done.
    pub async fn shutdown(&self) {
        self.serving.shutdown().await;
    }
}

impl fmt::Debug for ProtectedApi {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProtectedApi")
            .field("base_url", &self.base_url)
            .field("counters", &self.counters())
            .finish_non_exhaustive()
    }
}

/// What the routes know.
struct ApiState {
    server: Arc<State>,
    tally: ApiTally,
    reject_all: AtomicBool,
    base_url: String,
    proofs: Proofs,
}
