use std::fmt;
use std::str::FromStr;

use aws_lc_rs::hmac::{HMAC_SHA256, HMAC_SHA384, HMAC_SHA512};
use zeroize::Zeroizing;

use super::cbc_hmac::CbcHmac;
use super::{aes_gcm, cbc_hmac};
use crate::error::{Error, Result};

/// How a text itself is encrypted, by its name in RFC 7518 §5.1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ContentEncryption {
    /// AES-128-CBC with HMAC SHA-256: what a server takes unless told otherwise.
    A128CbcHs256,
    /// AES-192-CBC with HMAC SHA-384.
    A192CbcHs384,
    /// AES-256-CBC with HMAC SHA-512.
    A256CbcHs512,
    /// AES-128-GCM.
    A128Gcm,
    /// AES-192-GCM.
    A192Gcm,
    /// AES-256-GCM.
    A256Gcm,
}

/// An encrypted text and its authentication tag.
pub(super) struct Encrypted {
    pub(super) iv: Vec<u8>,
    pub(super) ciphertext: Vec<u8>,
    pub(super) tag: Vec<u8>,
}

impl ContentEncryption {
    /// In the order in which one is picked where several will do.
    pub(crate) const ALL: [Self; 6] =
        [Self::A256Gcm, Self::A128Gcm, Self::A192Gcm, Self::A256CbcHs512, Self::A128CbcHs256, Self::A192CbcHs384];

    /// Its name in a header: the `enc` of RFC 7516 §4.1.2.
    pub fn name(self) -> &'static str {
        match self {
            Self::A128CbcHs256 => "A128CBC-HS256",
            Self::A192CbcHs384 => "A192CBC-HS384",
            Self::A256CbcHs512 => "A256CBC-HS512",
            Self::A128Gcm => "A128GCM",
            Self::A192Gcm => "A192GCM",
            Self::A256Gcm => "A256GCM",
        }
    }

    /// In bytes.
    pub(super) fn key_length(self) -> usize {
        match self {
            Self::A128Gcm => 16,
            Self::A192Gcm => 24,
            Self::A256Gcm | Self::A128CbcHs256 => 32,
            Self::A192CbcHs384 => 48,
            Self::A256CbcHs512 => 64,
        }
    }

    /// In bytes.
    pub(super) fn iv_length(self) -> usize {
        if self.cbc_hmac().is_some() { cbc_hmac::IV_LENGTH } else { aes_gcm::IV_LENGTH }
    }

    pub(super) fn encrypt(self, key: &[u8], iv: Vec<u8>, aad: &[u8], plaintext: &[u8]) -> Option<Encrypted> {
        if key.len() != self.key_length() {
            return None;
        }
        let (ciphertext, tag) = match self.cbc_hmac() {
            Some(cbc_hmac) => cbc_hmac.encrypt(key, &iv, aad, plaintext)?,
            None => aes_gcm::encrypt(key, &iv, aad, plaintext)?,
        };
        Some(Encrypted { iv, ciphertext, tag })
    }

    /// Nothing is said of why it cannot be decrypted.
    pub(super) fn decrypt(self, key: &[u8], encrypted: &Encrypted, aad: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let Encrypted { iv, ciphertext, tag } = encrypted;
        if key.len() != self.key_length() {
            return None;
        }
        match self.cbc_hmac() {
            Some(cbc_hmac) => cbc_hmac.decrypt(key, iv, aad, ciphertext, tag),
            None => aes_gcm::decrypt(key, iv, aad, ciphertext, tag),
        }
    }

    fn cbc_hmac(self) -> Option<CbcHmac> {
        Some(match self {
            Self::A128CbcHs256 => CbcHmac(HMAC_SHA256),
            Self::A192CbcHs384 => CbcHmac(HMAC_SHA384),
            Self::A256CbcHs512 => CbcHmac(HMAC_SHA512),
            Self::A128Gcm | Self::A192Gcm | Self::A256Gcm => return None,
        })
    }
}

impl fmt::Display for ContentEncryption {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// By its name, which is case-sensitive (RFC 7516 §4.1.2).
impl FromStr for ContentEncryption {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        Self::ALL.into_iter().find(|known| known.name() == name).ok_or_else(|| {
            let known = Self::ALL.map(Self::name).join(", ");
            Error::configuration(format!("{name:?} is no content encryption that is known here: {known}"))
        })
    }
}
