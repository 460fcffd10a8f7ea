//! The userinfo endpoint (OpenID Connect Core §5.3).

use axum::Json;
use axum::response::{IntoResponse as _, Response};
use http::{HeaderMap, Method};
use serde_json::Value;

use super::{Shared, USERINFO};
use crate::bearer::{Refusal, authorize};

/// Returns the user's claims to a token that was granted `openid`.
pub(super) async fn userinfo(state: Shared, method: Method, headers: HeaderMap) -> Result<Response, Refusal> {
    let url = format!("{}{USERINFO}", state.base_url);
    let token = authorize(&state, &state.proofs, &method, &url, &headers)?;
    let user = token.login.user.as_ref().filter(|_| token.scope.contains("openid"));
    let user = user.ok_or_else(|| Refusal::InsufficientScope("openid".into()))?;
    let mut claims = user.claims().clone();
    claims.insert("sub".into(), user.subject().into());
    Ok(Json(Value::Object(claims)).into_response())
}
