use std::time::SystemTime;

use grantkit::{Error, Result, SecretString};
use jiff::Timestamp;
use secrecy::ExposeSecret as _;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{AuthorizedUser, RaptToken};
use crate::google::endpoints::{DEFAULT_UNIVERSE, TOKEN_ENDPOINT};

/// The members of a file of a user, as google-auth and gcloud write them; a `token_uri` is ignored.
#[derive(Deserialize)]
pub(in crate::google) struct AuthorizedUserInfo {
    client_id: Option<String>,
    client_secret: Option<SecretString>,
    refresh_token: Option<SecretString>,
    #[serde(default, deserialize_with = "crate::lenient::secret")]
    token: Option<SecretString>,
    #[serde(default, deserialize_with = "crate::lenient::text")]
    expiry: Option<String>,
    #[serde(default, deserialize_with = "crate::lenient::secret")]
    id_token: Option<SecretString>,
    scopes: Option<Scopes>,
    quota_project_id: Option<String>,
    #[serde(default, deserialize_with = "crate::lenient::secret")]
    rapt_token: Option<SecretString>,
    #[serde(default, deserialize_with = "crate::lenient::text")]
    account: Option<String>,
    universe_domain: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Scopes {
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

impl AuthorizedUser {
    pub(in crate::google) fn of(info: AuthorizedUserInfo) -> Result<Self> {
        if let Some(universe) = info.universe_domain.as_deref().filter(|universe| *universe != DEFAULT_UNIVERSE) {
            return Err(Error::configuration(format!(
                "it is for the universe {universe:?}, and users are in {DEFAULT_UNIVERSE:?} alone: use a service account there"
            )));
        }
        let parts = (filled(info.client_id), secret(info.client_secret), secret(info.refresh_token));
        let is_missing = [parts.0.is_none(), parts.1.is_none(), parts.2.is_none()];
        let (Some(client_id), Some(client_secret), Some(refresh_token)) = parts else {
            let names = ["client_id", "client_secret", "refresh_token"];
            let missing = names.iter().zip(is_missing).filter(|(_, is_missing)| *is_missing);
            let missing: Vec<_> = missing.map(|(name, _)| format!("`{name}`")).collect();
            return Err(Error::configuration(format!(
                "it has no {}: log in again to create it anew",
                missing.join(", ")
            )));
        };
        let mut user = Self::new(client_id, client_secret, refresh_token);
        user.token = secret(info.token);
        user.expiry = info.expiry.as_deref().map(expiry).transpose()?;
        user.id_token = secret(info.id_token);
        user.rapt = secret(info.rapt_token).map(RaptToken::new).unwrap_or_default();
        user.account = info.account.unwrap_or_default();
        user.options.scopes = info.scopes.map(Vec::from);
        user.options.quota_project_id = filled(info.quota_project_id);
        Ok(user)
    }
}

/// `2026-01-31T12:00:00`, with a fraction or without, with a `Z` or without: in UTC.
fn expiry(text: &str) -> Result<SystemTime> {
    let seconds = text.trim_end_matches('Z').split('.').next().unwrap_or_default();
    let time: Timestamp = format!("{seconds}Z").parse().map_err(|_| {
        Error::configuration(format!(
            "its `expiry` {text:?} is no time, as 2026-01-31T12:00:00Z is: leave it out, or correct it"
        ))
    })?;
    Ok(time.into())
}

pub(super) fn to_json(user: &AuthorizedUser, without: &[&str]) -> SecretString {
    let text = |secret: &Option<SecretString>| secret.as_ref().map(|secret| secret.expose_secret().to_owned());
    let expiry = user.expiry.and_then(|end| Timestamp::try_from(end).ok());
    let members = [
        ("token", text(&user.token).map(Value::from)),
        ("refresh_token", text(&user.refresh_token).map(Value::from)),
        ("token_uri", Some(user.token_uri.as_deref().unwrap_or(TOKEN_ENDPOINT).into())),
        ("client_id", Some(user.client_id.as_str().into())),
        ("client_secret", Some(user.client_secret.expose_secret().into())),
        ("scopes", user.options.scopes.clone().map(Value::from)),
        ("rapt_token", text(&user.rapt.get()).map(Value::from)),
        ("universe_domain", Some(user.options.universe().into())),
        ("account", Some(user.account.as_str().into())),
        ("expiry", expiry.map(|end| end.strftime("%Y-%m-%dT%H:%M:%SZ").to_string().into())),
    ];
    let kept = members.into_iter().filter(|(name, _)| !without.contains(name));
    let object: Map<_, _> = kept.filter_map(|(name, value)| Some((name.to_owned(), value?))).collect();
    Value::Object(object).to_string().into()
}

fn filled(value: Option<String>) -> Option<String> {
    value.filter(|value| !value.trim().is_empty())
}

fn secret(value: Option<SecretString>) -> Option<SecretString> {
    value.filter(|secret| !secret.expose_secret().trim().is_empty())
}
