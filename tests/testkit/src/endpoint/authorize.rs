//! The authorization endpoint (RFC 6749 §4.1.1), where the user is always at home and always consents.

use axum::extract::RawQuery;
use axum::response::{Html, IntoResponse as _, Response};
use bytes::Bytes;
use http::header::{CACHE_CONTROL, LOCATION};
use http::{HeaderMap, StatusCode};
use url::Url;

use super::Shared;
use super::push::resolved;
use crate::form::{Answer, Form};
use crate::oauth_error::{Code, OAuthError};
use crate::random;
use crate::state::{AuthorizationCode, Registration, State};
use crate::sync::lock;

pub(super) async fn get(state: Shared, RawQuery(query): RawQuery) -> Response {
    let form = Form::parse(query.unwrap_or_default().as_bytes());
    resolved(&state, form).and_then(|form| authorize(&state, &form)).unwrap_or_else(|error| page(&error))
}

/// OpenID Connect Core §3.1.2.1: the parameters of a POST are in its body.
pub(super) async fn post(state: Shared, headers: HeaderMap, body: Bytes) -> Response {
    let answer = Form::from_body(&headers, &body)
        .and_then(|form| resolved(&state, form))
        .and_then(|form| authorize(&state, &form));
    answer.unwrap_or_else(|error| page(&error))
}

/// Redirects back with a code or an error; as long as the redirect URI is not known to be good, an error is for the
/// user's eyes instead (RFC 6749 §4.1.2.1).
fn authorize(state: &State, form: &Form) -> Answer {
    let id = form.required("client_id")?;
    let unknown = || OAuthError::new(Code::InvalidRequest, "there is no such client");
    let client = state.clients.get(id).ok_or_else(unknown)?;
    let sent = form.one("redirect_uri")?;
    let mut target = redirect_target(&client, sent)?;
    let outcome = outcome(state, &client, form);
    let mut parameters: Vec<_> = outcome.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    if let Ok(Some(value)) = form.one("state") {
        parameters.push(("state".to_owned(), value.to_owned()));
    }
    // RFC 9207 §2.
    parameters.push(("iss".to_owned(), state.issuer.clone()));
    if matches!(form.one("response_mode"), Ok(Some("form_post"))) {
        return Ok(posted(&target, &parameters));
    }
    target.query_pairs_mut().extend_pairs(parameters);
    Ok((StatusCode::FOUND, [(LOCATION, String::from(target)), (CACHE_CONTROL, "no-store".into())]).into_response())
}

/// What the redirect URI is given: a code, or an error.
pub(crate) fn outcome(state: &State, client: &Registration, form: &Form) -> Vec<(&'static str, String)> {
    match grant_code(state, client, form) {
        Ok(Outcome::Code(code)) => vec![("code", code)],
        Ok(Outcome::Denied(error)) => vec![("error", error)],
        Err(error) => {
            vec![("error", error.error().to_owned()), ("error_description", error.description.into_owned())]
        }
    }
}

enum Outcome {
    Code(String),
    Denied(String),
}

/// Where the answer goes.
pub(crate) fn redirect_target(client: &Registration, sent: Option<&str>) -> Result<Url, OAuthError> {
    let invalid = |why: &'static str| OAuthError::new(Code::InvalidRequest, why);
    let uri = match (sent, client.redirect_uris.as_slice()) {
        (Some(uri), _) if client.allows_redirect_to(uri) => uri,
        (Some(_), _) => return Err(invalid("redirect_uri is not registered")),
        // RFC 6749 §3.1.2.3: it may be left out where only one is registered.
        (None, [only]) => only,
        (None, _) => return Err(invalid("redirect_uri is missing")),
    };
    Url::parse(uri).map_err(|_| invalid("redirect_uri is not a URL"))
}

fn grant_code(state: &State, client: &Registration, form: &Form) -> Result<Outcome, OAuthError> {
    form.one("state")?;
    if form.one("request")?.is_some() {
        return Err(OAuthError::new(Code::InvalidRequest, "request objects are not supported"));
    }
    if form.required("response_type")? != "code" {
        return Err(OAuthError::new(Code::UnsupportedResponseType, "only response_type=code is supported"));
    }
    if form.one("response_mode")?.is_some_and(|mode| !matches!(mode, "query" | "form_post")) {
        return Err(OAuthError::new(Code::InvalidRequest, "only response_mode=query and form_post are supported"));
    }
    let sent = form.one("redirect_uri")?;
    let scope = state.scope_to_grant(form.one("scope")?)?;
    let challenge = challenge(client, form)?;
    let nonce = form.one("nonce")?;

    let (denial, user) = {
        let mut live = lock(&state.live);
        (live.denials.pop_front(), live.user.clone())
    };
    if let Some(error) = denial {
        return Ok(Outcome::Denied(error));
    }
    let mut login = state.login(&client.id, Some(user), scope, form.audience());
    login.nonce = nonce.map(ToOwned::to_owned);
    login.acr = form.one("acr_values")?.and_then(|values| values.split(' ').next()).map(ToOwned::to_owned);
    // RFC 9449 §10.
    if let Some(jkt) = form.one("dpop_jkt")? {
        let _ = login.bound_to.set(jkt.to_owned());
    }
    let text = random::token("code_", 0)?;
    state
        .tokens
        .add_code(text.clone(), AuthorizationCode::new(login, sent.map(ToOwned::to_owned), challenge, &state.clock));
    Ok(Outcome::Code(text))
}

/// Reads the PKCE challenge (RFC 7636 §4.3): S256 only, and required of public clients (RFC 9700 §2.1.1).
fn challenge(client: &Registration, form: &Form) -> Result<Option<String>, OAuthError> {
    let invalid = |why: &'static str| Err(OAuthError::new(Code::InvalidRequest, why));
    match (form.one("code_challenge")?, form.one("code_challenge_method")?) {
        (None, None) if client.requires_pkce => invalid("PKCE is required: code_challenge is missing"),
        (None, None) => Ok(None),
        (None, Some(_)) => invalid("code_challenge is missing"),
        // Left out, the method is `plain`.
        (Some(_), None | Some("plain")) => invalid("code_challenge_method=plain is refused; use S256"),
        (Some(challenge), Some("S256")) => {
            let base64url = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
            if challenge.len() != 43 || !challenge.bytes().all(base64url) {
                return invalid("code_challenge is not a SHA-256 hash in base64url");
            }
            Ok(Some(challenge.to_owned()))
        }
        (Some(_), Some(_)) => invalid("code_challenge_method is unknown; use S256"),
    }
}

/// A page that posts the answer (OAuth 2.0 Form Post Response Mode).
pub(crate) fn posted(target: &Url, parameters: &[(String, String)]) -> Response {
    let escaped = |text: &str| text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;");
    let inputs = parameters.iter().fold(String::new(), |page, (name, value)| {
        page + &format!("<input type=\"hidden\" name=\"{}\" value=\"{}\">", escaped(name), escaped(value))
    });
    Html(format!(
        "<!doctype html><body onload=\"document.forms[0].submit()\"><form method=\"post\" action=\"{}\">{inputs}</form></body>",
        escaped(target.as_str())
    ))
    .into_response()
}

pub(crate) fn page(error: &OAuthError) -> Response {
    // Descriptions are this crate's own words and hold nothing of the request but parameter names.
    let body = format!("<!doctype html><title>Error</title><h1>{}</h1><p>{}</p>", error.error(), error.description);
    (StatusCode::BAD_REQUEST, Html(body)).into_response()
}
