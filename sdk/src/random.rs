//! Random numbers of the cryptography that signs and encrypts, too. What a login sends (`state`, `nonce`, PKCE) is made by `oauth2`.

use aws_lc_rs::rand;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use zeroize::Zeroizing;

use crate::error::{Error, Result};

/// 256 random bits as text, so that no two are the same: a `jti` (RFC 7519 §4.1.7, RFC 9449 §4.2), the holder of a lease.
///
/// # Errors
///
/// [`is_retryable`](Error::is_retryable) where the machine has no random numbers.
pub(crate) fn random_id() -> Result<String> {
    Ok(URL_SAFE_NO_PAD.encode(*random_key()?))
}

/// A new key of 256 bits.
///
/// # Errors
///
/// [`is_retryable`](Error::is_retryable) where the machine has no random numbers.
pub(crate) fn random_key() -> Result<Zeroizing<[u8; 32]>> {
    let mut key = Zeroizing::new([0; 32]);
    fill(&mut *key)?;
    Ok(key)
}

/// As many random bytes.
///
/// # Errors
///
/// [`is_retryable`](Error::is_retryable) where the machine has no random numbers.
#[cfg(feature = "oidc")]
pub(crate) fn random_bytes(length: usize) -> Result<Zeroizing<Vec<u8>>> {
    let mut bytes = Zeroizing::new(vec![0; length]);
    fill(&mut bytes)?;
    Ok(bytes)
}

fn fill(bytes: &mut [u8]) -> Result<()> {
    rand::fill(bytes).map_err(|_| Error::temporary("the system's random number generator failed: try again"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_ids_are_the_same_and_each_has_256_bits() {
        let (one, other) = (random_id().unwrap(), random_id().unwrap());
        assert_ne!(one, other);
        assert_eq!(URL_SAFE_NO_PAD.decode(one).unwrap().len(), 32);
    }
}
