use std::fmt;

use serde::{Deserialize, Serialize};
use zeroize::Zeroize;

use super::ResponseMode;

/// A login that has begun and not ended: the state that [`finish`](super::AuthorizationCode::finish) needs for the callback.
///
/// It serialises, so that a web server can keep it in the user's session between the two requests. It holds secrets: keep
/// it where the browser cannot read it, or [sealed](Self::seal). It is used up by [`finish`](super::AuthorizationCode::finish): a
/// process finishes a login once, also by another copy of what was kept ([`is_replay`](crate::Error::is_replay)). Among several
/// processes the server sees to that, which takes a code once; so remove what is kept of it as the answer comes.
///
/// ```
/// use grantkit::prelude::*;
/// use grantkit::authorize::PendingLogin;
/// use grantkit::grant::Login;
/// # trait Session { fn set(&self, key: &str, value: String); }
///
/// fn begin(login: &AuthorizationCode, session: &dyn Session) -> Result<String, Box<dyn std::error::Error>> {
///     let (url, pending) = login.start()?;
///     session.set("login", serde_json::to_string(&pending)?);
///     Ok(url.into()) // redirect the browser there
/// }
///
/// async fn come_back(login: &AuthorizationCode, kept: String, query: &str) -> Result<Login, Box<dyn std::error::Error>> {
///     let pending: PendingLogin = serde_json::from_str(&kept)?; // taken out of the session: a login is finished once
///     Ok(login.finish(pending, query).await?)
/// }
/// ```
#[derive(Serialize, Deserialize)]
#[must_use = "keep it until the browser comes back, and give it to `.finish(..)`"]
pub struct PendingLogin {
    pub(super) state: String,
    pub(super) code_verifier: String,
    pub(super) redirect_uri: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) nonce: Option<String>,
    /// In seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) max_age: Option<u64>,
    /// When the request was made, in seconds since 1970-01-01T00:00:00Z by the client's clock: from then a `max_age` counts, and the
    /// life of a sealed login.
    pub(super) asked_at: u64,
    /// Until when it may be finished, likewise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) expires_at: Option<u64>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) acr_values: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) response_mode: Option<ResponseMode>,
    /// Whether the answer has an ID token beside the code.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) hybrid: bool,
    /// The thumbprint of the key that the login is bound to (RFC 9449 §10).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) dpop_jkt: Option<String>,
    /// The server that the browser was sent to, by its issuer, or by its authorization endpoint where that is not known (RFC 9700 §4.4.2).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) server: Option<String>,
    /// Whether the redirect URI is that of one issuer, so that the address that the browser came back to says whose answer it is.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) redirect_uri_of_issuer: bool,
    /// What of the request else the token depends on, as a digest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) asked: Option<String>,
    /// In seconds: how long the server keeps a request that was pushed (RFC 9126 §2.2).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) request_expires_in: Option<u64>,
}

impl PendingLogin {
    /// The `state` of the request, by which a web server with several logins under way finds the right one.
    pub fn state(&self) -> &str {
        &self.state
    }

    /// Whether the answer is in a form that the server's page posts.
    #[cfg(any(feature = "axum", feature = "loopback"))]
    pub(crate) fn is_answered_by_form(&self) -> bool {
        matches!(self.response_mode, Some(ResponseMode::FormPost | ResponseMode::FormPostJwt))
    }

    /// How long the server keeps a [pushed](super::AuthorizationCode::push) request (`expires_in`, RFC 9126 §2.2): send the browser
    /// there within that time. `None` if the server did not say, or nothing was pushed.
    pub fn request_expires_in(&self) -> Option<std::time::Duration> {
        self.request_expires_in.map(std::time::Duration::from_secs)
    }

    /// Whether the answer is behind the `#`; unless asked, an ID token never comes in a query.
    pub(crate) fn is_answered_in_fragment(&self) -> bool {
        match self.response_mode {
            None | Some(ResponseMode::Jwt) => self.hybrid,
            Some(mode) => matches!(mode, ResponseMode::Fragment | ResponseMode::FragmentJwt),
        }
    }
}

impl Drop for PendingLogin {
    fn drop(&mut self) {
        self.state.zeroize();
        self.code_verifier.zeroize();
        self.nonce.zeroize();
    }
}

impl fmt::Debug for PendingLogin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PendingLogin").field("redirect_uri", &self.redirect_uri).finish_non_exhaustive()
    }
}
