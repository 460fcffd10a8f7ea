//! What a proof says. No clock, no key, no wait.

#[cfg(test)]
mod tests;

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::Method;
use serde::Serialize;
use url::Url;

/// The kind of JWT that it is (RFC 9449 §4.2).
pub(super) const TYP: &str = "dpop+jwt";

/// What tells one proof from another (RFC 9449 §4.2).
pub(super) struct ProofContext {
    /// Never the same twice.
    pub(super) jti: String,
    /// In seconds since 1970-01-01T00:00:00Z.
    pub(super) iat: u64,
    /// What the server gave.
    pub(super) nonce: Option<String>,
}

#[derive(Serialize)]
pub(super) struct Claims<'a> {
    jti: String,
    htm: &'a str,
    htu: String,
    iat: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    ath: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    nonce: Option<String>,
}

/// For one request; with the access token that goes with it, where one does.
pub(super) fn claims<'a>(
    method: &'a Method,
    url: &Url,
    access_token: Option<&str>,
    circumstances: ProofContext,
) -> Claims<'a> {
    let ProofContext { jti, iat, nonce } = circumstances;
    Claims { jti, htm: method.as_str(), htu: target(url), iat, ath: access_token.map(hash), nonce }
}

/// The request's address without query and fragment, and without a user, which is not sent as part of it.
fn target(url: &Url) -> String {
    let mut url = url.clone();
    url.set_query(None);
    url.set_fragment(None);
    // Both fail only where there can be none.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.into()
}

/// The hash by which the proof is bound to the token (RFC 9449 §4.2, `ath`).
fn hash(access_token: &str) -> String {
    URL_SAFE_NO_PAD.encode(digest(&SHA256, access_token.as_bytes()))
}
