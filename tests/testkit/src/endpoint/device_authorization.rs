//! The device authorization endpoint (RFC 8628 §3.1), and the page where the user enters the code (§3.3).

use std::fmt::Write as _;

use axum::Json;
use axum::extract::RawQuery;
use axum::response::{Html, IntoResponse as _, Response};
use bytes::Bytes;
use http::header::CACHE_CONTROL;
use http::{HeaderMap, StatusCode};
use serde_json::{Value, json};

use super::{DEVICE, Shared};
use crate::authn::authenticate;
use crate::form::{Answer, Form};
use crate::oauth_error::OAuthError;
use crate::random;
use crate::state::{DeviceCode, Registration, State};
use crate::sync::lock;

pub(super) async fn device_authorization(state: Shared, headers: HeaderMap, body: Bytes) -> Answer {
    let form = Form::from_body(&headers, &body)?;
    let client = authenticate(&state, &headers, &form)?;
    let answer = begin(&state, &client, &form)?;
    Ok(([(CACHE_CONTROL, "no-store")], Json(answer)).into_response())
}

/// Makes a device code and a user code.
pub(crate) fn begin(state: &State, client: &Registration, form: &Form) -> Result<Value, OAuthError> {
    let scope = state.scope_to_grant(form.one("scope")?)?;
    let user = lock(&state.live).user.clone();
    let login = state.login(&client.id, Some(user), scope, form.audience());
    let (device_code, user_code) = (random::token("dc_", 0)?, user_code()?);
    state.tokens.add_device_code(device_code.clone(), user_code.clone(), DeviceCode::new(login, &state.clock));
    let page = format!("{}{DEVICE}", state.base_url);
    Ok(json!({
        "device_code": device_code,
        "user_code": user_code,
        "verification_uri": page,
        "verification_uri_complete": format!("{page}?user_code={user_code}"),
        "expires_in": DeviceCode::LIFETIME.as_secs(),
        "interval": state.poll_interval.as_secs(),
    }))
}

/// Eight hexadecimal digits, for reading aloud.
fn user_code() -> Result<String, OAuthError> {
    let random = random::token("", 0)?;
    let mut code = String::new();
    for byte in random.bytes().take(4) {
        let _ = write!(code, "{byte:02X}");
    }
    code.insert(4, '-');
    Ok(code)
}

/// The user enters the code and consents at once, or refuses where a denial waits.
pub(crate) async fn page(state: Shared, RawQuery(query): RawQuery) -> Response {
    let form = Form::parse(query.unwrap_or_default().as_bytes());
    let code = form.one("user_code").ok().flatten().and_then(|code| state.tokens.device_code_of(code));
    let Some(code) = code else {
        return (StatusCode::BAD_REQUEST, Html("<!doctype html><title>Error</title>There is no such code."))
            .into_response();
    };
    code.decide(state.decision());
    Html("<!doctype html><title>Done</title>Go back to your device.").into_response()
}
