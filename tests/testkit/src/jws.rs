//! Signatures of others: JWS in compact serialisation (RFC 7515 §3.1), with ES256 and RS256.

use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents, UnparsedPublicKey,
};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

/// The claims, without verification.
pub(crate) fn claims(jws: &str) -> Option<Value> {
    let mut parts = jws.split('.');
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(parts.nth(1)?).ok()?).ok()
}

/// The header's `typ`, without verification.
pub(crate) fn typ(jws: &str) -> Option<String> {
    Some(json(jws.split('.').next()?)?.get("typ")?.as_str()?.to_owned())
}

/// Whether a key of this JWK set has signed it: that of its `kid`, or any where it has none.
pub(crate) fn is_signed_by(jws: &str, keys: &Value) -> bool {
    let Some((message, signature)) = jws.rsplit_once('.') else { return false };
    let Some(header) = message.split('.').next().and_then(json) else { return false };
    let Ok(signature) = URL_SAFE_NO_PAD.decode(signature) else { return false };
    let kid = header.get("kid");
    let keys = keys.get("keys").and_then(Value::as_array).into_iter().flatten();
    let mut fitting = keys.filter(|key| kid.is_none() || key.get("kid").is_none() || key.get("kid") == kid);
    fitting.any(|key| is_signed(message.as_bytes(), &signature, &header, key).is_some())
}

fn is_signed(message: &[u8], signature: &[u8], header: &Value, key: &Value) -> Option<()> {
    let part = |name: &str| URL_SAFE_NO_PAD.decode(key.get(name)?.as_str()?).ok();
    match header.get("alg")?.as_str()? {
        "ES256" => {
            // An uncompressed point (SEC 1 §2.3.3).
            let point = [vec![4], part("x")?, part("y")?].concat();
            UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point).verify(message, signature).ok()
        }
        "RS256" => {
            let key = RsaPublicKeyComponents { n: part("n")?, e: part("e")? };
            key.verify(&RSA_PKCS1_2048_8192_SHA256, message, signature).ok()
        }
        _ => None,
    }
}

fn json(part: &str) -> Option<Value> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).ok()?).ok()
}
