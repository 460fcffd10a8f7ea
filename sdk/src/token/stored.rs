use std::collections::BTreeMap;
use std::fmt;
use std::sync::OnceLock;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::{HeaderName, HeaderValue};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use zeroize::Zeroize;

use super::parts::RareParts;
use super::{IdTokenClaims, OAuthToken, RefreshToken, TokenType};
use crate::error::{Error, Result};
use crate::lenient::WipedMembers;

/// A token in a form that serialises with all its secrets: write it only where they may be stored.
///
/// ```
/// use grantkit::token::StoredToken;
/// use grantkit::OAuthToken;
///
/// let written = serde_json::to_string(&OAuthToken::new("abc")?.to_stored()).unwrap();
/// assert_eq!(written, r#"{"access_token":"abc","token_type":"Bearer"}"#);
/// let read: StoredToken = serde_json::from_str(&written).unwrap();
/// assert_eq!(OAuthToken::try_from(read)?.access_token().secret(), "abc");
/// # Ok::<(), grantkit::Error>(())
/// ```
#[derive(Clone, Serialize, Deserialize)]
pub struct StoredToken {
    access_token: String,
    #[serde(default = "bearer")]
    token_type: String,
    /// The key that it is bound to, by its thumbprint (RFC 9449 §6.1).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    jkt: Option<String>,
    /// Seconds since 1970-01-01T00:00:00Z, as the wall clock of another process can read it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    expires_at: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    refresh_token: Option<String>,
    /// What the refresh token was granted with, where that is another scope than the access token's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    refresh_token_scope: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    scope: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id_token: Option<String>,
    /// What the ID token says; there only where it was verified.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id_token_claims: Option<Map<String, Value>>,
    #[serde(default, skip_serializing_if = "WipedMembers::are_none")]
    extra: WipedMembers,
    /// Headers that go with the token to each API.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    request_headers: BTreeMap<String, String>,
    /// Whether those are all that is sent.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    without_authorization: bool,
    /// Whatever another version of the program, or another program, has written beside these.
    #[serde(flatten)]
    further: WipedMembers,
}

fn bearer() -> String {
    TokenType::Bearer.scheme().to_owned()
}

impl From<&OAuthToken> for StoredToken {
    fn from(token: &OAuthToken) -> Self {
        let scope_of_login = token.refresh_token().and_then(RefreshToken::scope);
        let since_epoch = |at: SystemTime| at.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs_f64();
        Self {
            access_token: token.access_token().secret().to_owned(),
            token_type: token.token_type().scheme().to_owned(),
            jkt: token.key_thumbprint().map(str::to_owned),
            expires_at: token.expires_at().map(since_epoch),
            refresh_token: token.refresh_token().map(|refresh_token| refresh_token.secret().to_owned()),
            refresh_token_scope: scope_of_login.filter(|scope| token.scope() != Some(scope)).map(str::to_owned),
            scope: token.scope().map(str::to_owned),
            id_token: token.0.further().id_token.as_ref().map(|id_token| id_token.expose_secret().to_owned()),
            id_token_claims: token.id_token_claims().map(IdTokenClaims::to_map),
            extra: token.0.further().extra.clone(),
            request_headers: token.request_headers().iter().filter_map(written_header).collect(),
            without_authorization: token.is_withheld(),
            further: WipedMembers::default(),
        }
    }
}

impl StoredToken {
    /// What may be kept apart from the login that it came of.
    pub(crate) fn without_refresh_token(mut self) -> Self {
        self.refresh_token.zeroize();
        self.refresh_token = None;
        self.refresh_token_scope = None;
        self
    }

    #[cfg(feature = "axum")]
    pub(crate) fn id_token(&self) -> Option<&str> {
        self.id_token.as_deref().filter(|id_token| !id_token.is_empty())
    }

