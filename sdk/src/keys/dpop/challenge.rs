//! Whether an answer says that the proof lacks the server's nonce, and that nothing else was looked at.

use http::{HeaderMap, StatusCode};

use super::nonce;
use crate::error::Challenge;
use crate::lenient;

const USE_DPOP_NONCE: &str = "use_dpop_nonce";

/// The nonce of an authorization server's answer, where it is what the request lacked.
pub(crate) fn nonce_asked_by_server<'a>(status: StatusCode, headers: &'a HeaderMap, body: &[u8]) -> Option<&'a str> {
    nonce(headers).filter(|_| is_nonce_asked_by_server(status, body))
}

/// The nonce of an API's answer, where it is what the request lacked.
pub(crate) fn nonce_asked_by_api(status: StatusCode, headers: &HeaderMap) -> Option<&str> {
    nonce(headers).filter(|_| is_nonce_asked_by_api(status, headers))
}

/// An authorization server says it as an OAuth error (RFC 9449 §8): 400, or another status of its kind with some servers.
fn is_nonce_asked_by_server(status: StatusCode, body: &[u8]) -> bool {
    status.is_client_error() && lenient::member(body, "error").is_some_and(|error| error == USE_DPOP_NONCE)
}

/// An API says it as a challenge (RFC 9449 §9).
pub(crate) fn is_nonce_asked_by_api(status: StatusCode, headers: &HeaderMap) -> bool {
    let asks = |challenge: &Challenge| challenge.is_scheme("DPoP") && challenge.error() == Some(USE_DPOP_NONCE);
    status == StatusCode::UNAUTHORIZED && Challenge::without_secrets(headers, []).iter().any(asks)
}
