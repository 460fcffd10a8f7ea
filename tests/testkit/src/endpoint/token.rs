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
use crate::grant;
use crate::sync::lock;

/// Authenticates the client and hands over to the grant.
pub(super) async fn token(state: Shared, uri: Uri, headers: HeaderMap, body: Bytes) -> Answer {
    let latency = lock(&state.live).latency;
    if !latency.is_zero() {
        tokio::time::sleep(latency).await;
    }
    let form = Form::from_body(&headers, &body)?;
    let client = authenticate(&state, &headers, &form)?;
    let target = Target { method: "POST", url: &format!("{}{}", state.base_url, uri.path()), access_token: None };
    let jkt = state.proofs.check(&headers, target)?;
    let answer = grant::exchange(&state, &client, &form, jkt.as_deref())?;
    // RFC 6749 §5.1.
    Ok(([(CACHE_CONTROL, "no-store"), (PRAGMA, "no-cache")], Json(answer)).into_response())
}
