//! Where decryption keys come from, which of them is taken, and that none of them shows.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use super::*;
use crate::keys::SigningKey;

const ECDH: KeyManagementAlgorithm = KeyManagementAlgorithm::EcdhEs;
const GCM: ContentEncryption = ContentEncryption::A256Gcm;
/// The key of RFC 8410 §10.3, as OpenSSL writes one of X25519.
const X25519: &str = "MC4CAQAwBQYDK2VuBCIEIF2rCH5iSopLeeF/i4OADuZvO7EpJhi2/Rwviyf/iODr";

fn pem(label: &str, base64: &str) -> String {
    format!("-----BEGIN {label}-----\n{base64}\n-----END {label}-----\n")
}

#[test]
fn an_x25519_key_in_pem_is_the_one_of_its_jwk() {
    let key = DecryptionKey::from_pem(pem("PRIVATE KEY", X25519)).unwrap();
    let expected = json!({
        "kty": "OKP", "crv": "X25519", "x": "3p7bfXt9wbTTW2HC7OQ1Nz-DQ8hbeGdNrfx-FG-IK08", "use": "enc",
    });
    assert_eq!(key.public_jwk().unwrap(), expected);
    DecryptionKey::from_der(STANDARD.decode(X25519).unwrap()).unwrap();
}

#[test]
fn a_key_that_is_none_says_why() {
    let refusal = |jwk: Value| DecryptionKey::from_jwk(&jwk.to_string()).unwrap_err().to_string();
    let x25519 = |x: &str, d: &str| json!({ "kty": "OKP", "crv": "X25519", "x": x, "d": d });
    let d = "XasIfmJKikt54X-Lg4AO5m87sSkmGLb9HC-LJ_-I4Os";
    for (jwk, word) in [
        (x25519("hSDwCYkwp1R0i33ctD73Wg2_Og0mOBr066SpjqqbTmo", d), "belong together"),
        (x25519("3p7bfXt9wbTTW2HC7OQ1Nz-DQ8hbeGdNrfx-FG-IK08", "AAAA"), "its curve"),
        (json!({ "kty": "OKP", "crv": "X25519", "x": "AAAA" }), "public key"),
        (json!({ "kty": "OKP", "crv": "X448", "x": "AAAA", "d": "AAAA" }), "X448"),
        (json!({ "kty": "oct", "k": "AAAA" }), "length"),
        (json!({ "kty": "oct" }), "`k`"),
        (json!({ "kty": "oct", "k": "GawgguFyGrWKav7AX4VKUg", "use": "sig" }), "`use`"),
        (json!({ "kty": "oct", "k": "GawgguFyGrWKav7AX4VKUg", "key_ops": ["encrypt"] }), "`key_ops`"),
        (json!({ "kty": "oct", "k": "GawgguFyGrWKav7AX4VKUg", "alg": "HS256" }), "HS256"),
        (json!({ "kty": "oct", "k": "GawgguFyGrWKav7AX4VKUg", "alg": "A256KW" }), "not for A256KW"),
        (json!({ "kty": "oct", "k": "GawgguFyGrWKav7AX4VKUg", "alg": "RSA-OAEP" }), "not for RSA-OAEP"),
        (json!({ "kty": "new" }), "\"new\""),
        (json!([]), "not a JSON object"),
    ] {
        let error = refusal(jwk.clone());
        assert!(error.contains(word) && error.contains("decryption key"), "{jwk}: {error}");
        assert!(!error.contains(d) && !error.contains("GawgguFyGrWKav7AX4VKUg"), "{error}");
    }
    let ed25519 = "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g";
    let error = DecryptionKey::from_pem(pem("PRIVATE KEY", ed25519)).unwrap_err();
    assert!(error.is_configuration() && error.to_string().contains("X25519 is its counterpart"), "{error}");
    assert!(DecryptionKey::generate(KeyManagementAlgorithm::A128Kw).unwrap_err().is_configuration());
    let key = DecryptionKey::generate(ECDH).unwrap();
    assert!(key.clone().with_algorithms([]).unwrap_err().is_configuration());
    assert!(key.clone().with_algorithms([ECDH, KeyManagementAlgorithm::Dir]).unwrap_err().is_configuration());
    assert!(key.with_content_encryptions([]).unwrap_err().is_configuration());
}

