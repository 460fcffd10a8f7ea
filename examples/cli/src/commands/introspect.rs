use clap::Args;
use grantkit::endpoint::TokenIntrospection;
use serde_json::{Value, json};

use crate::arguments::{Output, ProfileOption};
use crate::failure::Failure;
use crate::screen::Screen;
use crate::time::rfc3339_of_seconds;

/// Ask the server what it knows of a token (RFC 7662)
#[derive(Args, Debug)]
pub(crate) struct Introspect {
    /// The token, `-` for standard input; the profile's own access token unless given
    token: Option<String>,
    #[command(flatten)]
    profile: ProfileOption,
    #[command(flatten)]
    pub(crate) output: Output,
}

impl Introspect {
    pub(crate) async fn run(self, screen: Screen) -> Result<(), Failure> {
        let service = super::service(self.profile.name()).await?;
        let of_profile = |error: grantkit::Error| Failure::from(error).of_profile(&service.name);
        let introspection = service.introspection()?;
        let answer = if let Some(token) = &self.token {
            introspection.token(&super::token_argument(token)?).await.map_err(of_profile)?
        } else {
            let token = service.credentials()?.token().await.map_err(of_profile)?;
            introspection.access_token(token.access_token().secret()).await.map_err(of_profile)?
        };
        if screen.is_json() { screen.json(&as_json(&answer)) } else { screen.fields(&fields(&answer)) }
    }
}

/// As the server sent it (RFC 7662 §2.2).
fn as_json(answer: &TokenIntrospection) -> Value {
    let mut json = json!({
        "active": answer.active,
        "scope": answer.scope,
        "client_id": answer.client_id,
        "username": answer.username,
        "token_type": answer.token_type,
        "exp": answer.exp,
        "iat": answer.iat,
        "nbf": answer.nbf,
        "sub": answer.sub,
        "iss": answer.iss,
        "aud": answer.aud,
    });
    if let Some(members) = json.as_object_mut() {
        members.retain(|_, value| !value.is_null() && value.as_array().is_none_or(|list| !list.is_empty()));
        members.extend(answer.further.iter().map(|(name, value)| (name.clone(), value.clone())));
    }
    json
}

fn fields(answer: &TokenIntrospection) -> Vec<(&'static str, String)> {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let time = |seconds: Option<i64>| seconds.and_then(rfc3339_of_seconds).unwrap_or_default();
    vec![
        ("active", if answer.active { "yes" } else { "no" }.to_owned()),
        ("subject", text(&answer.sub)),
        ("user", text(&answer.username)),
        ("client", text(&answer.client_id)),
        ("scope", text(&answer.scope)),
        ("audience", answer.aud.join(", ")),
        ("issuer", text(&answer.iss)),
        ("type", text(&answer.token_type)),
        ("issued", time(answer.iat)),
        ("expires", time(answer.exp)),
        ("bound", if answer.cnf.is_some() { "to a key or certificate".to_owned() } else { String::new() }),
    ]
}
