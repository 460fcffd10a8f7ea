use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use redis::cluster::ClusterClient;
use redis::{Client, ClientTlsConfig, ConnectionAddr, ConnectionInfo, IntoConnectionInfo as _, TlsCertificates, cmd};
use rustls::crypto::{CryptoProvider, aws_lc_rs};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;

use super::connection::Server;
use super::connections::{Call, Connections};
use super::failure;
use super::limits::Limits;
use super::names::Names;
use super::{RecordSealer, RedisStore, Shared};
use crate::error::{Error, Result};
use crate::fingerprint::{Fingerprint, FingerprintBuilder};
use crate::keys::sealing::SealingKey;

/// Configures a [`RedisStore`]: the servers, TLS, names and time-outs.
#[must_use = "nothing is set up before `.connect()` or `.build()`"]
pub struct RedisStoreBuilder {
    url: String,
    more_nodes: Option<Vec<String>>,
    key: SealingKey,
    prefix: String,
    limits: Limits,
    root_certificate: Option<Vec<u8>>,
    client_certificate: Option<ClientTlsConfig>,
    replicas: u32,
    allows_plaintext: bool,
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
            replicas: 0,
            allows_plaintext: false,
        }
    }

    /// Connects to a cluster; these are further nodes to begin with, besides that of the URL, and may be none. User and password
    /// are the same at all of them.
    pub fn cluster(mut self, more_nodes: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.more_nodes = Some(more_nodes.into_iter().map(Into::into).collect());
        self
    }

    /// Sets the prefix of all keys, `grantkit` unless set: processes that share tokens need the same.
    ///
    /// Records are bound to it, and to the number of the database: a record that is copied to another is not opened there, also with the
    /// same key.
    pub fn key_prefix(mut self, prefix: impl Into<String>) -> Self {
        self.prefix = prefix.into();
        self
    }

    /// Limits the time for connecting; 500 ms unless set. A call takes at most this and
    /// [`response_timeout`](Self::response_timeout).
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.limits.connect = limit;
        self
    }

    /// Limits the time for an answer; 500 ms unless set.
    pub fn response_timeout(mut self, limit: Duration) -> Self {
        self.limits.response = limit;
        self
    }

    /// Trusts this CA (PEM) for `rediss://` servers, instead of the machine's.
    pub fn root_certificate(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.root_certificate = Some(pem.into());
        self
    }

    /// Presents this client certificate and key (PEM) to `rediss://` servers that ask for one.
    pub fn client_certificate(mut self, certificate: impl Into<Vec<u8>>, key: impl Into<Vec<u8>>) -> Self {
        self.client_certificate = Some(ClientTlsConfig { client_cert: certificate.into(), client_key: key.into() });
        self
    }

    /// Counts a record as stored when so many replicas have it too (`WAIT`), and waits for them at most this long.
    ///
    /// Without it, a failover to a replica that lags behind loses the last writes; if one was a refresh token's successor, the login
    /// is lost. If replicas are missing or slow, storing fails with [`is_retryable`](Error::is_retryable), refresh tokens are not
    /// spent, and every call may take that much longer. It makes the loss less likely, not impossible: Redis does not promise
    /// consistency. An ACL needs `+wait` for it.
    pub fn wait_for_replicas(mut self, replicas: u32, limit: Duration) -> Self {
        self.replicas = replicas;
        // 0 would be for ever to Redis.
        self.limits.replication = if replicas == 0 { Duration::ZERO } else { limit.max(Duration::from_millis(1)) };
        self
    }

    /// Allows `redis://` to another machine, as within a trusted network.
    ///
    /// An attacker on the network can then read the password of Redis and change its answers. The store encrypts tokens all the
    /// same.
    pub fn danger_allow_plaintext(mut self) -> Self {
        self.allows_plaintext = true;
        self
    }

    /// Connects, and returns the store once Redis has answered.
    ///
    /// # Errors
    ///
    /// As [`RedisStore::connect`].
    pub async fn connect(self) -> Result<RedisStore> {
        let store = self.build()?;
        let shared = store.shared.clone();
        let ping = async move { shared.connections.first_call::<()>(&Call::Command(cmd("PING"))).await };
        store.shared.connections.run(ping).await?;
        Ok(store)
    }

    /// Returns the store without connecting: it connects when it is first used.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) for a wrong URL or certificate, or a `redis://` that leads to another machine.
    pub fn build(self) -> Result<RedisStore> {
        let names = Names::new(&self.prefix);
        let sealer = RecordSealer::new("redis", self.place()?, self.key.clone());
        let identity = self.identity()?.parameter("sealing", sealer.key_id()).build();
        let (limits, replicas) = (self.limits, self.replicas);
        let connections = Connections::new(self.server()?, limits)?;
        Ok(RedisStore { shared: Arc::new(Shared { connections, names, sealer, replicas, limits, identity }) })
    }

    /// What records are bound to: the database and the prefix, not the address, which a replica or a restored copy has of its own.
    fn place(&self) -> Result<String> {
        Ok(format!("{}/{}", node(&self.url, true)?.redis_settings().db(), self.prefix))
    }

    /// Where it is, and nothing secret: another password leads to the same tokens.
    fn identity(&self) -> Result<FingerprintBuilder> {
        let mut builder = Fingerprint::builder().parameter("prefix", &*self.prefix);
        for url in std::iter::once(&self.url).chain(self.more_nodes.iter().flatten()) {
            let node = node(url, true)?; // `server` refuses what is plain
            let database = node.redis_settings().db();
            builder = builder.parameter("node", format!("{}/{database}", node.addr()));
        }
        Ok(builder)
    }

    fn server(self) -> Result<Server> {
        if let Some(pem) = &self.root_certificate
            && !matches!(CertificateDer::pem_slice_iter(pem).next(), Some(Ok(_)))
        {
            return Err(Error::configuration("the `root_certificate` for Redis is no certificate in PEM"));
        }
        let certificates = TlsCertificates { client_tls: self.client_certificate, root_cert: self.root_certificate };
        let first = node(&self.url, self.allows_plaintext)?;
        let Some(more) = self.more_nodes else {
            return Ok(Server::Single(Box::new(client(first, &certificates)?)));
        };
        if self.replicas > 0 {
            return Err(Error::configuration(
                "`wait_for_replicas` is for a single Redis: in a cluster, `WAIT` asks other nodes than the node that was written to",
            ));
        }
        let mut nodes = vec![first];
        for url in more {
            nodes.push(node(&url, self.allows_plaintext)?);
        }
        let mut cluster = ClusterClient::builder(nodes.clone())
            .connection_timeout(self.limits.connect)
            .response_timeout(self.limits.response)
            .overall_response_timeout(Some(self.limits.whole()));
        if nodes.iter().any(is_tls) {
            cluster = cluster.certs(certificates.clone());
        }
        let cluster = cluster.build().map_err(failure::of_set_up)?;
        let nodes = nodes.into_iter().map(|node| client(node, &certificates)).collect::<Result<_>>()?;
        Ok(Server::Cluster(Box::new(cluster), nodes))
    }
}

fn node(url: &str, allows_plaintext: bool) -> Result<ConnectionInfo> {
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
        ConnectionAddr::Tcp(host, _) if !allows_plaintext && !is_this_machine(host) => {
            Err(Error::configuration(format!(
                "the URL of Redis leads to another machine ({host:?}) without TLS: write `rediss://`, or call \
             `.danger_allow_plaintext()` on the store's builder if that network is trusted"
            )))
        }
        _ => Ok(node),
    }
}

fn is_this_machine(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost") || address.parse().is_ok_and(|address: IpAddr| address.is_loopback())
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
