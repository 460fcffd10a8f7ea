use aws_lc_rs::agreement::PrivateKey;
use aws_lc_rs::digest::{SHA256, SHA384, SHA512, digest};
use aws_lc_rs::encoding::{AsBigEndian as _, AsDer as _, EcPrivateKeyBin, Pkcs8V1Der};
use aws_lc_rs::rsa::{KeySize, OaepPrivateDecryptingKey, PrivateDecryptingKey};
use aws_lc_rs::signature::RsaKeyPair;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Map, Value};
use zeroize::Zeroizing;

use super::super::agreement::{AgreementCurve, Point, Purpose};
use super::super::algorithm::Mechanism;
use super::super::compact::Header;
use super::super::{KeyManagementAlgorithm, aes_gcm, aes_key_wrap};
use crate::keys::signing_key::curve::Curve;
use crate::keys::signing_key::pair::Pair;

/// What a key decrypts with; aws-lc wipes its own when it is dropped.
pub(super) enum Material {
    Rsa { key: OaepPrivateDecryptingKey, public: Map<String, Value> },
    Agreement { key: PrivateKey, public: Point },
    Symmetric(Zeroizing<Vec<u8>>),
    ClientSecret(SecretString),
}

impl Material {
    /// A secret; a key pair is told from others by its public half.
    pub(super) fn shared_secret(&self) -> Option<&[u8]> {
        match self {
            Self::Symmetric(secret) => Some(secret),
            Self::ClientSecret(secret) => Some(secret.expose_secret().as_bytes()),
            Self::Rsa { .. } | Self::Agreement { .. } => None,
        }
    }

