//! Where every HTTP client of this crate starts from, on a machine without certificates too.

use std::sync::OnceLock;

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
