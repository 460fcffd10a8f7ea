use http::header::WWW_AUTHENTICATE;
use http::{HeaderMap, StatusCode};

use super::error_body::read_oauth_failure;
use super::retry_after;
use crate::error::{Error, Fault, Incident, OAuthFailure, StatusClass};
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
    let error = if StatusClass::of(status) == StatusClass::GatewayLostServer {
        let found = found_instead(status, body, secrets);
        let text = format!(
            "the {what}'s gateway answered {status} with {found}: it has lost the server's answer, and whether the server has \
             acted is not known"
        );
        Error::new(Fault::Interrupted, text).with_status(status)
    } else {
        match read_oauth_failure(body, &secrets).filter(|(failure, _)| !is_reason_phrase(failure, status)) {
            Some((failure, further)) => {
                // A code of the server's own says no more than its status.
                let class = StatusClass::of(status);
                let is_refused =
                    failure.is_known() || class.refuses_by_own_code(headers.contains_key(WWW_AUTHENTICATE));
                let error = Error::oauth(failure, Some(status)).with_members(further);
                if is_refused { error.with_incident(Incident::Refused) } else { error }
            }
            None if StatusClass::of(status).is_of_a_gateway(is_page(body)) => {
                let found = found_instead(status, body, secrets);
                let text = format!(
                    "the {what} answered {status} with a web page, {found}: what answers so stands before the server (a proxy, a \
                     gateway), and whether the server has acted is not known"
                );
                Error::new(Fault::Status, text).with_status(status).with_incident(Incident::OfGateway)
            }
            None => not_oauth(what, status, headers, body, secrets),
        }
    };
    retry_after(headers).into_iter().fold(error, Error::with_retry_after)
}

fn not_oauth<'a>(
    what: &str,
    status: StatusCode,
    headers: &HeaderMap,
    body: &[u8],
    secrets: impl Iterator<Item = &'a str> + Clone,
) -> Error {
    let class = StatusClass::of(status);
    let is_elsewhere = class == StatusClass::NotThere;
    let hint = if is_elsewhere { ": is the URL right?" } else { "" };
    let kind = if is_elsewhere || status.is_success() { Fault::InvalidResponse } else { Fault::Status };
    let found = found_instead(status, body, secrets);
    let text = format!("the {what} answered {status} with no OAuth error but {found}{hint}");
    let error = Error::new(kind, text).with_status(status);
    if class.refuses_content(is_page(body), headers.contains_key(WWW_AUTHENTICATE)) {
        error.with_incident(Incident::Refused)
    } else if class.is_from_before_the_server(status, is_page(body)) {
        error.with_incident(Incident::BeforeServer)
    } else {
        error
    }
}

/// Whether the `error` is the status in words, as web frameworks and gateways write it, by a status that no OAuth error comes with.
fn is_reason_phrase(failure: &OAuthFailure, status: StatusCode) -> bool {
    StatusClass::of(status).is_from_before_the_server(status, false)
        && status.canonical_reason().is_some_and(|reason| reason.eq_ignore_ascii_case(failure.code.as_str()))
}

/// Whether the body, which is no OAuth error, is for people. The content type tells nothing: a plain text goes out as `text/html` where a
/// program has set none.
fn is_page(body: &[u8]) -> bool {
    let text = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    text.trim_ascii_start().starts_with(b"<")
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

/// Whether a text that is no OAuth error gives a token, in JSON or in a form.
fn holds_token(text: &str) -> bool {
    text.match_indices("_token").any(|(at, name)| {
        let after = text.get(at + name.len()..).unwrap_or_default();
        after.trim_start_matches(['"', '\'', '\\', ' ']).starts_with([':', '='])
    })
}
