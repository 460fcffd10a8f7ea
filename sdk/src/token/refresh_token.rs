use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use subtle::ConstantTimeEq;

use super::IntoSecret;

/// A refresh token (RFC 6749 §1.5): wiped from memory when its last clone is dropped, never shown.
#[derive(Clone)]
pub struct RefreshToken(Arc<Parts>);

#[derive(Clone)]
struct Parts {
    text: SecretString,
    scope: Option<Box<str>>,
    /// When it was sent without an answer, since 1970.
    unanswered: Option<Duration>,
}

impl RefreshToken {
    /// Creates a refresh token from its text.
    pub fn new(token: impl IntoSecret) -> Self {
        Self(Arc::new(Parts { text: token.into(), scope: None, unanswered: None }))
    }

    /// The token's text: a secret, handle it as one.
    pub fn secret(&self) -> &str {
        self.0.text.expose_secret()
    }

    /// The scope that was granted with it, space-separated, for a server that wants to see it in each refresh; `None` where it is not
    /// known.
    ///
    /// It is the scope of the login: what the server named, or else what was asked for (RFC 6749 §5.1). A successor has the same
    /// (RFC 6749 §6), also where a refresh asked for less.
    pub fn scope(&self) -> Option<&str> {
        self.0.scope.as_deref()
    }

    /// Adds the scope that was granted with it: space-separated, as in RFC 6749 §3.3.
    pub fn with_scope(mut self, scope: impl Into<String>) -> Self {
        Arc::make_mut(&mut self.0).scope = Some(scope.into().into_boxed_str());
        self
    }

    /// The same scope, or this one where none is known.
    pub(crate) fn or_scope(self, scope: Option<&str>) -> Self {
        match scope {
            Some(scope) if self.scope().is_none() => self.with_scope(scope),
            _ => self,
        }
    }

    /// Notes that it was sent once, then, and that the answer was lost: the server may have replaced it.
    pub(crate) fn with_unanswered(mut self, sent: Duration) -> Self {
        Arc::make_mut(&mut self.0).unanswered = Some(sent);
        self
    }

    /// Without that note, and the note, for the one that keeps it from now on.
    pub(crate) fn take_unanswered(mut self) -> (Self, Option<Duration>) {
        let unanswered = self.0.unanswered;
        if unanswered.is_some() {
            Arc::make_mut(&mut self.0).unanswered = None;
        }
        (self, unanswered)
    }
}

impl From<String> for RefreshToken {
    fn from(token: String) -> Self {
        Self::new(token)
    }
}

impl From<&str> for RefreshToken {
    fn from(token: &str) -> Self {
        Self::new(token)
    }
}

impl From<SecretString> for RefreshToken {
    fn from(token: SecretString) -> Self {
        Self::new(token)
    }
}

impl PartialEq for RefreshToken {
    fn eq(&self, other: &Self) -> bool {
        self.secret().as_bytes().ct_eq(other.secret().as_bytes()).into()
    }
}

impl Eq for RefreshToken {}

impl fmt::Debug for RefreshToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RefreshToken([redacted])")
    }
}
