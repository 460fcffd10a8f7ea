use std::fmt;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::numeric_date::numeric_date;
use crate::error::{Error, Result};
use crate::lenient::JsonObject;

/// The claims of a verified ID token about a user and the login (OpenID Connect Core §2, §5.1).
///
/// There is one only where the signature and every condition of OpenID Connect Core §3.1.3.7 held. `Debug` shows the
/// names of the claims, not the personal data in them.
#[derive(Clone)]
pub struct IdTokenClaims {
    /// A clone shares them.
    claims: Arc<JsonObject>,
}

impl IdTokenClaims {
    /// The claims have been verified, and their shape checked.
    pub(crate) fn new(claims: impl Into<JsonObject>) -> Self {
        Self { claims: Arc::new(claims.into()) }
    }

    /// All of them.
    pub(crate) fn to_json(&self) -> Value {
        Value::Object(self.to_map())
    }

    /// All of them, as a store writes them.
    pub(super) fn to_map(&self) -> Map<String, Value> {
        self.claims.to_map()
    }

    /// The issuer (`iss`).
    pub fn issuer(&self) -> &str {
        self.text("iss").unwrap_or_default()
    }

    /// The user (`sub`): unique at this issuer and never given to another, unlike an email address.
    pub fn subject(&self) -> &str {
        self.text("sub").unwrap_or_default()
    }

    /// Its audience (`aud`): this client, and others that the issuer named.
    pub fn audiences(&self) -> Vec<&str> {
        self.texts("aud")
    }

    /// When it expires (`exp`). That is about the token alone, not about how long the user stays logged in.
    pub fn expires_at(&self) -> SystemTime {
        self.time("exp").unwrap_or(UNIX_EPOCH)
    }

    /// When it was issued (`iat`).
    pub fn issued_at(&self) -> SystemTime {
        self.time("iat").unwrap_or(UNIX_EPOCH)
    }

    /// When the user logged in (`auth_time`), which may be long before.
    pub fn auth_time(&self) -> Option<SystemTime> {
        self.time("auth_time")
    }

    /// The `nonce` of the authorization request.
    pub fn nonce(&self) -> Option<&str> {
        self.text("nonce")
    }

    /// The class of the login (`acr`), such as `urn:mace:incommon:iap:silver`.
    pub fn acr(&self) -> Option<&str> {
        self.text("acr")
    }

    /// How the user logged in (`amr`), such as `pwd` and `otp` (RFC 8176); empty where the issuer does not say.
    pub fn amr(&self) -> Vec<&str> {
        self.texts("amr")
    }

    /// The client that it was issued to (`azp`), where the issuer says so.
    pub fn azp(&self) -> Option<&str> {
        self.text("azp")
    }

    /// The user's session at the issuer (`sid`), for logout.
    pub fn session_id(&self) -> Option<&str> {
        self.text("sid")
    }

    /// The email address (`email`). It may change, and may not be the user's: see
    /// [`email_verified`](Self::email_verified), and know the user by [`subject`](Self::subject).
    pub fn email(&self) -> Option<&str> {
        self.text("email")
    }

    /// Whether the issuer made sure that the email address is the user's (`email_verified`).
    pub fn email_verified(&self) -> Option<bool> {
        match self.get("email_verified")? {
            Value::Bool(verified) => Some(*verified),
            // As some issuers write it, Apple and Amazon Cognito among them.
            Value::String(text) => text.parse().ok(),
            _ => None,
        }
    }

    /// The whole name for display (`name`).
    pub fn name(&self) -> Option<&str> {
        self.text("name")
    }

    /// The given name or names (`given_name`).
    pub fn given_name(&self) -> Option<&str> {
        self.text("given_name")
    }

    /// The family name or names (`family_name`).
    pub fn family_name(&self) -> Option<&str> {
        self.text("family_name")
    }

    /// The name that the user goes by (`preferred_username`): not unique, and may change.
    pub fn preferred_username(&self) -> Option<&str> {
        self.text("preferred_username")
    }

    /// The address of the user's picture (`picture`).
    pub fn picture(&self) -> Option<&str> {
        self.text("picture")
    }

    /// Any claim by its name, as it was received.
    pub fn get(&self, claim: &str) -> Option<&Value> {
        self.claims.get(claim)
    }

    /// All claims as a type of your own.
    ///
    /// # Errors
    ///
    /// [`is_invalid_response`](Error::is_invalid_response) where a claim is missing or of another type.
    pub fn claims<T: DeserializeOwned>(&self) -> Result<T> {
        claims_as("ID token", self.to_json())
    }

    fn text(&self, claim: &str) -> Option<&str> {
        self.claims.text(claim)
    }

    fn texts(&self, claim: &str) -> Vec<&str> {
        match (self.text(claim), self.get(claim)) {
            (Some(one), _) => vec![one],
            (None, Some(Value::Array(several))) => several.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        }
    }

    fn time(&self, claim: &str) -> Option<SystemTime> {
        numeric_date(self.get(claim)?)
    }
}

/// The claims as a type of the caller's; `of` names the token in the error.
pub(crate) fn claims_as<T: DeserializeOwned>(of: &str, claims: Value) -> Result<T> {
    T::deserialize(claims).map_err(|error| {
        // Other messages quote the value.
        let text = error.to_string();
        let reason = if text.starts_with("missing field") { text } else { "a claim has another type".to_owned() };
        Error::invalid_response(format!("the {of}'s claims do not fit the type that was asked for: {reason}"))
    })
}

impl fmt::Debug for IdTokenClaims {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.claims.names().collect();
        f.debug_struct("IdTokenClaims").field("claims", &names).finish()
    }
}
