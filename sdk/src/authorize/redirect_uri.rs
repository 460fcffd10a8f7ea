use std::fmt;

use url::Url;

use crate::error::{Error, Result};
use crate::wire::is_loopback;

/// A redirect URI (RFC 6749 §3.1.2): `https`, `http` on a loopback address, or an app's own scheme.
///
/// ```
/// use grantkit::authorize::RedirectUri;
///
/// assert!(RedirectUri::new("https://app.example/callback").is_ok());
/// assert!(RedirectUri::new("http://127.0.0.1:4180/callback").is_ok()); // RFC 8252 §7.3
/// assert!(RedirectUri::new("com.example.app:/callback").is_ok()); // RFC 8252 §7.1
/// assert!(RedirectUri::new("http://app.example/callback").is_err());
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct RedirectUri(String);

/// What browsers open themselves, in the page that they are on or from the disk: no app is behind it.
const OF_BROWSERS: [&str; 14] = [
    "about",
    "blob",
    "chrome",
    "content",
    "data",
    "file",
    "filesystem",
    "ftp",
    "intent",
    "javascript",
    "vbscript",
    "view-source",
    "ws",
    "wss",
];

impl RedirectUri {
    /// Checks the URI; it is sent exactly as given.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where it is none that may be used.
    pub fn new(uri: impl Into<String>) -> Result<Self> {
        // RFC 8252 §7.1: a domain in reverse, so that no two apps choose the same, and no `javascript:`.
        Self::checked(uri.into(), |scheme| scheme.contains('.'))
    }

    /// Accepts an app's own scheme without a dot (`myapp:/callback`), where the server has it registered and does not let it be
    /// changed.
    ///
    /// Another app on the person's device may claim the same scheme and receive the code (RFC 8252 §8.4); then only PKCE keeps the
    /// code from being used there.
    ///
    /// ```
    /// use grantkit::authorize::RedirectUri;
    ///
    /// assert!(RedirectUri::new("myapp:/callback").is_err());
    /// assert!(RedirectUri::danger_scheme_without_dot("myapp:/callback").is_ok());
    /// ```
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new); of the schemes that browsers open themselves (`javascript`, `data`, `file`, ..) none may be used.
    pub fn danger_scheme_without_dot(uri: impl Into<String>) -> Result<Self> {
        Self::checked(uri.into(), |scheme| !OF_BROWSERS.contains(&scheme))
    }

    fn checked(uri: String, is_of_app: impl Fn(&str) -> bool) -> Result<Self> {
        let url = Url::parse(&uri)
            .map_err(|error| Error::configuration(format!("the redirect URI {uri:?} is no URL: {error}")))?;
        if url.fragment().is_some() {
            return Err(Error::configuration(format!("the redirect URI {uri:?} must not have a fragment (`#..`)")));
        }
        let allowed = match url.scheme() {
            "https" => url.host().is_some(),
            "http" => is_loopback(&url),
            scheme => is_of_app(scheme),
        };
        if allowed {
            return Ok(Self(uri));
        }
        let cure = if OF_BROWSERS.contains(&url.scheme()) || url.scheme() == "http" {
            ""
        } else {
            " (`RedirectUri::danger_scheme_without_dot` takes a scheme without a dot)"
        };
        Err(Error::configuration(format!(
            "a redirect URI must be https, or http on 127.0.0.1, [::1] or localhost, or of an app's own scheme such as \
             com.example.app:, not {uri:?}{cure}"
        )))
    }

    /// The URI as it is sent.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A [`RedirectUri`], or the text of one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no redirect URI",
    label = "no redirect URI",
    note = "give text, `\"https://app.example/callback\"`, or a `RedirectUri`",
    note = "`RedirectUri::new(..)` and `listener.redirect_uri()` return a `Result`: write `?` behind them"
)]
pub trait IntoRedirectUri {
    /// The URI, checked.
    ///
    /// # Errors
    ///
    /// As [`RedirectUri::new`].
    fn into_redirect_uri(self) -> Result<RedirectUri>;
}

impl IntoRedirectUri for RedirectUri {
    fn into_redirect_uri(self) -> Result<RedirectUri> {
        Ok(self)
    }
}

impl IntoRedirectUri for &RedirectUri {
    fn into_redirect_uri(self) -> Result<RedirectUri> {
        Ok(self.clone())
    }
}

impl IntoRedirectUri for &str {
    fn into_redirect_uri(self) -> Result<RedirectUri> {
        RedirectUri::new(self)
    }
}

impl IntoRedirectUri for String {
    fn into_redirect_uri(self) -> Result<RedirectUri> {
        RedirectUri::new(self)
    }
}

impl IntoRedirectUri for &String {
    fn into_redirect_uri(self) -> Result<RedirectUri> {
        RedirectUri::new(self)
    }
}

impl IntoRedirectUri for Url {
    fn into_redirect_uri(self) -> Result<RedirectUri> {
        RedirectUri::new(self)
    }
}

impl IntoRedirectUri for &Url {
    fn into_redirect_uri(self) -> Result<RedirectUri> {
        RedirectUri::new(self.as_str())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn redirect_uri_over_http_is_refused_by_the_hosts_that_are_accepted() {
        let error = RedirectUri::new("http://app.example/callback").unwrap_err().to_string();
        for host in ["127.0.0.1", "[::1]", "localhost"] {
            assert!(error.contains(host), "{error}");
            assert!(RedirectUri::new(format!("http://{host}:8080/callback")).is_ok(), "{host}");
        }
    }

    #[test]
    fn a_scheme_without_a_dot_is_taken_by_name_only_and_never_one_of_browsers() {
        for uri in ["myapp:/callback", "myapp://callback", "urn:ietf:wg:oauth:2.0:oob"] {
            let error = RedirectUri::new(uri).unwrap_err();
            assert!(error.to_string().contains("danger_scheme_without_dot"), "{error}");
            assert_eq!(RedirectUri::danger_scheme_without_dot(uri).unwrap().as_str(), uri);
        }
        for uri in
            ["javascript:alert(1)", "JavaScript:x", "data:text/html,x", "file:///etc/passwd", "http://app.example/"]
        {
            let error = RedirectUri::danger_scheme_without_dot(uri).unwrap_err();
            assert!(error.is_configuration() && !error.to_string().contains("danger_"), "{error}");
        }
        assert!(RedirectUri::danger_scheme_without_dot("myapp:/callback#x").is_err());
    }
}
