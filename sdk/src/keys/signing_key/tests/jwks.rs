//! Private JWKs: which are read, and what is said of the others.

use serde_json::{Value, json};

use super::loading::assert_refused;
use crate::keys::SigningAlgorithm::{EdDsa, Es256, Es512, Ps384, Rs256};
use crate::keys::{Signer as _, SigningKey};

const RSA: &str = include_str!("keys/rfc7515_a2_rsa.json");
const BILBO: &str = include_str!("keys/rfc7520_3_4_rsa.json");
const P256: &str = include_str!("keys/rfc7515_a3_p256.json");
const P521: &str = include_str!("keys/rfc7515_a4_p521.json");
const ED25519: &str = include_str!("keys/rfc8037_a1_ed25519.json");

fn with(jwk: &str, member: &str, value: Value) -> String {
    let mut jwk: Value = serde_json::from_str(jwk).unwrap();
    jwk[member] = value;
    jwk.to_string()
}

fn without(jwk: &str, member: &str) -> String {
    let mut jwk: Value = serde_json::from_str(jwk).unwrap();
    jwk.as_object_mut().unwrap().remove(member);
    jwk.to_string()
}

#[test]
fn keys_of_the_rfcs_are_read_with_what_they_say_of_themselves() {
    let cases = [
        (RSA.to_owned(), Rs256, None),
        (BILBO.to_owned(), Rs256, Some("bilbo.baggins@hobbiton.example")),
        (with(BILBO, "alg", json!("PS384")), Ps384, Some("bilbo.baggins@hobbiton.example")),
        (P256.to_owned(), Es256, None),
        (with(P256, "alg", json!("ES256")), Es256, None),
        (with(P256, "kid", json!("k1")), Es256, Some("k1")),
        (with(P256, "use", json!("sig")), Es256, None),
        (with(P256, "key_ops", json!(["verify", "sign"])), Es256, None),
        (with(P256, "n", json!("of another type")), Es256, None),
        (P521.to_owned(), Es512, None),
        (ED25519.to_owned(), EdDsa, None),
    ];
    for (jwk, algorithm, key_id) in cases {
        let key = SigningKey::from_jwk(&jwk).expect(&jwk);
        assert_eq!((key.algorithm(), key.key_id()), (algorithm, key_id), "{jwk}");
        let (given, public): (Value, _) = (serde_json::from_str(&jwk).unwrap(), key.public_jwk());
        for (name, value) in public.as_object().unwrap() {
            assert!(given.get(name).is_none_or(|given| given == value), "{name} of {public}");
        }
    }
}

#[test]
fn what_cannot_be_used_is_told_apart() {
    let other_y = serde_json::from_str::<Value>(P256).unwrap()["x"].clone();
    let short = json!({
        "kty": "RSA", "e": "AQAB", "n": "BQ", "d": "AQ", "p": "AQ", "q": "AQ", "dp": "AQ", "dq": "AQ", "qi": "AQ",
    });
    let cases = [
        (String::new(), "not a JSON object"),
        ("s3cret".to_owned(), "not a JSON object"),
        ("[]".to_owned(), "not a JSON object"),
        (r#"{"kty":"RSA","d":["s3cret"]}"#.to_owned(), "not a JSON object"),
        (r#"{"keys":[]}"#.to_owned(), "not a JSON object"),
        (json!({ "kty": "oct", "k": "s3cret" }).to_string(), "a secret (`oct`)"),
        (json!({ "kty": "AKP" }).to_string(), "\"AKP\""),
        (with(RSA, "use", json!("enc")), "`use`"),
        (with(RSA, "key_ops", json!(["verify"])), "`key_ops`"),
        (with(RSA, "alg", json!("HS256")), "\"HS256\""),
        (with(RSA, "alg", json!("RSA-OAEP")), "\"RSA-OAEP\""),
        (with(RSA, "alg", json!("none")), "\"none\""),
        (with(RSA, "alg", json!("ES256")), "not with ES256"),
        (with(RSA, "oth", json!([])), "`oth`"),
        (without(RSA, "d"), "public key: there is no `d`"),
        (without(RSA, "p"), "no `p`"),
        (without(RSA, "qi"), "no `qi`"),
        (without(RSA, "n"), "no `n`"),
        (with(RSA, "d", json!("s3cret!")), "`d` of its JWK is not base64url"),
        (with(RSA, "d", json!("s3cretAA")), "malformed RSA key"),
        (with(RSA, "e", json!("AQ")), "malformed RSA key"),
        (with(RSA, "n", json!("")), "RSA key"),
        (short.to_string(), "malformed RSA key"),
        (without(P256, "d"), "public key"),
        (without(P256, "crv"), "no `crv`"),
        (without(P256, "y"), "no `y`"),
        (with(P256, "crv", json!("secp256k1")), "\"secp256k1\""),
        (with(P256, "crv", json!("P-384")), "P-384's length"),
        (with(P256, "y", other_y), "do not belong together"),
        (with(P256, "d", json!("s3cretAA")), "P-256's length"),
        (with(ED25519, "crv", json!("Ed448")), "\"Ed448\""),
        (with(ED25519, "crv", json!("X25519")), "\"X25519\""),
        (with(ED25519, "d", json!("s3cretAA")), "Ed25519's length"),
        (with(ED25519, "x", json!("s3cretAA")), "do not belong together"),
        (without(ED25519, "x"), "no `x`"),
        (without(ED25519, "crv"), "no `crv`"),
    ];
    for (jwk, reason) in cases {
        assert_refused(&SigningKey::from_jwk(&jwk).expect_err(&jwk), reason);
    }
}
