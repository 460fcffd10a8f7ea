//! A subject token in a file, or at a URL.

use std::fs;
use std::io::Read as _;

use grantkit::provider::read_json;
use grantkit::transport::ServiceRequest;
use grantkit::{Error, Result, SecretString};
use http::{HeaderName, HeaderValue};
use serde_json::Value;
use url::{Host, Url};
use zeroize::Zeroizing;

use super::info::{Format, FormatKind};
use crate::bounded_file::BYTE_ORDER_MARK;

/// Tokens reach some 20 KiB.
const MAX_LENGTH: u64 = 64 * 1024;

/// The token of a file, as its format says.
pub(super) fn of_file(path: &str, format: &Format) -> Result<SecretString> {
    let unreadable = |error| Error::configuration(format!("the subject token's file {path:?} cannot be read: {error}"));
    let file = fs::File::open(path).map_err(unreadable)?;
    let mut text = Zeroizing::new(Vec::new());
    file.take(MAX_LENGTH + 1).read_to_end(&mut text).map_err(unreadable)?;
    if text.len() as u64 > MAX_LENGTH {
        return Err(Error::configuration(format!(
            "the subject token's file {path:?} is longer than 64 KiB: it holds something else"
        )));
    }
    of_bytes(&text, format, &format!("file {path:?}"))
}

/// The token that a URL answers with.
pub(super) async fn of_url(url: &str, headers: &[(HeaderName, HeaderValue)], format: &Format) -> Result<SecretString> {
    let request = headers.iter().fold(request(url)?, |all, (name, value)| all.header(name.clone(), value.clone()));
    let answer = request.send().await?.success()?;
    of_bytes(answer.bytes(), format, "URL's answer")
}

/// Plain `http` is for metadata servers, whose addresses lead no further than to the machine's own host.
pub(super) fn request(url: &str) -> Result<ServiceRequest> {
    let request = ServiceRequest::get("subject token's URL", url);
    let is_of_the_host = Url::parse(url).is_ok_and(|url| match url.host() {
        Some(Host::Ipv4(address)) => address.is_link_local(),
        // AWS has its own beside those of RFC 4291 §2.5.6.
        Some(Host::Ipv6(address)) => {
            address.segments()[0] & 0xffc0 == 0xfe80 || address.segments()[..2] == [0xfd00, 0x0ec2]
        }
        Some(Host::Domain(name)) => name == "metadata.google.internal",
        None => false,
    });
    let request = if is_of_the_host { request.danger_allow_plain_http() } else { request };
    request.check()?;
    Ok(request)
}

/// Refuses an address that a token cannot be fetched from.
pub(super) fn check(url: &str) -> Result<()> {
    request(url).map(drop)
}

fn of_bytes(bytes: &[u8], format: &Format, place: &str) -> Result<SecretString> {
    let bytes = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
    let text = std::str::from_utf8(bytes)
        .map_err(|_| Error::configuration(format!("the subject token's {place} is not text: it holds something else")))?
        .trim();
    if text.is_empty() {
        return Err(Error::configuration(format!("the subject token's {place} is empty")));
    }
    if format.kind == FormatKind::Text {
        return Ok(text.into());
    }
    let field = format.subject_token_field_name.as_deref().unwrap_or_default();
    let json: Value = read_json(text.as_bytes()).map_err(|_| {
        Error::configuration(format!(
            "the subject token's {place} is not valid JSON, and `format.type` says that it is"
        ))
    })?;
    let token = json.get(field).and_then(Value::as_str).filter(|token| !token.is_empty());
    token.map(Into::into).ok_or_else(|| {
        Error::configuration(format!(
            "the subject token's {place} has no {field:?}, which `format.subject_token_field_name` names"
        ))
    })
}
