//! Whether a request's bearer token is good (RFC 6750).

use std::sync::Arc;

use axum::Json;
use axum::response::{IntoResponse, Response};
use http::header::{AUTHORIZATION, WWW_AUTHENTICATE};
use http::{HeaderMap, StatusCode};
use serde_json::json;

use crate::state::{AccessToken, State};

/// Finds the good access token of a request.
pub(crate) fn authorize(state: &State, headers: &HeaderMap) -> Result<Arc<AccessToken>, Refusal> {
    let header = headers.get(AUTHORIZATION).ok_or(Refusal::NoToken)?;
    let credentials = header.to_str().ok().and_then(|value| value.split_once(' '));
    let Some((_, token)) = credentials.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer")) else {
        return Err(Refusal::NoToken);
    };
    state.tokens.good_access_token(token.trim()).map_err(Refusal::InvalidToken)
}

/// Why a request is refused (RFC 6750 §3.1).
#[derive(Debug)]
pub(crate) enum Refusal {
    /// No bearer token was sent; the challenge has no error attribute then (§3).
    NoToken,
    InvalidToken(&'static str),
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
