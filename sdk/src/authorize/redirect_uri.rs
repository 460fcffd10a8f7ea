use std::fmt;

use url::Url;

use crate::error::{Error, Result};
use crate::wire::is_loopback;

/// Where the browser comes back to (RFC 6749 §3.1.2): `https`, `http` on a loopback address, or an app's own scheme.
///
/// ```
/// use grantkit::RedirectUri;
///
/// assert!(RedirectUri::new("https://app.example/callback").is_ok());
/// assert!(RedirectUri::new("http://127.0.0.1:4180/callback").is_ok()); // RFC 8252 §7.3
/// assert!(RedirectUri::new("com.example.app:/callback").is_ok()); // RFC 8252 §7.1
/// assert!(RedirectUri::new("http://app.example/callback").is_err());
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct RedirectUri(String);

impl RedirectUri {
    /// Checks and takes the URI; it is sent exactly as it stands here.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where it is none that may be used.
    pub fn new(uri: impl Into<String>) -> Result<Self> {
        let uri = uri.into();
        let url = Url::parse(&uri)
            .map_err(|error| Error::configuration(format!("the redirect URI {uri:?} is no URL: {error}")))?;
        if url.fragment().is_some() {
            return Err(Error::configuration(format!("the redirect URI {uri:?} must not have a fragment (`#..`)")));
        }
        let allowed = match url.scheme() {
            "https" => url.host().is_some(),
            "http" => is_loopback(&url),
            // RFC 8252 §7.1: a domain in reverse, so that no two apps choose the same, and no `javascript:`.
            scheme => scheme.contains('.'),
        };
        if !allowed {
            return Err(Error::configuration(format!(
                "a redirect URI must be https, or http on 127.0.0.1 / [::1], or of an app's own scheme such as \
                 com.example.app:, not {uri:?}"
            )));
        }
        Ok(Self(uri))
    }

    /// The URI as it is sent.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RedirectUri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for RedirectUri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RedirectUri({})", self.0)
    }
}
