//! The token endpoints of a played service, and its device authorization endpoint.

use axum::Json;
use axum::response::{IntoResponse as _, Response};
use grantkit_providers::catalogue::{Endpoint, Grant, Method, Pkce, Quirk, RequestBody};
use http::header::CACHE_CONTROL;

use super::authorize::extra;
use super::client::{authenticate, check_secret};
use super::incoming::Incoming;
use super::service::{CLIENT_ID, Service};
use super::{error_answer, token_answer};
use crate::dpop::Target;
use crate::endpoint::device_authorization::begin;
use crate::form::Form;
use crate::grant::{self, TokenAnswer};
use crate::oauth_error::{Code, OAuthError};
use crate::state::State;
use crate::sync::lock;

const GRANTS: [(&str, Grant, Endpoint); 4] = [
    ("authorization_code", Grant::AuthorizationCode, Endpoint::Token),
    ("refresh_token", Grant::RefreshToken, Endpoint::Refresh),
    ("client_credentials", Grant::ClientCredentials, Endpoint::ClientCredentials),
    ("urn:ietf:params:oauth:grant-type:device_code", Grant::DeviceCode, Endpoint::DeviceToken),
];

const FB_EXCHANGE_TOKEN: &str = "fb_exchange_token";

pub(super) async fn token(service: &Service, state: &State, endpoint: Endpoint, request: &Incoming) -> Response {
    let latency = lock(&state.live).latency;
    if !latency.is_zero() {
        tokio::time::sleep(latency).await;
    }
    match exchange(service, state, endpoint, request) {
        Ok((grant, answer, user)) => token_answer::response(service, state, grant, answer, &user),
        Err(error) => error_answer::error(service, &error),
    }
}

/// RFC 8628 §3.1.
pub(super) fn device_authorization(service: &Service, state: &State, request: &Incoming) -> Response {
    let begun = standard(service, request).and_then(|mut form| {
        let client = authenticate(service, state, request, &form)?;
        scope_as_in_the_standard(service, &mut form)?;
        begin(state, &client, &form)
    });
    match begun {
        Ok(answer) => ([(CACHE_CONTROL, "no-store")], Json(answer)).into_response(),
        Err(error) => error_answer::error(service, &error),
    }
}

type Exchanged = (Grant, TokenAnswer, String);

fn exchange(service: &Service, state: &State, endpoint: Endpoint, request: &Incoming) -> Result<Exchanged, OAuthError> {
    let entry = service.entry;
    request.check_headers(service.pairs(entry.token_request_headers()))?;
    if matches!(endpoint, Endpoint::Exchange | Endpoint::Refresh) && service.has(Quirk::LongLivedExchange) {
        return long_lived(service, state, endpoint, request);
    }
    let mut form = standard(service, request)?;
    let client = authenticate(service, state, request, &form)?;
    if let Some(text) = form.one(FB_EXCHANGE_TOKEN)?.filter(|_| service.has(Quirk::LongLivedExchange)) {
        // Facebook Login, "Long-lived access tokens".
        if form.one("grant_type")? != Some(FB_EXCHANGE_TOKEN) {
            return Err(invalid("grant_type is not fb_exchange_token"));
        }
        let answer = grant::issue_again(state, text)?;
        let subject = answer.subject(state);
        return Ok((Grant::RefreshToken, answer, subject));
    }
    let grant = grant_of(service, &mut form)?;
    check_endpoint(service, endpoint, grant)?;
    for (name, value) in service.pairs(entry.token_request_parameters()) {
        if form.one(&name)? != Some(value.as_str()) {
            return Err(invalid(format!("{name}={value} is missing")));
        }
    }
    match grant {
        Grant::AuthorizationCode => check_code(service, state, &mut form)?,
        Grant::RefreshToken => {
            if service.has(Quirk::RefreshNeedsScope) && form.one("scope")?.is_none() {
                return Err(invalid("a refresh names the scope"));
            }
            if service.has(Quirk::RefreshNeedsRedirectUri) && form.one("redirect_uri")?.is_none() {
                return Err(invalid("a refresh names the redirect URI"));
            }
        }
        _ => {}
    }
    scope_as_in_the_standard(service, &mut form)?;
    let url = format!("{}{}", state.base_url, request.uri.path());
    let target = Target { method: request.method.as_str(), url: &url, access_token: None };
    let jkt = state.proofs.check(&request.headers, target)?;
    if service.has(Quirk::DpopRequired) && jkt.is_none() {
        return Err(OAuthError::new(Code::InvalidDpopProof, "a proof of possession is missing"));
    }
    let answer = grant::exchange(state, &client, &form, jkt.as_deref())?;
    let subject = answer.subject(state);
    Ok((grant, answer, subject))
}

