//! What went wrong between the client and the API, in the terms of [`Error`].

use std::any::type_name;
use std::borrow::Cow;
use std::time::Duration;

use http::header::{CONTENT_TYPE, LOCATION};
use http::{Method, StatusCode};
use serde_json::error::Category;
use url::Url;

use crate::error::{ApiRejection, Challenge, Error, Fault};
use crate::text::ServerText;
use crate::wire::wait_asked_for;

pub(super) fn no_token_in_time(limit: Duration) -> Error {
    Error::new(Fault::Timeout, format!("no token came within the {limit:?} that the request may take"))
}

pub(super) fn left_the_base(url: &Url) -> Error {
    let message = format!(
        "the HTTP client followed a redirect out of the API's base URL, to {}, and the token may have gone with it: \
         build the client with `.redirect(reqwest::redirect::Policy::none())`",
        without_query(url, &[])
    );
    Error::new(Fault::Security, message)
}

pub(super) fn body_too_large(what: &str, limit: usize) -> Error {
    Error::invalid_response(format!(
        "{what} answered with a body over the limit of {limit} bytes: raise `body_limit`, or read it as it comes, by \
         `.send().await?.bytes_stream()` or `.copy_to(..)`"
    ))
}

pub(super) fn not_written(error: std::io::Error) -> Error {
    Error::configuration("the body of the answer could not be written where it was to go").with_source(error)
}

/// Whether a status is an error: redirects are, as none is followed. `304 Not Modified` answers a question that the
/// request asked (RFC 9110 §15.4.5), and is none.
pub(super) fn is_failure(status: StatusCode) -> bool {
    let is_redirect = status.is_redirection() && status != StatusCode::NOT_MODIFIED;
    is_redirect || status.is_client_error() || status.is_server_error()
}

/// The error that an answer's status stands for; `said` is the start of its body.
pub(super) fn of_status(
    response: &reqwest::Response,
    method: &Method,
    said: &[u8],
    rejection: Option<ApiRejection>,
    secrets: &[Cow<'_, str>],
) -> Error {
    let status = response.status();
    let redirect = if status.is_redirection() { redirect(response, secrets) } else { String::new() };
    let said = ServerText::without(&String::from_utf8_lossy(said), secrets.iter().map(AsRef::as_ref));
    let said = if said.as_str().trim().is_empty() { String::new() } else { format!(": {said:?}") };
    let challenges = Challenge::without_secrets(response.headers(), secrets.iter().map(AsRef::as_ref));
    let message = format!("{} answered {status}{redirect}{said}", request_line(method, response.url()));
    let error = Error::of_api(message, status, challenges, rejection);
    match wait_asked_for(status, response.headers()).max(error.retry_after()) {
        Some(wait) => error.with_retry_after(wait),
        None => error,
    }
}

/// An answer that is not the JSON that was waited for. Nothing of it is quoted: it may be about a person.
pub(super) fn not_json<T>(
    response: &reqwest::Response,
    method: &Method,
    body: &[u8],
    error: &serde_json::Error,
) -> Error {
    let what = format!("{} answered {}", request_line(method, response.url()), response.status());
    let wanted = type_name::<T>();
    let message = if body.is_empty() {
        format!(
            "{what} without a body, which is no `{wanted}`: end the request with `.send()`, not `.fetch()`, if none is to come"
        )
    } else if error.classify() == Category::Data {
        format!("{what} with JSON that is no `{wanted}`: {}", place(error))
    } else {
        let declared = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let declared = ServerText::new(declared.unwrap_or("not declared"));
        format!("{what} with something that is not valid JSON (content type: {declared}): {}", place(error))
    };
    Error::invalid_response(message).with_status(response.status())
}

/// An item of a list, at this place of the body, that is not what was waited for.
pub(super) fn not_an_item<T>(what: &str, place: &str, error: &serde_json::Error) -> Error {
    let wanted = type_name::<T>();
    let missing = missing_field(error).map_or_else(String::new, |field| format!(": `{field}` is missing"));
    Error::invalid_response(format!("{what} answered with a list whose item at `{place}` is no `{wanted}`{missing}"))
}

/// Where, and what as far as it is said in the program's words: the names of fields that are wanted.
fn place(error: &serde_json::Error) -> String {
    let place = format!("line {}, column {}", error.line(), error.column());
    match missing_field(error) {
        Some(field) => format!("`{field}` is missing ({place})"),
        None => place,
    }
}

fn missing_field(error: &serde_json::Error) -> Option<String> {
    let said = error.to_string();
    let (field, _) = said.strip_prefix("missing field `")?.split_once('`')?;
    Some(field.to_owned())
}

fn redirect(response: &reqwest::Response, secrets: &[Cow<'_, str>]) -> String {
    let target = response.headers().get(LOCATION).and_then(|value| value.to_str().ok());
    match target.and_then(|target| response.url().join(target).ok()) {
        Some(target) => {
            let target = without_query(&target, secrets);
            format!(" (a redirect to {target}; none is followed, as the token stays here)")
        }
        None => " (a redirect; none is followed)".into(),
    }
}

/// `GET api.acme.dev/v1/invoices/42`, without the query, which may hold a secret.
pub(super) fn request_line(method: &Method, url: &Url) -> String {
    let path = ServerText::new(url.path());
    format!("{method} {path} at {}", url.host_str().unwrap_or_default())
}

fn without_query(url: &Url, secrets: &[Cow<'_, str>]) -> ServerText {
    let path = if url.cannot_be_a_base() { "" } else { url.path() };
    // Another port may be all that a redirect differs in.
    let port = url.port().map_or_else(String::new, |port| format!(":{port}"));
    let address = format!("{}://{}{port}{path}", url.scheme(), url.host_str().unwrap_or_default());
    ServerText::without(&address, secrets.iter().map(AsRef::as_ref))
}
