//! AES-GCM, with a tag of 128 bits (RFC 7518 §5.3); the key's length decides which.

use aws_lc_rs::aead::{AES_128_GCM, AES_192_GCM, AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use zeroize::Zeroizing;

pub(super) const IV_LENGTH: usize = 12;
const TAG_LENGTH: usize = 16;

/// The ciphertext and its tag. No two texts may have the same key and IV.
pub(super) fn encrypt(key: &[u8], iv: &[u8], aad: &[u8], plaintext: &[u8]) -> Option<(Vec<u8>, Vec<u8>)> {
    let nonce = Nonce::try_assume_unique_for_key(iv).ok()?;
    let mut text = plaintext.to_vec();
    let tag = self::key(key)?.seal_in_place_separate_tag(nonce, Aad::from(aad), &mut text).ok()?;
    Some((text, tag.as_ref().to_vec()))
}

pub(super) fn decrypt(key: &[u8], iv: &[u8], aad: &[u8], ciphertext: &[u8], tag: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    // A shorter tag would be a weaker one.
    if tag.len() != TAG_LENGTH {
        return None;
    }
    let nonce = Nonce::try_assume_unique_for_key(iv).ok()?;
    let mut text = Zeroizing::new([ciphertext, tag].concat());
    let length = self::key(key)?.open_in_place(nonce, Aad::from(aad), &mut text).ok()?.len();
    text.truncate(length);
    Some(text)
}

fn key(key: &[u8]) -> Option<LessSafeKey> {
    let algorithm = match key.len() {
        16 => &AES_128_GCM,
        24 => &AES_192_GCM,
        32 => &AES_256_GCM,
        _ => return None,
    };
    UnboundKey::new(algorithm, key).map(LessSafeKey::new).ok()
}
