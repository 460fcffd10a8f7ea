//! `grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer` (RFC 7523 §2.1).

use std::sync::Arc;

use serde_json::Value;

use super::{TokenAnswer, identity_assertion, issue};
use crate::form::Form;
use crate::jws;
use crate::oauth_error::{Code, OAuthError};
use crate::state::{Registration, State};
use crate::user::User;

/// Gives a token for the subject of an assertion that a trusted issuer has signed for this server.
pub(super) fn exchange(state: &State, client: &Registration, form: &Form) -> Result<TokenAnswer, OAuthError> {
    let assertion = form.required("assertion")?;
    let claims = jws::claims(assertion).ok_or_else(|| invalid("the assertion is not a JWT"))?;
    let text = |name: &str| claims.get(name).and_then(Value::as_str);
    let issuer = text("iss").ok_or_else(|| invalid("the assertion has no iss"))?;
    let keys =
        if issuer == state.issuer { Some(state.keys.published()) } else { state.trusted_issuers.get(issuer).cloned() };
    let keys = keys.ok_or_else(|| invalid("the assertion's issuer is not trusted"))?;
    if !jws::is_signed_by(assertion, &keys) {
        return Err(invalid("the assertion is not signed with a key of its issuer"));
    }
    let subject = text("sub").ok_or_else(|| invalid("the assertion has no sub"))?;
    if !is_for_us(state, claims.get("aud").unwrap_or(&Value::Null)) {
        return Err(invalid("the assertion is for another server"));
    }
    let number = |name: &str| claims.get(name).and_then(Value::as_u64);
    if number("exp").is_none_or(|exp| exp <= state.clock.unix()) {
        return Err(invalid("the assertion has expired, or does not say when it does"));
    }
    if number("nbf").is_some_and(|nbf| nbf > state.clock.unix()) {
        return Err(invalid("the assertion is not good yet"));
    }
    let (scope, audience) = if identity_assertion::is_one(assertion) {
        identity_assertion::granted(state, client, form, &claims)?
    } else {
        (state.scope_to_grant(form.one("scope")?)?, form.audience())
    };
    let login = Arc::new(state.login(&client.id, Some(User::new(subject)), scope.clone(), audience));
    issue(state, &login, scope, login.audience.clone())
}

/// RFC 7523 §3: the issuer's identifier, or the token endpoint.
fn is_for_us(state: &State, audience: &Value) -> bool {
    let token_endpoint = format!("{}{}", state.base_url, crate::endpoint::TOKEN);
    let is_one = |audience: &Value| audience == state.issuer.as_str() || audience == token_endpoint.as_str();
    audience.as_array().map_or_else(|| is_one(audience), |all| all.iter().any(is_one))
}

fn invalid(why: &'static str) -> OAuthError {
    OAuthError::new(Code::InvalidGrant, why)
}
