use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use redis::cluster::ClusterClient;
use redis::{Client, ClientTlsConfig, ConnectionAddr, ConnectionInfo, IntoConnectionInfo as _, TlsCertificates, cmd};
use rustls::crypto::{CryptoProvider, aws_lc_rs};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;

use super::connections::{Call, Connections};
use super::failure;
use super::limits::Limits;
use super::link::Server;
use super::names::Names;
use super::{RecordSealer, RedisStore, Shared};
use crate::error::{Error, Result};
use crate::sealing::SealingKey;

/// Sets up a [`RedisStore`]: where Redis is, TLS, names and time limits.
#[must_use = "nothing is set up before `.connect()` or `.build()`"]
pub struct RedisStoreBuilder {
    url: String,
    more_nodes: Option<Vec<String>>,
    key: SealingKey,
    prefix: String,
    limits: Limits,
    root_certificate: Option<Vec<u8>>,
    client_certificate: Option<ClientTlsConfig>,
}

impl RedisStoreBuilder {
    pub(super) fn new(url: &str, key: SealingKey) -> Self {
        Self {
            url: url.to_owned(),
            more_nodes: None,
            key,
            prefix: "grantkit".to_owned(),
            limits: Limits::default(),
            root_certificate: None,
            client_certificate: None,
        }
    }

    /// It is a cluster; these are other nodes to begin with, besides the one of the URL, and may be none. User and password
    /// are the same at all of them.
    pub fn cluster(mut self, more_nodes: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.more_nodes = Some(more_nodes.into_iter().map(Into::into).collect());
        self
    }

    /// What the names of all keys begin with, `grantkit` unless set: those who share tokens have the same.
    pub fn key_prefix(mut self, prefix: impl Into<String>) -> Self {
        self.prefix = prefix.into();
        self
    }

    /// How long making a connection may take: 500 ms unless set. A call takes this and
    /// [`response_timeout`](Self::response_timeout) at most.
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.limits.connect = limit;
        self
    }

    /// How long an answer may take: 500 ms unless set.
    pub fn response_timeout(mut self, limit: Duration) -> Self {
        self.limits.response = limit;
        self
    }

    /// The CA, as PEM, that `rediss://` servers are trusted by, instead of the machine's.
    pub fn root_certificate(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.root_certificate = Some(pem.into());
        self
    }

    /// The client's certificate and key, as PEM, for `rediss://` servers that ask for one.
    pub fn client_certificate(mut self, certificate: impl Into<Vec<u8>>, key: impl Into<Vec<u8>>) -> Self {
        self.client_certificate = Some(ClientTlsConfig { client_cert: certificate.into(), client_key: key.into() });
        self
    }

    /// The store, once Redis has answered.
    ///
    /// # Errors
    ///
    /// As [`RedisStore::connect`].
    pub async fn connect(self) -> Result<RedisStore> {
        let store = self.build()?;
        store.shared.connections.call::<()>(&Call::Command(cmd("PING"))).await?;
        Ok(store)
    }

    /// The store, without a look whether Redis is there: it connects when it is first used.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) for a wrong URL or certificate.
    pub fn build(self) -> Result<RedisStore> {
        let names = Names::new(&self.prefix);
        let sealer = RecordSealer::new("redis", self.key.clone());
        let limits = self.limits;
        let connections = Connections::new(self.server()?, limits);
        Ok(RedisStore { shared: Arc::new(Shared { connections, names, sealer }) })
    }

    fn server(self) -> Result<Server> {
        if let Some(pem) = &self.root_certificate
            && !matches!(CertificateDer::pem_slice_iter(pem).next(), Some(Ok(_)))
        {
            return Err(Error::configuration("the `root_certificate` for Redis is no certificate in PEM"));
        }
        let certificates = TlsCertificates { client_tls: self.client_certificate, root_cert: self.root_certificate };
        let first = node(&self.url)?;
        let Some(more) = self.more_nodes else {
            return Ok(Server::Single(Box::new(client(first, &certificates)?)));
        };
        let mut nodes = vec![first];
        for url in more {
            nodes.push(node(&url)?);
        }
        let mut cluster = ClusterClient::builder(nodes.clone())
            .connection_timeout(self.limits.connect)
            .response_timeout(self.limits.response)
            .overall_response_timeout(Some(self.limits.whole()));
        if nodes.iter().any(is_tls) {
            cluster = cluster.certs(certificates.clone());
        }
        let cluster = cluster.build().map_err(failure::error)?;
        let nodes = nodes.into_iter().map(|node| client(node, &certificates)).collect::<Result<_>>()?;
        Ok(Server::Cluster(Box::new(cluster), nodes))
    }
}

fn node(url: &str) -> Result<ConnectionInfo> {
    // The URL holds a password: it is not shown.
    let node = url.into_connection_info().map_err(|_| {
        Error::configuration("the URL of Redis reads `redis://user:password@host:6379/0`, or `rediss://` for TLS")
    })?;
    match node.addr() {
        ConnectionAddr::TcpTls { insecure: true, .. } => Err(Error::configuration(
            "the URL of Redis ends in `#insecure`: give the server's CA as `root_certificate` instead",
        )),
        ConnectionAddr::TcpTls { .. } => {
            // rustls does the same when it is first used, but panics if the program's other crates bring two providers.
            if CryptoProvider::get_default().is_none() {
                let _ = aws_lc_rs::default_provider().install_default();
            }
            Ok(node)
        }
        _ => Ok(node),
    }
}

fn is_tls(node: &ConnectionInfo) -> bool {
    matches!(node.addr(), ConnectionAddr::TcpTls { .. })
}

fn client(node: ConnectionInfo, certificates: &TlsCertificates) -> Result<Client> {
    let client = if is_tls(&node) {
        Client::build_with_tls(node, certificates.clone())
    } else if certificates.root_cert.is_some() || certificates.client_tls.is_some() {
        return Err(Error::configuration(
            "certificates are for `rediss://`; the URL of Redis begins with another scheme",
        ));
    } else {
        Client::open(node)
    };
    client.map_err(|error| Error::configuration("the certificates for Redis cannot be read").with_source(error))
}

impl fmt::Debug for RedisStoreBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedisStoreBuilder")
            .field("prefix", &self.prefix)
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}
