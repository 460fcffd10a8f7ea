use std::fmt;

use aws_lc_rs::hmac::{self, HMAC_SHA256, HMAC_SHA384, HMAC_SHA512};

/// An algorithm that signs with a secret that both sides know, by its name in RFC 7518 §3.1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum HmacAlgorithm {
    /// HMAC with SHA-256: a secret of 32 bytes or more.
    Hs256,
    /// HMAC with SHA-384: a secret of 48 bytes or more.
    Hs384,
    /// HMAC with SHA-512: a secret of 64 bytes or more.
    Hs512,
}

impl HmacAlgorithm {
    /// Strongest first.
    pub(crate) const ALL: [Self; 3] = [Self::Hs512, Self::Hs384, Self::Hs256];

    /// Its name in a header: the `alg` of RFC 7515 §4.1.1.
    pub fn name(self) -> &'static str {
        match self {
            Self::Hs256 => "HS256",
            Self::Hs384 => "HS384",
            Self::Hs512 => "HS512",
        }
    }

    /// How many bytes a secret has at least: as many as the hash, or it could be found by trying (RFC 7518 §3.2).
    pub(crate) fn shortest_secret(self) -> usize {
        self.algorithm().digest_algorithm().output_len()
    }

    pub(super) fn sign(self, secret: &[u8], message: &[u8]) -> hmac::Tag {
        hmac::sign(&hmac::Key::new(self.algorithm(), secret), message)
    }

    fn algorithm(self) -> hmac::Algorithm {
        match self {
            Self::Hs256 => HMAC_SHA256,
            Self::Hs384 => HMAC_SHA384,
            Self::Hs512 => HMAC_SHA512,
        }
    }
}

impl fmt::Display for HmacAlgorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
