use std::time::SystemTime;

use serde_json::Value;

use super::{OAuthToken, TokenType};
use crate::error::Result;
use crate::lenient::{Members, as_number, as_seconds};

/// The `token_type` of what is no access token (RFC 8693 §2.2.1).
const NOT_APPLICABLE: &str = "N_A";

pub(super) fn read(json: &[u8]) -> Result<OAuthToken> {
    let mut answer = parse(json)?;
    let token_type = token_type(answer.take("token_type"), &answer)?;
    into_token(answer, token_type)
}

/// The same of a token exchange, where the token may be of another kind (RFC 8693 §2.2.1); whether it is an access token.
pub(super) fn read_exchanged(json: &[u8]) -> Result<(OAuthToken, bool)> {
    let mut answer = parse(json)?;
    let name = answer.take("token_type");
    if name.as_ref().and_then(Value::as_str).is_some_and(|name| name.eq_ignore_ascii_case(NOT_APPLICABLE)) {
        return Ok((into_token(answer, TokenType::Bearer)?, false));
    }
    let token_type = token_type(name, &answer)?;
    Ok((into_token(answer, token_type)?, true))
}

fn token_type(name: Option<Value>, answer: &Members) -> Result<TokenType> {
    match name {
        None => Ok(TokenType::Bearer),
        Some(Value::String(name)) => TokenType::parse(&name),
        Some(_) => Err(answer.wrong("token_type", "is no text")),
    }
}

fn parse(json: &[u8]) -> Result<Members> {
    Members::read(json, "the token response", "RFC 6749 §5.1")
}

fn into_token(mut answer: Members, token_type: TokenType) -> Result<OAuthToken> {
    let mut token = OAuthToken::with_type(answer.required_text("access_token")?, token_type)?;
    if let Some(expires_in) = answer.take("expires_in") {
        if is_negative(&expires_in) {
            return Err(answer.wrong("expires_in", "is negative"));
        }
        if let Some(lifetime) = as_seconds(&expires_in) {
            token = token.with_lifetime(lifetime, SystemTime::now());
        }
    }
    let (refresh_token, scope) = (answer.text("refresh_token"), answer.scope("scope"));
    let id_token = answer.text("id_token");
    Ok(token.edit(|parts| {
        parts.refresh_token = refresh_token.map(Into::into);
        parts.scope = scope.map(String::into_boxed_str);
        parts.id_token = id_token.map(Into::into);
        parts.extra = answer.rest().into_iter().collect();
    }))
}

/// A number all the same: not one to be taken for "never".
fn is_negative(expires_in: &Value) -> bool {
    as_number(expires_in).is_some_and(|seconds| seconds < 0.0)
}
