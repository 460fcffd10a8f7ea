//! Strings that cannot be guessed.

use aws_lc_rs::error::Unspecified;
use aws_lc_rs::rand;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// Makes a prefix followed by 256 random bits in base64url, and by padding up to `length` bytes.
pub(crate) fn token(prefix: &str, length: usize) -> Result<String, Unspecified> {
    let mut bits = [0; 32];
    rand::fill(&mut bits)?;
    let mut token = String::with_capacity(length.max(prefix.len() + 43));
    token.push_str(prefix);
    URL_SAFE_NO_PAD.encode_string(bits, &mut token);
    while token.len() < length {
        token.push('x');
    }
    Ok(token)
}
