use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

use serde::Deserialize;
use serde_json::{Number, Value};

use super::{OAuthToken, TokenType};
use crate::error::{Error, Result};

/// Some servers write "never" as an enormous number; a century is as good and keeps the sums from overflowing.
const LONGEST_LIFETIME: Duration = Duration::from_hours(100 * 365 * 24);

/// The `token_type` of what is no access token (RFC 8693 §2.2.1).
const NOT_APPLICABLE: &str = "N_A";

#[derive(Deserialize)]
struct Answer {
    #[serde(default)]
    access_token: Option<String>,
    #[serde(default)]
    token_type: Option<String>,
    #[serde(default)]
    expires_in: Option<Value>,
    #[serde(default)]
    refresh_token: Option<String>,
    #[serde(default)]
    scope: Option<String>,
    #[serde(default)]
    id_token: Option<String>,
    #[serde(flatten)]
    extra: BTreeMap<String, Value>,
}

pub(super) fn read(json: &[u8]) -> Result<OAuthToken> {
    let answer = parse(json)?;
    let token_type = answer.token_type.as_deref().map_or(Ok(TokenType::Bearer), TokenType::parse)?;
    answer.into_token(token_type)
}

/// The same of a token exchange, where the token may be of another kind (RFC 8693 §2.2.1); whether it is an access token.
pub(super) fn read_exchanged(json: &[u8]) -> Result<(OAuthToken, bool)> {
    let answer = parse(json)?;
    if answer.token_type.as_deref().is_some_and(|name| name.eq_ignore_ascii_case(NOT_APPLICABLE)) {
        return Ok((answer.into_token(TokenType::Bearer)?, false));
    }
    let token_type = answer.token_type.as_deref().map_or(Ok(TokenType::Bearer), TokenType::parse)?;
    Ok((answer.into_token(token_type)?, true))
}

fn parse(json: &[u8]) -> Result<Answer> {
    // serde_json's own message can quote the offending value, so only the place is passed on.
    serde_json::from_slice(json).map_err(|error| {
        Error::invalid_response(format!(
            "the token response is not the JSON object of RFC 6749 §5.1 (line {}, column {})",
            error.line(),
            error.column()
        ))
    })
}

impl Answer {
    fn into_token(self, token_type: TokenType) -> Result<OAuthToken> {
        let access_token =
            self.access_token.ok_or_else(|| Error::invalid_response("the token response has no `access_token`"))?;
        let mut token = OAuthToken::with_type(access_token, token_type)?;
        if let Some(lifetime) = self.expires_in.as_ref().map(read_lifetime).transpose()?.flatten() {
            token = token.with_lifetime(lifetime, SystemTime::now());
        }
        Ok(token.edit(|parts| {
            // An empty string is how a few servers say "none".
            parts.refresh_token = self.refresh_token.filter(|text| !text.is_empty()).map(Into::into);
            parts.scope = self.scope.map(String::into_boxed_str);
            parts.id_token = self.id_token.map(Into::into);
            parts.extra = self.extra;
        }))
    }
}

/// `expires_in` in seconds: a number, or a string of one (Azure AD v1 and others); a fraction is cut off.
fn read_lifetime(value: &Value) -> Result<Option<Duration>> {
    let seconds = match value {
        Value::Null => return Ok(None),
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.trim().parse::<Number>().ok().and_then(|number| number.as_f64()),
        _ => None,
    };
    match seconds {
        Some(seconds) if seconds >= 0.0 => {
            let bounded = seconds.min(LONGEST_LIFETIME.as_secs_f64()).floor();
            Ok(Some(Duration::from_secs_f64(bounded)))
        }
        Some(_) => Err(Error::invalid_response("the token response has a negative `expires_in`")),
        None => Err(Error::invalid_response("the token response has an `expires_in` that is no number of seconds")),
    }
}