    /// When it expires, since 1970-01-01T00:00:00Z; `None` where that is not known, or no time.
    pub(crate) fn expires_at(&self) -> Option<Duration> {
        self.expires_at.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok())
    }
}

impl TryFrom<StoredToken> for OAuthToken {
    type Error = Error;

    fn try_from(mut stored: StoredToken) -> Result<Self> {
        let token_type = TokenType::parse(&stored.token_type)?;
        let mut token = Self::with_type(std::mem::take(&mut stored.access_token), token_type)?;
        if let Some(seconds) = stored.expires_at {
            let since_epoch = Duration::try_from_secs_f64(seconds)
                .ok()
                .and_then(|since_epoch| UNIX_EPOCH.checked_add(since_epoch))
                .ok_or_else(|| Error::invalid_response("the stored token has an `expires_at` that is no time"))?;
            token = token.with_expires_at(since_epoch);
        }
        Ok(token.edit(|parts| {
            let scope_of_login = stored.refresh_token_scope.take();
            let refresh_token = stored.refresh_token.take().map(RefreshToken::from);
            parts.refresh_token = refresh_token.map(|token| token.or_scope(scope_of_login.as_deref()));
            parts.scope = stored.scope.take().map(String::into_boxed_str);
            let mut extra = std::mem::take(&mut stored.further);
            extra.append(&mut stored.extra);
            let further = RareParts {
                key_thumbprint: stored.jkt.take().map(String::into_boxed_str),
                ath: OnceLock::new(),
                id_token: stored.id_token.take().map(SecretString::from),
                id_token_claims: stored.id_token_claims.take().map(IdTokenClaims::new),
                extra,
                request_headers: stored.request_headers.iter().filter_map(read_header).collect(),
                is_withheld: stored.without_authorization,
            };
            parts.further = further.into_box();
        }))
    }
}

fn written_header((name, value): &(HeaderName, HeaderValue)) -> Option<(String, String)> {
    Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned()))
}

fn read_header((name, value): (&String, &String)) -> Option<(HeaderName, HeaderValue)> {
    let mut value: HeaderValue = value.parse().ok()?;
    // It may be a key.
    value.set_sensitive(true);
    Some((name.parse().ok()?, value))
}

impl Drop for StoredToken {
    fn drop(&mut self) {
        self.access_token.zeroize();
        self.refresh_token.zeroize();
        self.id_token.zeroize();
    }
}

impl fmt::Debug for StoredToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoredToken").field("expires_at", &self.expires_at).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_of_requests_are_kept() {
        let project = (HeaderName::from_static("x-goog-user-project"), HeaderValue::from_static("acme"));
        let token = OAuthToken::new("a").unwrap().with_request_header(project.0.clone(), project.1.clone());
        let withheld = serde_json::to_string(&token.clone().without_authorization().to_stored()).unwrap();
        let withheld = OAuthToken::try_from(serde_json::from_str::<StoredToken>(&withheld).unwrap()).unwrap();
        assert_eq!(withheld.authorization_header(), "");
        let written = serde_json::to_string(&token.to_stored()).unwrap();
        let read = OAuthToken::try_from(serde_json::from_str::<StoredToken>(&written).unwrap()).unwrap();
        assert_eq!(read.request_headers(), [project]);
    }

    #[test]
    fn what_another_version_has_written_is_kept() {
        let written =
            r#"{"access_token":"a","token_type":"Bearer","extra":{"team":"t"},"tenant":"acme","team":"older"}"#;
        let read = OAuthToken::try_from(serde_json::from_str::<StoredToken>(written).unwrap()).unwrap();
        assert_eq!((&read.extra()["tenant"], &read.extra()["team"]), (&Value::from("acme"), &Value::from("t")));
        let again: StoredToken = serde_json::from_str(&serde_json::to_string(&read.to_stored()).unwrap()).unwrap();
        assert_eq!(OAuthToken::try_from(again).unwrap().extra(), read.extra());
    }
}
