//! The backchannel authentication endpoint (OpenID Connect CIBA Core), in poll mode.

use axum::Json;
use axum::response::IntoResponse as _;
use bytes::Bytes;
use http::HeaderMap;
use http::header::CACHE_CONTROL;
use serde_json::json;

use super::Shared;
use crate::authn::authenticate_confidential;
use crate::form::{Answer, Form};
use crate::oauth_error::{Code, OAuthError};
use crate::random;
use crate::state::DeviceCode;
use crate::sync::lock;

/// Asks the user, who decides at [`AuthorizationServer::approve`](crate::AuthorizationServer::approve).
pub(super) async fn backchannel_authentication(state: Shared, headers: HeaderMap, body: Bytes) -> Answer {
    let invalid = |why: &'static str| OAuthError::new(Code::InvalidRequest, why);
    let form = Form::from_body(&headers, &body)?;
    let client = authenticate_confidential(&state, &headers, &form)?;
    let scope = state.scope_to_grant(form.one("scope")?)?;
    if !scope.contains("openid") {
        return Err(OAuthError::new(Code::InvalidScope, "scope has no openid"));
    }
    // §7.1: exactly one.
    let mut hints = 0;
    for name in ["login_hint", "login_hint_token", "id_token_hint"] {
        hints += usize::from(form.one(name)?.is_some());
    }
    if hints != 1 {
        return Err(invalid("it takes one of login_hint, login_hint_token and id_token_hint"));
    }
    let user = lock(&state.live).user.clone();
    let is_known = match (form.one("login_hint")?, form.one("id_token_hint")?) {
        (Some(hint), _) => {
            let email = user.claims().get("email").and_then(|email| email.as_str());
            hint == user.subject() || Some(hint) == email
        }
        (_, Some(token)) => {
            state.tokens.login_of_id_token(token).is_some_and(|login| login.subject() == user.subject())
        }
        _ => true,
    };
    if !is_known {
        return Err(OAuthError::new(Code::UnknownUserId, "the hint names no known user"));
    }
    let login = state.login(&client.id, Some(user), scope, form.audience());
    let id = random::token("ciba_", 0)?;
    state.tokens.add_device_code(id.clone(), id.clone(), DeviceCode::new(login, &state.clock));
    let answer = json!({
        "auth_req_id": id,
        "expires_in": DeviceCode::LIFETIME.as_secs(),
        "interval": state.poll_interval.as_secs(),
    });
    Ok(([(CACHE_CONTROL, "no-store")], Json(answer)).into_response())
}
