//! Keys that sign tokens for tests: made by aws-lc-rs, used by the `jsonwebtoken` crate.
#![expect(clippy::unwrap_used, reason = "in a test, that is how to stop")]

use std::sync::LazyLock;

use aws_lc_rs::encoding::{AsDer as _, Pkcs8V1Der, PublicKeyX509Der};
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, ECDSA_P384_SHA384_FIXED_SIGNING, EcdsaKeyPair, EcdsaSigningAlgorithm,
    Ed25519KeyPair, KeyPair as _, RsaKeyPair,
};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
pub(crate) use jsonwebtoken::Algorithm;
use jsonwebtoken::{EncodingKey, Header};
use serde_json::{Value, json};

/// 1024 bits, made by OpenSSL.
pub(crate) const SHORT_MODULUS: &str = "xLee6gIFpscclbE3win8r1qqF8UYmIekDDF2votPeD2Ptfn9f-ChrF-hilcDg4RDCfWO6z1qB2NBMlLZ7ryQiYK\
    gVCy-U1lng3gzVF_N5s7RjSvIRx7HQWnjo0IuxdEy0nSxhG5ClNxVzJp99qir8nj296biGxUfq4Qzg_bn0EU";

pub(crate) struct Signer {
    pub(crate) algorithm: Algorithm,
    key: EncodingKey,
    jwk: Value,
    pub(crate) public_pem: String,
}

impl Signer {
    pub(crate) fn rsa() -> &'static Self {
        static KEY: LazyLock<Signer> = LazyLock::new(Signer::new_rsa);
        &KEY
    }

    pub(crate) fn other_rsa() -> &'static Self {
        static KEY: LazyLock<Signer> = LazyLock::new(Signer::new_rsa);
        &KEY
    }

    pub(crate) fn p256() -> &'static Self {
        static KEY: LazyLock<Signer> =
            LazyLock::new(|| Signer::new_ec(&ECDSA_P256_SHA256_FIXED_SIGNING, Algorithm::ES256, "P-256"));
        &KEY
    }

    pub(crate) fn p384() -> &'static Self {
        static KEY: LazyLock<Signer> =
            LazyLock::new(|| Signer::new_ec(&ECDSA_P384_SHA384_FIXED_SIGNING, Algorithm::ES384, "P-384"));
        &KEY
    }

    pub(crate) fn ed25519() -> &'static Self {
        static KEY: LazyLock<Signer> = LazyLock::new(|| {
            let pair = Ed25519KeyPair::generate().unwrap();
            let x = URL_SAFE_NO_PAD.encode(pair.public_key());
            let private = pair.to_pkcs8v1().unwrap();
            Signer {
                algorithm: Algorithm::EdDSA,
                key: EncodingKey::from_ed_pem(pem("PRIVATE KEY", private.as_ref()).as_bytes()).unwrap(),
                jwk: json!({ "kty": "OKP", "crv": "Ed25519", "x": x }),
                public_pem: String::new(),
            }
        });
        &KEY
    }

    fn new_rsa() -> Self {
        let pair = RsaKeyPair::generate(KeySize::Rsa2048).unwrap();
        let private: Pkcs8V1Der<'_> = pair.as_der().unwrap();
        let public: PublicKeyX509Der<'_> = pair.public_key().as_der().unwrap();
        let n = URL_SAFE_NO_PAD.encode(pair.public_key().modulus().big_endian_without_leading_zero());
        Self {
            algorithm: Algorithm::RS256,
            key: EncodingKey::from_rsa_pem(pem("PRIVATE KEY", private.as_ref()).as_bytes()).unwrap(),
            jwk: json!({ "kty": "RSA", "e": "AQAB", "n": n }),
            public_pem: pem("PUBLIC KEY", public.as_ref()),
        }
    }

    fn new_ec(signing: &'static EcdsaSigningAlgorithm, algorithm: Algorithm, curve: &str) -> Self {
        let pair = EcdsaKeyPair::generate(signing).unwrap();
        let point = pair.public_key().as_ref();
        let (x, y) = point[1..].split_at(point.len() / 2);
        let private = pair.to_pkcs8v1().unwrap();
        Self {
            algorithm,
            key: EncodingKey::from_ec_pem(pem("PRIVATE KEY", private.as_ref()).as_bytes()).unwrap(),
            jwk: json!({
                "kty": "EC", "crv": curve, "x": URL_SAFE_NO_PAD.encode(x), "y": URL_SAFE_NO_PAD.encode(y),
            }),
            public_pem: String::new(),
        }
    }

    /// The public key, for signatures, under that ID.
    pub(crate) fn jwk(&self, id: &str) -> Value {
        let mut jwk = self.jwk.clone();
        jwk["kid"] = id.into();
        jwk["use"] = "sig".into();
        jwk
    }

    pub(crate) fn sign(&self, key_id: Option<&str>, claims: &Value) -> String {
        self.sign_as(self.algorithm, key_id, claims)
    }

    pub(crate) fn sign_as(&self, algorithm: Algorithm, key_id: Option<&str>, claims: &Value) -> String {
        let mut header = Header::new(algorithm);
        header.kid = key_id.map(str::to_owned);
        self.sign_with(&header, claims)
    }

    pub(crate) fn sign_with(&self, header: &Header, claims: &Value) -> String {
        jsonwebtoken::encode(header, claims, &self.key).unwrap()
    }

    /// For JSON that no serialiser writes.
    pub(crate) fn sign_text(&self, header: &str, claims: &str) -> String {
        let message = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(claims));
        let signature = jsonwebtoken::crypto::sign(message.as_bytes(), &self.key, self.algorithm).unwrap();
        format!("{message}.{signature}")
    }
}

/// A token whose key is a text that both sides know.
pub(crate) fn mac(algorithm: Algorithm, key_id: Option<&str>, secret: &[u8], claims: &Value) -> String {
    let mut header = Header::new(algorithm);
    header.kid = key_id.map(str::to_owned);
    jsonwebtoken::encode(&header, claims, &EncodingKey::from_secret(secret)).unwrap()
}

fn pem(label: &str, der: &[u8]) -> String {
    let text = STANDARD.encode(der);
    let lines: Vec<_> = text.as_bytes().chunks(64).map(|line| std::str::from_utf8(line).unwrap()).collect();
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", lines.join("\n"))
}
