use std::fmt;

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
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
#[derive(Clone, Eq)]
pub struct RedirectUri {
    text: String,
    issuers: Issuers,
}

/// Whether answers of different issuers come to different addresses (RFC 9700 §4.4.2.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Issuers {
    /// Not known to.
    OneForAll,
    /// They can: the address takes one more segment of a path.
    OneEach,
    /// They do: this is that of one issuer.
    This,
}

/// Of the digest of an issuer, in characters, that stands in a redirect URI of its own: 132 bits, too many to find another issuer for.
const SEGMENT: usize = 22;

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
    /// Says that the program takes answers at addresses below this one, too: `https://app.example/callback/` and one segment more.
    ///
    /// Then each authorization server that an API names gets a redirect URI of its own, where it does not say in its answers which
    /// server they are of (RFC 9207), so that none can be given the codes of another (mix-up, RFC 9700 §4.4.2.2); see
    /// [`ResourceAccess`](crate::resource_access::ResourceAccess). The redirect URIs of a [`LoopbackListener`](super::LoopbackListener)
    /// are such already. Give `finish` the whole address that the browser came back to, or its path and query.
    pub fn distinct_per_issuer(self) -> Self {
        Self { issuers: Issuers::OneEach, ..self }
    }

    /// That of this issuer; `None` where the program takes answers at one address only.
    pub(crate) fn of_issuer(&self, issuer: &str) -> Option<Self> {
        if self.issuers == Issuers::OneForAll {
            return None;
        }
        let digest = URL_SAFE_NO_PAD.encode(digest(&SHA256, issuer.as_bytes()));
        let segment = digest.get(..SEGMENT)?;
        // Before the query that it may have; a redirect URI has no fragment.
        let (path, query) = self.text.split_at(self.text.find('?').unwrap_or(self.text.len()));
        let text = format!("{}/{segment}{query}", path.trim_end_matches('/'));
        Some(Self { text, issuers: Issuers::This })
    }

    /// Whether it is that of one issuer, at which no answer of another arrives.
    pub(crate) fn is_of_issuer(&self) -> bool {
        self.issuers == Issuers::This
    }

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
            .map_err(|error| Error::configuration(format!("the redirect URI {uri:?} is not a valid URL: {error}")))?;
        if url.fragment().is_some() {
            return Err(Error::configuration(format!("the redirect URI {uri:?} must not have a fragment (`#..`)")));
        }
        let allowed = match url.scheme() {
            "https" => url.host().is_some(),
            "http" => is_loopback(&url),
            scheme => is_of_app(scheme),
        };
        if allowed {
            return Ok(Self { text: uri, issuers: Issuers::OneForAll });
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
        &self.text
    }
}

impl PartialEq for RedirectUri {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

/// A [`RedirectUri`], or the text of one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a valid redirect URI",
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
        f.write_str(&self.text)
    }
}

impl fmt::Debug for RedirectUri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RedirectUri({})", self.text)
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
    fn redirect_uri_of_an_issuer_is_below_the_programs_own() {
        let of =
            |uri: &str, issuer: &str| RedirectUri::new(uri).unwrap().distinct_per_issuer().of_issuer(issuer).unwrap();
        let one = of("https://app.example/callback", "https://as.example");
        let segment = one.as_str().strip_prefix("https://app.example/callback/").unwrap().to_owned();
        assert!(segment.len() == SEGMENT && !segment.contains(['/', '?', '.']), "{segment}");
        assert!(one.is_of_issuer());
        assert_ne!(one, of("https://app.example/callback", "https://as.example/"));
        for (uri, expected) in [
            ("https://app.example", format!("https://app.example/{segment}")),
            ("https://app.example/", format!("https://app.example/{segment}")),
            ("https://app.example/a?b=/c", format!("https://app.example/a/{segment}?b=/c")),
            ("com.example.app:/callback", format!("com.example.app:/callback/{segment}")),
        ] {
            assert_eq!(of(uri, "https://as.example").as_str(), expected);
        }
        assert_eq!(RedirectUri::new("https://app.example/callback").unwrap().of_issuer("https://as.example"), None);
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
