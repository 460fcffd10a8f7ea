//! How a played service revokes tokens, and says whether one is good.

use axum::Json;
use axum::response::{IntoResponse as _, Response};
use grantkit_providers::catalogue::{ProfileSource, Quirk, RequestBody, RevocationAuth, TokenPlace};
use http::header::AUTHORIZATION;
use serde_json::json;

use super::api::user;
use super::client::{authenticate, basic, check_secret, invalid as invalid_client};
use super::incoming::Incoming;
use super::service::{CLIENT_ID, Service};
use super::token::{invalid, rename};
use super::{error_answer, person};
use crate::endpoint::revoke::revoke_token;
use crate::form::Form;
use crate::oauth_error::{Code, OAuthError};
use crate::state::State;
use crate::sync::lock;

pub(super) fn revoke(service: &Service, state: &State, request: &Incoming) -> Response {
    match try_to(service, state, request) {
        Ok(()) => {
            let mut body = json!({});
            error_answer::mark_success(service, &mut body);
            Json(body).into_response()
        }
        Err(error) => error_answer::error(service, &error),
    }
}

/// RFC 7662, of which only `active` matters here, and whose token it is where the profile is that.
pub(super) fn introspect(service: &Service, state: &State, request: &Incoming) -> Response {
    let described = request.parameters(RequestBody::Form).and_then(|mut form| {
        names(service, &mut form)?;
        authenticate(service, state, request, &form)?;
        let Ok(token) = state.tokens.good_access_token(form.required("token")?) else {
            return Ok(json!({ "active": false }));
        };
        let mut answer = match service.entry.profile() {
            Some(ProfileSource::Introspection) => person::profile(service.entry, &user(state, &token)),
            _ => json!({}),
        };
        answer["active"] = true.into();
        Ok(answer)
    });
    match described {
        Ok(answer) => Json(answer).into_response(),
        Err(error) => error_answer::error(service, &error),
    }
}

fn try_to(service: &Service, state: &State, request: &Incoming) -> Result<(), OAuthError> {
    let entry = service.entry;
    request.check_method(entry.revocation_method())?;
    let mut form = request.parameters(entry.revocation_body())?;
    names_of_revocation(service, &mut form)?;
    let subject = lock(&state.live).user.subject().to_owned();
    for (name, value) in service.pairs(entry.revocation_parameters()) {
        let value = if value.starts_with("{token:") { subject.clone() } else { value };
        if form.one(&name)? != Some(value.as_str()) {
            return Err(invalid(format!("{name}={value} is missing")));
        }
    }
    let own = own_token(service, state, request, &form)?;
    if entry.revokes_by_token_members() && own.is_none() {
        // One person logs in here, named by the parameters.
        state.tokens.revoke_all_refresh_tokens();
        state.tokens.revoke_all_access_tokens();
        return Ok(());
    }
    let (text, owner) = match (entry.revocation_body(), own) {
        (RequestBody::Empty, Some(own)) => (own, None),
        (RequestBody::Empty, None) => return Err(invalid("it does not say which token")),
        (_, own) => {
            let name = entry.revocation_token_parameter();
            if name != "token" && form.one("token")?.is_some() {
                return Err(invalid(format!("there is no token here; it is called {name}")));
            }
            (form.required(name)?.to_owned(), own.is_none().then_some(CLIENT_ID))
        }
    };
    if service.revokes_access_tokens_only() {
        let token = state.tokens.good_access_token(&text).map_err(|why| OAuthError::new(Code::InvalidGrant, why))?;
        // With it goes the login.
        state.revoke_family(&token.login);
        return Ok(());
    }
    if service.has(Quirk::RevokeRefreshOnly) && state.tokens.access_token(&text).is_some() {
        return Err(OAuthError::new(Code::InvalidRequest, "only refresh tokens can be revoked"));
    }
    revoke_token(state, owner, &text)
}

fn names(service: &Service, form: &mut Form) -> Result<(), OAuthError> {
    rename(form, "client_id", service.entry.client_id_parameter())?;
    rename(form, "client_secret", service.entry.client_secret_parameter())
}

fn names_of_revocation(service: &Service, form: &mut Form) -> Result<(), OAuthError> {
    rename(form, "client_id", service.entry.revocation_client_id_parameter())?;
    rename(form, "client_secret", service.entry.revocation_client_secret_parameter())
}

/// Checks who asks; the access token, where that is all who asks has to have.
fn own_token(service: &Service, state: &State, request: &Incoming, form: &Form) -> Result<Option<String>, OAuthError> {
    match service.entry.revocation_auth() {
        RevocationAuth::Token => {
            let text = match service.entry.api_token() {
                TokenPlace::Header(name) => request.header(name),
                _ => request.header(AUTHORIZATION.as_str()).and_then(|value| value.strip_prefix("Bearer ")),
            };
            let text = text.ok_or_else(|| invalid_client("the access token is not in its header"))?;
            state.tokens.good_access_token(text).map_err(|why| OAuthError::new(Code::InvalidGrant, why))?;
            Ok(Some(text.to_owned()))
        }
        RevocationAuth::TokenAndPost => {
            let text = request.header(AUTHORIZATION.as_str()).and_then(|value| value.strip_prefix("Bearer "));
            let text = text.ok_or_else(|| invalid_client("the access token is not in its header"))?;
            state.tokens.good_access_token(text).map_err(|why| OAuthError::new(Code::InvalidGrant, why))?;
            let secret = form.one("client_secret")?.filter(|_| form.one("client_id").ok().flatten() == Some(CLIENT_ID));
            check_secret(secret.ok_or_else(|| invalid_client("the client's credentials are missing"))?).map(|()| None)
        }
        RevocationAuth::SecretBearer => {
            let secret = request.header(AUTHORIZATION.as_str()).and_then(|value| value.strip_prefix("Bearer "));
            check_secret(secret.ok_or_else(|| invalid_client("the secret is not in its header"))?).map(|()| None)
        }
        RevocationAuth::Basic => {
            let (id, secret) = basic(service, request).ok_or_else(|| invalid_client("it takes HTTP Basic"))?;
            if id != CLIENT_ID {
                return Err(invalid_client("there is no such client"));
            }
            check_secret(&secret).map(|()| None)
        }
        RevocationAuth::Post => {
            if request.header(AUTHORIZATION.as_str()).is_some() || form.one("client_id")? != Some(CLIENT_ID) {
                return Err(invalid_client("the credentials belong in the parameters"));
            }
            match form.one("client_secret")? {
                Some(secret) => check_secret(secret).map(|()| None),
                None if service.is_public => Ok(None),
                None => Err(invalid_client("the client's secret is missing")),
            }
        }
        RevocationAuth::None => Ok(None),
        _ => authenticate(service, state, request, form).map(|_| None),
    }
}
