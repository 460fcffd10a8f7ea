//! The key that the client of a played service signs with, and its assertions (RFC 7523, Sign in with Apple).

use aws_lc_rs::error::Unspecified;
use aws_lc_rs::hmac;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _, UnparsedPublicKey,
};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::Value;

use crate::state::unix_now;

/// An EC key on P-256.
pub(super) struct ClientKey {
    public: Vec<u8>,
    pem: String,
}

impl ClientKey {
    pub(super) fn generate() -> Result<Self, Unspecified> {
        let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING)?;
        let document = pair.to_pkcs8v1()?;
        let encoded = STANDARD.encode(document.as_ref());
        let lines: Vec<_> = encoded.as_bytes().chunks(64).map(String::from_utf8_lossy).collect();
        let pem = format!("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n", lines.join("\n"));
        Ok(Self { public: pair.public_key().as_ref().to_vec(), pem })
    }

    /// The private key (PKCS #8).
    pub(super) fn pem(&self) -> &str {
        &self.pem
    }

    /// The claims of a JWT that this key has signed (ES256), if it has not expired.
    pub(super) fn claims(&self, jwt: &str) -> Option<Value> {
        let (message, signature) = parts(jwt, "ES256")?;
        UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, &self.public).verify(message.as_bytes(), &signature).ok()?;
        claims(message)
    }
}

/// The claims of a JWT that is signed with a secret (HS256), if it has not expired.
pub(super) fn claims_of_secret(secret: &str, jwt: &str) -> Option<Value> {
    let (message, signature) = parts(jwt, "HS256")?;
    hmac::verify(&hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes()), message.as_bytes(), &signature).ok()?;
    claims(message)
}

fn parts<'a>(jwt: &'a str, algorithm: &str) -> Option<(&'a str, Vec<u8>)> {
    let (message, signature) = jwt.rsplit_once('.')?;
    let (header, _) = message.split_once('.')?;
    let header: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(header).ok()?).ok()?;
    (header.get("alg")? == algorithm).then_some(())?;
    Some((message, URL_SAFE_NO_PAD.decode(signature).ok()?))
}

fn claims(message: &str) -> Option<Value> {
    let (_, claims) = message.split_once('.')?;
    let claims: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).ok()?).ok()?;
    (claims.get("exp")?.as_u64()? > unix_now()).then_some(claims)
}
