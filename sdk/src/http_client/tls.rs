use std::sync::{Arc, OnceLock};

use rustls::crypto::{CryptoProvider, aws_lc_rs};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::Verifier;

use crate::error::{Error, Result};

/// Shared by all HTTP clients without a configuration of their own: reading the machine's certificates takes longer than all else that is
/// done for a first token, and a connection of its own is cheap where TLS goes on from one before (RFC 8446 §2.2).
///
/// Plain `http` to a loopback address works on a machine without certificates too, such as a bare container. No `https` server is
/// trusted there, and none reached.
pub(super) fn usual() -> Result<ClientConfig> {
    static USUAL: OnceLock<Result<ClientConfig>> = OnceLock::new();
    USUAL.get_or_init(set_up).clone()
}

/// What reqwest was built to speak: it fails at a server that takes up an offer of HTTP/2 without its feature.
#[cfg(feature = "http2")]
const PROTOCOLS: &[&str] = &["h2", "http/1.1"];
#[cfg(not(feature = "http2"))]
const PROTOCOLS: &[&str] = &["http/1.1"];

fn set_up() -> Result<ClientConfig> {
    let provider = CryptoProvider::get_default().map_or_else(|| Arc::new(aws_lc_rs::default_provider()), Arc::clone);
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .map_err(|error| Error::configuration("the program's rustls provider has no usable TLS").with_source(error))?;
    let builder = match Verifier::new(provider) {
        Ok(verifier) => builder.dangerous().with_custom_certificate_verifier(Arc::new(verifier)),
        Err(_) => builder.with_root_certificates(RootCertStore::empty()),
    };
    let mut config = builder.with_no_client_auth();
    config.alpn_protocols = PROTOCOLS.iter().map(|name| name.as_bytes().to_vec()).collect();
    Ok(config)
}

/// The certificates in PEM, each of which can be trusted as a root.
pub(super) fn roots(pem: &[u8]) -> Result<Vec<reqwest::Certificate>> {
    let refuse = || Error::configuration("the root certificates are no PEM with a certificate or more");
    let mut roots = Vec::new();
    for certificate in CertificateDer::pem_slice_iter(pem) {
        let certificate = certificate.map_err(|error| refuse().with_source(error))?;
        // What is no certificate would be found at the first connection.
        RootCertStore::empty().add(certificate.clone()).map_err(|error| refuse().with_source(error))?;
        roots.push(reqwest::Certificate::from_der(&certificate).map_err(|error| refuse().with_source(error))?);
    }
    if roots.is_empty() { Err(refuse()) } else { Ok(roots) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_machines_certificates_are_read_once_and_sessions_go_on() {
        let (one, other) = (usual().unwrap(), usual().unwrap());
        assert!(Arc::ptr_eq(one.crypto_provider(), other.crypto_provider()));
        assert_eq!(one.alpn_protocols.contains(&b"h2".to_vec()), cfg!(feature = "http2"));
    }
}
