//! Whether a request's token is good: a bearer token (RFC 6750), or one that is bound to a key (RFC 9449 §7).

use std::sync::Arc;

use axum::Json;
use axum::response::{IntoResponse, Response};
use http::header::{AUTHORIZATION, WWW_AUTHENTICATE};
use http::{HeaderMap, Method, StatusCode};
use serde_json::json;

use crate::dpop::{BadProof, DPOP_NONCE, Proofs, Target};
use crate::state::{AccessToken, State};

/// Finds the good access token of a request.
pub(crate) fn authorize(
    state: &State,
    proofs: &Proofs,
    method: &Method,
    url: &str,
    headers: &HeaderMap,
) -> Result<Arc<AccessToken>, Refusal> {
    let header = headers.get(AUTHORIZATION).ok_or(Refusal::NoToken)?;
    let (scheme, text) = header.to_str().ok().and_then(|value| value.split_once(' ')).ok_or(Refusal::NoToken)?;
    let text = text.trim();
    if scheme.eq_ignore_ascii_case("bearer") {
        let token = state.tokens.good_access_token(text).map_err(Refusal::InvalidToken)?;
        // RFC 9449 §7.2.
        let is_bound = token.bound_to().is_some();
        return if is_bound { Err(Refusal::InvalidToken("the token is bound to a key")) } else { Ok(token) };
    }
    if !scheme.eq_ignore_ascii_case("dpop") {
        return Err(Refusal::NoToken);
    }
    let jkt = proofs.check(headers, Target { method: method.as_str(), url, access_token: Some(text) });
    let jkt = jkt.map_err(Refusal::BadProof)?;
    let token = state.tokens.good_access_token(text).map_err(Refusal::InvalidBoundToken)?;
    if jkt.is_none() || token.bound_to() != jkt.as_deref() {
        return Err(Refusal::InvalidBoundToken("the token is bound to another key, or to none"));
    }
    Ok(token)
}

/// Why a request is refused (RFC 6750 §3.1).
#[derive(Debug)]
pub(crate) enum Refusal {
    /// No bearer token was sent; the challenge has no error attribute then (§3).
    NoToken,
    InvalidToken(&'static str),
    /// Of one that was sent as bound to a key.
    InvalidBoundToken(&'static str),
    BadProof(BadProof),
    InsufficientScope(String),
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let (status, error, description, challenge) = match self {
            Self::NoToken => {
                let challenge = "Bearer realm=\"grantkit-testkit\"".to_owned();
                return (StatusCode::UNAUTHORIZED, [(WWW_AUTHENTICATE, challenge)]).into_response();
            }
            Self::InvalidToken(why) => {
                let challenge = format!("Bearer error=\"invalid_token\", error_description=\"{why}\"");
                (StatusCode::UNAUTHORIZED, "invalid_token", why.to_owned(), challenge)
            }
            Self::InvalidBoundToken(why) => {
                let challenge = format!("DPoP error=\"invalid_token\", error_description=\"{why}\", algs=\"ES256\"");
                (StatusCode::UNAUTHORIZED, "invalid_token", why.to_owned(), challenge)
            }
            Self::BadProof(BadProof::Invalid(why)) => {
                let challenge =
                    format!("DPoP error=\"invalid_dpop_proof\", error_description=\"{why}\", algs=\"ES256\"");
                (StatusCode::UNAUTHORIZED, "invalid_dpop_proof", why.to_owned(), challenge)
            }
            Self::BadProof(BadProof::UseNonce(nonce)) => {
                let challenge = "DPoP error=\"use_dpop_nonce\", algs=\"ES256\"".to_owned();
                let headers = [(WWW_AUTHENTICATE, challenge), (DPOP_NONCE, nonce)];
                return (StatusCode::UNAUTHORIZED, headers).into_response();
            }
            Self::InsufficientScope(scope) => {
                let why = "the token lacks a scope";
                // A scope with a character that breaks the quoted string is not repeated.
                let plain = scope.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'\\'));
                let scope = if plain { format!(", scope=\"{scope}\"") } else { String::new() };
                let challenge = format!("Bearer error=\"insufficient_scope\", error_description=\"{why}\"{scope}");
                (StatusCode::FORBIDDEN, "insufficient_scope", why.to_owned(), challenge)
            }
        };
        let body = Json(json!({ "error": error, "error_description": description }));
        (status, [(WWW_AUTHENTICATE, challenge)], body).into_response()
    }
}
