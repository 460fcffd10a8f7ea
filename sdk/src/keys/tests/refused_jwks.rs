//! Keys that verify nothing, and why.
#![expect(clippy::unwrap_used, reason = "in a test, that is how to stop")]

use serde_json::{Value, json};

use crate::keys::key_set::KeySet;
use crate::keys::test_keys::{SHORT_MODULUS, Signer};
use crate::keys::{Key, Signed, Typ, UnverifiedJwt};

fn with(mut jwk: Value, member: &str, value: Value) -> Value {
    jwk[member] = value;
    jwk
}

fn without(mut jwk: Value, member: &str) -> Value {
    jwk.as_object_mut().unwrap().remove(member);
    jwk
}

#[test]
fn a_jwk_that_is_not_for_verifying_is_no_key() {
    let rsa = || Signer::rsa().jwk("k");
    let ec = || Signer::p256().jwk("k");
    let ed = || Signer::ed25519().jwk("k");
    let refused = [
        (with(rsa(), "use", json!("enc")), "`use`"),
        (with(rsa(), "use", json!(7)), "`use`"),
        (with(rsa(), "key_ops", json!(["encrypt"])), "`key_ops`"),
        (with(rsa(), "key_ops", json!("verify")), "`key_ops`"),
        (with(rsa(), "alg", json!("RSA-OAEP-256")), "`alg`"),
        (with(rsa(), "alg", json!("HS256")), "`alg`"),
        (with(rsa(), "alg", json!("none")), "`alg`"),
        (with(rsa(), "alg", json!(["RS256"])), "`alg`"),
        (with(rsa(), "alg", json!("ES256")), "another algorithm"),
        (with(rsa(), "n", json!(SHORT_MODULUS)), "under 2048 bits"),
        (with(rsa(), "n", json!("_".repeat(1368))), "over 8192 bits"),
        (with(rsa(), "n", json!("")), "under 2048 bits"),
        (with(rsa(), "n", json!("not base64!")), "base64url"),
        (with(rsa(), "e", json!("AQ")), "exponent"),
        (with(rsa(), "e", json!("AA")), "exponent"),
        (with(rsa(), "e", json!("AQAA")), "exponent"),
        (with(rsa(), "e", json!("_".repeat(80))), "exponent"),
        (without(rsa(), "e"), "missing"),
        (with(ec(), "alg", json!("ES384")), "`crv`"),
        (with(ec(), "crv", json!("secp256k1")), "`crv`"),
        (with(ec(), "crv", json!("P-384")), "length"),
        (with(ec(), "x", json!("AAAA")), "length"),
        (with(ec(), "x", ec()["y"].clone()), "not on its curve"),
        (without(ec(), "crv"), "missing"),
        (with(ed(), "crv", json!("Ed448")), "`crv`"),
        (with(ed(), "x", json!("AAAA")), "length"),
        (with(ed(), "alg", json!("RS256")), "`crv`"),
        (with(rsa(), "kty", json!("EC")), "missing"),
        (with(rsa(), "kty", json!("AKP")), "`kty`"),
        (without(rsa(), "kty"), "missing"),
        (json!({ "kty": "oct", "k": "c2VjcmV0", "kid": "k" }), "symmetric"),
    ];
    for (jwk, reason) in refused {
        let refusal = Key::from_jwk(jwk.as_object().unwrap()).expect_err(&jwk.to_string());
        assert!(refusal.contains(reason), "{jwk}: {refusal}");
        assert!(serde_json::from_value::<Key>(jwk.clone()).is_err());
        // In a set it is passed over, and its reason is remembered.
        let set = KeySet::read(json!({ "keys": [jwk, Signer::p384().jwk("other")] }).to_string().as_bytes()).unwrap();
        assert_eq!(set.keys().len(), 1);
        let token = Signer::rsa().sign(Some("k"), &json!({}));
        let jwt = UnverifiedJwt::read("JWT", &token, Typ::IfPresent(&["JWT"])).unwrap();
        assert!(set.why_none_fits(Signed { jwt: &jwt, tenant: None }).contains(refusal));
    }
}

#[test]
fn what_does_not_matter_is_not_minded() {
    let accepted = [
        with(Signer::rsa().jwk("k"), "use", Value::Null),
        with(Signer::rsa().jwk("k"), "x", json!(5)),
        with(Signer::rsa().jwk("k"), "key_ops", json!(["verify", "wrapKey"])),
        with(Signer::rsa().jwk("k"), "kid", json!(5)),
        with(Signer::rsa().jwk("k"), "n", json!(format!("AAAA{}", Signer::rsa().jwk("k")["n"].as_str().unwrap()))),
        with(Signer::p256().jwk("k"), "n", json!({})),
        with(Signer::ed25519().jwk("k"), "d", json!("never looked at")),
    ];
    for jwk in accepted {
        assert!(Key::from_jwk(jwk.as_object().unwrap()).is_ok(), "{jwk}");
    }
}

#[test]
fn a_document_that_is_no_jwk_set_is_an_error_that_quotes_nothing() {
    // serde would read the last by position.
    let by_position = json!([[Signer::ed25519().jwk("secret")]]).to_string();
    for document in ["", "{}", "[]", "<html>secret</html>", r#"{"keys":"secret"}"#, r#"{"keys":{}}"#, &by_position] {
        let error = KeySet::read(document.as_bytes()).unwrap_err();
        assert!(error.is_invalid_response() && !error.to_string().contains("secret"), "{error}");
    }
    let nested = format!(r#"{{"keys":[{}"#, "[".repeat(200_000));
    assert!(KeySet::read(nested.as_bytes()).is_err());
    let with_mark = format!("\u{feff}{}", json!({ "keys": [Signer::ed25519().jwk("k")] }));
    assert_eq!(KeySet::read(with_mark.as_bytes()).unwrap().keys().len(), 1);
    let set = KeySet::read(br#"{"keys":[1, null, "x", {}]}"#).unwrap();
    assert!(set.keys().is_empty());
}

#[test]
fn a_set_does_not_make_us_parse_keys_without_end() {
    let keys = vec![Signer::ed25519().jwk("k"); 1000];
    let set = KeySet::read(json!({ "keys": keys }).to_string().as_bytes()).unwrap();
    assert_eq!(set.keys().len(), 200);
}
