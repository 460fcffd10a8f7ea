//! Keys in files: which are read, and what is said of the others.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};

use crate::error::Error;
use crate::keys::SigningAlgorithm::{self, Ed25519, EdDsa, Es256, Es384, Es512, Rs256};
use crate::keys::{Signer as _, SigningKey};

macro_rules! pem {
    ($name:literal) => {
        include_str!(concat!("keys/", $name, ".pem"))
    };
}

fn decode(pem: &str) -> Vec<u8> {
    let base64: String = pem.lines().filter(|line| !line.starts_with("-----")).collect();
    BASE64_STANDARD.decode(base64).unwrap()
}

/// What of a JWK is the public key.
fn public(jwk: &str) -> Value {
    let mut jwk: Value = serde_json::from_str(jwk).unwrap();
    jwk.as_object_mut().unwrap().retain(|name, _| ["kty", "crv", "x", "y", "n", "e"].contains(&name.as_str()));
    jwk
}

fn public_half(key: &SigningKey) -> Value {
    Value::Object(key.public_members())
}

#[test]
fn a_key_is_read_from_each_form_and_is_the_same_key() {
    let rsa = public(include_str!("keys/rfc7515_a2_rsa.json"));
    let p256 = public(include_str!("keys/rfc7515_a3_p256.json"));
    let ed25519 = public(include_str!("keys/rfc8037_a1_ed25519.json"));
    let cases = [
        (pem!("rsa_pkcs8"), Rs256, Some(&rsa)),
        (pem!("rsa_pkcs1"), Rs256, Some(&rsa)),
        (pem!("p256_pkcs8"), Es256, Some(&p256)),
        (pem!("p256_sec1"), Es256, Some(&p256)),
        (pem!("p256_sec1_bare"), Es256, Some(&p256)),
        (pem!("p384_pkcs8"), Es384, None),
        (pem!("p384_sec1"), Es384, None),
        (pem!("p384_sec1_bare"), Es384, None),
        (pem!("p521_pkcs8"), Es512, None),
        (pem!("p521_sec1"), Es512, None),
        (pem!("p521_sec1_bare"), Es512, None),
        (pem!("ed25519_pkcs8"), EdDsa, Some(&ed25519)),
    ];
    for (pem, algorithm, expected) in cases {
        let from_der = SigningKey::from_der(decode(pem)).unwrap();
        let others = format!("a comment\r\n{}{}", pem!("rsa_public"), pem.replace('\n', "\r\n"));
        for key in [SigningKey::from_pem(pem).unwrap(), SigningKey::from_pem(&others).unwrap(), from_der.clone()] {
            assert_eq!((key.algorithm(), key.key_id()), (algorithm, None), "{pem}");
            assert_eq!(public_half(&key), *expected.unwrap_or(&public_half(&from_der)), "{pem}");
        }
    }
    // With the curve's parameters in a block in front.
    assert_eq!(SigningKey::from_pem(pem!("p256_openssl_ecparam")).unwrap().algorithm(), Es256);
}

#[test]
fn what_cannot_be_used_is_told_apart() {
    let cut_off = &pem!("rsa_pkcs8")[..500];
    let no_base64 = pem!("p256_pkcs8").replace("MIGH", "MI!H");
    let garbled = pem!("rsa_pkcs8").replace("oIBAQ", "oIBAR");
    let escaped = pem!("p256_pkcs8").replace('\n', "\\n");
    let another_end = pem!("p256_pkcs8").replace("END PRIVATE", "END RSA PRIVATE");
    let cases = [
        ("", "not valid PEM"),
        ("s3cret", "not valid PEM"),
        (pem!("rsa_public"), "no private key, only PUBLIC KEY"),
        (pem!("rsa_pkcs8_encrypted"), "encrypted"),
        (pem!("rsa_pkcs1_encrypted"), "encrypted"),
        (pem!("rsa_openssh"), "OpenSSH"),
        (pem!("rsa_1024"), "under 2048 bits"),
        (pem!("rsa_1024_pkcs1"), "under 2048 bits"),
        (pem!("rsa_pss"), "PSS alone"),
        (pem!("secp256k1_pkcs8"), "P-256, P-384 and P-521"),
        (pem!("secp256k1_sec1"), "P-256, P-384 and P-521"),
        (pem!("ed448"), "neither RSA nor ECDSA nor Ed25519"),
        (pem!("x25519"), "neither RSA nor ECDSA nor Ed25519"),
        (cut_off, "no line \"-----END PRIVATE KEY-----\""),
        ("-----BEGIN PRIVATE KEY", "cut off"),
        (&no_base64, "not base64"),
        (&garbled, "malformed"),
        (&escaped, "line breaks"),
        (&another_end, "no line"),
        ("-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----", "no DER"),
    ];
    for (pem, reason) in cases {
        let refusal = SigningKey::from_pem(pem).expect_err(pem);
        assert_refused(&refusal, reason);
    }
    assert_refused(&SigningKey::from_pem(b"\x30\x82\xff\xff").unwrap_err(), "is it DER?");
}

