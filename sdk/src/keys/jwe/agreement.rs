use aws_lc_rs::agreement::{Algorithm, ECDH_P256, ECDH_P384, ECDH_P521, PrivateKey, UnparsedPublicKey, X25519, agree};
use aws_lc_rs::digest::{Context, SHA256};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value, json};
use zeroize::Zeroizing;

use crate::keys::key::jwk::{bytes, text};

/// A curve on which two agree on a key: those of RFC 7518 §6.2.1.1 and X25519 (RFC 8037 §3.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AgreementCurve {
    P256,
    P384,
    P521,
    X25519,
}

/// A public key on its curve, as aws-lc takes it.
#[derive(Clone)]
pub(super) struct Point {
    pub(super) curve: AgreementCurve,
    bytes: Vec<u8>,
}

/// What goes into the derived key beside the agreed secret (RFC 7518 §4.6.2).
pub(super) struct Purpose<'a> {
    /// What the key is for, and how many bytes that takes.
    pub(super) algorithm: &'a str,
    pub(super) key_length: usize,
    pub(super) party_u: &'a [u8],
    pub(super) party_v: &'a [u8],
}

impl AgreementCurve {
    pub(super) fn named(name: &str) -> Option<Self> {
        [Self::P256, Self::P384, Self::P521, Self::X25519].into_iter().find(|curve| curve.name() == name)
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::P256 => "P-256",
            Self::P384 => "P-384",
            Self::P521 => "P-521",
            Self::X25519 => "X25519",
        }
    }

    pub(super) fn algorithm(self) -> &'static Algorithm {
        match self {
            Self::P256 => &ECDH_P256,
            Self::P384 => &ECDH_P384,
            Self::P521 => &ECDH_P521,
            Self::X25519 => &X25519,
        }
    }

    /// Bytes of a coordinate.
    fn length(self) -> usize {
        match self {
            Self::P256 | Self::X25519 => 32,
            Self::P384 => 48,
            Self::P521 => 66,
        }
    }
}

impl Point {
    /// Reads a public JWK; whether the point is on its curve shows when it is used.
    pub(super) fn from_jwk(jwk: &Map<String, Value>) -> Result<Self, &'static str> {
        let curve = AgreementCurve::named(text(jwk, "crv")?).ok_or("its curve (`crv`) is not supported")?;
        let x = bytes(jwk, "x", curve.length())?;
        let point = match (curve, text(jwk, "kty")?) {
            (AgreementCurve::X25519, "OKP") => x,
            // SEC 1 §2.3.3: 0x04 stands before a point that is not compressed.
            (AgreementCurve::P256 | AgreementCurve::P384 | AgreementCurve::P521, "EC") => {
                [&[4][..], &x, &bytes(jwk, "y", curve.length())?].concat()
            }
            _ => return Err("its type (`kty`) does not go with its curve (`crv`)"),
        };
        Ok(Self { curve, bytes: point })
    }

    /// The public half of a key on that curve.
    pub(super) fn of(curve: AgreementCurve, private: &PrivateKey) -> Option<Self> {
        Some(Self { curve, bytes: private.compute_public_key().ok()?.as_ref().to_vec() })
    }

    /// The members of a JWK that are the key (RFC 7518 §6.2.1, RFC 8037 §2).
    pub(super) fn members(&self) -> Map<String, Value> {
        let text = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        let jwk = match self.bytes.split_first() {
            Some((4, xy)) if self.curve != AgreementCurve::X25519 => {
                let (x, y) = xy.split_at(xy.len() / 2);
                json!({ "kty": "EC", "crv": self.curve.name(), "x": text(x), "y": text(y) })
            }
            _ => json!({ "kty": "OKP", "crv": self.curve.name(), "x": text(&self.bytes) }),
        };
        jwk.as_object().cloned().unwrap_or_default()
    }

    /// The key that the holders of the two private keys agree on (RFC 7518 §4.6).
    pub(super) fn derive(&self, private: &PrivateKey, purpose: &Purpose<'_>) -> Option<Zeroizing<Vec<u8>>> {
        let point = UnparsedPublicKey::new(self.curve.algorithm(), &self.bytes);
        agree(private, point, (), |secret| concat_kdf(secret, purpose).ok_or(())).ok()
    }
}

/// NIST SP 800-56A §5.8.1 with SHA-256, as RFC 7518 §4.6.2 uses it.
fn concat_kdf(secret: &[u8], purpose: &Purpose<'_>) -> Option<Zeroizing<Vec<u8>>> {
    let bits = u32::try_from(purpose.key_length).ok()?.checked_mul(8)?;
    let mut key = Zeroizing::new(Vec::with_capacity(purpose.key_length + SHA256.output_len()));
    let mut round: u32 = 1;
    while key.len() < purpose.key_length {
        let mut hash = Context::new(&SHA256);
        hash.update(&round.to_be_bytes());
        hash.update(secret);
        for part in [purpose.algorithm.as_bytes(), purpose.party_u, purpose.party_v] {
            hash.update(&u32::try_from(part.len()).ok()?.to_be_bytes());
            hash.update(part);
        }
        hash.update(&bits.to_be_bytes());
        key.extend_from_slice(hash.finish().as_ref());
        round += 1;
    }
    key.truncate(purpose.key_length);
    Some(key)
}
