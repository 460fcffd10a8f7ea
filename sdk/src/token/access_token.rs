use std::fmt;

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bytes::Bytes;
use http::HeaderValue;
use subtle::ConstantTimeEq;

use super::TokenType;
use crate::error::{Error, Result};
use crate::lenient::WipedBytes;

/// An access token, kept as the ready-made `Authorization` header that presents it.
#[derive(Clone)]
#[repr(C)]
pub struct AccessToken {
    /// `Bearer <token>`, marked sensitive, in memory that is wiped when the last clone goes.
    header: HeaderValue,
    token_type: TokenType,
}

/// The bytes of a header with the reference count in front of them on cache lines of its own: two threads that clone two copies must not share a
/// reference count, nor the line that it is on (two lines, as processors fetch them in pairs).
#[repr(align(128))]
struct CacheAligned(WipedBytes);

impl AsRef<[u8]> for CacheAligned {
    fn as_ref(&self) -> &[u8] {
        self.0.as_ref()
    }
}

impl AccessToken {
    /// A copy of the token's text, which the caller wipes.
    pub(super) fn new(token: &str, token_type: TokenType) -> Result<Self> {
        if token.is_empty() {
            return Err(Error::invalid_response("the access token is empty"));
        }
        // RFC 6750 §2.1 and RFC 9449 §7.1: token68. Some servers send other visible characters; a space or a control
        // character would change what the header says.
        // Without a way out: the whole of it is looked at many bytes at a time.
        if !token.bytes().fold(true, |all, byte| all & byte.is_ascii_graphic()) {
            return Err(Error::invalid_response(
                "the access token holds a character that cannot stand in an Authorization header",
            ));
        }
        let mut text = WipedBytes::with_capacity(token_type.scheme().len() + 1 + token.len());
        for part in [token_type.scheme(), " ", token] {
            text.extend_from_slice(part.as_bytes());
        }
        Ok(Self { header: sensitive(text)?, token_type })
    }

    /// The token's text: a secret, handle it as one.
    pub fn secret(&self) -> &str {
        let text = self.header.to_str().unwrap_or_default();
        text.get(self.token_type.scheme().len() + 1..).unwrap_or_default()
    }

    /// How the token is presented.
    pub fn token_type(&self) -> TokenType {
        self.token_type
    }

    /// The hash by which a proof of possession names the token (RFC 9449 §4.2, `ath`).
    pub(crate) fn ath(&self) -> String {
        URL_SAFE_NO_PAD.encode(digest(&SHA256, self.secret().as_bytes()))
    }

    pub(crate) fn header(&self) -> &HeaderValue {
        &self.header
    }

    pub(super) fn unshared(&self) -> Self {
        let text = CacheAligned(self.header.as_bytes().to_vec().into());
        Self { header: sensitive(text).unwrap_or_else(|_| self.header.clone()), token_type: self.token_type }
    }
}

fn sensitive(text: impl AsRef<[u8]> + Send + 'static) -> Result<HeaderValue> {
    let mut header = HeaderValue::from_maybe_shared(Bytes::from_owner(text))
        .map_err(|_| Error::invalid_response("the access token cannot stand in an Authorization header"))?;
    header.set_sensitive(true);
    Ok(header)
}

impl PartialEq for AccessToken {
    fn eq(&self, other: &Self) -> bool {
        self.header.as_bytes().ct_eq(other.header.as_bytes()).into()
    }
}

impl Eq for AccessToken {}

impl fmt::Debug for AccessToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AccessToken({} [redacted])", self.token_type.scheme())
    }
}
