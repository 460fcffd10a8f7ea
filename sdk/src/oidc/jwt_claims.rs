use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::issuer_verifier::is_absent;
use crate::error::Result;
use crate::lenient::JsonObject;
use crate::token::{claims_as, numeric_date};

/// The claims of a JWT that a [`JwtVerifier`](super::JwtVerifier) has verified. `Debug` shows the names of the claims.
#[derive(Clone)]
pub struct JwtClaims {
    /// A clone shares them.
    claims: Arc<JsonObject>,
}

impl JwtClaims {
    pub(super) fn new(claims: JsonObject) -> Self {
        Self { claims: Arc::new(claims) }
    }

    /// The issuer (`iss`).
    pub fn issuer(&self) -> &str {
        self.claims.text("iss").unwrap_or_default()
    }

    /// The user (`sub`), or the client where a token is for no user. It is unique at this issuer only.
    pub fn subject(&self) -> Option<&str> {
        self.claims.text("sub")
    }

    /// The client that an access token was issued to (`client_id`, RFC 9068 §2.2).
    pub fn client_id(&self) -> Option<&str> {
        self.claims.text("client_id")
    }

    /// What an access token allows (`scope`, RFC 9068 §2.2.3); none where it does not say.
    pub fn scopes(&self) -> impl Iterator<Item = &str> {
        self.claims.text("scope").unwrap_or_default().split(' ').filter(|scope| !scope.is_empty())
    }

    /// Whether `scope` is among its [`scopes`](Self::scopes).
    pub fn has_scope(&self, scope: &str) -> bool {
        self.scopes().any(|own| own == scope)
    }

    /// When it expires (`exp`).
    pub fn expires_at(&self) -> Option<SystemTime> {
        self.claims.get("exp").and_then(numeric_date)
    }

    /// Whether it is bound to a key or a certificate (`cnf`, RFC 7800), so that it is worth nothing without a proof: `jkt` asks for DPoP
    /// (RFC 9449 §7), `x5t#S256` for the caller's client certificate (RFC 8705 §3). The proof is not checked here, so that such a token is
    /// refused unless the verifier [accepts it](super::JwtVerifier::danger_accept_sender_constrained).
    pub fn is_sender_constrained(&self) -> bool {
        !is_absent(self.claims.get("cnf"))
    }

    /// Any claim by its name, as it was received.
    pub fn get(&self, claim: &str) -> Option<&Value> {
        self.claims.get(claim)
    }

    /// All claims as a type of your own.
    ///
    /// # Errors
    ///
    /// [`is_invalid_response`](crate::Error::is_invalid_response) where a claim is missing or of another type.
    pub fn claims<T: DeserializeOwned>(&self) -> Result<T> {
        claims_as("JWT", Value::Object(self.claims.to_map()))
    }
}

impl fmt::Debug for JwtClaims {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.claims.names().collect();
        f.debug_struct("JwtClaims").field("claims", &names).finish()
    }
}
