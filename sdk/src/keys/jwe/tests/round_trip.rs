//! Every algorithm with every content encryption; what other libraries make of it is in the integration tests.

use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use proptest::prelude::*;
use serde_json::json;

use super::super::decryption_key::derived_from_client_secret;
use super::*;

const TEXT: &str = "eyJhbGciOiJFUzI1NiJ9.e30.c2lnbmF0dXJl";
const SECRET: &str = "a client secret of a server that makes long ones";

fn check(encrypting: &EncryptionKey, decrypting: &DecryptionKey, algorithm: KeyManagementAlgorithm) {
    for encryption in ContentEncryption::ALL {
        let token = encrypting.encrypt_jwt(algorithm, encryption, TEXT).unwrap();
        let keys = std::slice::from_ref(decrypting);
        assert_eq!(*decrypt("text", keys, Some(algorithm), &token).unwrap(), TEXT, "{algorithm} {encryption}");
        let other = if algorithm == KeyManagementAlgorithm::Dir {
            KeyManagementAlgorithm::EcdhEs
        } else {
            KeyManagementAlgorithm::Dir
        };
        let error = decrypt("text", keys, Some(other), &token).unwrap_err();
        assert!(error.to_string().contains("is registered with"), "{error}");
        let again = encrypting.encrypt_jwt(algorithm, encryption, TEXT).unwrap();
        assert!(again.split('.').zip(token.split('.')).filter(|(one, other)| one == other).count() <= 2, "{algorithm}");
    }
}

fn asymmetric() -> impl Iterator<Item = KeyManagementAlgorithm> {
    KeyManagementAlgorithm::ALL.into_iter().filter(|algorithm| !algorithm.is_symmetric())
}

#[test]
fn key_pairs() {
    let x25519 = json!({
        "kty": "OKP", "crv": "X25519", "x": "3p7bfXt9wbTTW2HC7OQ1Nz-DQ8hbeGdNrfx-FG-IK08",
        "d": "XasIfmJKikt54X-Lg4AO5m87sSkmGLb9HC-LJ_-I4Os",
    });
    let rsa = DecryptionKey::generate(KeyManagementAlgorithm::RsaOaep).unwrap();
    let rsa = rsa.with_algorithms([KeyManagementAlgorithm::RsaOaep, KeyManagementAlgorithm::RsaOaep256]).unwrap();
    let p256 = DecryptionKey::generate(KeyManagementAlgorithm::EcdhEs).unwrap();
    let agreement = asymmetric().filter(|algorithm| algorithm.name().starts_with("ECDH"));
    let p256 = p256.with_algorithms(agreement).unwrap();
    let curves = super::super::super::signing_key::curve::Curve::ALL.map(|curve| {
        let pair = aws_lc_rs::signature::EcdsaKeyPair::generate(curve.signing()).unwrap();
        let der = pair.to_pkcs8v1().unwrap();
        DecryptionKey::from_der(der.as_ref()).unwrap()
    });
    let mut checked = 0;
    for key in curves.iter().chain([&rsa, &p256, &DecryptionKey::from_jwk(&x25519.to_string()).unwrap()]) {
        for algorithm in asymmetric().filter(|algorithm| key.is_for(*algorithm)) {
            let jwk = key.public_jwk().unwrap();
            check(&EncryptionKey::from_jwk(jwk.as_object().unwrap(), algorithm).unwrap(), key, algorithm);
            checked += 1;
        }
    }
    assert_eq!(checked, 2 + 5 * 4);
}

#[test]
fn the_client_secret() {
    let (encrypting, decrypting) =
        (EncryptionKey::from_client_secret(SECRET.into()), DecryptionKey::from_client_secret(SECRET));
    let mut checked = 0;
    for algorithm in KeyManagementAlgorithm::ALL.into_iter().filter(|algorithm| algorithm.is_symmetric()) {
        check(&encrypting, &decrypting, algorithm);
        checked += 1;
    }
    assert_eq!(checked, 7);
    assert_eq!(decrypting.public_jwk(), None);
}

