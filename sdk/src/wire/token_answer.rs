use http::{HeaderMap, StatusCode};

use super::read_failure;
use crate::error::{Error, Result};
use crate::text::ServerText;

/// Reads the answer of a token endpoint (RFC 6749 §5).
///
/// Some servers say `200` and put an error into the body (GitHub among them): that is an error here too. `read` reads the
/// body of any other.
pub(crate) fn read_token<'a, T>(
    status: StatusCode,
    headers: &HeaderMap,
    body: &[u8],
    secrets: impl Iterator<Item = &'a str> + Clone,
    read: impl FnOnce(&[u8]) -> Result<T>,
) -> Result<T> {
    if !status.is_success() || has_error_member(body) {
        return Err(read_failure("token endpoint", status, headers, body, secrets));
    }
    read(body).map_err(|error| {
        if serde_json::from_slice::<serde_json::Value>(body).is_ok() {
            // The body is JSON and may hold tokens: nothing of it is quoted.
            return error;
        }
        let text = String::from_utf8_lossy(body);
        let found = match text.trim_start().chars().next() {
            None => "an empty body".to_owned(),
            // A page for people; everything else may be a token in a form of its own.
            Some('<') => format!("{:?}", ServerText::without(&text, secrets)),
            Some('{') => {
                return Error::invalid_response(
                    "the token endpoint's answer is cut off or no JSON; ask again, and check the token endpoint if it persists",
                )
                .with_status(status);
            }
            Some(_) => "something else".to_owned(),
        };
        Error::invalid_response(format!(
            "the token endpoint answered {status} with {found} where a JSON object belongs: is the URL right?"
        ))
        .with_status(status)
    })
}

fn has_error_member(body: &[u8]) -> bool {
    #[derive(serde::Deserialize)]
    struct Probe {
        error: Option<serde::de::IgnoredAny>,
    }
    // An array would be read as the struct's fields in order.
    let is_object = body.trim_ascii_start().starts_with(b"{");
    is_object && serde_json::from_slice::<Probe>(body).is_ok_and(|probe| probe.error.is_some())
}