#[test]
fn a_key_in_pem_or_der_of_every_kind_decrypts() {
    use aws_lc_rs::encoding::{AsDer as _, Pkcs8V1Der};
    let pair = aws_lc_rs::signature::RsaKeyPair::generate(aws_lc_rs::rsa::KeySize::Rsa2048).unwrap();
    let rsa: Pkcs8V1Der<'_> = pair.as_der().unwrap();
    let key = DecryptionKey::from_pem(pem("PRIVATE KEY", &STANDARD.encode(rsa.as_ref()))).unwrap();
    for algorithm in [KeyManagementAlgorithm::RsaOaep, KeyManagementAlgorithm::RsaOaep256] {
        let token = encrypt_to(&key.public_jwk().unwrap(), algorithm, GCM, "text");
        assert_eq!(secrecy::ExposeSecret::expose_secret(&key.decrypt(&token).unwrap()), "text");
    }
}

#[test]
fn the_key_is_the_one_that_the_text_names() {
    let (old, new) = (DecryptionKey::generate(ECDH).unwrap(), DecryptionKey::generate(ECDH).unwrap());
    let (old, new) = (old.with_key_id("old"), new.with_key_id("new"));
    let keys = [old.clone(), new.clone()];
    for key in &keys {
        let token = encrypt_to(&key.public_jwk().unwrap(), ECDH, GCM, "text");
        assert_eq!(*decrypt("text", &keys, None, &token).unwrap(), "text");
    }
    let token = encrypt_to(&old.public_jwk().unwrap(), ECDH, GCM, "text");
    let error = decrypt("text", std::slice::from_ref(&new), None, &token).unwrap_err();
    assert!(error.to_string().contains("`kid`"), "{error}");
    // It names none: each is tried.
    let mut jwk = new.public_jwk().unwrap();
    jwk.as_object_mut().unwrap().remove("kid");
    assert_eq!(*decrypt("text", &keys, None, &encrypt_to(&jwk, ECDH, GCM, "text")).unwrap(), "text");
}

#[test]
fn a_key_decrypts_in_no_other_way_than_it_is_for() {
    let key = DecryptionKey::generate(ECDH).unwrap().with_content_encryptions([GCM]).unwrap();
    let mut jwk = key.public_jwk().unwrap();
    jwk.as_object_mut().unwrap().remove("alg");
    key.decrypt(&encrypt_to(&jwk, ECDH, GCM, "text")).unwrap();
    for (algorithm, encryption) in
        [(KeyManagementAlgorithm::EcdhEsA128Kw, GCM), (ECDH, ContentEncryption::A128CbcHs256)]
    {
        let error = key.decrypt(&encrypt_to(&jwk, algorithm, encryption, "text")).unwrap_err();
        assert!(error.to_string().contains("no decryption key"), "{error}");
    }
}

#[test]
fn a_public_jwk_is_used_only_for_what_it_is_for() {
    let p256 = DecryptionKey::generate(ECDH).unwrap().public_jwk().unwrap();
    let refusal = |member: &str, value: Value| {
        let mut jwk = p256.clone();
        jwk[member] = value;
        EncryptionKey::from_jwk(jwk.as_object().unwrap(), ECDH).err()
    };
    assert_eq!(refusal("use", json!("enc")), None);
    assert_eq!(refusal("key_ops", json!(["deriveKey"])), None);
    for (member, value) in [
        ("use", json!("sig")),
        ("key_ops", json!(["verify"])),
        ("alg", json!("ES256")),
        ("kty", json!("OKP")),
        ("crv", json!("P-384")),
        ("crv", json!("secp256k1")),
        ("x", json!("AAAA")),
    ] {
        assert!(refusal(member, value.clone()).is_some(), "{member}: {value}");
    }
    let short = json!({ "kty": "RSA", "e": "AQAB", "n": crate::keys::test_keys::SHORT_MODULUS });
    let short = EncryptionKey::from_jwk(short.as_object().unwrap(), KeyManagementAlgorithm::RsaOaep);
    assert_eq!(short.err(), Some("it is an RSA key under 2048 bits"));
}

#[test]
fn nothing_of_a_key_shows() {
    let jwk = json!({ "kty": "oct", "kid": "the-id", "k": "GawgguFyGrWKav7AX4VKUg" }).to_string();
    for key in
        [DecryptionKey::from_jwk(&jwk).unwrap(), DecryptionKey::from_client_secret("hush-hush").with_key_id("the-id")]
    {
        assert_eq!(format!("{key:?}"), r#"DecryptionKey { key_id: Some("the-id"), .. }"#);
    }
}

#[test]
fn a_key_for_signatures_is_none_for_encryption() {
    let signing = SigningKey::generate(crate::keys::SigningAlgorithm::Es256).unwrap().public_jwk();
    assert!(EncryptionKey::from_jwk(signing.as_object().unwrap(), ECDH).is_err());
}
