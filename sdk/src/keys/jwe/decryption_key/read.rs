use zeroize::Zeroizing;

use super::super::agreement::AgreementCurve;
use super::super::{ContentEncryption, KeyManagementAlgorithm};
use super::material::Material;
use crate::keys::der::{INTEGER, OBJECT_IDENTIFIER, OCTET_STRING, SEQUENCE, first, only};
use crate::keys::signing_key::encoded;
use crate::keys::signing_key::jwk::PrivateJwk;

/// What a private or symmetric JWK says.
pub(super) struct Jwk {
    pub(super) material: Material,
    pub(super) key_id: Option<String>,
    pub(super) algorithm: Option<KeyManagementAlgorithm>,
    /// A key for `dir` may name what it encrypts instead (RFC 7520 §5.6.1).
    pub(super) encryption: Option<ContentEncryption>,
}

/// 1.3.101.110 (RFC 8410 §3).
const X25519: &[u8] = &[0x2b, 0x65, 0x6e];

pub(super) fn der(der: &[u8]) -> Result<Material, &'static str> {
    match x25519(der) {
        Some(number) => Material::from_number(AgreementCurve::X25519, number),
        None => Material::from_pair(&encoded::read(der)?),
    }
}

/// The number in a PKCS#8 of an X25519 key (RFC 8410 §7).
fn x25519(der: &[u8]) -> Option<&[u8]> {
    let (_, after_version) = first(INTEGER, only(SEQUENCE, der)?)?;
    let (algorithm, after_algorithm) = first(SEQUENCE, after_version)?;
    if only(OBJECT_IDENTIFIER, algorithm) != Some(X25519) {
        return None;
    }
    only(OCTET_STRING, first(OCTET_STRING, after_algorithm)?.0)
}

pub(super) fn jwk(jwk: &str) -> Result<Jwk, String> {
    let jwk = PrivateJwk::parse(jwk)?;
    if jwk.purpose.as_deref().is_some_and(|purpose| purpose != "enc") {
        return Err("its JWK is not for encryption (`use`)".to_owned());
    }
    let decrypts =
        |operation: &String| ["decrypt", "unwrapKey", "deriveKey", "deriveBits"].contains(&operation.as_str());
    if jwk.key_ops.as_ref().is_some_and(|operations| !operations.iter().any(decrypts)) {
        return Err("its JWK is not for decrypting (`key_ops`)".to_owned());
    }
    let (algorithm, encryption) = match jwk.alg.as_deref() {
        None => (None, None),
        Some(name) => match (name.parse(), name.parse()) {
            (Ok(algorithm), _) => (Some(algorithm), None),
            (_, Ok(encryption)) => (Some(KeyManagementAlgorithm::Dir), Some(encryption)),
            _ => return Err(format!("its JWK is for {name:?} (`alg`), which no text is decrypted with here")),
        },
    };
    let material = match (jwk.kty.as_str(), jwk.crv.as_deref()) {
        ("oct", _) => Material::Symmetric(symmetric(&jwk)?),
        ("OKP", Some("X25519")) => {
            let material = Material::from_number(AgreementCurve::X25519, &jwk.private("d")?)?;
            if material.public_members().get("x").and_then(|x| x.as_str()) != jwk.x.as_deref() {
                return Err("the two halves of its JWK do not belong together".to_owned());
            }
            material
        }
        _ => Material::from_pair(&jwk.pair()?)?,
    };
    Ok(Jwk { material, key_id: jwk.kid, algorithm, encryption })
}

fn symmetric(jwk: &PrivateJwk) -> Result<Zeroizing<Vec<u8>>, String> {
    let key = jwk.private("k")?;
    match key.len() {
        16 | 24 | 32 | 48 | 64 => Ok(key),
        _ => Err("its JWK has a `k` of a length that no algorithm has".to_owned()),
    }
}
