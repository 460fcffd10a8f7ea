use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    EcdsaKeyPair, Ed25519KeyPair, KeyPair as _, RSA_PKCS1_SHA256, RSA_PKCS1_SHA384, RSA_PKCS1_SHA512, RSA_PSS_SHA256,
    RSA_PSS_SHA384, RSA_PSS_SHA512, RsaEncoding, RsaKeyPair,
};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::curve::Curve;
use crate::keys::SigningAlgorithm::{
    self, Ed25519, EdDsa, Es256, Es384, Es512, Ps256, Ps384, Ps512, Rs256, Rs384, Rs512,
};
use crate::keys::der;

/// Both halves of a key; aws-lc wipes the private one when it is dropped.
pub(in crate::keys) enum Pair {
    Rsa(RsaKeyPair),
    Ec(Curve, EcdsaKeyPair),
    Ed25519(Ed25519KeyPair),
}

impl Pair {
    pub(super) fn generate(algorithm: SigningAlgorithm) -> Option<Self> {
        let curve = |curve: Curve| EcdsaKeyPair::generate(curve.signing()).map(|pair| Self::Ec(curve, pair)).ok();
        match algorithm {
            // 128 bits of security (NIST SP 800-57), as the curves have.
            Rs256 | Rs384 | Rs512 | Ps256 | Ps384 | Ps512 => RsaKeyPair::generate(KeySize::Rsa3072).map(Self::Rsa).ok(),
            Es256 => curve(Curve::P256),
            Es384 => curve(Curve::P384),
            Es512 => curve(Curve::P521),
            EdDsa | Ed25519 => Ed25519KeyPair::generate().map(Self::Ed25519).ok(),
        }
    }

    /// What it can sign with, the usual one first.
    pub(super) fn algorithms(&self) -> &'static [SigningAlgorithm] {
        match self {
            Self::Rsa(_) => &[Rs256, Rs384, Rs512, Ps256, Ps384, Ps512],
            Self::Ec(Curve::P256, _) => &[Es256],
            Self::Ec(Curve::P384, _) => &[Es384],
            Self::Ec(Curve::P521, _) => &[Es512],
            Self::Ed25519(_) => &[EdDsa, Ed25519],
        }
    }

    pub(super) fn usual_algorithm(&self) -> SigningAlgorithm {
        match self {
            Self::Rsa(_) => Rs256,
            Self::Ec(curve, _) => curve.algorithm(),
            Self::Ed25519(_) => EdDsa,
        }
    }

    /// The signature, if the key is for that algorithm.
    pub(super) fn sign(&self, algorithm: SigningAlgorithm, message: &[u8]) -> Option<Vec<u8>> {
        match self {
            Self::Rsa(pair) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign(padding(algorithm)?, &SystemRandom::new(), message, &mut signature).ok()?;
                Some(signature)
            }
            Self::Ec(curve, pair) if curve.algorithm() == algorithm => {
                pair.sign(&SystemRandom::new(), message).ok().map(|signature| signature.as_ref().to_vec())
            }
            Self::Ed25519(pair) if matches!(algorithm, EdDsa | Ed25519) => {
                pair.try_sign(message).ok().map(|signature| signature.as_ref().to_vec())
            }
            _ => None,
        }
    }

    /// The public key as it stands in a certificate (RFC 5280 §4.1, `subjectPublicKey`).
    pub(super) fn public_key(&self) -> &[u8] {
        match self {
            Self::Rsa(pair) => pair.public_key().as_ref(),
            Self::Ec(_, pair) => pair.public_key().as_ref(),
            Self::Ed25519(pair) => pair.public_key().as_ref(),
        }
    }

    /// The members of a JWK that are the public key (RFC 7518 §6, RFC 8037 §2).
    pub(in crate::keys) fn public_members(&self) -> Vec<(&'static str, String)> {
        let text = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        match self {
            Self::Rsa(pair) => {
                let (n, e) = rsa_numbers(pair.public_key().as_ref()).unwrap_or_default();
                vec![("kty", "RSA".to_owned()), ("n", text(n)), ("e", text(e))]
            }
            Self::Ec(curve, pair) => {
                // An uncompressed point: 4, x, y (SEC 1 §2.3.3).
                let point = pair.public_key().as_ref();
                let (x, y) = point.split_at_checked(1).map(|(_, xy)| xy.split_at(curve.length())).unwrap_or_default();
                vec![("kty", "EC".to_owned()), ("crv", curve.name().to_owned()), ("x", text(x)), ("y", text(y))]
            }
            Self::Ed25519(pair) => {
                let x = text(pair.public_key().as_ref());
                vec![("kty", "OKP".to_owned()), ("crv", "Ed25519".to_owned()), ("x", x)]
            }
        }
    }
}

fn padding(algorithm: SigningAlgorithm) -> Option<&'static dyn RsaEncoding> {
    Some(match algorithm {
        Rs256 => &RSA_PKCS1_SHA256,
        Rs384 => &RSA_PKCS1_SHA384,
        Rs512 => &RSA_PKCS1_SHA512,
        Ps256 => &RSA_PSS_SHA256,
        Ps384 => &RSA_PSS_SHA384,
        Ps512 => &RSA_PSS_SHA512,
        Es256 | Es384 | Es512 | EdDsa | Ed25519 => return None,
    })
}

/// Modulus and exponent of an `RSAPublicKey` (RFC 8017 appendix A.1.1).
fn rsa_numbers(public_key: &[u8]) -> Option<(&[u8], &[u8])> {
    let (n, rest) = der::first(der::INTEGER, der::only(der::SEQUENCE, public_key)?)?;
    let e = der::only(der::INTEGER, rest)?;
    Some((der::without_leading_zeros(n), der::without_leading_zeros(e)))
}
