use aws_lc_rs::cipher::{DecryptionContext, EncryptionContext, PaddedBlockDecryptingKey, PaddedBlockEncryptingKey};
use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::hmac;
use aws_lc_rs::iv::FixedLength;
use zeroize::Zeroizing;

use super::aes::cipher_key;

pub(super) const IV_LENGTH: usize = 16;

/// AES-CBC and HMAC together, by the HMAC's hash (RFC 7518 §5.2): half of the key authenticates, the other half encrypts.
pub(super) struct CbcHmac(pub(super) hmac::Algorithm);

impl CbcHmac {
    /// The ciphertext and its tag.
    pub(super) fn encrypt(&self, key: &[u8], iv: &[u8], aad: &[u8], plaintext: &[u8]) -> Option<(Vec<u8>, Vec<u8>)> {
        let (mac_key, encryption_key) = halves(key)?;
        let context = EncryptionContext::Iv128(FixedLength::from(<&[u8; IV_LENGTH]>::try_from(iv).ok()?));
        let mut text = plaintext.to_vec();
        let cipher = PaddedBlockEncryptingKey::cbc_pkcs7(cipher_key(encryption_key)?).ok()?;
        cipher.less_safe_encrypt(&mut text, context).ok()?;
        let tag = self.tag(mac_key, iv, aad, &text)?;
        Some((text, tag))
    }

    /// The tag is checked first, in constant time, so that nothing is learnt from the padding of a changed text
    /// (RFC 7518 §5.2.2.2).
    pub(super) fn decrypt(
        &self,
        key: &[u8],
        iv: &[u8],
        aad: &[u8],
        ciphertext: &[u8],
        tag: &[u8],
    ) -> Option<Zeroizing<Vec<u8>>> {
        let (mac_key, encryption_key) = halves(key)?;
        let context = DecryptionContext::Iv128(FixedLength::from(<&[u8; IV_LENGTH]>::try_from(iv).ok()?));
        verify_slices_are_equal(&self.tag(mac_key, iv, aad, ciphertext)?, tag).ok()?;
        let mut text = Zeroizing::new(ciphertext.to_vec());
        let cipher = PaddedBlockDecryptingKey::cbc_pkcs7(cipher_key(encryption_key)?).ok()?;
        let length = cipher.decrypt(&mut text, context).ok()?.len();
        text.truncate(length);
        Some(text)
    }

    /// RFC 7518 §5.2.2.1: as long as the key that it is made with.
    fn tag(&self, mac_key: &[u8], iv: &[u8], aad: &[u8], ciphertext: &[u8]) -> Option<Vec<u8>> {
        let mut context = hmac::Context::with_key(&hmac::Key::new(self.0, mac_key));
        context.update(aad);
        context.update(iv);
        context.update(ciphertext);
        context.update(&u64::try_from(aad.len()).ok()?.checked_mul(8)?.to_be_bytes());
        Some(context.sign().as_ref().get(..mac_key.len())?.to_vec())
    }
}

fn halves(key: &[u8]) -> Option<(&[u8], &[u8])> {
    key.split_at_checked(key.len() / 2)
}
