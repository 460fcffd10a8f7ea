//! What a played service says with an access token: the profile, and its API.

use std::sync::Arc;

use axum::Json;
use axum::response::{IntoResponse as _, Response};
use grantkit_providers::catalogue::{Quirk, RequestBody, TokenPlace};
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderName, StatusCode};
use md5::{Digest as _, Md5};
use serde_json::Value;

use super::encryption::KeyEncryption;
use super::incoming::Incoming;
use super::person;
use super::service::{CLIENT_SECRET, Service};
use super::target::{Captures, Target};
use crate::bearer::{Refusal, authorize};
use crate::form::Form;
use crate::oauth_error::{Code, OAuthError};
use crate::protected_api::echo;
use crate::state::{AccessToken, State};
use crate::sync::lock;
use crate::user::User;

pub(super) fn profile(service: &Service, state: &State, request: &Incoming, captures: &Captures) -> Response {
    let entry = service.entry;
    let wanted = service.pairs(entry.profile_headers());
    let checked = request.check_method(entry.profile_method()).and_then(|()| request.check_headers(wanted));
    let checked = checked.and_then(|()| check_body(service, request));
    if let Err(error) = checked.and_then(|()| check_signature(service, request)) {
        return error.into_response();
    }
    let token = match (entry.profile_token(), captures.get("access_token")) {
        (TokenPlace::Nowhere, None) => Err(Refusal::NoToken),
        (TokenPlace::Nowhere, Some(text)) => state.tokens.good_access_token(text).map_err(Refusal::InvalidToken),
        (place, _) => token_at(place, state, request),
    };
    match token {
        Ok(token) => answer_signed_or_not(service, state, &token, person::profile(entry, &user(state, &token))),
        Err(refusal) => refusal.into_response(),
    }
}

/// The second request.
pub(super) fn email(service: &Service, state: &State, request: &Incoming) -> Response {
    match token_at(service.entry.profile_token(), state, request) {
        Ok(token) => Json(person::email(service.entry, &user(state, &token))).into_response(),
        Err(refusal) => refusal.into_response(),
    }
}

/// The userinfo endpoint where the profile is another one.
pub(super) fn userinfo(service: &Service, state: &State, request: &Incoming) -> Response {
    match token_at(TokenPlace::Bearer, state, request) {
        Ok(token) => answer_signed_or_not(service, state, &token, person::standard_claims(&user(state, &token))),
        Err(refusal) => refusal.into_response(),
    }
}

/// A path below the base URL of the API.
pub(super) fn answer(service: &Service, state: &State, request: &Incoming) -> Response {
    let entry = service.entry;
    let base = entry.api_base_url().map(|url| Target::new(&service.fill(url)));
    if !base.is_some_and(|base| base.contains(request.uri.path())) {
        return StatusCode::NOT_FOUND.into_response();
    }
    if let Err(error) = request.check_headers(service.pairs(entry.api_headers())) {
        return error.into_response();
    }
    match token_at(entry.api_token(), state, request) {
        Ok(_) => Json(echo(&request.method, &request.uri, &request.headers, &request.body)).into_response(),
        Err(refusal) => refusal.into_response(),
    }
}

fn answer_signed_or_not(service: &Service, state: &State, token: &AccessToken, mut claims: Value) -> Response {
    if !service.has(Quirk::UserinfoJwt) {
        return Json(claims).into_response();
    }
    claims["iss"] = state.issuer.as_str().into();
    claims["aud"] = token.login.client_id.as_str().into();
    let jwt = state.keys.sign(&claims).map_err(OAuthError::from);
    // As itsme documents it (UserInfo Request).
    let content_type = if service.has(Quirk::IdTokenEncrypted) { "application/json" } else { "application/jwt" };
    match jwt.and_then(|jwt| service.encrypted(KeyEncryption::RsaOaep, jwt)) {
        Ok(jwt) => ([(CONTENT_TYPE, content_type)], jwt).into_response(),
        Err(error) => error.into_response(),
    }
}

fn check_body(service: &Service, request: &Incoming) -> Result<(), OAuthError> {
    let Some(body) = service.entry.profile_body() else { return Ok(()) };
    let wrong = || OAuthError::new(Code::InvalidRequest, "the profile request has another body");
    if body.starts_with('{') || body == "null" {
        let (sent, wanted) = (serde_json::from_slice::<Value>(&request.body), serde_json::from_str::<Value>(body));
        let is_json = request.content_type().eq_ignore_ascii_case("application/json");
        return if is_json && sent.ok() == wanted.ok() { Ok(()) } else { Err(wrong()) };
    }
    let form = request.parameters(RequestBody::Form)?;
    for (name, value) in form_urlencoded::parse(service.fill(body).as_bytes()) {
        if form.one(&name)? != Some(&*value) {
            return Err(wrong());
        }
    }
    Ok(())
}

/// Odnoklassniki, "Calculating the signature of a request".
fn check_signature(service: &Service, request: &Incoming) -> Result<(), OAuthError> {
    if !service.has(Quirk::ProfileSigned) {
        return Ok(());
    }
    let md5 = |text: String| Md5::digest(text).iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"));
    let mut query = request.query();
    let mut take = |name: &str| {
        let at = query.iter().position(|(known, _)| known == name);
        at.map(|at| query.remove(at).1).unwrap_or_default()
    };
    let (signature, token) = (take("sig"), take("access_token"));
    query.sort();
    let signed = query.iter().fold(String::new(), |text, (name, value)| text + name + "=" + value);
    if signature == md5(signed + &md5(format!("{token}{CLIENT_SECRET}"))) {
        Ok(())
    } else {
        Err(OAuthError::new(Code::InvalidRequest, "the call is not signed, or otherwise"))
    }
}

/// The good access token of a request, if it stands where the service wants it.
pub(super) fn token_at(place: TokenPlace, state: &State, request: &Incoming) -> Result<Arc<AccessToken>, Refusal> {
    let header = |name: &HeaderName| request.header(name.as_str());
    let text = match place {
        TokenPlace::Bearer => {
            let url = format!("{}{}", state.base_url, request.uri.path());
            return authorize(state, &state.proofs, &request.method, &url, &request.headers);
        }
        TokenPlace::Scheme("") => header(&AUTHORIZATION).map(ToOwned::to_owned),
        TokenPlace::Scheme(scheme) => {
            let value = header(&AUTHORIZATION).and_then(|value| value.split_once(' '));
            value.filter(|(sent, _)| *sent == scheme).map(|(_, token)| token.to_owned())
        }
        TokenPlace::Header(name) => request.header(name).map(ToOwned::to_owned),
        TokenPlace::Query(name) => request.query().into_iter().find(|(sent, _)| sent == name).map(|(_, value)| value),
        TokenPlace::Body(name) => Form::parse(&request.body).one(name).ok().flatten().map(ToOwned::to_owned),
        _ => None,
    };
    let text = text.ok_or(Refusal::NoToken)?;
    state.tokens.good_access_token(&text).map_err(Refusal::InvalidToken)
}

/// Whose token it is.
pub(super) fn user(state: &State, token: &AccessToken) -> User {
    token.login.user.clone().unwrap_or_else(|| lock(&state.live).user.clone())
}
