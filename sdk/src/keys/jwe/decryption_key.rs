//! A private key, or a secret, that decrypts in this process.

mod material;
mod read;

use std::fmt;
use std::sync::Arc;

use secrecy::SecretString;
use serde_json::{Map, Value};
use zeroize::Zeroizing;

use super::compact::Header;
use super::{ContentEncryption, KeyManagementAlgorithm, decrypt};
use crate::error::{Error, Result};
use crate::fingerprint::Fingerprint;
use crate::keys::signing_key::pem;
use crate::token::IntoSecret;
use material::Material;

pub(super) use material::derived_from_client_secret;

/// A key that decrypts what the server encrypts to this client: RSA, P-256, P-384, P-521, X25519, or a secret.
///
/// It decrypts every algorithm that fits unless [restricted](Self::with_algorithms), but never `RSA1_5`, `PBES2-…` or compressed text.
/// The key's memory is wiped when the last clone is dropped; the caller wipes the buffer that it was read from.
///
/// ```
/// use grantkit::keys::{DecryptionKey, KeyManagementAlgorithm};
///
/// let key = DecryptionKey::generate(KeyManagementAlgorithm::EcdhEs)?.with_key_id("billing-enc-2026");
/// let jwk = key.public_jwk().expect("it is no secret"); // for the server's registration
/// assert_eq!((&jwk["use"], &jwk["kid"]), (&"enc".into(), &"billing-enc-2026".into()));
/// # Ok::<(), grantkit::Error>(())
/// ```
#[derive(Clone)]
pub struct DecryptionKey {
    material: Arc<Material>,
    public: Map<String, Value>,
    key_id: Option<String>,
    algorithms: Vec<KeyManagementAlgorithm>,
    encryptions: Vec<ContentEncryption>,
}

