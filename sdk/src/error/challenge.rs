use std::fmt;
use std::time::Duration;

use crate::text::ServerText;

/// A challenge of a server in `WWW-Authenticate` (RFC 9110 §11.6.1): how to authenticate, and why the last attempt was rejected.
///
/// [`Error::challenge`](super::Error::challenge) returns that of an API that rejected a request; [`Challenge::all`] reads those of any
/// answer.
///
/// ```
/// use grantkit::error::Challenge;
/// use http::header::{HeaderMap, HeaderValue, WWW_AUTHENTICATE};
///
/// let mut headers = HeaderMap::new();
/// headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static(
///     r#"Bearer error="insufficient_scope", scope="invoices:read invoices:write""#,
/// ));
/// let challenges = Challenge::all(&headers);
/// assert!(challenges[0].is_scheme("bearer"));
/// assert_eq!(challenges[0].scopes(), ["invoices:read", "invoices:write"]);
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Challenge {
    pub(crate) scheme: ServerText,
    pub(crate) token68: Option<ServerText>,
    pub(crate) parameters: Vec<(ServerText, ServerText)>,
}

/// Of any scheme.
impl Challenge {
    /// The authentication scheme as the server writes it; compare it with [`is_scheme`](Self::is_scheme).
    pub fn scheme(&self) -> &str {
        self.scheme.as_str()
    }

    /// Whether the scheme is this one, without regard to case (RFC 9110 §11.1).
    pub fn is_scheme(&self, scheme: &str) -> bool {
        self.scheme().eq_ignore_ascii_case(scheme)
    }

    /// A parameter by its name, without regard to case (RFC 9110 §11.2); the first, where there are several.
    pub fn get(&self, name: &str) -> Option<&str> {
        let named = |(known, _): &&(ServerText, ServerText)| known.as_str().eq_ignore_ascii_case(name);
        self.parameters.iter().find(named).map(|(_, value)| value.as_str())
    }

    /// What stands in place of parameters: `token68` (RFC 9110 §11.2).
    pub fn token68(&self) -> Option<&str> {
        self.token68.as_ref().map(ServerText::as_str)
    }

    /// The part of the server that is protected so (RFC 9110 §11.5).
    pub fn realm(&self) -> Option<&str> {
        self.get("realm")
    }
}

/// Of `Bearer` and `DPoP`.
impl Challenge {
    /// Why the request was refused, as a code: `invalid_request`, `invalid_token`, `insufficient_scope` (RFC 6750 §3.1),
    /// `use_dpop_nonce` (RFC 9449 §9), `insufficient_user_authentication` (RFC 9470 §3).
    pub fn error(&self) -> Option<&str> {
        self.get("error")
    }

    /// The same for developers, not for users (RFC 6750 §3).
    pub fn error_description(&self) -> Option<&str> {
        self.get("error_description")
    }

    /// A page about it (RFC 6750 §3).
    pub fn error_uri(&self) -> Option<&str> {
        self.get("error_uri")
    }

    /// The scopes that the request needs (RFC 6750 §3).
    pub fn scopes(&self) -> Vec<&str> {
        self.words("scope")
    }

    /// The algorithms for DPoP proofs (RFC 9449 §7.1, `algs`).
    pub fn dpop_algorithms(&self) -> Vec<&str> {
        self.words("algs")
    }

    /// The required authentication context classes, the preferred one first (RFC 9470 §3): send them as `acr_values`.
    pub fn acr_values(&self) -> Vec<&str> {
        self.words("acr_values")
    }

    /// The maximum age of the login (RFC 9470 §3): send it as `max_age`.
    pub fn max_age(&self) -> Option<Duration> {
        self.get("max_age")?.parse().ok().map(Duration::from_secs)
    }

    /// The URL of the resource's metadata, which names its authorization servers (RFC 9728 §5.1); not checked yet, which
    /// [`ProtectedResource::discover`](crate::discovery::ProtectedResource::discover) does.
    pub fn resource_metadata(&self) -> Option<&str> {
        self.get("resource_metadata")
    }

    /// Whether a stronger or newer login is required (step-up, RFC 9470 §3): request it with
    /// [`acr_values`](Self::acr_values) and [`max_age`](Self::max_age).
    pub fn is_step_up(&self) -> bool {
        self.error() == Some("insufficient_user_authentication")
    }

    fn words(&self, name: &str) -> Vec<&str> {
        self.get(name).unwrap_or_default().split_ascii_whitespace().collect()
    }
}

impl fmt::Debug for Challenge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("Challenge");
        let shown = |(name, value): &(ServerText, ServerText)| (name.shortened(), value.shortened());
        out.field("scheme", &self.scheme.shortened());
        out.field("parameters", &self.parameters.iter().map(shown).collect::<Vec<_>>());
        if self.token68.is_some() {
            // Whatever it is, it may be half of a handshake.
            out.field("token68", &"[redacted]");
        }
        out.finish()
    }
}
