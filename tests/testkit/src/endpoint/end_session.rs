//! The end-session endpoint (OpenID Connect RP-Initiated Logout).

use axum::extract::RawQuery;
use axum::response::{Html, IntoResponse as _, Response};
use bytes::Bytes;
use http::header::LOCATION;
use http::{HeaderMap, StatusCode};
use url::Url;

use super::Shared;
use super::authorize::page;
use crate::form::{Answer, Form};
use crate::oauth_error::{Code, OAuthError};
use crate::state::State;

pub(crate) async fn get(state: Shared, RawQuery(query): RawQuery) -> Response {
    let form = Form::parse(query.unwrap_or_default().as_bytes());
    end(&state, &form).unwrap_or_else(|error| page(&error))
}

pub(crate) async fn post(state: Shared, headers: HeaderMap, body: Bytes) -> Response {
    let answer = Form::from_body(&headers, &body).and_then(|form| end(&state, &form));
    answer.unwrap_or_else(|error| page(&error))
}

/// The user is asked nothing. Tokens stay good: it is the session that ends (§2).
fn end(state: &State, form: &Form) -> Answer {
    let invalid = |why: &'static str| OAuthError::new(Code::InvalidRequest, why);
    let login = match form.one("id_token_hint")? {
        Some(token) => {
            let login = state.tokens.login_of_id_token(token);
            Some(login.ok_or_else(|| invalid("id_token_hint is no ID token of this server"))?)
        }
        None => None,
    };
    let named = form.one("client_id")?;
    let client_id = login.as_ref().map(|login| login.client_id.as_str());
    if let (Some(named), Some(id)) = (named, client_id)
        && named != id
    {
        return Err(invalid("client_id is not the client of id_token_hint"));
    }
    let target = match form.one("post_logout_redirect_uri")? {
        Some(uri) => {
            let client = client_id.or(named).and_then(|id| state.clients.get(id));
            let is_registered = client.is_some_and(|client| client.allows_return_to(uri));
            if !is_registered {
                return Err(invalid("post_logout_redirect_uri is not registered for the client"));
            }
            Some(Url::parse(uri).map_err(|_| invalid("post_logout_redirect_uri is not a URL"))?)
        }
        None => None,
    };
    state.tally.logouts.bump();
    let Some(mut target) = target else {
        return Ok(Html("<!doctype html><title>Done</title>You are logged out.").into_response());
    };
    if let Some(value) = form.one("state")? {
        target.query_pairs_mut().append_pair("state", value);
    }
    Ok((StatusCode::FOUND, [(LOCATION, String::from(target))]).into_response())
}
