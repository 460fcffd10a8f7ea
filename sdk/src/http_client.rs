//! Where every HTTP client of this crate starts from, on a machine without certificates too.

use std::sync::OnceLock;

use crate::error::{Error, Result};

/// reqwest's defaults; where this machine has no CA certificates, such as a bare container, without any.
///
/// reqwest refuses to make a client there at all, while plain `http` to a loopback address works without certificates,
/// and so does `https` with those that the program brings. Any other `https` server is not trusted then, and not reached.
pub(crate) fn builder() -> reqwest::ClientBuilder {
    static HAS_CERTIFICATES: OnceLock<bool> = OnceLock::new();
    let builder = reqwest::Client::builder();
    if *HAS_CERTIFICATES.get_or_init(|| reqwest::Client::builder().build().is_ok()) {
        builder
    } else {
        builder.tls_certs_only([])
    }
}

/// A certificate to present (RFC 8705): PEM with its private key, and with those that lead from it to the CA behind it.
pub(crate) fn client_certificate(pem: &[u8]) -> Result<reqwest::Identity> {
    reqwest::Identity::from_pem(pem).map_err(|error| {
        Error::configuration("the client certificate is no PEM with a private key and a certificate")
            .with_source(error.without_url())
    })
}
