use zeroize::Zeroizing;

use super::compact::{Compact, Header};
use super::{DecryptionKey, KeyManagementAlgorithm};
use crate::error::{Error, Fault, Result};
use crate::random::random_bytes;

/// Decrypts a text with the one of the keys that it is encrypted to; `what` names it in an error. Where an algorithm is
/// `required`, no other is accepted.
///
/// Whatever goes wrong once a key is in use is one and the same error, after the same work: an attacker does not learn from it
/// whether the key, the padding or the content was wrong (RFC 7516 §11.5).
///
/// # Errors
///
/// [`is_security`](Error::is_security).
pub(crate) fn decrypt(
    what: &str,
    keys: &[DecryptionKey],
    required: Option<KeyManagementAlgorithm>,
    text: &str,
) -> Result<Zeroizing<String>> {
    let refuse = |reason: &str| Error::new(Fault::Security, format!("the {what} is refused: {reason}"));
    let compact = Compact::read(text).map_err(refuse)?;
    let Header { algorithm, encryption, .. } = compact.header;
    if let Some(required) = required.filter(|required| *required != algorithm) {
        return Err(refuse(&format!(
            "its key is encrypted with {algorithm}, and what the client is registered with is {required}"
        )));
    }
    let mut fitting = keys.iter().filter(|key| key.fits(&compact.header)).peekable();
    if fitting.peek().is_none() {
        return Err(refuse(&format!(
            "no decryption key of the client has its key ID (`kid`), and is for {algorithm} with {encryption}"
        )));
    }
    let decrypted = fitting.find_map(|key| decrypt_with(key, &compact));
    decrypted.ok_or_else(|| refuse("it cannot be decrypted with the client's key, or has been changed"))
}

fn decrypt_with(key: &DecryptionKey, compact: &Compact<'_>) -> Option<Zeroizing<String>> {
    let encryption = compact.header.encryption;
    // With a key that was made up it fails later, as a changed content does.
    let mut content_key = random_bytes(encryption.key_length()).ok()?;
    if let Some(found) = key.content_key(&compact.header, &compact.encrypted_key)
        && found.len() == content_key.len()
    {
        content_key = found;
    }
    let mut plaintext = encryption.decrypt(&content_key, &compact.content, compact.protected.as_bytes())?;
    String::from_utf8(std::mem::take(&mut *plaintext)).ok().map(Zeroizing::new)
}
