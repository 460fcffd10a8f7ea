use std::fmt;

use crate::fingerprint::Fingerprint;

/// Under which key a client's refresh token is kept: [`OAuthClient::refresh_key`](super::OAuthClient::refresh_key). Clients with equal keys
/// share one refresh token.
///
/// Its text is what a [`TokenStore`](super::TokenStore) and other processes know it by. A [`Fingerprint`] that is a part of it counts in
/// whole within the process, and so tells clients of two transports apart, which a text cannot.
///
/// ```
/// use grantkit::credentials::{Fingerprint, RefreshKey};
///
/// // One login for several audiences: whatever each client's fingerprint has, the text is all that tells this one from others.
/// let login = RefreshKey::new("the login of alice");
/// assert_eq!(login, RefreshKey::from("the login of alice"));
/// // The same at each of several tenants.
/// let at_acme = login.clone().with_fingerprint(Fingerprint::new("tenant", "acme"));
/// assert_ne!(at_acme, login.with_fingerprint(Fingerprint::new("tenant", "other")));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RefreshKey {
    text: String,
    /// All that the text has the digest of.
    login: Fingerprint,
}

impl RefreshKey {
    /// A key of which this text is all.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), login: Fingerprint::builder().build() }
    }

    /// The same with all of this fingerprint; the text has its digest behind a colon.
    #[must_use]
    pub fn with_fingerprint(self, fingerprint: Fingerprint) -> Self {
        let Self { text, login } = self;
        let whole = Fingerprint::builder().part("key", login).part("fingerprint", fingerprint);
        Self { text: format!("{text}:{fingerprint}"), login: whole.build() }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    pub(super) fn login(&self) -> Fingerprint {
        self.login
    }
}

impl From<&str> for RefreshKey {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<String> for RefreshKey {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl fmt::Display for RefreshKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
