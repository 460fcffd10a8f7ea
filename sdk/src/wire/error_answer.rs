use http::{HeaderMap, StatusCode};
use oauth2::basic::BasicErrorResponse;

use super::{excerpt, retry_after};
use crate::error::{Error, Kind, OAuthFailure};

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
            let said = OAuthFailure::from(&response);
            let clean = |text: &str| excerpt(text, secrets.clone());
            Error::oauth(
                OAuthFailure {
                    code: clean(&said.code),
                    description: said.description.as_deref().map(clean),
                    uri: said.uri.as_deref().map(clean),
                },
                Some(status),
            )
        }
        Err(_) => {
            let start = excerpt(&String::from_utf8_lossy(body), secrets);
            let said = if start.trim().is_empty() { "an empty body".to_owned() } else { format!("{start:?}") };
            let kind = if status.is_success() { Kind::InvalidResponse } else { Kind::Status };
            Error::new(kind, format!("the {what} answered {status} with no OAuth error but {said}")).with_status(status)
        }
    };
    if let Some(wait) = retry_after(headers) {
        error = error.with_retry_after(wait);
    }
    error
}
