//! The authorization endpoint of a played service, where the user consents at once.

use aws_lc_rs::hmac;
use axum::response::{IntoResponse as _, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use grantkit_providers::catalogue::{Pkce, Quirk, RequestBody, ScopeParameter};
use http::header::{CACHE_CONTROL, LOCATION};
use http::{Method, StatusCode};

use super::client::authenticate;
use super::error_answer;
use super::incoming::Incoming;
use super::service::{CLIENT_ID, CLIENT_SECRET, REDIRECT_URI, REDIRECT_URI_NAME, Service};
use crate::endpoint::authorize::{outcome, page, posted, redirect_target};
use crate::endpoint::push::{keep, resolved};
use crate::form::Form;
use crate::oauth_error::{Code, OAuthError};
use crate::state::State;

pub(super) fn authorize(service: &Service, state: &State, request: &Incoming) -> Response {
    let raw = request.uri.query().unwrap_or_default();
    let is_form = request.method == Method::POST;
    let form = if is_form { request.parameters(RequestBody::Form) } else { Ok(Form::parse(raw.as_bytes())) };
    let is_plus_spaced = service.has(Quirk::ScopePercent20) && raw.contains('+');
    let answer = form.and_then(|form| {
        if is_plus_spaced {
            return Err(invalid("a space is %20 here, not a plus sign"));
        }
        answer(service, state, form)
    });
    answer.unwrap_or_else(|error| page(&error))
}

/// Keeps a request for later (RFC 9126 §2).
pub(super) fn push(service: &Service, state: &State, request: &Incoming) -> Response {
    let pushed = request.parameters(RequestBody::Form).and_then(|form| {
        let client = authenticate(service, state, request, &form)?;
        keep(state, &client.id, form)
    });
    pushed.unwrap_or_else(|error| error_answer::error(service, &error))
}

fn answer(service: &Service, state: &State, form: Form) -> Result<Response, OAuthError> {
    let is_pushed = form.one("request_uri")?.is_some();
    let form = resolved(state, form)?;
    if service.has(Quirk::ParRequired) && !is_pushed {
        return Err(invalid("the authorization request is not pushed"));
    }
    let sent = |name: &str| form.one(name).ok().flatten().map(ToOwned::to_owned);
    let mut form = standard(service, &form)?;
    let client = state.clients.get(form.required("client_id")?).ok_or_else(|| invalid("there is no such client"))?;
    let uri = form.required("redirect_uri")?;
    check_redirect_uri(service, uri)?;
    // A name stands for the address that was registered with it.
    let uri = if service.has(Quirk::RedirectUriIsName) { REDIRECT_URI } else { uri };
    let mut target = redirect_target(&client, Some(uri))?;

    let mut parameters: Vec<(String, String)> = Vec::new();
    let is_posted = form.one("response_mode")? == Some("form_post");
    let outcome = match check(service, &mut form) {
        Ok(()) => outcome(state, &client, &form),
        Err(error) => {
            vec![("error", error.error().to_owned()), ("error_description", error.description.into_owned())]
        }
    };
    let code = outcome.iter().find(|(name, _)| *name == "code").and_then(|(_, code)| state.tokens.code(code));
    parameters.extend(outcome.into_iter().map(|(name, value)| (name.to_owned(), value)));
    if let Some(code) = code {
        let scope = code.login.scope.to_string();
        if !service.gives_refresh_token(&scope, sent) {
            code.login.withhold_refresh_token();
        }
        parameters.extend(extras(service, &scope));
    }
    if let Some(value) = form.one("state")?.filter(|_| !service.has(Quirk::StateNotEchoed)) {
        parameters.push(("state".to_owned(), value.to_owned()));
    }
    if service.has(Quirk::IssInCallback) {
        parameters.push(("iss".to_owned(), state.issuer.clone()));
    }
    if service.has(Quirk::CallbackSigned) {
        parameters.push(("hmac".to_owned(), signature(&parameters)));
    }
    if is_posted {
        return Ok(posted(&target, &parameters));
    }
    target.query_pairs_mut().extend_pairs(parameters);
    if service.has(Quirk::RedirectFragment) {
        target.set_fragment(Some("_=_"));
    }
    Ok((StatusCode::FOUND, [(LOCATION, String::from(target)), (CACHE_CONTROL, "no-store".into())]).into_response())
}

/// The request with the names and texts that the standards have.
fn standard(service: &Service, form: &Form) -> Result<Form, OAuthError> {
    let entry = service.entry;
    let mut form = form.clone();
    for (standard, theirs) in
        [("client_id", entry.client_id_parameter()), ("redirect_uri", entry.redirect_uri_parameter())]
    {
        if standard != theirs {
            if form.one(standard)?.is_some() {
                return Err(invalid(format!("there is no {standard} here; it is called {theirs}")));
            }
            form.rename(theirs, standard);
        }
    }
    if service.has(Quirk::ClientIdNone) {
        form.set("client_id", CLIENT_ID);
        form.set("response_type", "code");
    }
    if entry.pkce() == Pkce::Unsupported {
        form.remove("code_challenge");
        form.remove("code_challenge_method");
    }
    if service.has(Quirk::PkceChallengeHex)
        && let Some(challenge) = form.one("code_challenge")?
    {
        let hash = hex(challenge).filter(|hash| hash.len() == 32);
        let hash = hash.ok_or_else(|| invalid("code_challenge is no SHA-256 hash in hexadecimal"))?;
        form.set("code_challenge", URL_SAFE_NO_PAD.encode(hash));
    }
    Ok(form)
}

/// What the service wants of a request beyond the standards.
fn check(service: &Service, form: &mut Form) -> Result<(), OAuthError> {
    let entry = service.entry;
    if entry.pkce() == Pkce::Refused && form.one("code_challenge")?.is_some() {
        return Err(invalid("code_challenge is not known here"));
    }
    let scope = service.scope(form.one("scope")?)?;
    let has_scope = scope.is_some();
    if service.has(Quirk::ScopeRequired) && !has_scope {
        return Err(OAuthError::new(Code::InvalidScope, "a login asks for one scope at least"));
    }
    if entry.scope_parameter() == ScopeParameter::Used && entry.login_scopes().next().is_some() && !has_scope {
        return Err(OAuthError::new(Code::InvalidScope, "scope is missing"));
    }
    if service.has(Quirk::NonceRequired) && form.one("nonce")?.is_none() {
        return Err(invalid("nonce is missing"));
    }
    for (name, value) in service.pairs(entry.authorization_parameters()) {
        if form.one(&name)? != Some(value.as_str()) {
            return Err(invalid(format!("{name}={value} is missing")));
        }
    }
    form.remove("response_mode");
    if let Some(scope) = scope {
        form.set("scope", scope);
    }
    Ok(())
}

fn check_redirect_uri(service: &Service, uri: &str) -> Result<(), OAuthError> {
    if service.has(Quirk::RedirectUriIsName) {
        return if uri == REDIRECT_URI_NAME {
            Ok(())
        } else {
            Err(invalid("redirect_uri is no name that was registered"))
        };
    }
    if service.has(Quirk::RedirectHttpsOnly) && !uri.starts_with("https:") {
        return Err(invalid("redirect_uri is not https"));
    }
    if service.has(Quirk::LoopbackIpOnly) && uri.starts_with("http://localhost") {
        return Err(invalid("redirect_uri names localhost in place of the address"));
    }
    Ok(())
}

/// What the service adds to the authorization response.
fn extras(service: &Service, scope: &str) -> Vec<(String, String)> {
    let entry = service.entry;
    let mut names: Vec<_> = entry.kept_callback_parameters().chain(entry.forwarded_callback_parameters()).collect();
    if service.has(Quirk::ScopeInCallback) {
        names.push("scope");
    }
    names.sort_unstable();
    names.dedup();
    let value = |name: &str| match name {
        "scope" => scope.replace(' ', entry.scope_separator().encode_utf8(&mut [0; 4])),
        name => extra(name),
    };
    names.into_iter().map(|name| (name.to_owned(), value(name))).collect()
}

/// The value of a member of the authorization response that the service has beyond the standards.
pub(super) fn extra(name: &str) -> String {
    format!("the-{name}")
}

/// Shopify, "Verify a request".
fn signature(parameters: &[(String, String)]) -> String {
    let escaped = |text: &str| text.replace('%', "%25").replace('&', "%26");
    let mut signed: Vec<_> = parameters
        .iter()
        .map(|(name, value)| format!("{}={}", escaped(name).replace('=', "%3D"), escaped(value)))
        .collect();
    signed.sort();
    let key = hmac::Key::new(hmac::HMAC_SHA256, CLIENT_SECRET.as_bytes());
    let signature = hmac::sign(&key, signed.join("&").as_bytes());
    signature.as_ref().iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

fn hex(text: &str) -> Option<Vec<u8>> {
    if !text.is_ascii() || !text.len().is_multiple_of(2) {
        return None;
    }
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(text.get(at..at + 2)?, 16).ok()).collect()
}

fn invalid(why: impl Into<std::borrow::Cow<'static, str>>) -> OAuthError {
    OAuthError::new(Code::InvalidRequest, why)
}