/// Instagram and Threads, "Long-lived tokens": the first exchange has the client's secret and an address of its own.
fn long_lived(
    service: &Service,
    state: &State,
    endpoint: Endpoint,
    request: &Incoming,
) -> Result<Exchanged, OAuthError> {
    request.check_method(Method::Get)?;
    let form = request.parameters(RequestBody::Query)?;
    let prefix = if service.entry.name() == "threads" { "th" } else { "ig" };
    let wanted = if endpoint == Endpoint::Exchange { "exchange" } else { "refresh" };
    if form.one("grant_type")? != Some(format!("{prefix}_{wanted}_token").as_str()) {
        return Err(invalid("the grant type is of another request"));
    }
    match (endpoint, form.one("client_secret")?) {
        (Endpoint::Exchange, secret) => check_secret(secret.unwrap_or_default())?,
        (_, None) => {}
        (_, Some(_)) => return Err(invalid("a renewal has no secret")),
    }
    let text = form.required("access_token")?;
    let is_short_lived = state.tokens.access_token(text).is_some_and(|token| !token.is_long_lived());
    if is_short_lived != (endpoint == Endpoint::Exchange) {
        return Err(OAuthError::new(Code::InvalidGrant, "a token is exchanged once, and then renewed"));
    }
    let answer = grant::issue_again(state, text)?;
    let subject = answer.subject(state);
    Ok((Grant::RefreshToken, answer, subject))
}

/// The parameters under the names that the standards have, from where the service takes them.
fn standard(service: &Service, request: &Incoming) -> Result<Form, OAuthError> {
    let entry = service.entry;
    let written = entry.token_request_body();
    request.check_method(if written == RequestBody::Query { Method::Get } else { Method::Post })?;
    let mut form = request.parameters(written)?;
    rename(&mut form, "client_id", entry.client_id_parameter())?;
    rename(&mut form, "client_secret", entry.client_secret_parameter())?;
    rename(&mut form, "redirect_uri", entry.redirect_uri_parameter())?;
    if service.has(Quirk::ClientIdNone) {
        form.set("client_id", CLIENT_ID);
    }
    Ok(form)
}

pub(super) fn rename(form: &mut Form, standard: &str, theirs: &str) -> Result<(), OAuthError> {
    if standard != theirs {
        if form.one(standard)?.is_some() {
            return Err(invalid(format!("there is no {standard} here; it is called {theirs}")));
        }
        form.rename(theirs, standard);
    }
    Ok(())
}

fn scope_as_in_the_standard(service: &Service, form: &mut Form) -> Result<(), OAuthError> {
    // What the callback said comes back as it was.
    let is_forwarded = service.entry.forwarded_callback_parameters().any(|name| name == "scope");
    if !is_forwarded && let Some(scope) = service.scope(form.one("scope")?)? {
        form.set("scope", scope);
    }
    Ok(())
}

/// Which grant it is, by the service's word for it.
fn grant_of(service: &Service, form: &mut Form) -> Result<Grant, OAuthError> {
    let entry = service.entry;
    if service.has(Quirk::ClientIdNone) {
        form.set("grant_type", "authorization_code");
    }
    let sent = form.required("grant_type")?.to_owned();
    let known = GRANTS.into_iter().find(|(name, grant, _)| entry.grant_type(*grant).unwrap_or(name) == sent);
    let unsupported = || OAuthError::new(Code::UnsupportedGrantType, "the grant type is not offered here");
    let (name, grant, _) = known.filter(|(_, grant, _)| entry.has_grant(*grant)).ok_or_else(unsupported)?;
    form.set("grant_type", name);
    Ok(grant)
}

/// Where a grant has an endpoint of its own, no other takes it.
fn check_endpoint(service: &Service, endpoint: Endpoint, grant: Grant) -> Result<(), OAuthError> {
    let own = GRANTS.into_iter().find(|(_, known, _)| *known == grant).map_or(Endpoint::Token, |(_, _, own)| own);
    let wanted = if service.entry.endpoint(own).is_some() { own } else { Endpoint::Token };
    if endpoint == wanted {
        Ok(())
    } else {
        Err(OAuthError::new(Code::UnsupportedGrantType, format!("this grant is for the {}", wanted.name())))
    }
}

fn check_code(service: &Service, state: &State, form: &mut Form) -> Result<(), OAuthError> {
    let entry = service.entry;
    match entry.pkce() {
        Pkce::Refused if form.one("code_verifier")?.is_some() => {
            return Err(invalid("code_verifier is not known here"));
        }
        Pkce::Unsupported => form.remove("code_verifier"),
        _ => {}
    }
    for name in entry.forwarded_callback_parameters().filter(|name| *name != "scope") {
        if form.one(name)? != Some(extra(name).as_str()) {
            return Err(invalid(format!("{name} of the authorization response is missing")));
        }
    }
    let code = form.one("code")?.and_then(|code| state.tokens.code(code));
    if let Some(code) = &code
        && entry.forwarded_callback_parameters().any(|name| name == "scope")
    {
        let scope = code.login.scope.to_string().replace(' ', entry.scope_separator().encode_utf8(&mut [0; 4]));
        if form.one("scope")? != Some(scope.as_str()) {
            return Err(invalid("scope of the authorization response is missing"));
        }
        form.remove("scope");
    }
    // Where there is no client ID, the code is bound to the challenge alone.
    if service.has(Quirk::TokenNoRedirectUri) || service.has(Quirk::ClientIdNone) {
        if service.has(Quirk::TokenNoRedirectUri) && form.one("redirect_uri")?.is_some() {
            return Err(invalid("redirect_uri is not for the token request"));
        }
        if let Some(uri) = code.and_then(|code| code.redirect_uri.clone()) {
            form.set("redirect_uri", uri);
        }
    }
    Ok(())
}

pub(super) fn invalid(why: impl Into<std::borrow::Cow<'static, str>>) -> OAuthError {
    OAuthError::new(Code::InvalidRequest, why)
}
