//! The token endpoint (RFC 6749 §3.2).

use axum::Json;
use axum::response::IntoResponse as _;
use bytes::Bytes;
use http::header::{CACHE_CONTROL, PRAGMA};
use http::{HeaderMap, Uri};

use super::Shared;
use crate::authn::authenticate;
use crate::dpop::Target;
use crate::form::{Answer, Form};
use crate::grant::{authorization_code, check_key, client_credentials, refresh_token};
use crate::oauth_error::{Code, OAuthError};
use crate::sync::lock;

/// Authenticates the client and hands over to the grant.
pub(super) async fn token(state: Shared, uri: Uri, headers: HeaderMap, body: Bytes) -> Answer {
    let latency = lock(&state.live).latency;
    if !latency.is_zero() {
        tokio::time::sleep(latency).await;
    }
    let form = Form::from_body(&headers, &body)?;
    let client = authenticate(&state, &headers, &form)?;
    let target = Target { method: "POST", url: &format!("{}{}", state.issuer, uri.path()), access_token: None };
    let jkt = state.proofs.check(&headers, target)?;
    check_key(&state, client, &form, jkt.as_deref())?;
    let mut answer = match form.required("grant_type")? {
        "authorization_code" => authorization_code::exchange(&state, client, &form)?,
        "client_credentials" => client_credentials::exchange(&state, client, &form)?,
        "refresh_token" => refresh_token::exchange(&state, client, &form)?,
        _ => return Err(OAuthError::new(Code::UnsupportedGrantType, "the grant type is not offered here")),
    };
    if let Some(jkt) = &jkt {
        answer.bind(&state, client, jkt);
    }
    // RFC 6749 §5.1.
    Ok(([(CACHE_CONTROL, "no-store"), (PRAGMA, "no-cache")], Json(answer)).into_response())
}
