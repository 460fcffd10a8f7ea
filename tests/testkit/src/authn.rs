//! Which client asks.

use std::borrow::Cow;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::HeaderMap;
use http::header::AUTHORIZATION;
use percent_encoding::percent_decode_str;

use crate::form::Form;
use crate::oauth_error::{Code, OAuthError};
use crate::state::{Registration, State};

/// Finds the client of a request and checks its secret (RFC 6749 §2.3.1).
///
/// A public client names itself with `client_id` alone (§3.2.1). Secrets are compared with `==`, not in constant time:
/// this is a test server.
pub(crate) fn authenticate(state: &State, headers: &HeaderMap, form: &Form) -> Result<Arc<Registration>, OAuthError> {
    let basic = headers.get(AUTHORIZATION).is_some();
    let authenticated = if basic { from_header(state, headers, form) } else { from_body(state, form) };
    authenticated.map_err(|error| match error.code {
        Code::InvalidClient if basic => error.with_challenge(),
        _ => error,
    })
}

/// Like [`authenticate`], but a public client is not enough.
pub(crate) fn authenticate_confidential(
    state: &State,
    headers: &HeaderMap,
    form: &Form,
) -> Result<Arc<Registration>, OAuthError> {
    let client = authenticate(state, headers, form)?;
    if client.secret.is_none() {
        return Err(OAuthError::new(Code::InvalidClient, "this endpoint is not for public clients"));
    }
    Ok(client)
}

fn from_header(state: &State, headers: &HeaderMap, form: &Form) -> Result<Arc<Registration>, OAuthError> {
    let (id, secret) = basic(headers).ok_or_else(|| invalid("the Authorization header holds no Basic credentials"))?;
    if form.one("client_secret")?.is_some() {
        // RFC 6749 §2.3: not more than one method in a request.
        return Err(OAuthError::new(Code::InvalidRequest, "the client authenticates twice"));
    }
    if form.one("client_id")?.is_some_and(|named| named != id) {
        return Err(OAuthError::new(Code::InvalidRequest, "client_id differs from the authenticated client"));
    }
    check(state, &id, Some(&secret))
}

fn from_body(state: &State, form: &Form) -> Result<Arc<Registration>, OAuthError> {
    let secret = form.one("client_secret")?;
    let id = form.one("client_id")?.ok_or_else(|| invalid("the client did not authenticate"))?;
    check(state, id, secret)
}

fn check(state: &State, id: &str, secret: Option<&str>) -> Result<Arc<Registration>, OAuthError> {
    match state.clients.get(id) {
        None => Err(invalid("there is no such client")),
        Some(client) if client.secret.as_deref() == secret => Ok(client),
        Some(_) => Err(invalid("the client's secret is missing, wrong, or more than it has")),
    }
}

/// Reads the header: the id and the secret are form-encoded each, before base64 (RFC 6749 §2.3.1).
fn basic(headers: &HeaderMap) -> Option<(String, String)> {
    let (scheme, encoded) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let pair = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (id, secret) = pair.split_once(':')?;
    Some((form_decode(id)?, form_decode(secret)?))
}

pub(crate) fn form_decode(text: &str) -> Option<String> {
    let spaced = text.replace('+', " ");
    percent_decode_str(&spaced).decode_utf8().ok().map(Cow::into_owned)
}

fn invalid(description: &'static str) -> OAuthError {
    OAuthError::new(Code::InvalidClient, description)
}
