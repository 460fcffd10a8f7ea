//! A registered client.

use serde_json::{Map, Value};
use url::{Host, Url};

/// What the server knows of a client (RFC 6749 §2).
#[derive(Clone, Debug)]
pub(crate) struct Registration {
    pub(crate) id: String,
    /// `None`: a public client.
    pub(crate) secret: Option<String>,
    pub(crate) redirect_uris: Vec<String>,
    /// Where the user may go after a logout.
    pub(crate) post_logout_redirect_uris: Vec<String>,
    /// Whether a login without PKCE is refused (RFC 9700 §2.1.1).
    pub(crate) requires_pkce: bool,
    pub(crate) takes_any_redirect_uri: bool,
    /// For the management of a client that has registered itself (RFC 7592 §3).
    pub(crate) access_token: Option<String>,
    /// What it has said of itself.
    pub(crate) metadata: Map<String, Value>,
}

impl Registration {
    /// A client without redirect URIs; without a secret, it is a public one and needs PKCE.
    pub(crate) fn new(id: String, secret: Option<String>) -> Self {
        Self {
            id,
            requires_pkce: secret.is_none(),
            secret,
            redirect_uris: Vec::new(),
            post_logout_redirect_uris: Vec::new(),
            takes_any_redirect_uri: false,
            access_token: None,
            metadata: Map::new(),
        }
    }

    /// Whether the user may be sent there after a logout.
    pub(crate) fn allows_return_to(&self, uri: &str) -> bool {
        self.takes_any_redirect_uri || self.post_logout_redirect_uris.iter().any(|known| known == uri)
    }

    /// Says whether the client may be redirected to: equal character by character, but any port on a loopback
    /// address (RFC 8252 §7.3, RFC 9700 §2.1).
    pub(crate) fn allows_redirect_to(&self, uri: &str) -> bool {
        self.takes_any_redirect_uri
            || self.redirect_uris.iter().any(|known| known == uri || same_but_for_port(known, uri))
    }
}

fn same_but_for_port(known: &str, uri: &str) -> bool {
    let (Some(known), Some(uri)) = (loopback(known), loopback(uri)) else { return false };
    known == uri
}

/// Parses a loopback URI and takes the port out.
fn loopback(uri: &str) -> Option<Url> {
    let mut uri = Url::parse(uri).ok()?;
    let is_loopback = match uri.host()? {
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
        Host::Domain(_) => false,
    };
    if uri.scheme() != "http" || !is_loopback || uri.fragment().is_some() {
        return None;
    }
    uri.set_port(None).ok()?;
    Some(uri)
}
