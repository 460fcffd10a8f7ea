use aws_lc_rs::agreement::PrivateKey;
use aws_lc_rs::rsa::{OaepPublicEncryptingKey, PublicKeyComponents};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Map, Value};
use zeroize::Zeroizing;

use super::agreement::{Point, Purpose};
use super::algorithm::Mechanism;
use super::decryption_key::derived_from_client_secret;
use super::{ContentEncryption, KeyManagementAlgorithm, aes_gcm, aes_key_wrap};
use crate::error::{Error, Result};
use crate::keys::key::jwk::{member, rsa_numbers, text};
use crate::random::random_bytes;

/// The receiver's key: one of the server's public ones, or the client secret.
pub(crate) struct EncryptionKey {
    key_id: Option<String>,
    material: Material,
}

enum Material {
    Rsa(OaepPublicEncryptingKey),
    Agreement(Point),
    ClientSecret(SecretString),
}

/// A content's key, and how its receiver comes to it.
struct Wrapped {
    content_key: Zeroizing<Vec<u8>>,
    encrypted_key: Vec<u8>,
}

impl EncryptionKey {
    /// Reads an entry of a JWK set (RFC 7517 §4) as a key for that algorithm; the error says why it is none.
    pub(crate) fn from_jwk(
        jwk: &Map<String, Value>,
        algorithm: KeyManagementAlgorithm,
    ) -> std::result::Result<Self, &'static str> {
        if member(jwk, "use").is_some_and(|purpose| purpose != "enc") {
            return Err("it is not for encryption (`use`)");
        }
        let is_for_it = |one: &Value| one == "encrypt" || one == "wrapKey" || one == "deriveKey" || one == "deriveBits";
        let encrypts = |operations: &Value| operations.as_array().is_some_and(|all| all.iter().any(is_for_it));
        if member(jwk, "key_ops").is_some_and(|operations| !encrypts(operations)) {
            return Err("it is not for encrypting (`key_ops`)");
        }
        if member(jwk, "alg").is_some_and(|name| name != algorithm.name()) {
            return Err("it is for another algorithm (`alg`)");
        }
        let material = match (text(jwk, "kty")?, algorithm.mechanism()) {
            ("RSA", Mechanism::RsaOaep(_)) => {
                let (n, e) = rsa_numbers(jwk)?;
                let key = PublicKeyComponents { n, e }.try_into().map_err(|_| "it is a malformed RSA key")?;
                Material::Rsa(OaepPublicEncryptingKey::new(key).map_err(|_| "it is a malformed RSA key")?)
            }
            ("EC" | "OKP", Mechanism::Agreement(_)) => Material::Agreement(Point::from_jwk(jwk)?),
            _ => return Err("it is of another type (`kty`) than the algorithm"),
        };
        Ok(Self { key_id: member(jwk, "kid").and_then(Value::as_str).map(str::to_owned), material })
    }

    /// The client secret as the key (OpenID Connect Core §10.2).
    pub(crate) fn from_client_secret(secret: SecretString) -> Self {
        Self { key_id: None, material: Material::ClientSecret(secret) }
    }

    /// Encrypts a signed JWT in the compact serialisation (RFC 7516 §5.1, RFC 7519 §5.2).
    pub(crate) fn encrypt_jwt(
        &self,
        algorithm: KeyManagementAlgorithm,
        encryption: ContentEncryption,
        jwt: &str,
    ) -> Result<String> {
        self.check_secret(algorithm, encryption)?;
        let mut header = Map::new();
        header.insert("alg".to_owned(), algorithm.name().into());
        header.insert("enc".to_owned(), encryption.name().into());
        header.insert("cty".to_owned(), "JWT".into());
        if let Some(id) = &self.key_id {
            header.insert("kid".to_owned(), id.as_str().into());
        }
        self.encrypt(algorithm, encryption, header, jwt.as_bytes())
            .ok_or_else(|| Error::configuration(format!("encrypting with {algorithm} and {encryption} failed")))
    }

    /// Refuses a secret that a reader of the text, such as the person's browser, could find by brute force (OpenID Connect Core
    /// §16.19): one of fewer bytes than the key that is made of it. 256 bits are enough for any.
    fn check_secret(&self, algorithm: KeyManagementAlgorithm, encryption: ContentEncryption) -> Result<()> {
        let Material::ClientSecret(secret) = &self.material else { return Ok(()) };
        let own = match algorithm.mechanism() {
            Mechanism::KeyWrap(length) | Mechanism::GcmKeyWrap(length) => length,
            _ => encryption.key_length(),
        };
        let shortest = own.min(32);
        if secret.expose_secret().len() >= shortest {
            return Ok(());
        }
        Err(Error::configuration(format!(
            "the client secret is too short to encrypt with by {algorithm}: it must have {shortest} bytes or more, or it could be \
             found by trying (OpenID Connect Core §16.19)"
        )))
    }

    fn encrypt(
        &self,
        algorithm: KeyManagementAlgorithm,
        encryption: ContentEncryption,
        mut header: Map<String, Value>,
        plaintext: &[u8],
    ) -> Option<String> {
        let Wrapped { content_key, encrypted_key } = self.wrap(algorithm, encryption, &mut header)?;
        let protected = URL_SAFE_NO_PAD.encode(serde_json::to_vec(&header).ok()?);
        let iv = random_bytes(encryption.iv_length()).ok()?.to_vec();
        let content = encryption.encrypt(&content_key, iv, protected.as_bytes(), plaintext)?;
        let parts =
            [encrypted_key, content.iv, content.ciphertext, content.tag].map(|part| URL_SAFE_NO_PAD.encode(part));
        Some(format!("{protected}.{}", parts.join(".")))
    }

    fn wrap(
        &self,
        algorithm: KeyManagementAlgorithm,
        encryption: ContentEncryption,
        header: &mut Map<String, Value>,
    ) -> Option<Wrapped> {
        let directly = |content_key| Some(Wrapped { content_key, encrypted_key: Vec::new() });
        let length = encryption.key_length();
        match (&self.material, algorithm.mechanism()) {
            (Material::Rsa(key), Mechanism::RsaOaep(oaep)) => {
                let content_key = random_bytes(length).ok()?;
                let mut encrypted_key = vec![0; key.ciphertext_size()];
                let written = key.encrypt(oaep, &content_key, &mut encrypted_key, None).ok()?.len();
                encrypted_key.truncate(written);
                Some(Wrapped { content_key, encrypted_key })
            }
            (Material::Agreement(receiver), Mechanism::Agreement(wraps)) => {
                let ephemeral = PrivateKey::generate(receiver.curve.algorithm()).ok()?;
                header.insert("epk".to_owned(), Point::of(receiver.curve, &ephemeral)?.members().into());
                let (name, key_length) = wraps.map_or((encryption.name(), length), |length| (algorithm.name(), length));
                let purpose = Purpose { algorithm: name, key_length, party_u: &[], party_v: &[] };
                let agreed = receiver.derive(&ephemeral, &purpose)?;
                if wraps.is_none() {
                    return directly(agreed);
                }
                let content_key = random_bytes(length).ok()?;
                Some(Wrapped { encrypted_key: aes_key_wrap::wrap(&agreed, &content_key)?, content_key })
            }
            (Material::ClientSecret(secret), Mechanism::KeyWrap(own)) => {
                let content_key = random_bytes(length).ok()?;
                let key = derived_from_client_secret(secret, own)?;
                Some(Wrapped { encrypted_key: aes_key_wrap::wrap(&key, &content_key)?, content_key })
            }
            (Material::ClientSecret(secret), Mechanism::GcmKeyWrap(own)) => {
                let (content_key, iv) = (random_bytes(length).ok()?, random_bytes(aes_gcm::IV_LENGTH).ok()?);
                let key = derived_from_client_secret(secret, own)?;
                let (encrypted_key, tag) = aes_gcm::encrypt(&key, &iv, &[], &content_key)?;
                header.insert("iv".to_owned(), URL_SAFE_NO_PAD.encode(&*iv).into());
                header.insert("tag".to_owned(), URL_SAFE_NO_PAD.encode(tag).into());
                Some(Wrapped { content_key, encrypted_key })
            }
            (Material::ClientSecret(secret), Mechanism::Direct) => {
                directly(derived_from_client_secret(secret, length)?)
            }
            _ => None,
        }
    }
}