    pub(super) fn generate(algorithm: KeyManagementAlgorithm) -> Result<Self, &'static str> {
        let failed = |_| "none could be generated";
        match algorithm.mechanism() {
            // 128 bits of security (NIST SP 800-57), as P-256 has.
            Mechanism::RsaOaep(_) => {
                Self::from_pair(&Pair::Rsa(RsaKeyPair::generate(KeySize::Rsa3072).map_err(failed)?))
            }
            Mechanism::Agreement(_) => {
                let curve = AgreementCurve::P256;
                Self::from_private(curve, PrivateKey::generate(curve.algorithm()).map_err(failed)?)
            }
            Mechanism::KeyWrap(_) | Mechanism::GcmKeyWrap(_) | Mechanism::Direct => {
                Err("a secret has to come from the server: `from_client_secret` or `from_jwk`")
            }
        }
    }

    /// The same key that was read as one for signatures.
    pub(super) fn from_pair(pair: &Pair) -> Result<Self, &'static str> {
        let failed = |_| "its numbers make no key for decryption";
        match pair {
            Pair::Rsa(rsa) => {
                let der: Pkcs8V1Der<'_> = rsa.as_der().map_err(failed)?;
                let key = PrivateDecryptingKey::from_pkcs8(der.as_ref()).map_err(|_| "it is a malformed RSA key")?;
                let public = pair.public_members().into_iter();
                let public = public.map(|(name, value)| (name.to_owned(), Value::from(value))).collect();
                Ok(Self::Rsa { key: OaepPrivateDecryptingKey::new(key).map_err(failed)?, public })
            }
            Pair::Ec(curve, ec) => {
                let number: EcPrivateKeyBin<'_> = ec.private_key().as_be_bytes().map_err(failed)?;
                let curve = match curve {
                    Curve::P256 => AgreementCurve::P256,
                    Curve::P384 => AgreementCurve::P384,
                    Curve::P521 => AgreementCurve::P521,
                };
                Self::from_number(curve, number.as_ref())
            }
            Pair::Ed25519(_) => Err("it is an Ed25519 key, which only signs: X25519 is its counterpart"),
        }
    }

    /// The private key of a curve by its number.
    pub(super) fn from_number(curve: AgreementCurve, number: &[u8]) -> Result<Self, &'static str> {
        let key = PrivateKey::from_private_key(curve.algorithm(), number);
        Self::from_private(curve, key.map_err(|_| "its private number is not one of its curve")?)
    }

    fn from_private(curve: AgreementCurve, key: PrivateKey) -> Result<Self, &'static str> {
        let public = Point::of(curve, &key).ok_or("it has no public half")?;
        Ok(Self::Agreement { key, public })
    }

    pub(super) fn is_for(&self, algorithm: KeyManagementAlgorithm) -> bool {
        match (self, algorithm.mechanism()) {
            (Self::Rsa { .. }, Mechanism::RsaOaep(_))
            | (Self::Agreement { .. }, Mechanism::Agreement(_))
            | (Self::Symmetric(_), Mechanism::Direct)
            | (Self::ClientSecret(_), Mechanism::KeyWrap(_) | Mechanism::GcmKeyWrap(_) | Mechanism::Direct) => true,
            (Self::Symmetric(key), Mechanism::KeyWrap(length) | Mechanism::GcmKeyWrap(length)) => key.len() == length,
            _ => false,
        }
    }

    pub(super) fn algorithms(&self) -> Vec<KeyManagementAlgorithm> {
        KeyManagementAlgorithm::ALL.into_iter().filter(|algorithm| self.is_for(*algorithm)).collect()
    }

    /// The members of a JWK that are the public key; a secret has none.
    pub(super) fn public_members(&self) -> Map<String, Value> {
        match self {
            Self::Rsa { public, .. } => public.clone(),
            Self::Agreement { public, .. } => public.members(),
            Self::Symmetric(_) | Self::ClientSecret(_) => Map::new(),
        }
    }

    /// RFC 7516 §5.2, 6 to 12.
    pub(super) fn content_key(&self, header: &Header, encrypted_key: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        match (self, header.algorithm.mechanism()) {
            (Self::Rsa { key, .. }, Mechanism::RsaOaep(oaep)) => {
                let mut content_key = Zeroizing::new(vec![0; key.min_output_size()]);
                let length = key.decrypt(oaep, encrypted_key, &mut content_key, None).ok()?.len();
                content_key.truncate(length);
                Some(content_key)
            }
            (Self::Agreement { key, public }, Mechanism::Agreement(wraps)) => {
                let sender = Point::from_jwk(header.ephemeral_key()?).ok()?;
                if sender.curve != public.curve {
                    return None;
                }
                let (algorithm, key_length) = match wraps {
                    None => (header.encryption.name(), header.encryption.key_length()),
                    Some(length) => (header.algorithm.name(), length),
                };
                let (party_u, party_v) = (header.bytes("apu")?, header.bytes("apv")?);
                let purpose = Purpose { algorithm, key_length, party_u: &party_u, party_v: &party_v };
                let agreed = sender.derive(key, &purpose)?;
                match wraps {
                    None => encrypted_key.is_empty().then_some(agreed),
                    Some(_) => aes_key_wrap::unwrap(&agreed, encrypted_key),
                }
            }
            (_, Mechanism::KeyWrap(length)) => aes_key_wrap::unwrap(&self.secret(length)?, encrypted_key),
            (_, Mechanism::GcmKeyWrap(length)) => {
                let (iv, tag) = (header.bytes("iv")?, header.bytes("tag")?);
                aes_gcm::decrypt(&self.secret(length)?, &iv, &[], encrypted_key, &tag)
            }
            (_, Mechanism::Direct) => {
                encrypted_key.is_empty().then(|| self.secret(header.encryption.key_length())).flatten()
            }
            _ => None,
        }
    }

    fn secret(&self, length: usize) -> Option<Zeroizing<Vec<u8>>> {
        match self {
            Self::Symmetric(key) => (key.len() == length).then(|| key.clone()),
            Self::ClientSecret(secret) => derived_from_client_secret(secret, length),
            Self::Rsa { .. } | Self::Agreement { .. } => None,
        }
    }
}

/// The left-most bytes of the shortest hash that has as many (OpenID Connect Core §10.2).
pub(in crate::keys::jwe) fn derived_from_client_secret(
    secret: &SecretString,
    length: usize,
) -> Option<Zeroizing<Vec<u8>>> {
    let hash = match length {
        ..=32 => &SHA256,
        33..=48 => &SHA384,
        _ => &SHA512,
    };
    let hash = digest(hash, secret.expose_secret().as_bytes());
    hash.as_ref().get(..length).map(|key| Zeroizing::new(key.to_vec()))
}
