//! Who has logged in, as it is shown.

use grantkit::provider::Person;
use grantkit::token::IdTokenClaims;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::failure::Failure;
use crate::vault::Vault;

/// The name of its record.
pub(crate) const NAME: &str = "identity";

/// The person of a login.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub(crate) struct Identity {
    pub(crate) id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) email_verified: Option<bool>,
}

impl Identity {
    pub(crate) fn of_person(person: &Person) -> Self {
        Self {
            id: person.id().to_owned(),
            name: person.name().map(str::to_owned),
            email: person.email().map(str::to_owned),
            email_verified: person.email().map(|_| person.is_email_verified()),
        }
    }

    pub(crate) fn of_claims(claims: &IdTokenClaims) -> Self {
        Self {
            id: claims.subject().to_owned(),
            name: claims.name().or(claims.preferred_username()).map(str::to_owned),
            email: claims.email().map(str::to_owned),
            email_verified: claims.email_verified(),
        }
    }

    /// Of the subject, and the other claims of a userinfo answer.
    pub(crate) fn of_userinfo(subject: &str, claims: &Value) -> Self {
        let text = |name: &str| claims.get(name).and_then(Value::as_str).map(str::to_owned);
        Self {
            id: subject.to_owned(),
            name: text("name").or_else(|| text("preferred_username")),
            email: text("email"),
            email_verified: claims.get("email_verified").and_then(Value::as_bool),
        }
    }

    /// The name, the address or the ID: what a person knows themselves by.
    pub(crate) fn label(&self) -> &str {
        self.email.as_deref().or(self.name.as_deref()).unwrap_or(&self.id)
    }

    /// Keeps who has logged in, for services that say so at the login alone.
    pub(crate) async fn keep(&self, vault: &Vault, profile: &str) -> Result<(), Failure> {
        let json = serde_json::to_vec(self).map_err(|error| Failure::general("no JSON").caused_by(&error))?;
        vault.put(profile, NAME, &json).await
    }

    pub(crate) async fn kept(vault: &Vault, profile: &str) -> Result<Option<Self>, Failure> {
        let record = vault.get(profile, NAME).await?;
        Ok(record.and_then(|record| serde_json::from_slice(record.content()).ok()))
    }
}
