//! The introspection endpoint (RFC 7662).

use axum::Json;
use axum::response::IntoResponse as _;
use bytes::Bytes;
use http::HeaderMap;
use http::header::CACHE_CONTROL;
use serde_json::{Value, json};

use super::Shared;
use crate::authn::authenticate_confidential;
use crate::form::{Answer, Form};
use crate::state::{Login, State, audience_claim};

/// Tells any confidential client about any token; of a token that is not good only that (§2.2).
pub(super) async fn introspect(state: Shared, headers: HeaderMap, body: Bytes) -> Answer {
    let form = Form::from_body(&headers, &body)?;
    authenticate_confidential(&state, &headers, &form)?;
    let text = form.required("token")?;
    let answer = describe(&state, text).unwrap_or_else(|| json!({ "active": false }));
    Ok(([(CACHE_CONTROL, "no-store")], Json(answer)).into_response())
}

fn describe(state: &State, text: &str) -> Option<Value> {
    if let Ok(token) = state.tokens.good_access_token(text) {
        let mut answer = common(state, &token.login, &token.scope.to_string(), &token.audience);
        answer["token_type"] = if token.bound_to().is_some() { "DPoP" } else { "Bearer" }.into();
        if let Some(jkt) = token.bound_to() {
            answer["cnf"] = json!({ "jkt": jkt });
        }
        answer["iat"] = token.issued_at.into();
        answer["exp"] = token.expires_at().into();
        return Some(answer);
    }
    let token = state.tokens.refresh_token(text)?;
    if token.is_revoked() || token.spent_for().is_some() {
        return None;
    }
    let mut answer = common(state, &token.login, &token.login.scope.to_string(), &token.login.audience);
    answer["iat"] = token.issued_at.into();
    Some(answer)
}

fn common(state: &State, login: &Login, scope: &str, audience: &[String]) -> Value {
    let mut answer = json!({
        "active": true,
        "iss": state.issuer,
        "client_id": login.client_id,
        "sub": login.subject(),
        "scope": scope,
    });
    if let Some(user) = &login.user {
        answer["username"] = user.subject().into();
    }
    if let Some(actor) = &login.actor {
        answer["act"] = json!({ "sub": actor });
    }
    if let Some(audience) = audience_claim(audience) {
        answer["aud"] = audience;
    }
    answer
}
