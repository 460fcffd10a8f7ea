use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use super::Transport;
use super::circuits::Circuits;
use super::connections::Connections;
use crate::error::{Error, Result};
use crate::http_client;

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
    client: reqwest::ClientBuilder,
    limits: Limits,
    circuits: Option<Circuits>,
    certificate: Option<Result<reqwest::Identity>>,
    #[cfg(feature = "test-util")]
    responder: Option<std::sync::Arc<dyn super::Responder>>,
}

impl Default for TransportBuilder {
    fn default() -> Self {
        let client = http_client::builder().connect_timeout(Duration::from_secs(10)).timeout(Duration::from_secs(30));
        Self {
            client,
            limits: Limits { body: 1024 * 1024 },
            circuits: Some(Circuits::default()),
            certificate: None,
            #[cfg(feature = "test-util")]
            responder: None,
        }
    }
}

impl TransportBuilder {
    /// How long connecting may take; 10 s unless set.
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.client = self.client.connect_timeout(limit);
        self
    }

    /// How long one request may take, from connecting to the last byte of the answer; 30 s unless set.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.client = self.client.timeout(limit);
        self
    }

    /// How many bytes the body of an answer may have; 1 MiB unless set.
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.limits.body = bytes;
        self
    }

    /// Asks a server that has failed again and again as often as there are requests for it; see [`Transport`].
    pub fn without_circuit(mut self) -> Self {
        self.circuits = None;
        self
    }

    /// Presents this certificate to servers that ask for one: PEM with the private key, the certificate and, after it, those
    /// that lead from it to the CA.
    ///
    /// For [`tls_client_auth`](crate::ClientBuilder::tls_client_auth), and for tokens that are bound to the certificate
    /// (RFC 8705). What is wrong with it is an error of [`build`](Self::build).
    pub fn client_certificate(mut self, pem: impl AsRef<[u8]>) -> Self {
        self.certificate = Some(http_client::client_certificate(pem.as_ref()));
        self
    }

    /// Sets anything else that reqwest offers: proxies, root certificates, a user agent.
    ///
    /// Redirects stay off whatever is set here.
    pub fn configure(mut self, change: impl FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder) -> Self {
        self.client = change(self.client);
        self
    }

    /// Opens no connection; all requests are answered by this.
    #[cfg(feature = "test-util")]
    pub fn responder(mut self, responder: impl super::Responder) -> Self {
        self.responder = Some(std::sync::Arc::new(responder));
        self
    }

    /// Sets up the connection pool and TLS.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where TLS cannot be set up with what was configured.
    pub fn build(self) -> Result<Transport> {
        let presents_certificate = self.certificate.is_some();
        let (limits, circuits) = (self.limits, self.circuits.clone());
        let connections = self.connections()?;
        let id = BUILT.fetch_add(1, Ordering::Relaxed);
        Ok(Transport { connections, limits, circuits, presents_certificate, id })
    }

    fn connections(self) -> Result<Connections> {
        #[cfg(feature = "test-util")]
        if let Some(responder) = self.responder {
            return Ok(Connections::Within(responder));
        }
        Ok(Connections::Own(self.build_client()?))
    }

    pub(super) fn build_client(self) -> Result<reqwest::Client> {
        let client = match self.certificate {
            Some(certificate) => self.client.identity(certificate?),
            None => self.client,
        };
        client
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(|error| Error::configuration("the HTTP client cannot be set up").with_source(error))
    }
}

impl fmt::Debug for TransportBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TransportBuilder").field("limits", &self.limits).finish_non_exhaustive()
    }
}
