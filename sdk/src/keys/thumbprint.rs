use std::collections::BTreeMap;

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value};

/// The SHA-256 thumbprint of a public JWK (RFC 7638 §3), base64url; none where a member is missing that makes the key.
pub(crate) fn of(jwk: &Map<String, Value>) -> Option<String> {
    // In the order of their names, and without white space.
    let json = serde_json::to_vec(&members(jwk)?).ok()?;
    Some(URL_SAFE_NO_PAD.encode(digest(&SHA256, &json)))
}

/// The members that make a public key (RFC 7638 §3.2), and no other.
pub(crate) fn members(jwk: &Map<String, Value>) -> Option<BTreeMap<&'static str, &str>> {
    let text = |name: &str| jwk.get(name).and_then(Value::as_str);
    let required: &'static [&'static str] = match text("kty")? {
        "RSA" => &["e", "kty", "n"],
        "EC" => &["crv", "kty", "x", "y"],
        // RFC 8037 §2.
        "OKP" => &["crv", "kty", "x"],
        _ => return None,
    };
    required.iter().map(|name| text(name).map(|value| (*name, value))).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_examples_of_the_rfcs() {
        let rfc_7638 = json!({
            "kty": "RSA", "e": "AQAB", "alg": "RS256", "kid": "2011-04-29",
            "n": "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjB\
                  ZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8\
                  KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_\
                  xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw",
        });
        let rfc_8037 = json!({ "kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" });
        for (jwk, thumbprint) in [
            (rfc_7638, "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"),
            (rfc_8037, "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"),
        ] {
            assert_eq!(of(jwk.as_object().unwrap()).as_deref(), Some(thumbprint), "{jwk}");
        }
        assert_eq!(of(json!({ "kty": "RSA", "e": "AQAB" }).as_object().unwrap()), None);
        assert_eq!(of(json!({ "kty": "oct", "k": "c2VjcmV0" }).as_object().unwrap()), None);
    }
}
