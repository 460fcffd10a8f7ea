use std::fmt;
use std::str::FromStr;

use super::der;
use crate::error::{Error, Result};

/// A signature algorithm with a key pair, by its name in RFC 7518 §3.1, RFC 8037 §3.1 and RFC 9864 §2.2.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SigningAlgorithm {
    /// RSA with PKCS#1 v1.5 padding and SHA-256: what every server knows.
    Rs256,
    /// RSA with PKCS#1 v1.5 padding and SHA-384.
    Rs384,
    /// RSA with PKCS#1 v1.5 padding and SHA-512.
    Rs512,
    /// RSA with PSS padding and SHA-256.
    Ps256,
    /// RSA with PSS padding and SHA-384.
    Ps384,
    /// RSA with PSS padding and SHA-512.
    Ps512,
    /// ECDSA on P-256 with SHA-256.
    Es256,
    /// ECDSA on P-384 with SHA-384.
    Es384,
    /// ECDSA on P-521 with SHA-512.
    Es512,
    /// Ed25519, by the name of RFC 8037 §3.1: what servers with it know.
    EdDsa,
    /// Ed25519, by the name of RFC 9864 §2.2, which deprecates the other.
    Ed25519,
}

impl SigningAlgorithm {
    pub(super) const ALL: [Self; 11] = [
        Self::Rs256,
        Self::Rs384,
        Self::Rs512,
        Self::Ps256,
        Self::Ps384,
        Self::Ps512,
        Self::Es256,
        Self::Es384,
        Self::Es512,
        Self::EdDsa,
        Self::Ed25519,
    ];

    /// Its name in a header: the `alg` of RFC 7515 §4.1.1.
    pub fn name(self) -> &'static str {
        match self {
            Self::Rs256 => "RS256",
            Self::Rs384 => "RS384",
            Self::Rs512 => "RS512",
            Self::Ps256 => "PS256",
            Self::Ps384 => "PS384",
            Self::Ps512 => "PS512",
            Self::Es256 => "ES256",
            Self::Es384 => "ES384",
            Self::Es512 => "ES512",
            Self::EdDsa => "EdDSA",
            Self::Ed25519 => "Ed25519",
        }
    }

    /// How many bytes a signature has, where that does not depend on the key.
    pub(super) fn signature_length(self) -> Option<usize> {
        match self {
            Self::Es256 | Self::EdDsa | Self::Ed25519 => Some(64),
            Self::Es384 => Some(96),
            Self::Es512 => Some(132),
            _ => None,
        }
    }

    /// Turns an ECDSA signature as DER has it, which is what key services and most HSMs answer with, into the form that
    /// JOSE has it in: both numbers in full length, one after the other (RFC 7518 §3.4).
    ///
    /// # Errors
    ///
    /// [`is_invalid_response`](Error::is_invalid_response) where it is no such signature for this algorithm.
    pub fn signature_from_der(self, signature: &[u8]) -> Result<Vec<u8>> {
        let half = match self {
            Self::Es256 | Self::Es384 | Self::Es512 => self.signature_length().unwrap_or_default() / 2,
            _ => return Err(Error::invalid_response(format!("a signature of {self} is not DER"))),
        };
        let fixed = || {
            let numbers = der::only(der::SEQUENCE, signature)?;
            let (r, rest) = der::first(der::INTEGER, numbers)?;
            let s = der::only(der::INTEGER, rest)?;
            let mut fixed = Vec::with_capacity(2 * half);
            for number in [r, s] {
                let number = der::without_leading_zeros(number);
                fixed.resize(fixed.len() + half.checked_sub(number.len())?, 0);
                fixed.extend_from_slice(number);
            }
            Some(fixed)
        };
        fixed().ok_or_else(|| Error::invalid_response(format!("the signature is not the DER of one of {self}")))
    }
}

impl fmt::Display for SigningAlgorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// By its name, which is case-sensitive (RFC 7515 §4.1.1).
impl FromStr for SigningAlgorithm {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        Self::ALL.into_iter().find(|known| known.name() == name).ok_or_else(|| {
            let known = Self::ALL.map(Self::name).join(", ");
            Error::configuration(format!("{name:?} is not a signature algorithm that is known here: {known}"))
        })
    }
}
