//! Whether the client of a played service authenticates as the service wants it.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use grantkit_providers::catalogue::{Audience, AuthMethod, Endpoint, Quirk};
use http::header::AUTHORIZATION;
use serde_json::Value;

use super::client_key::claims_of_secret;
use super::incoming::Incoming;
use super::service::{CLIENT_ID, CLIENT_SECRET, Service, TEAM_ID};
use super::target::Target;
use crate::authn::form_decode;
use crate::form::Form;
use crate::oauth_error::{Code, OAuthError};
use crate::state::{Registration, State};

/// Finds the client of a request whose parameters have the standard's names.
pub(super) fn authenticate(
    service: &Service,
    state: &State,
    request: &Incoming,
    form: &Form,
) -> Result<Arc<Registration>, OAuthError> {
    let client = state.clients.get(CLIENT_ID).ok_or_else(|| invalid("there is no client"))?;
    if service.has(Quirk::ClientIdNone) {
        return Ok(client);
    }
    let (method, id) = method(service, state, request, form)?;
    if id != CLIENT_ID {
        return Err(invalid("there is no such client"));
    }
    let is_taken = service.takes(method) || (method == AuthMethod::ClientSecretPost && service.has(Quirk::SecretIsJwt));
    if !is_taken {
        return Err(invalid(format!("{} is not taken here", method.name())));
    }
    if (method == AuthMethod::None) != service.is_public {
        return Err(invalid(if service.is_public {
            "it is a public client"
        } else {
            "the client did not authenticate"
        }));
    }
    Ok(client)
}

/// The parameters of a request of HTTP Basic, if it is one.
pub(super) fn basic(service: &Service, request: &Incoming) -> Option<(String, String)> {
    let header = request.header(AUTHORIZATION.as_str())?.strip_prefix("Basic ")?;
    let pair = String::from_utf8(STANDARD.decode(header).ok()?).ok()?;
    let (id, secret) = pair.split_once(':')?;
    if service.has(Quirk::BasicRaw) {
        return Some((id.to_owned(), secret.to_owned()));
    }
    Some((form_decode(id)?, form_decode(secret)?))
}

/// How the client authenticates, and who it says that it is; what it proves itself with is checked.
fn method(
    service: &Service,
    state: &State,
    request: &Incoming,
    form: &Form,
) -> Result<(AuthMethod, String), OAuthError> {
    let named = form.one("client_id")?;
    if service.has(Quirk::ClientAuthSpecial) {
        return match (named, form.one("client_secret")?) {
            (Some(_), _) => {
                Err(OAuthError::new(Code::InvalidRequest, "there is no client_id here: the secret is enough"))
            }
            (None, Some(secret)) => check_secret(secret).map(|()| (AuthMethod::ClientSecretPost, CLIENT_ID.to_owned())),
            (None, None) => Err(invalid("the secret is missing")),
        };
    }
    if request.header(AUTHORIZATION.as_str()).is_some() {
        let (id, secret) = basic(service, request).ok_or_else(|| invalid("Authorization is no Basic credentials"))?;
        if form.one("client_secret")?.is_some() {
            return Err(OAuthError::new(Code::InvalidRequest, "the client authenticates twice"));
        }
        if secret.is_empty() && service.has(Quirk::BasicForPublic) {
            return Ok((AuthMethod::None, id));
        }
        check_secret(&secret)?;
        return Ok((AuthMethod::ClientSecretBasic, id));
    }
    if let Some(assertion) = form.one("client_assertion")? {
        let audiences = audiences(service, state, request);
        let (method, claims) = match service.key.claims(assertion) {
            Some(claims) => (AuthMethod::PrivateKeyJwt, claims),
            None => (
                AuthMethod::ClientSecretJwt,
                claims_of_secret(CLIENT_SECRET, assertion)
                    .ok_or_else(|| invalid("the assertion is not the client's"))?,
            ),
        };
        check_claims(&claims, named.unwrap_or(CLIENT_ID), CLIENT_ID, &audiences)?;
        return Ok((method, CLIENT_ID.to_owned()));
    }
    let id = named.ok_or_else(|| invalid("client_id is missing"))?.to_owned();
    let Some(secret) = form.one("client_secret")? else {
        if service.has(Quirk::BasicForPublic) {
            return Err(invalid("a public client sends HTTP Basic with an empty password"));
        }
        return Ok((AuthMethod::None, id));
    };
    if service.has(Quirk::SecretIsJwt) {
        let claims =
            service.key.claims(secret).ok_or_else(|| invalid("the secret is not a JWT of the client's key"))?;
        check_claims(&claims, TEAM_ID, CLIENT_ID, std::slice::from_ref(&state.issuer))?;
    } else {
        check_secret(secret)?;
    }
    Ok((AuthMethod::ClientSecretPost, id))
}

/// RFC 7523 §3: the issuer's identifier or the endpoint's address, unless the service wants something else.
fn audiences(service: &Service, state: &State, request: &Incoming) -> Vec<String> {
    match service.entry.assertion_audience() {
        Some(Audience::TokenEndpoint) => {
            let endpoint = service.fill(service.entry.endpoint(Endpoint::Token).unwrap_or_default());
            vec![format!("{}{}", state.base_url, Target::new(&endpoint).path())]
        }
        Some(Audience::Endpoint) => vec![format!("{}{}", state.base_url, request.uri.path())],
        Some(Audience::Named(name)) => vec![service.fill(name)],
        _ => vec![state.issuer.clone(), format!("{}{}", state.base_url, request.uri.path())],
    }
}

pub(super) fn check_secret(secret: &str) -> Result<(), OAuthError> {
    if secret == CLIENT_SECRET { Ok(()) } else { Err(invalid("the client's secret is wrong")) }
}

fn check_claims(claims: &Value, issuer: &str, subject: &str, audiences: &[String]) -> Result<(), OAuthError> {
    let is_for_us =
        |audience: &Value| audience.as_str().is_some_and(|text| audiences.iter().any(|known| known == text));
    let audience = claims.get("aud").unwrap_or(&Value::Null);
    let is_for_us = audience.as_array().map_or_else(|| is_for_us(audience), |all| all.iter().any(is_for_us));
    if claims.get("iss").is_none_or(|value| value != issuer) || claims.get("sub").is_none_or(|value| value != subject) {
        return Err(invalid("the assertion is of another client"));
    }
    if !is_for_us {
        return Err(invalid("the assertion is for another server"));
    }
    Ok(())
}

pub(super) fn invalid(why: impl Into<std::borrow::Cow<'static, str>>) -> OAuthError {
    OAuthError::new(Code::InvalidClient, why)
}
