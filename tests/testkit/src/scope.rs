//! What a token is good for.

use std::fmt;

use crate::oauth_error::{Code, OAuthError};

/// A list of scope tokens without duplicates (RFC 6749 §3.3).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Scope(Vec<String>);

impl Scope {
    pub(crate) fn parse(text: &str) -> Result<Self, OAuthError> {
        let mut tokens: Vec<String> = Vec::new();
        for token in text.split(' ').filter(|token| !token.is_empty()) {
            if !token.bytes().all(|byte| matches!(byte, 0x21 | 0x23..=0x5B | 0x5D..=0x7E)) {
                return Err(OAuthError::new(Code::InvalidScope, "the scope holds a character that no scope may hold"));
            }
            if !tokens.iter().any(|known| known == token) {
                tokens.push(token.to_owned());
            }
        }
        Ok(Self(tokens))
    }

    pub(crate) fn contains(&self, token: &str) -> bool {
        self.0.iter().any(|known| known == token)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Refuses a scope that goes beyond another one.
    pub(crate) fn within(self, bound: &Self, why: &'static str) -> Result<Self, OAuthError> {
        if self.0.iter().all(|token| bound.contains(token)) {
            Ok(self)
        } else {
            Err(OAuthError::new(Code::InvalidScope, why))
        }
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join(" "))
    }
}

impl<S: Into<String>> FromIterator<S> for Scope {
    fn from_iter<I: IntoIterator<Item = S>>(tokens: I) -> Self {
        Self(tokens.into_iter().map(Into::into).collect())
    }
}
