use std::fmt;
use std::str::FromStr;

use aws_lc_rs::rsa::{OAEP_SHA1_MGF1SHA1, OAEP_SHA256_MGF1SHA256, OaepAlgorithm};

use crate::error::{Error, Result};

/// How the key of an encrypted text reaches its reader, by its name in RFC 7518 §4.1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum KeyManagementAlgorithm {
    /// RSA with OAEP padding and SHA-1, which is safe in this use; the oldest that every server knows.
    RsaOaep,
    /// RSA with OAEP padding and SHA-256.
    RsaOaep256,
    /// A key agreed on for each text, by P-256, P-384, P-521 or X25519.
    EcdhEs,
    /// The same, wrapping the text's key by AES-128.
    EcdhEsA128Kw,
    /// The same, by AES-192.
    EcdhEsA192Kw,
    /// The same, by AES-256.
    EcdhEsA256Kw,
    /// The text's key wrapped by AES-128 with a key that both sides know.
    A128Kw,
    /// The same, by AES-192.
    A192Kw,
    /// The same, by AES-256.
    A256Kw,
    /// The text's key encrypted by AES-128-GCM with a key that both sides know.
    A128GcmKw,
    /// The same, by AES-192-GCM.
    A192GcmKw,
    /// The same, by AES-256-GCM.
    A256GcmKw,
    /// The key that both sides know is the text's own.
    Dir,
}

/// What an algorithm does; lengths in bytes.
#[derive(Clone, Copy)]
pub(super) enum Mechanism {
    RsaOaep(&'static OaepAlgorithm),
    /// An agreed key: the content's own, or one of that length to wrap it with.
    Agreement(Option<usize>),
    KeyWrap(usize),
    GcmKeyWrap(usize),
    Direct,
}

impl KeyManagementAlgorithm {
    /// In the order in which one is picked where several will do: forward secrecy for the sender's side first.
    pub(crate) const ALL: [Self; 13] = [
        Self::EcdhEs,
        Self::EcdhEsA256Kw,
        Self::EcdhEsA192Kw,
        Self::EcdhEsA128Kw,
        Self::RsaOaep256,
        Self::RsaOaep,
        Self::A256GcmKw,
        Self::A192GcmKw,
        Self::A128GcmKw,
        Self::A256Kw,
        Self::A192Kw,
        Self::A128Kw,
        Self::Dir,
    ];

    /// Its name in a header: the `alg` of RFC 7516 §4.1.1.
    pub fn name(self) -> &'static str {
        match self {
            Self::RsaOaep => "RSA-OAEP",
            Self::RsaOaep256 => "RSA-OAEP-256",
            Self::EcdhEs => "ECDH-ES",
            Self::EcdhEsA128Kw => "ECDH-ES+A128KW",
            Self::EcdhEsA192Kw => "ECDH-ES+A192KW",
            Self::EcdhEsA256Kw => "ECDH-ES+A256KW",
            Self::A128Kw => "A128KW",
            Self::A192Kw => "A192KW",
            Self::A256Kw => "A256KW",
            Self::A128GcmKw => "A128GCMKW",
            Self::A192GcmKw => "A192GCMKW",
            Self::A256GcmKw => "A256GCMKW",
            Self::Dir => "dir",
        }
    }

    /// Whether both sides know the key.
    pub(crate) fn is_symmetric(self) -> bool {
        matches!(self.mechanism(), Mechanism::KeyWrap(_) | Mechanism::GcmKeyWrap(_) | Mechanism::Direct)
    }

    pub(super) fn mechanism(self) -> Mechanism {
        match self {
            Self::RsaOaep => Mechanism::RsaOaep(&OAEP_SHA1_MGF1SHA1),
            Self::RsaOaep256 => Mechanism::RsaOaep(&OAEP_SHA256_MGF1SHA256),
            Self::EcdhEs => Mechanism::Agreement(None),
            Self::EcdhEsA128Kw => Mechanism::Agreement(Some(16)),
            Self::EcdhEsA192Kw => Mechanism::Agreement(Some(24)),
            Self::EcdhEsA256Kw => Mechanism::Agreement(Some(32)),
            Self::A128Kw => Mechanism::KeyWrap(16),
            Self::A192Kw => Mechanism::KeyWrap(24),
            Self::A256Kw => Mechanism::KeyWrap(32),
            Self::A128GcmKw => Mechanism::GcmKeyWrap(16),
            Self::A192GcmKw => Mechanism::GcmKeyWrap(24),
            Self::A256GcmKw => Mechanism::GcmKeyWrap(32),
            Self::Dir => Mechanism::Direct,
        }
    }
}

impl fmt::Display for KeyManagementAlgorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// By its name, which is case-sensitive (RFC 7516 §4.1.1).
impl FromStr for KeyManagementAlgorithm {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        Self::ALL.into_iter().find(|known| known.name() == name).ok_or_else(|| {
            let known = Self::ALL.map(Self::name).join(", ");
            Error::configuration(format!("{name:?} is not a key management algorithm that is known here: {known}"))
        })
    }
}
