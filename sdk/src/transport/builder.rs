use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use super::Transport;
use super::circuit_breakers::CircuitBreakers;
use super::connections::Connections;
use super::guard::{Guard, Resolver};
use super::settings::Settings;
use crate::error::Result;
use crate::fingerprint::{Fingerprint, FunctionIdentity};
use crate::http_client::{Pool, Pools, Recipe};

/// How many transports were built.
static BUILT: AtomicU64 = AtomicU64::new(0);

/// The numbers of a [`Transport`].
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// Bytes of an answer's body. The largest honest ones, metadata and JWK sets, are some tens of KiB.
    pub(super) body: usize,
}

/// Configures a [`Transport`].
#[must_use = "call `.build()`"]
pub struct TransportBuilder {
    recipe: Recipe,
    limits: Limits,
    circuits: Option<CircuitBreakers>,
    settings: Settings,
    #[cfg(feature = "test-util")]
    responder: Option<Arc<dyn super::Responder>>,
}

impl Default for TransportBuilder {
    fn default() -> Self {
        Self {
            recipe: Self::baseline(),
            limits: Limits { body: 1024 * 1024 },
            circuits: Some(CircuitBreakers::default()),
            settings: Settings::default(),
            #[cfg(feature = "test-util")]
            responder: None,
        }
    }
}

impl TransportBuilder {
    /// Limits the time for connecting; 10 s unless set.
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.recipe.limit(move |reqwest| reqwest.connect_timeout(limit));
        self.settings.value("connect_timeout", format!("{limit:?}"));
        self
    }

    /// Limits the time of one request, from connecting to the last byte of the answer; 30 s unless set.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.recipe.limit(move |reqwest| reqwest.timeout(limit));
        self.settings.value("timeout", format!("{limit:?}"));
        self
    }

    /// Limits the body of an answer, in bytes; 1 MiB unless set.
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.limits.body = bytes;
        self.settings.value("body_limit", bytes.to_string());
        self
    }

    /// Disables the circuit breaker: a failing server gets every request; see [`Transport`].
    pub fn without_circuit_breaker(mut self) -> Self {
        self.circuits = None;
        self.settings.value("without_circuit_breaker", "");
        self
    }

    /// Presents this certificate to servers that ask for one (mutual TLS): PEM with the private key, the certificate and the
    /// intermediate certificates.
    ///
    /// For [`tls_client_auth`](crate::client::ClientBuilder::tls_client_auth), and for tokens that are bound to the certificate
    /// (RFC 8705). An invalid certificate is an error of [`build`](Self::build).
    pub fn client_certificate(mut self, pem: impl AsRef<[u8]>) -> Self {
        self.recipe.client_certificate(pem.as_ref());
        self.settings.proof("client_certificate", pem.as_ref());
        self
    }

    /// Trusts servers whose certificates these roots have signed, and no others: PEM with one certificate or more, for a server that has
    /// a certificate authority of its own. [`configure`](Self::configure) adds roots to those of the machine.
    ///
    /// What is no certificate is an error of [`build`](Self::build).
    pub fn root_certificates_only(mut self, pem: impl AsRef<[u8]>) -> Self {
        self.recipe.root_certificates(pem.as_ref());
        self.settings.proof("root_certificates_only", pem.as_ref());
        self
    }

    /// Configures the reqwest client: proxies, root certificates, a user agent.
    ///
    /// It is called for each HTTP client that the transport needs, some of them later: a request that spends a refresh token or a
    /// code has a client of its own. So clone what it consumes.
    ///
    /// Redirects stay off, and plain `http` to a loopback or link-local address goes through no proxy, whatever is set here.
    ///
    /// The transport's resolver keeps a remote API from leading the program to loopback and private addresses (SSRF, RFC 9728 §7.7).
    /// A `dns_resolver` or `resolve` that is set here, or a proxy that resolves names, replaces it and has to check that itself.
    ///
    /// It may change what a token depends on: a certificate, a header. Therefore the program's own tokens over this transport are kept in no
    /// [`TokenStore`](crate::store::TokenStore); a person's login is.
    /// [`configure_as`](Self::configure_as) says what it does, and [`client_certificate`](Self::client_certificate) is for a certificate.
    pub fn configure(
        mut self,
        change: impl Fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + Sync + 'static,
    ) -> Self {
        self.recipe.change(change);
        self.settings.unknown("configure");
        self
    }

    /// As [`configure`](Self::configure), by an identity: processes whose transports have the same one find each other's tokens in a
    /// [`TokenStore`](crate::store::TokenStore).
    ///
    /// ```
    /// use grantkit::transport::Transport;
    ///
    /// let transport = Transport::builder().configure_as("user agent", |reqwest| reqwest.user_agent("billing/1.0")).build()?;
    /// # Ok::<(), grantkit::Error>(())
    /// ```
    pub fn configure_as(
        mut self,
        identity: impl FunctionIdentity,
        change: impl Fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + Sync + 'static,
    ) -> Self {
        self.settings.identified("configure_as", Fingerprint::of_function(identity, &change));
        self.recipe.change(change);
        self
    }

    /// Opens no connection; all requests are answered by this.
    #[cfg(feature = "test-util")]
    pub fn responder(mut self, responder: impl super::Responder) -> Self {
        self.responder = Some(Arc::new(responder));
        // It stands for a network, which has nothing to do with whose token it is.
        self.settings.value("responder", Fingerprint::unique().to_string());
        self
    }

    /// Sets up the connection pool and TLS.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](crate::Error::is_configuration) where TLS cannot be set up with what was configured.
    pub fn build(self) -> Result<Transport> {
        let connections = self.connections()?;
        Ok(self.build_over(connections))
    }

    pub(super) fn build_over(self, connections: Connections) -> Transport {
        let identity = self.settings.identity();
        let presents_certificate = self.recipe.presents_certificate();
        let id = BUILT.fetch_add(1, Ordering::Relaxed);
        Transport {
            connections,
            limits: self.limits,
            circuits: self.circuits,
            presents_certificate,
            id,
            identity,
            guard: Guard::None,
        }
    }

    fn connections(&self) -> Result<Connections> {
        #[cfg(feature = "test-util")]
        if let Some(responder) = &self.responder {
            return Ok(Connections::Within(Arc::clone(responder)));
        }
        let pools = Pools::new(self.recipe.clone());
        // What is wrong with the configuration is to be said here.
        pools.client(Pool::Kept, false)?;
        Ok(Connections::Own(Arc::new(pools)))
    }

    /// With the limits of this crate on the time that a request takes.
    pub(super) fn baseline() -> Recipe {
        let mut recipe = Recipe::default();
        recipe.limit(|reqwest| reqwest.timeout(Duration::from_secs(30)).dns_resolver(Resolver::default()));
        recipe
    }
}

impl fmt::Debug for TransportBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TransportBuilder").field("limits", &self.limits).finish_non_exhaustive()
    }
}
