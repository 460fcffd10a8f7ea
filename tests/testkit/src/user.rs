//! The person who logs in.

use serde_json::{Map, Value};

/// The person who logs in and consents, without being asked.
///
/// The subject becomes `sub`; the claims appear in ID tokens and at the userinfo endpoint.
#[derive(Clone, Debug, PartialEq)]
pub struct User {
    subject: String,
    claims: Map<String, Value>,
}

impl User {
    /// Makes a user without claims.
    pub fn new(subject: impl Into<String>) -> Self {
        Self { subject: subject.into(), claims: Map::new() }
    }

    /// Adds a claim, for example `email`; a later value of the same claim replaces the earlier one.
    #[must_use = "the claim is on the user that is returned"]
    pub fn claim(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.claims.insert(name.into(), value.into());
        self
    }

    /// Returns the subject identifier (`sub`).
    pub fn subject(&self) -> &str {
        &self.subject
    }

    pub(crate) fn claims(&self) -> &Map<String, Value> {
        &self.claims
    }
}

impl Default for User {
    /// The user of a server that was not told of another: `alice`.
    fn default() -> Self {
        Self::new("alice")
            .claim("name", "Alice Example")
            .claim("email", "alice@example.com")
            .claim("email_verified", true)
    }
}
