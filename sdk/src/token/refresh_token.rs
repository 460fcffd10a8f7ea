use std::fmt;

use secrecy::{ExposeSecret, SecretString};
use subtle::ConstantTimeEq;

use super::IntoSecret;

/// A refresh token (RFC 6749 §1.5): wiped from memory when dropped, never shown.
#[derive(Clone)]
pub struct RefreshToken(SecretString);

impl RefreshToken {
    /// Creates a refresh token from its text.
    pub fn new(token: impl IntoSecret) -> Self {
        Self(token.into())
    }

    /// The token's text: a secret, handle it as one.
    pub fn secret(&self) -> &str {
        self.0.expose_secret()
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
        Self(token)
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
