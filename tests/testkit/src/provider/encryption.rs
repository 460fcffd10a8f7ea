//! What a played service encrypts to its client (RFC 7516): by the client's RSA key, or with a key that is made of its secret.

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::cipher::{AES_128, EncryptionContext, PaddedBlockEncryptingKey, UnboundCipherKey};
use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::error::Unspecified;
use aws_lc_rs::hmac;
use aws_lc_rs::iv::FixedLength;
use aws_lc_rs::rand;
use aws_lc_rs::rsa::{
    KeySize, OAEP_SHA1_MGF1SHA1, OAEP_SHA256_MGF1SHA256, OaepPublicEncryptingKey, PrivateDecryptingKey,
    PublicEncryptingKey,
};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::json;

use super::service::CLIENT_SECRET;

/// The client's key pair, of which the service has the public half.
pub(super) struct EncryptionKey {
    public: PublicEncryptingKey,
    pem: String,
}

/// How the content's key is encrypted: a service may do so in one way here and in another there.
#[derive(Clone, Copy)]
pub(super) enum KeyEncryption {
    RsaOaep,
    RsaOaep256,
}

impl EncryptionKey {
    pub(super) fn generate() -> Result<Self, Unspecified> {
        let key = PrivateDecryptingKey::generate(KeySize::Rsa2048)?;
        let document = AsDer::<Pkcs8V1Der<'_>>::as_der(&key)?;
        let encoded = STANDARD.encode(document.as_ref());
        let lines: Vec<_> = encoded.as_bytes().chunks(64).map(String::from_utf8_lossy).collect();
        let pem = format!("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n", lines.join("\n"));
        Ok(Self { public: key.public_key(), pem })
    }

    /// The private key (PKCS #8).
    pub(super) fn pem(&self) -> &str {
        &self.pem
    }

    /// With `A128CBC-HS256` (RFC 7518 §5.2.3).
    pub(super) fn encrypt(&self, by: KeyEncryption, jwt: &str) -> Result<String, Unspecified> {
        let (name, algorithm) = match by {
            KeyEncryption::RsaOaep => ("RSA-OAEP", &OAEP_SHA1_MGF1SHA1),
            KeyEncryption::RsaOaep256 => ("RSA-OAEP-256", &OAEP_SHA256_MGF1SHA256),
        };
        let (mut key, mut iv) = ([0; 32], [0; 16]);
        rand::fill(&mut key)?;
        rand::fill(&mut iv)?;
        let public = OaepPublicEncryptingKey::new(self.public.clone())?;
        let mut encrypted_key = vec![0; public.ciphertext_size()];
        let encrypted_key = public.encrypt(algorithm, &key, &mut encrypted_key, None)?;
        let header = header(name, "A128CBC-HS256");

        let (mac_key, cipher_key) = key.split_at(16);
        let mut content = jwt.as_bytes().to_vec();
        let cipher = PaddedBlockEncryptingKey::cbc_pkcs7(UnboundCipherKey::new(&AES_128, cipher_key)?)?;
        cipher.less_safe_encrypt(&mut content, EncryptionContext::Iv128(FixedLength::from(iv)))?;
        let length = (header.len() as u64 * 8).to_be_bytes();
        let signed = [header.as_bytes(), &iv, &content, &length].concat();
        let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, mac_key), &signed);
        Ok(compact(&header, encrypted_key, &iv, &content, tag.as_ref().get(..16).unwrap_or_default()))
    }
}

/// By `dir` with `A256GCM` and the key that is made of the client's secret (OpenID Connect Core §10.2).
pub(super) fn encrypt_with_secret(jwt: &str) -> Result<String, Unspecified> {
    let mut iv = [0; 12];
    rand::fill(&mut iv)?;
    let header = header("dir", "A256GCM");
    let key = digest(&SHA256, CLIENT_SECRET.as_bytes());
    let key = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, key.as_ref())?);
    let mut content = jwt.as_bytes().to_vec();
    let nonce = Nonce::assume_unique_for_key(iv);
    let tag = key.seal_in_place_separate_tag(nonce, Aad::from(header.as_bytes()), &mut content)?;
    Ok(compact(&header, &[], &iv, &content, tag.as_ref()))
}

fn header(algorithm: &str, encryption: &str) -> String {
    URL_SAFE_NO_PAD.encode(json!({ "alg": algorithm, "enc": encryption, "cty": "JWT" }).to_string())
}

fn compact(header: &str, key: &[u8], iv: &[u8], content: &[u8], tag: &[u8]) -> String {
    let parts = [key, iv, content, tag].map(|part| URL_SAFE_NO_PAD.encode(part));
    format!("{header}.{}", parts.join("."))
}
