use http::header::WWW_AUTHENTICATE;
use http::{HeaderMap, StatusCode};

use super::error_body::read_oauth_failure;
use super::retry_after;
use crate::error::{Error, Incident, Kind};
use crate::text::ServerText;

/// Reads an answer that is no success: an OAuth error (RFC 6749 §5.2) or whatever else it is.
///
/// A server may quote the request back, so `secrets` are struck out of what is kept. `what` names the endpoint.
pub(crate) fn read_failure<'a>(
    what: &str,
    status: StatusCode,
    headers: &HeaderMap,
    body: &[u8],
    secrets: impl Iterator<Item = &'a str> + Clone,
) -> Error {
    let error = if is_of_a_gateway(status) {
        let found = found_instead(status, body, secrets);
        let text = format!(
            "the {what}'s gateway answered {status} with {found}: it has lost the server's answer, and whether the server has \
             acted is not known"
        );
        Error::new(Kind::Interrupted, text).with_status(status)
    } else {
        match read_oauth_failure(body, &secrets) {
            Some((failure, further)) => Error::oauth(failure, Some(status)).with_members(further),
            None => not_oauth(what, status, headers, body, secrets),
        }
    };
    retry_after(headers).into_iter().fold(error, Error::with_retry_after)
}

/// Whether it is not the server that speaks, but what stands before it: 502, 504, and 520 to 530 (Cloudflare).
///
/// Whatever the body says. 500 and 503 are the server's own, which has done nothing.
pub(crate) fn is_of_a_gateway(status: StatusCode) -> bool {
    matches!(status.as_u16(), 502 | 504 | 520..=530)
}

fn not_oauth<'a>(
    what: &str,
    status: StatusCode,
    headers: &HeaderMap,
    body: &[u8],
    secrets: impl Iterator<Item = &'a str> + Clone,
) -> Error {
    // Nothing is there, or nothing that takes such a request.
    let is_elsewhere = matches!(status.as_u16(), 404 | 405 | 410);
    let hint = if is_elsewhere { ": is the URL right?" } else { "" };
    let kind = if is_elsewhere || status.is_success() { Kind::InvalidResponse } else { Kind::Status };
    let found = found_instead(status, body, secrets);
    let text = format!("the {what} answered {status} with no OAuth error but {found}{hint}");
    let error = Error::new(kind, text).with_status(status);
    if is_refusal(status, headers, body) { error.with_incident(Incident::Refused) } else { error }
}

fn found_instead<'a>(status: StatusCode, body: &[u8], secrets: impl Iterator<Item = &'a str> + Clone) -> String {
    let text = String::from_utf8_lossy(body);
    if text.trim().is_empty() {
        "an empty body".to_owned()
    } else if status.is_success() || holds_token(&text) {
        "something else, which is not shown since it may hold tokens".to_owned()
    } else {
        format!("{:?}", ServerText::without(&text, secrets))
    }
}

/// Whether the server refused what it was given, without the words of OAuth.
///
/// Not where a page says so, since firewalls do that by 401 and 403, and not where the client did not authenticate (RFC 9110
/// §15.5.2).
fn is_refusal(status: StatusCode, headers: &HeaderMap, body: &[u8]) -> bool {
    let is_page = body.trim_ascii_start().starts_with(b"<");
    match status.as_u16() {
        400 | 422 => true,
        401 => !is_page && !headers.contains_key(WWW_AUTHENTICATE),
        403 | 409 => !is_page,
        _ => false,
    }
}

/// Whether a text that is no OAuth error gives a token, in JSON or in a form.
fn holds_token(text: &str) -> bool {
    text.match_indices("_token").any(|(at, name)| {
        let after = text.get(at + name.len()..).unwrap_or_default();
        after.trim_start_matches(['"', '\'', '\\', ' ']).starts_with([':', '='])
    })
}
