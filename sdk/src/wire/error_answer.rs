use http::{HeaderMap, StatusCode};
use oauth2::basic::BasicErrorResponse;

use super::retry_after;
use crate::error::{Error, Kind, OAuthFailure};
use crate::text::ServerText;

/// Reads an answer that is no success: an OAuth error (RFC 6749 §5.2) or whatever else it is.
///
/// A server may quote the request back, so `secrets` are struck out of what is kept.
pub(crate) fn read_failure<'a>(
    what: &str,
    status: StatusCode,
    headers: &HeaderMap,
    body: &[u8],
    secrets: impl Iterator<Item = &'a str> + Clone,
) -> Error {
    let mut error = match serde_json::from_slice::<BasicErrorResponse>(body) {
        Ok(response) => {
            let code = response.error().as_ref();
            let clean = |text: &str| ServerText::without(text, secrets.clone());
            Error::oauth(
                OAuthFailure {
                    // What decides about the next step is not to be spoilt by a secret that is part of a word.
                    code: if OAuthFailure::is_registered(code) { ServerText::new(code) } else { clean(code) },
                    description: response.error_description().map(|text| clean(text)),
                    uri: response.error_uri().and_then(|uri| ServerText::url(uri, secrets.clone())),
                },
                Some(status),
            )
        }
        Err(_) => not_oauth(what, status, body, secrets),
    };
    if let Some(wait) = retry_after(headers) {
        error = error.with_retry_after(wait);
    }
    error
}

fn not_oauth<'a>(what: &str, status: StatusCode, body: &[u8], secrets: impl Iterator<Item = &'a str>) -> Error {
    let text = String::from_utf8_lossy(body);
    let said = if text.trim().is_empty() {
        "an empty body".to_owned()
    } else if status.is_success() || holds_token(&text) {
        "something else, which is not shown since it may hold tokens".to_owned()
    } else {
        format!("{:?}", ServerText::without(&text, secrets))
    };
    // Nothing is there, or nothing that takes such a request.
    let is_elsewhere = matches!(status.as_u16(), 404 | 405 | 410);
    let hint = if is_elsewhere { ": is the URL right?" } else { "" };
    let kind = if is_elsewhere || status.is_success() { Kind::InvalidResponse } else { Kind::Status };
    Error::new(kind, format!("the {what} answered {status} with no OAuth error but {said}{hint}")).with_status(status)
}

/// Whether a text that is no OAuth error gives a token, in JSON or in a form.
fn holds_token(text: &str) -> bool {
    text.match_indices("_token").any(|(at, name)| {
        let after = text.get(at + name.len()..).unwrap_or_default();
        after.trim_start_matches(['"', '\'', '\\', ' ']).starts_with([':', '='])
    })
}