impl DecryptionKey {
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
        read::der(der.as_ref()).map(Self::new).map_err(unusable)
    }

    /// Reads a private or symmetric JWK (RFC 7517, RFC 7518 §6, RFC 8037 §2); its `kid` is the key's, and where it has an
    /// `alg`, the key is for that one alone.
    ///
    /// # Errors
    ///
    /// As [`from_pem`](Self::from_pem).
    pub fn from_jwk(jwk: &str) -> Result<Self> {
        let read::Jwk { material, key_id, algorithm, encryption } = read::jwk(jwk).map_err(unusable)?;
        let mut key = Self { key_id, ..Self::new(material) };
        if let Some(algorithm) = algorithm {
            key = key.with_algorithms([algorithm])?;
        }
        if let Some(encryption) = encryption {
            key = key.with_content_encryptions([encryption])?;
        }
        Ok(key)
    }

    /// The client secret, from which the keys of `A128KW`, `A256GCMKW`, `dir` and their like are derived (OpenID Connect Core
    /// §10.2).
    pub fn from_client_secret(secret: impl IntoSecret) -> Self {
        Self::new(Material::ClientSecret(secret.into()))
    }

    /// Generates a key pair for this algorithm: RSA with 3072 bits, or P-256.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where the algorithm is one with a secret, which both sides have to know.
    pub fn generate(algorithm: KeyManagementAlgorithm) -> Result<Self> {
        let material = Material::generate(algorithm).map_err(unusable)?;
        Self::new(material).with_algorithms([algorithm])
    }

    /// Sets the key ID, as in the JWK set that the server knows: a text that is encrypted to another key is not tried.
    pub fn with_key_id(mut self, key_id: impl Into<String>) -> Self {
        self.key_id = Some(key_id.into());
        self
    }

    /// Restricts it to these key management algorithms: the client's registered
    /// `…_encrypted_response_alg`.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where the key is not for one of them, or there is none.
    pub fn with_algorithms(mut self, algorithms: impl IntoIterator<Item = KeyManagementAlgorithm>) -> Result<Self> {
        self.algorithms = algorithms.into_iter().collect();
        if let Some(other) = self.algorithms.iter().find(|algorithm| !self.material.is_for(**algorithm)) {
            return Err(unusable(format!("it is not for {other}")));
        }
        if self.algorithms.is_empty() { Err(unusable("it is for no algorithm")) } else { Ok(self) }
    }

    /// Restricts it to these content encryption algorithms: the client's registered
    /// `…_encrypted_response_enc`.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where there is none.
    pub fn with_content_encryptions(
        mut self,
        encryptions: impl IntoIterator<Item = ContentEncryption>,
    ) -> Result<Self> {
        self.encryptions = encryptions.into_iter().collect();
        if self.encryptions.is_empty() { Err(unusable("it is for no content encryption")) } else { Ok(self) }
    }

    /// The public key as a JWK (RFC 7517 §4), with `use` and, if it has them, `kid` and a single `alg`: register it at the server.
    /// `None` for a secret.
    pub fn public_jwk(&self) -> Option<Value> {
        let mut jwk = self.public.clone();
        if jwk.is_empty() {
            return None;
        }
        jwk.insert("use".to_owned(), "enc".into());
        if let [algorithm] = self.algorithms[..] {
            jwk.insert("alg".to_owned(), algorithm.name().into());
        }
        if let Some(id) = &self.key_id {
            jwk.insert("kid".to_owned(), id.as_str().into());
        }
        Some(Value::Object(jwk))
    }

    /// Decrypts a text in the compact serialisation (RFC 7516 §3.1). Clients do so by themselves with what they get; this is for an
    /// ID token that was encrypted and is to become an `id_token_hint` (OpenID Connect RP-Initiated Logout 1.0 §2).
    ///
    /// Anyone with the public key can encrypt: the decrypted text is authentic only by its own signature.
    ///
    /// # Errors
    ///
    /// [`is_security`](Error::is_security) where it is not encrypted to this key, has been changed, or is no text.
    pub fn decrypt(&self, text: &str) -> Result<SecretString> {
        let mut plaintext = decrypt("encrypted text", std::slice::from_ref(self), None, text)?;
        Ok(std::mem::take(&mut *plaintext).into())
    }

    /// Tells it from every key that decrypts anything else.
    #[cfg_attr(not(feature = "oidc"), allow(dead_code, reason = "it decrypts ID tokens"))]
    pub(crate) fn identity(&self) -> Fingerprint {
        let Self { material, public, key_id, algorithms, encryptions } = self;
        let key = Fingerprint::builder().parameter("public", Value::Object(public.clone()).to_string());
        let key = material.shared_secret().iter().fold(key, |key, secret| key.secret_bytes("secret", secret));
        let key = key_id.iter().fold(key, |key, id| key.parameter("kid", id));
        let key = algorithms.iter().fold(key, |key, algorithm| key.parameter("alg", algorithm.name()));
        encryptions.iter().fold(key, |key, encryption| key.parameter("enc", encryption.name())).build()
    }

    /// Whether it decrypts what is encrypted in that way.
    pub(crate) fn is_for(&self, algorithm: KeyManagementAlgorithm) -> bool {
        self.algorithms.contains(&algorithm)
    }

    /// Whether it may be the key for that text, going by the text's header.
    pub(super) fn fits(&self, header: &Header) -> bool {
        let is_named = match (&self.key_id, &header.key_id) {
            (Some(own), Some(named)) => own == named,
            _ => true,
        };
        is_named && self.is_for(header.algorithm) && self.encryptions.contains(&header.encryption)
    }

    /// The key of the text's content; nothing is said of why there is none.
    pub(super) fn content_key(&self, header: &Header, encrypted_key: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        self.material.content_key(header, encrypted_key)
    }

    fn new(material: Material) -> Self {
        Self {
            public: material.public_members(),
            algorithms: material.algorithms(),
            material: Arc::new(material),
            key_id: None,
            encryptions: ContentEncryption::ALL.to_vec(),
        }
    }
}

fn unusable(reason: impl fmt::Display) -> Error {
    Error::configuration(format!("the decryption key cannot be used: {reason}"))
}

impl fmt::Debug for DecryptionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DecryptionKey").field("key_id", &self.key_id).finish_non_exhaustive()
    }
}
