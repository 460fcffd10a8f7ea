//! Error answers of the token endpoint and its neighbours.

use std::borrow::Cow;

use aws_lc_rs::error::Unspecified;
use axum::Json;
use axum::response::{IntoResponse, Response};
use http::header::{CACHE_CONTROL, WWW_AUTHENTICATE};
use http::{HeaderValue, StatusCode};
use serde_json::json;

use crate::dpop::{BadProof, DPOP_NONCE};

/// An error code (RFC 6749 §4.1.2.1 and §5.2, RFC 8628 §3.5, RFC 8707 §2, RFC 9449 §5 and §8).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Code {
    InvalidRequest,
    InvalidClient,
    InvalidGrant,
    UnauthorizedClient,
    UnsupportedGrantType,
    UnsupportedResponseType,
    InvalidScope,
    InvalidTarget,
    InvalidDpopProof,
    UseDpopNonce,
    /// RFC 8628 §3.5, and the two below.
    AuthorizationPending,
    SlowDown,
    ExpiredToken,
    /// The user has refused, with the error that the description is.
    Denied,
    /// RFC 7591 §3.2.2, and the one below.
    InvalidClientMetadata,
    InvalidRedirectUri,
    /// OpenID Connect CIBA Core §13.
    UnknownUserId,
    ServerError,
}

impl Code {
    fn as_str(self) -> &'static str {
        match self {
            Self::InvalidRequest => "invalid_request",
            Self::InvalidClient => "invalid_client",
            Self::InvalidGrant => "invalid_grant",
            Self::UnauthorizedClient => "unauthorized_client",
            Self::UnsupportedGrantType => "unsupported_grant_type",
            Self::UnsupportedResponseType => "unsupported_response_type",
            Self::InvalidScope => "invalid_scope",
            Self::InvalidTarget => "invalid_target",
            Self::InvalidDpopProof => "invalid_dpop_proof",
            Self::UseDpopNonce => "use_dpop_nonce",
            Self::AuthorizationPending => "authorization_pending",
            Self::SlowDown => "slow_down",
            Self::ExpiredToken => "expired_token",
            Self::Denied => "access_denied",
            Self::InvalidClientMetadata => "invalid_client_metadata",
            Self::InvalidRedirectUri => "invalid_redirect_uri",
            Self::UnknownUserId => "unknown_user_id",
            Self::ServerError => "server_error",
        }
    }
}

/// An error answer (RFC 6749 §5.2).
#[derive(Debug)]
pub(crate) struct OAuthError {
    pub(crate) code: Code,
    pub(crate) description: Cow<'static, str>,
    challenge: bool,
    dpop_nonce: Option<String>,
}

impl OAuthError {
    pub(crate) fn new(code: Code, description: impl Into<Cow<'static, str>>) -> Self {
        Self { code, description: description.into(), challenge: false, dpop_nonce: None }
    }

    /// The error code as it is sent.
    pub(crate) fn error(&self) -> &str {
        if self.code == Code::Denied { &self.description } else { self.code.as_str() }
    }

    pub(crate) fn status(&self) -> StatusCode {
        match self.code {
            Code::InvalidClient => StatusCode::UNAUTHORIZED,
            Code::ServerError => StatusCode::INTERNAL_SERVER_ERROR,
            _ => StatusCode::BAD_REQUEST,
        }
    }

    /// Says how to authenticate: for a client that tried with the `Authorization` header (RFC 6749 §5.2).
    pub(crate) fn with_challenge(self) -> Self {
        Self { challenge: true, ..self }
    }
}

impl From<BadProof> for OAuthError {
    fn from(bad: BadProof) -> Self {
        match bad {
            BadProof::Invalid(why) => Self::new(Code::InvalidDpopProof, why),
            BadProof::UseNonce(nonce) => {
                let error = Self::new(Code::UseDpopNonce, "the proof lacks the server's nonce");
                Self { dpop_nonce: Some(nonce), ..error }
            }
        }
    }
}

impl From<Unspecified> for OAuthError {
    fn from(_: Unspecified) -> Self {
        Self::new(Code::ServerError, "the cryptographic library has failed")
    }
}

impl IntoResponse for OAuthError {
    fn into_response(self) -> Response {
        let body = json!({ "error": self.error(), "error_description": self.description });
        let mut response = (self.status(), [(CACHE_CONTROL, "no-store")], Json(body)).into_response();
        if self.challenge {
            let challenge = HeaderValue::from_static("Basic realm=\"grantkit-testkit\", charset=\"UTF-8\"");
            response.headers_mut().insert(WWW_AUTHENTICATE, challenge);
        }
        if let Some(nonce) = self.dpop_nonce.and_then(|nonce| HeaderValue::try_from(nonce).ok()) {
            response.headers_mut().insert(DPOP_NONCE, nonce);
        }
        response
    }
}
