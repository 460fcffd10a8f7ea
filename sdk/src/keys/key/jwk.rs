use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P384_SHA384_FIXED, ECDSA_P521_SHA512_FIXED, ED25519, EcdsaVerificationAlgorithm,
    ParsedPublicKey,
};
use base64::Engine as _;
use base64::alphabet::URL_SAFE;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use openidconnect::core::CoreJsonWebKeyType;
use serde_json::{Map, Value};

use super::material::{Material, RsaKey};
use crate::keys::{ASYMMETRIC, Algorithm, algorithm_by_name};

/// A public key's numbers are read as leniently as other libraries read them: nothing depends on their one spelling.
const BASE64URL: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

type Read<T> = Result<T, &'static str>;
type Parts = (CoreJsonWebKeyType, Option<Algorithm>, Material);

/// Reads the members that belong to the key's own type; all others are none of its business (RFC 7517 §4).
pub(super) fn read(jwk: &Map<String, Value>) -> Read<Parts> {
    let key_type = text(jwk, "kty")?;
    check_use(jwk)?;
    let declared = declared_algorithm(jwk)?;
    match key_type {
        "RSA" => read_rsa(jwk, declared),
        "EC" => read_ec(jwk, declared.as_ref()),
        "OKP" => read_okp(jwk, declared.as_ref()),
        // RFC 8725 §2.1: a "shared" secret in a public document is none.
        "oct" => Err("it is a symmetric key, which has no place in a public JWK set"),
        _ => Err("its key type (`kty`) is not supported"),
    }
}

fn check_use(jwk: &Map<String, Value>) -> Read<()> {
    if member(jwk, "use").is_some_and(|purpose| purpose != "sig") {
        return Err("it is not for signatures (`use`)");
    }
    let verifies = |operations: &Value| operations.as_array().is_some_and(|all| all.iter().any(|one| one == "verify"));
    if member(jwk, "key_ops").is_some_and(|operations| !verifies(operations)) {
        return Err("it is not for verifying (`key_ops`)");
    }
    Ok(())
}

/// RFC 7517 §4.4: a key that names its algorithm is for that one alone.
fn declared_algorithm(jwk: &Map<String, Value>) -> Read<Option<Algorithm>> {
    match member(jwk, "alg") {
        None => Ok(None),
        Some(name) => {
            let known = name.as_str().and_then(algorithm_by_name).filter(|known| ASYMMETRIC.contains(known));
            known.map(Some).ok_or("its algorithm (`alg`) is not for signatures, or not supported")
        }
    }
}

fn read_rsa(jwk: &Map<String, Value>, declared: Option<Algorithm>) -> Read<Parts> {
    let (modulus, exponent) = rsa_numbers(jwk)?;
    let first = declared.clone().unwrap_or(Algorithm::RsaSsaPkcs1V15Sha256);
    let key =
        RsaKey::new(modulus, exponent, &first).ok_or("it is a malformed RSA key, or one for another algorithm")?;
    Ok((CoreJsonWebKeyType::RSA, declared, Material::Rsa(Box::new(key))))
}

/// Modulus and exponent of a key that is good for anything.
pub(in crate::keys) fn rsa_numbers(jwk: &Map<String, Value>) -> Read<(Vec<u8>, Vec<u8>)> {
    let modulus = number(jwk, "n")?;
    let exponent = number(jwk, "e")?;
    // RFC 8725 §3.5, RFC 7518 §3.3; and the largest that aws-lc verifies with.
    match bits(&modulus) {
        ..2048 => return Err("it is an RSA key under 2048 bits"),
        2048..=8192 => {}
        _ => return Err("it is an RSA key over 8192 bits"),
    }
    let is_odd = exponent.last().is_some_and(|last| last % 2 == 1);
    // With 1 for an exponent a signature is the message itself; more than 33 bits only make verifying slow.
    if !is_odd || !(2..=33).contains(&bits(&exponent)) {
        return Err("it is an RSA key with an unsafe exponent");
    }
    Ok((modulus, exponent))
}

fn read_ec(jwk: &Map<String, Value>, declared: Option<&Algorithm>) -> Read<Parts> {
    let (algorithm, verification, length): (_, &'static EcdsaVerificationAlgorithm, _) = match text(jwk, "crv")? {
        "P-256" => (Algorithm::EcdsaP256Sha256, &ECDSA_P256_SHA256_FIXED, 32),
        "P-384" => (Algorithm::EcdsaP384Sha384, &ECDSA_P384_SHA384_FIXED, 48),
        "P-521" => (Algorithm::EcdsaP521Sha512, &ECDSA_P521_SHA512_FIXED, 66),
        _ => return Err("its curve (`crv`) is not supported"),
    };
    // SEC 1 §2.3.3: 0x04 stands before a point that is not compressed.
    let mut point = vec![4];
    for coordinate in ["x", "y"] {
        point.extend(bytes(jwk, coordinate, length)?);
    }
    let key =
        ParsedPublicKey::new(verification, point).map_err(|_| "it is an EC key whose point is not on its curve")?;
    curve_key(CoreJsonWebKeyType::EllipticCurve, algorithm, declared, key)
}

fn read_okp(jwk: &Map<String, Value>, declared: Option<&Algorithm>) -> Read<Parts> {
    if text(jwk, "crv")? != "Ed25519" {
        return Err("its curve (`crv`) is not supported");
    }
    let key = ParsedPublicKey::new(&ED25519, bytes(jwk, "x", 32)?).map_err(|_| "it is a malformed Ed25519 key")?;
    curve_key(CoreJsonWebKeyType::OctetKeyPair, Algorithm::EdDsa, declared, key)
}

fn curve_key(
    key_type: CoreJsonWebKeyType,
    algorithm: Algorithm,
    declared: Option<&Algorithm>,
    key: ParsedPublicKey,
) -> Read<Parts> {
    if declared.is_some_and(|declared| *declared != algorithm) {
        return Err("its algorithm (`alg`) does not go with its curve (`crv`)");
    }
    Ok((key_type, Some(algorithm), Material::Curve(key)))
}

/// Some servers write `null` for "not given".
pub(in crate::keys) fn member<'a>(jwk: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    jwk.get(name).filter(|value| !value.is_null())
}

pub(in crate::keys) fn text<'a>(jwk: &'a Map<String, Value>, name: &str) -> Read<&'a str> {
    member(jwk, name).and_then(Value::as_str).ok_or("a member that its key type needs is missing or is not a string")
}

pub(in crate::keys) fn bytes(jwk: &Map<String, Value>, name: &str, length: usize) -> Read<Vec<u8>> {
    let bytes = BASE64URL.decode(text(jwk, name)?).map_err(|_| "a number in it is not base64url")?;
    // RFC 7518 §6.2.1.2, RFC 8037 §2: the whole length, leading zeros too.
    if bytes.len() == length { Ok(bytes) } else { Err("a number in it has not the length that its curve needs") }
}

/// A big-endian number; some servers write a leading zero where RFC 7518 §6.3.1.1 wants none.
fn number(jwk: &Map<String, Value>, name: &str) -> Read<Vec<u8>> {
    let bytes = BASE64URL.decode(text(jwk, name)?).map_err(|_| "a number in it is not base64url")?;
    Ok(bytes.into_iter().skip_while(|byte| *byte == 0).collect())
}

fn bits(number: &[u8]) -> usize {
    number.len() * 8 - number.first().map_or(0, |first| first.leading_zeros() as usize)
}
