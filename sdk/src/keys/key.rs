//! A key that verifies signatures: parsed once, used only for what it was made for.

pub(super) mod jwk;
mod material;

use std::fmt;
use std::sync::Arc;

use aws_lc_rs::digest::digest;
use openidconnect::core::{CoreJsonWebKeyType, CoreJsonWebKeyUse};
use openidconnect::{
    JsonWebKey, JsonWebKeyAlgorithm, JsonWebKeyId, JwsSigningAlgorithm as _, SignatureVerificationError,
};
use serde::de::Error as _;
use serde::ser::SerializeMap as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

use super::algorithm::{self, Algorithm, algorithm_name};
use super::tenant_issuer::TenantIssuer;
use super::thumbprint;
use material::Material;

#[cfg(test)]
thread_local! {
    /// How many signatures this thread has verified.
    pub(crate) static VERIFIED: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// The key type that `openidconnect`'s verifier is given: aws-lc-rs underneath.
///
/// There is no value of this type that may not verify signatures: a JWK for encryption, of an unknown type or too
/// short is none (RFC 8725 §3.2). A clone shares the parsed key.
#[derive(Clone)]
pub(crate) struct Key(Arc<Inner>);

struct Inner {
    id: Option<JsonWebKeyId>,
    key_type: CoreJsonWebKeyType,
    /// The one algorithm that the key is for, by its `alg` or its curve; an RSA key without `alg` is for six.
    algorithm: Option<Algorithm>,
    /// Whose it is alone, where its entry says so (`issuer`): Microsoft's extension of RFC 7517.
    issuer: Option<Box<str>>,
    /// What tells it from every other (RFC 7638); a secret has none.
    thumbprint: Option<Box<str>>,
    material: Material,
}

impl Key {
    /// Reads an entry of a JWK set (RFC 7517 §4); the error says why it verifies nothing.
    pub(super) fn from_jwk(jwk: &Map<String, Value>) -> Result<Self, &'static str> {
        let (key_type, algorithm, material) = jwk::read(jwk)?;
        let id = jwk.get("kid").and_then(Value::as_str).map(|id| JsonWebKeyId::new(id.to_owned()));
        // What is there and no text is of no issuer.
        let issuer = jwk::member(jwk, "issuer").map(|issuer| issuer.as_str().unwrap_or_default().into());
        let thumbprint = thumbprint::of(jwk).map(String::into_boxed_str);
        Ok(Self(Arc::new(Inner { id, key_type, algorithm, issuer, thumbprint, material })))
    }

    /// The algorithms that the key may be used with, for a message.
    pub(super) fn purpose(&self) -> &'static str {
        self.0.algorithm.as_ref().map_or("RSA signatures", algorithm_name)
    }

    /// Whether it verifies signatures by this algorithm.
    pub(super) fn is_for(&self, algorithm: &Algorithm) -> bool {
        self.check_purpose(algorithm).is_ok()
    }

    /// Whether it signs for that tenant; each does where no tenant is asked for.
    pub(super) fn is_of(&self, tenant: Option<TenantIssuer<'_>>) -> bool {
        match (&self.0.issuer, tenant) {
            (Some(issuer), Some(tenant)) => tenant.is_of(issuer),
            _ => true,
        }
    }

    /// Whether the two verify the same signatures.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        self.0.thumbprint.is_some() && self.0.thumbprint == other.0.thumbprint
    }

    fn check_purpose(&self, algorithm: &Algorithm) -> Result<(), &'static str> {
        let of_its_type = algorithm.key_type().as_ref() == Some(&self.0.key_type);
        let of_its_algorithm = self.0.algorithm.as_ref().is_none_or(|own| own == algorithm);
        if of_its_type && of_its_algorithm { Ok(()) } else { Err("the key is for another algorithm") }
    }
}

impl JsonWebKey for Key {
    type KeyUse = CoreJsonWebKeyUse;
    type SigningAlgorithm = Algorithm;

    fn key_id(&self) -> Option<&JsonWebKeyId> {
        self.0.id.as_ref()
    }

    fn key_type(&self) -> &CoreJsonWebKeyType {
        &self.0.key_type
    }

    fn key_use(&self) -> Option<&CoreJsonWebKeyUse> {
        Some(&CoreJsonWebKeyUse::Signature)
    }

    fn signing_alg(&self) -> JsonWebKeyAlgorithm<&Algorithm> {
        self.0.algorithm.as_ref().map_or(JsonWebKeyAlgorithm::Unspecified, JsonWebKeyAlgorithm::Algorithm)
    }

    fn new_symmetric(secret: Vec<u8>) -> Self {
        let material = Material::Secret(secret.into());
        let key_type = CoreJsonWebKeyType::Symmetric;
        Self(Arc::new(Inner { id: None, key_type, algorithm: None, issuer: None, thumbprint: None, material }))
    }

    fn verify_signature(
        &self,
        algorithm: &Algorithm,
        message: &[u8],
        signature: &[u8],
    ) -> Result<(), SignatureVerificationError> {
        #[cfg(test)]
        VERIFIED.set(VERIFIED.get() + 1);
        self.check_purpose(algorithm).map_err(|reason| SignatureVerificationError::InvalidKey(reason.to_owned()))?;
        self.0.material.verify(algorithm, message, signature)
    }

    fn hash_bytes(&self, bytes: &[u8], algorithm: &Algorithm) -> Result<Vec<u8>, String> {
        self.check_purpose(algorithm)?;
        let hash = algorithm::hash(algorithm).ok_or("the algorithm has no hash")?;
        Ok(digest(hash, bytes).as_ref().to_vec())
    }
}

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::from_jwk(&Map::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

/// `openidconnect` asks for it and does not use it: what identifies the key, nothing of the key itself.
impl Serialize for Key {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut jwk = serializer.serialize_map(None)?;
        jwk.serialize_entry("kty", &self.0.key_type)?;
        if let Some(id) = &self.0.id {
            jwk.serialize_entry("kid", id)?;
        }
        if let Some(algorithm) = &self.0.algorithm {
            jwk.serialize_entry("alg", algorithm)?;
        }
        jwk.end()
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Key").field("id", &self.0.id).field("purpose", &self.purpose()).finish_non_exhaustive()
    }
}
