//! What a proof says. No clock, no key, no wait.

#[cfg(test)]
mod tests;

use std::borrow::Cow;

use http::Method;
use serde::Serialize;
use url::{Position, Url};

/// The kind of JWT that it is (RFC 9449 §4.2).
pub(super) const TYP: &str = "dpop+jwt";

/// What tells one proof from another (RFC 9449 §4.2).
#[derive(Clone, Copy)]
pub(super) struct ProofContext<'a> {
    /// Never the same twice.
    pub(super) jti: &'a str,
    /// In seconds since 1970-01-01T00:00:00Z.
    pub(super) iat: u64,
    /// What the server gave.
    pub(super) nonce: Option<&'a str>,
}

#[derive(Serialize)]
pub(super) struct Claims<'a> {
    jti: &'a str,
    htm: &'a str,
    htu: Cow<'a, str>,
    iat: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    ath: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    nonce: Option<&'a str>,
}

/// For one request; with the hash of the access token that goes with it, where one does.
pub(super) fn claims<'a>(
    method: &'a Method,
    url: &'a Url,
    ath: Option<&'a str>,
    circumstances: ProofContext<'a>,
) -> Claims<'a> {
    let ProofContext { jti, iat, nonce } = circumstances;
    Claims { jti, htm: method.as_str(), htu: target(url), iat, ath, nonce }
}

/// The request's address without query and fragment, and without a user, which is not sent as part of it.
fn target(url: &Url) -> Cow<'_, str> {
    if url.username().is_empty() && url.password().is_none() {
        return url[..Position::AfterPath].into();
    }
    let mut url = url.clone();
    url.set_query(None);
    url.set_fragment(None);
    // Both fail only where there can be none.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    String::from(url).into()
}
