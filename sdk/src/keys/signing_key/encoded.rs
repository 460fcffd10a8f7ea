use aws_lc_rs::error::KeyRejected;
use aws_lc_rs::signature::{EcdsaKeyPair, Ed25519KeyPair, RsaKeyPair};

use super::curve::Curve;
use super::pair::Pair;
use crate::keys::der::{INTEGER, OBJECT_IDENTIFIER, OCTET_STRING, SEQUENCE, first, only};

type Read<T> = Result<T, &'static str>;

/// The contents of the object identifiers of RFC 8017 appendix A.2, RFC 5480 §2.1.1 and RFC 8410 §3.
mod identifier {
    /// 1.2.840.113549.1.1.1
    pub(super) const RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
    /// 1.2.840.113549.1.1.10
    pub(super) const RSA_PSS: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0a];
    /// 1.2.840.10045.2.1
    pub(super) const EC: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01];
    /// 1.3.101.112
    pub(super) const ED25519: &[u8] = &[0x2b, 0x65, 0x70];
}

/// Reads PKCS#8 (RFC 5958), PKCS#1 (RFC 8017 appendix A.1.2) or SEC 1 (RFC 5915), told apart by what follows the version.
pub(in crate::keys) fn read(der: &[u8]) -> Read<Pair> {
    let no_key = "it is no DER of a private key in PKCS#8, PKCS#1 or SEC 1";
    let key = only(SEQUENCE, der).ok_or(no_key)?;
    let (_, after_version) = first(INTEGER, key).ok_or(no_key)?;
    if let Some((algorithm, _)) = first(SEQUENCE, after_version) {
        read_pkcs8(der, algorithm)
    } else if first(INTEGER, after_version).is_some() {
        RsaKeyPair::from_der(der).map(Pair::Rsa).map_err(|refusal| why_no_rsa(&refusal))
    } else if let Some((_, after_number)) = first(OCTET_STRING, after_version) {
        read_sec1(der, after_number)
    } else {
        Err(no_key)
    }
}

fn read_pkcs8(der: &[u8], algorithm: &[u8]) -> Read<Pair> {
    let (identifier, parameters) =
        first(OBJECT_IDENTIFIER, algorithm).ok_or("its PKCS#8 says nothing of its algorithm")?;
    match identifier {
        identifier::RSA => RsaKeyPair::from_pkcs8(der).map(Pair::Rsa).map_err(|refusal| why_no_rsa(&refusal)),
        identifier::RSA_PSS => {
            Err("it is an RSA key for PSS alone: convert it to a plain RSA key, which can do PS256 too")
        }
        identifier::EC => {
            let curve = only(OBJECT_IDENTIFIER, parameters);
            let curve = Curve::ALL.into_iter().find(|known| Some(known.identifier()) == curve).ok_or(OTHER_CURVE)?;
            let pair = EcdsaKeyPair::from_pkcs8(curve.signing(), der);
            pair.map(|pair| Pair::Ec(curve, pair)).map_err(|_| MALFORMED_EC)
        }
        identifier::ED25519 => {
            Ed25519KeyPair::from_pkcs8(der).map(Pair::Ed25519).map_err(|_| "it is a malformed Ed25519 key")
        }
        _ => Err("it is neither RSA nor ECDSA nor Ed25519"),
    }
}

/// The curve may be left out; then the length of the number tells.
fn read_sec1(der: &[u8], after_number: &[u8]) -> Read<Pair> {
    let pair =
        |curve: Curve| EcdsaKeyPair::from_private_key_der(curve.signing(), der).map(|pair| Pair::Ec(curve, pair)).ok();
    let named = first(PARAMETERS, after_number).and_then(|(parameters, _)| only(OBJECT_IDENTIFIER, parameters));
    Curve::ALL
        .into_iter()
        .filter(|curve| named.is_none_or(|named| named == curve.identifier()))
        .find_map(pair)
        .ok_or(OTHER_CURVE)
}

/// `[0]` in RFC 5915 §3.
const PARAMETERS: u8 = 0xa0;
const OTHER_CURVE: &str = "it is a malformed EC key, or on none of the curves P-256, P-384 and P-521";
const MALFORMED_EC: &str = "it is a malformed EC key";

pub(super) fn why_no_rsa(refusal: &KeyRejected) -> &'static str {
    match refusal.description_() {
        "TooSmall" => "it is an RSA key of under 2048 bits, which no server should accept (RFC 7518 §3.3)",
        "TooLarge" => "it is an RSA key of over 8192 bits",
        _ => "it is a malformed RSA key",
    }
}
