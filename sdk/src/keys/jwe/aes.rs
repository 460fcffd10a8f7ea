use aws_lc_rs::cipher::{AES_128, AES_192, AES_256, UnboundCipherKey};

/// A key of AES, whose length says which; none where no AES has that length.
pub(super) fn cipher_key(key: &[u8]) -> Option<UnboundCipherKey> {
    let algorithm = match key.len() {
        16 => &AES_128,
        24 => &AES_192,
        32 => &AES_256,
        _ => return None,
    };
    UnboundCipherKey::new(algorithm, key).ok()
}