/// No byte more or less, whatever it is, is a panic, and what was cut short is no key.
#[test]
fn der_that_is_cut_short_or_changed_is_refused_or_read_and_nothing_else() {
    for pem in [pem!("rsa_pkcs8"), pem!("rsa_pkcs1"), pem!("p256_pkcs8"), pem!("p521_sec1"), pem!("ed25519_pkcs8")] {
        let der = decode(pem);
        for length in 0..der.len().min(60) {
            assert_refused(&SigningKey::from_der(&der[..length]).unwrap_err(), "no DER");
        }
        for position in 0..der.len().min(60) {
            let mut changed = der.clone();
            changed[position] ^= 0x55;
            if let Err(refusal) = SigningKey::from_der(&changed) {
                assert_refused(&refusal, "");
            }
        }
        assert_refused(&SigningKey::from_der([&der[..], b"\0"].concat()).unwrap_err(), "no DER");
    }
}

#[test]
fn a_key_signs_with_an_algorithm_of_its_own_alone() {
    let of = |pem: &str| SigningKey::from_pem(pem).unwrap();
    for algorithm in SigningAlgorithm::ALL {
        let is_rsa = algorithm.name().starts_with(['R', 'P']);
        assert_eq!(of(pem!("rsa_pkcs8")).with_algorithm(algorithm).is_ok(), is_rsa, "{algorithm}");
        assert_eq!(of(pem!("p256_pkcs8")).with_algorithm(algorithm).is_ok(), algorithm == Es256, "{algorithm}");
        let is_ed25519 = matches!(algorithm, EdDsa | Ed25519);
        assert_eq!(of(pem!("ed25519_pkcs8")).with_algorithm(algorithm).is_ok(), is_ed25519, "{algorithm}");
        assert_eq!(algorithm.name().parse::<SigningAlgorithm>().unwrap(), algorithm);
    }
    assert_refused(&of(pem!("p256_pkcs8")).with_algorithm(Rs256).unwrap_err(), "it signs with ES256, not with RS256");
    for name in ["none", "HS256", "rs256", "", "EDDSA"] {
        assert!(name.parse::<SigningAlgorithm>().unwrap_err().is_configuration(), "{name}");
    }
}

#[test]
fn neither_debug_nor_the_public_half_shows_the_private_one() {
    let key = SigningKey::from_jwk(include_str!("keys/rfc8037_a1_ed25519.json")).unwrap().with_key_id("k1");
    let private = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A";
    assert_eq!(format!("{key:?}"), r#"SigningKey { algorithm: EdDsa, key_id: Some("k1"), .. }"#);
    assert!(!key.public_jwk().to_string().contains(private));
    let expected = json!({
        "kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
        "use": "sig", "alg": "EdDSA", "kid": "k1",
    });
    assert_eq!(key.public_jwk(), expected);
    for algorithm in SigningAlgorithm::ALL {
        let key = SigningKey::generate(algorithm).unwrap();
        assert_eq!(key.algorithm(), algorithm);
        let jwk = key.public_jwk();
        for private in ["d", "p", "q", "dp", "dq", "qi"] {
            assert!(jwk.get(private).is_none(), "{jwk}");
        }
    }
}

pub(super) fn assert_refused(refusal: &Error, reason: &str) {
    let said = format!("{refusal} {refusal:?}");
    assert!(refusal.is_configuration(), "{said}");
    assert!(refusal.to_string().starts_with("the signing key cannot be used: "), "{said}");
    assert!(said.contains(reason), "{said} does not say {reason:?}");
    assert!(!said.contains("s3cret"), "{said}");
}
