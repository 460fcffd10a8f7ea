use std::fs;

use grantkit::{Error, Result, SecretString};
use secrecy::ExposeSecret;
use serde::Deserialize;
use zeroize::Zeroizing;

/// The type of credential that this provider is for.
const AUTHORIZED_USER: &str = "authorized_user";
/// The one universe whose token endpoint is known here.
const UNIVERSE: &str = "googleapis.com";

/// A JSON file of the type `authorized_user`, as gcloud and Google's libraries write it.
#[derive(Deserialize)]
pub(super) struct CredentialsFile {
    #[serde(rename = "type")]
    kind: Option<String>,
    universe_domain: Option<String>,
    pub(super) client_id: Option<String>,
    pub(super) client_secret: Option<SecretString>,
    pub(super) refresh_token: Option<SecretString>,
    pub(super) scopes: Option<Scopes>,
    pub(super) quota_project_id: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Scopes {
    List(Vec<String>),
    Words(String),
}

impl From<Scopes> for Vec<String> {
    fn from(scopes: Scopes) -> Self {
        match scopes {
            Scopes::List(list) => list,
            Scopes::Words(words) => words.split_whitespace().map(str::to_owned).collect(),
        }
    }
}

impl CredentialsFile {
    pub(super) fn read(path: &str) -> Result<Self> {
        let wrong = |why: String| Error::configuration(format!("{path:?} {why}"));
        let text = fs::read(path).map(Zeroizing::new).map_err(|error| wrong(format!("cannot be read: {error}")))?;
        // serde_json's own message can quote a value, so only the place is passed on.
        let file: Self = serde_json::from_slice(&text).map_err(|error| {
            let (line, column) = (error.line(), error.column());
            wrong(format!("is not the JSON object of an authorized user (line {line}, column {column})"))
        })?;
        file.checked().map_err(wrong)
    }

    /// The file, without empty values; or what is wrong with it.
    fn checked(self) -> Result<Self, String> {
        match self.kind.as_deref() {
            Some(AUTHORIZED_USER) => {}
            Some(other) => return Err(format!("is of the type {other:?}, and only {AUTHORIZED_USER:?} is supported")),
            None => return Err(format!("has no `type`, which has to be {AUTHORIZED_USER:?}")),
        }
        if let Some(universe) = self.universe_domain.as_deref().filter(|universe| *universe != UNIVERSE) {
            return Err(format!("is for the universe {universe:?}, and only {UNIVERSE:?} is supported"));
        }
        Ok(Self {
            client_id: filled(self.client_id),
            client_secret: self.client_secret.filter(|secret| !secret.expose_secret().trim().is_empty()),
            refresh_token: self.refresh_token.filter(|secret| !secret.expose_secret().trim().is_empty()),
            quota_project_id: filled(self.quota_project_id),
            ..self
        })
    }
}

fn filled(value: Option<String>) -> Option<String> {
    value.filter(|value| !value.trim().is_empty())
}
