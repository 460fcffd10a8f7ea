//! The pushed authorization request endpoint (RFC 9126).

use axum::Json;
use axum::response::{IntoResponse as _, Response};
use bytes::Bytes;
use http::header::CACHE_CONTROL;
use http::{HeaderMap, StatusCode};
use serde_json::json;

use super::Shared;
use super::authorize::redirect_target;
use crate::authn::authenticate;
use crate::form::{Answer, Form};
use crate::oauth_error::{Code, OAuthError};
use crate::random;
use crate::state::State;

/// In seconds; RFC 9126 §2.2 recommends 5 to 600.
const LIFETIME: u64 = 60;

pub(super) async fn push(state: Shared, headers: HeaderMap, body: Bytes) -> Answer {
    let form = Form::from_body(&headers, &body)?;
    let client = authenticate(&state, &headers, &form)?;
    redirect_target(&client, form.one("redirect_uri")?)?;
    keep(&state, &client.id, form)
}

/// Keeps a request of a client that has authenticated.
pub(crate) fn keep(state: &State, client_id: &str, mut form: Form) -> Answer {
    if form.one("request_uri")?.is_some() {
        return Err(OAuthError::new(Code::InvalidRequest, "request_uri is not for a pushed request"));
    }
    // The client may have said who it is in a header alone.
    form.set("client_id", client_id);
    form.remove("client_secret");
    let uri = random::token("urn:ietf:params:oauth:request_uri:", 0)?;
    state.tokens.add_pushed_request(uri.clone(), form);
    let answer = Json(json!({ "request_uri": uri, "expires_in": LIFETIME }));
    let response: Response = (StatusCode::CREATED, [(CACHE_CONTROL, "no-store")], answer).into_response();
    Ok(response)
}

/// The request that an authorization request stands for (RFC 9126 §4): the one that was pushed, or itself.
pub(crate) fn resolved(state: &State, form: Form) -> Result<Form, OAuthError> {
    let invalid = |why: &'static str| Err(OAuthError::new(Code::InvalidRequest, why));
    let Some(uri) = form.one("request_uri")? else {
        return if state.requires_pushed_requests { invalid("the request is not pushed") } else { Ok(form) };
    };
    let Some(pushed) = state.tokens.take_pushed_request(uri) else {
        return invalid("the request_uri is unknown, or was used");
    };
    if form.one("client_id")? != pushed.one("client_id")? {
        return invalid("the request was pushed by another client");
    }
    Ok(pushed)
}