/// A reader of the text could find a short one by trying (OpenID Connect Core §16.19).
#[test]
fn a_client_secret_that_is_shorter_than_the_key_encrypts_nothing() {
    use ContentEncryption::{A128Gcm, A256CbcHs512, A256Gcm};
    for (algorithm, encryption, shortest) in [
        (KeyManagementAlgorithm::A128Kw, A256Gcm, 16),
        (KeyManagementAlgorithm::A192GcmKw, A256Gcm, 24),
        (KeyManagementAlgorithm::A256Kw, A128Gcm, 32),
        (KeyManagementAlgorithm::Dir, A128Gcm, 16),
        (KeyManagementAlgorithm::Dir, A256CbcHs512, 32),
    ] {
        let encrypt = |length| {
            EncryptionKey::from_client_secret("s".repeat(length).into()).encrypt_jwt(algorithm, encryption, "a.b.c")
        };
        encrypt(shortest).unwrap();
        let error = encrypt(shortest - 1).unwrap_err();
        assert!(error.is_configuration() && error.to_string().contains("too short"), "{algorithm} {error}");
    }
}

/// OpenID Connect Core §10.2; the hashes are of `sha256sum` and its like.
#[test]
fn keys_of_a_client_secret_are_the_left_of_the_shortest_hash() {
    let derived = |length| derived_from_client_secret(&"s3cret".into(), length).unwrap().to_vec();
    let start = |length| u32::from_be_bytes(*derived(length).first_chunk().unwrap());
    for (length, expected) in
        [(16, 0x1ec1_c26b), (24, 0x1ec1_c26b), (32, 0x1ec1_c26b), (48, 0x2609_e354), (64, 0x95c8_9add)]
    {
        assert_eq!((derived(length).len(), start(length)), (length, expected));
    }
    assert!(derived_from_client_secret(&"s3cret".into(), 65).is_none());
}

static KEYS: LazyLock<[DecryptionKey; 3]> = LazyLock::new(|| {
    [
        DecryptionKey::generate(KeyManagementAlgorithm::EcdhEs).unwrap(),
        DecryptionKey::generate(KeyManagementAlgorithm::RsaOaep256).unwrap(),
        DecryptionKey::from_client_secret(SECRET),
    ]
});

/// Headers of every kind, right and wrong.
fn header() -> impl Strategy<Value = Value> {
    let names: Vec<&str> = KeyManagementAlgorithm::ALL.map(KeyManagementAlgorithm::name).to_vec();
    let encryptions: Vec<&str> = ContentEncryption::ALL.map(ContentEncryption::name).to_vec();
    let text = "[A-Za-z0-9_-]{0,90}";
    let key = (
        prop::sample::select(vec!["EC", "OKP", "oct"]),
        prop::sample::select(vec!["P-256", "P-384", "X25519"]),
        text,
        text,
    )
        .prop_map(|(kty, crv, x, y)| json!({ "kty": kty, "crv": crv, "x": x, "y": y }));
    let extra = prop::sample::select(vec!["none", "zip", "crit", "kid", "p2c"]);
    (prop::sample::select(names), prop::sample::select(encryptions), key, extra, text, text).prop_map(
        |(alg, enc, epk, extra, iv, tag)| json!({ "alg": alg, "enc": enc, "epk": epk, extra: 1, "iv": iv, "tag": tag, "apu": tag }),
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_text_panics(text in r"[A-Za-z0-9_.-]{0,200}") {
        let _ = decrypt("text", &*KEYS, None, &text);
    }

    #[test]
    fn no_header_panics(header in header(), parts in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..100), 4)) {
        let parts: Vec<_> = parts.iter().map(|part| URL_SAFE_NO_PAD.encode(part)).collect();
        let token = format!("{}.{}", URL_SAFE_NO_PAD.encode(header.to_string()), parts.join("."));
        prop_assert!(decrypt("text", &*KEYS, None, &token).unwrap_err().is_security());
    }
}
