//! A private key in this process.

pub(super) mod curve;
pub(super) mod encoded;
pub(super) mod jwk;
pub(super) mod pair;
pub(super) mod pem;
#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

use super::{Signer, SigningAlgorithm, thumbprint};
use crate::error::{Error, Result};
use crate::fingerprint::Fingerprint;
use pair::Pair;

/// A private key that signs: RSA, ECDSA (P-256, P-384, P-521) or Ed25519, by aws-lc-rs.
///
/// An RSA key signs with RS256 unless told otherwise, and has 2048 to 8192 bits (RFC 7518 §3.3). The key's memory is wiped
/// when the last clone is dropped; the caller wipes the buffer that it was read from.
///
/// ```
/// use grantkit::keys::{Signer, SigningAlgorithm, SigningKey};
///
/// let key = SigningKey::generate(SigningAlgorithm::Es256)?.with_key_id("billing-2026");
/// assert_eq!(key.public_jwk()["kid"], "billing-2026"); // for the server's registration, nothing secret in it
///
/// let pem = "-----BEGIN PRIVATE KEY-----\n\
///     MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n\
///     -----END PRIVATE KEY-----";
/// assert_eq!(SigningKey::from_pem(pem)?.algorithm(), SigningAlgorithm::EdDsa);
/// # Ok::<(), grantkit::Error>(())
/// ```
#[derive(Clone)]
pub struct SigningKey {
    pair: Arc<Pair>,
    algorithm: SigningAlgorithm,
    key_id: Option<String>,
    certificate_thumbprint: Option<String>,
}

impl SigningKey {
    /// Reads the first private key of a PEM file: PKCS#8 (`PRIVATE KEY`), PKCS#1 (`RSA PRIVATE KEY`) or SEC 1
    /// (`EC PRIVATE KEY`), not encrypted.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) if the key cannot be used; the error says why and shows nothing of it.
    pub fn from_pem(pem: impl AsRef<[u8]>) -> Result<Self> {
        Self::from_der(&*pem::private_key(pem.as_ref()).map_err(unusable)?)
    }

    /// Reads a private key in DER: PKCS#8, PKCS#1 (RSA) or SEC 1 (EC).
    ///
    /// # Errors
    ///
    /// As [`from_pem`](Self::from_pem).
    pub fn from_der(der: impl AsRef<[u8]>) -> Result<Self> {
        encoded::read(der.as_ref()).map(Self::from).map_err(unusable)
    }

    /// Reads a private JWK (RFC 7517, RFC 7518 §6, RFC 8037 §2); its `kid` and `alg` are the key's.
    ///
    /// # Errors
    ///
    /// As [`from_pem`](Self::from_pem).
    pub fn from_jwk(jwk: &str) -> Result<Self> {
        let jwk::PrivateKey { pair, algorithm, key_id } = jwk::read(jwk).map_err(unusable)?;
        let key = Self { key_id, ..Self::from(pair) };
        algorithm.map_or(Ok(key.clone()), |algorithm| key.with_algorithm(algorithm))
    }

    /// Generates a key for this algorithm; an RSA key has 3072 bits, and takes some time.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where the machine's cryptography fails.
    pub fn generate(algorithm: SigningAlgorithm) -> Result<Self> {
        let pair = Pair::generate(algorithm).ok_or_else(|| unusable("none could be generated"))?;
        Self::from(pair).with_algorithm(algorithm)
    }

    /// Sets the key ID, as in the JWK set that the server knows (RFC 7515 §4.1.4).
    pub fn with_key_id(mut self, key_id: impl Into<String>) -> Self {
        self.key_id = Some(key_id.into());
        self
    }

    /// Has what it signs name the key's certificate, by its SHA-256 thumbprint (`x5t#S256`, RFC 7515 §4.1.8), for a server that knows the
    /// key by that, as Microsoft Entra ID does. It is the first certificate of the PEM, which may hold the key as well.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where there is no certificate, or it is of another key.
    pub fn with_certificate(mut self, pem: impl AsRef<[u8]>) -> Result<Self> {
        let certificate = pem::certificate(pem.as_ref()).map_err(unusable)?;
        let key = self.pair.public_key();
        if !certificate.windows(key.len()).any(|part| part == key) {
            return Err(unusable("its certificate is of another key"));
        }
        self.certificate_thumbprint = Some(URL_SAFE_NO_PAD.encode(digest(&SHA256, &certificate)));
        Ok(self)
    }

    /// Signs with this algorithm: an RSA key with another than RS256, an Ed25519 key by its new name.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) if the key cannot sign with it.
    pub fn with_algorithm(mut self, algorithm: SigningAlgorithm) -> Result<Self> {
        if !self.algorithms().contains(&algorithm) {
            let own = self.algorithms().iter().map(|algorithm| algorithm.name()).collect::<Vec<_>>().join(", ");
            return Err(unusable(format!("it signs with {own}, not with {algorithm}")));
        }
        self.algorithm = algorithm;
        Ok(self)
    }

    /// The public key as a JWK (RFC 7517 §4), with `use`, `alg` and, if it has one, `kid`: register it at the server.
    pub fn public_jwk(&self) -> Value {
        let mut jwk = self.public_members();
        jwk.insert("use".to_owned(), "sig".into());
        jwk.insert("alg".to_owned(), self.algorithm.name().into());
        if let Some(id) = &self.key_id {
            jwk.insert("kid".to_owned(), id.as_str().into());
        }
        Value::Object(jwk)
    }

    /// The SHA-256 thumbprint of the public half (RFC 7638), base64url: a good key ID where there is no other.
    pub fn thumbprint(&self) -> String {
        thumbprint::of(&self.public_members()).unwrap_or_default()
    }

    /// The algorithms that the key can sign with, its default first.
    pub(crate) fn algorithms(&self) -> &'static [SigningAlgorithm] {
        self.pair.algorithms()
    }

    /// [`Signer::sign`] without a wait, as the key is here.
    pub(super) fn sign_here(&self, message: &[u8]) -> Result<Vec<u8>> {
        self.pair.sign(self.algorithm, message).ok_or_else(|| unusable("signing with it failed"))
    }

    /// The members that make the public key, and no other.
    pub(crate) fn public_members(&self) -> serde_json::Map<String, Value> {
        self.pair.public_members().into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect()
    }
}

impl From<Pair> for SigningKey {
    fn from(pair: Pair) -> Self {
        Self { algorithm: pair.usual_algorithm(), pair: Arc::new(pair), key_id: None, certificate_thumbprint: None }
    }
}

#[async_trait]
impl Signer for SigningKey {
    fn algorithm(&self) -> SigningAlgorithm {
        self.algorithm
    }

    fn key_id(&self) -> Option<&str> {
        self.key_id.as_deref()
    }

    fn certificate_thumbprint(&self) -> Option<&str> {
        self.certificate_thumbprint.as_deref()
    }

    fn identity(&self) -> Fingerprint {
        Fingerprint::new("jkt", self.thumbprint())
    }

    async fn sign(&self, message: &[u8]) -> Result<Vec<u8>> {
        self.sign_here(message)
    }
}

fn unusable(reason: impl fmt::Display) -> Error {
    Error::configuration(format!("the signing key cannot be used: {reason}"))
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningKey")
            .field("algorithm", &self.algorithm)
            .field("key_id", &self.key_id)
            .finish_non_exhaustive()
    }
}
