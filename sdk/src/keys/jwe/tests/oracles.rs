//! An attacker who may send any number of changed texts learns nothing.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;

use super::*;

const TEXT: &str = "a text of some length, more than one block";

type Change<'a> = &'a dyn Fn(&mut Vec<u8>);

fn changed(token: &str, part: usize, change: impl Fn(&mut Vec<u8>)) -> String {
    let mut parts: Vec<String> = token.split('.').map(str::to_owned).collect();
    let mut bytes = URL_SAFE_NO_PAD.decode(&parts[part]).unwrap();
    change(&mut bytes);
    parts[part] = URL_SAFE_NO_PAD.encode(bytes);
    parts.join(".")
}

#[test]
fn every_change_behind_the_header_is_the_same_error() {
    let secret = DecryptionKey::from_client_secret("a secret of thirty-two characters");
    let pairs = [KeyManagementAlgorithm::RsaOaep, KeyManagementAlgorithm::EcdhEsA256Kw, KeyManagementAlgorithm::EcdhEs];
    let mut errors = std::collections::BTreeSet::new();
    let mut check = |key: &DecryptionKey, token: &str| {
        for part in 1..5 {
            let length = URL_SAFE_NO_PAD.decode(token.split('.').nth(part).unwrap()).unwrap().len();
            let changes: [Change<'_>; 5] = [
                &|bytes| bytes.iter_mut().take(1).for_each(|byte| *byte ^= 1),
                &|bytes| bytes.iter_mut().rev().take(1).for_each(|byte| *byte ^= 1),
                &|bytes| bytes.truncate(length.saturating_sub(1)),
                &|bytes| bytes.push(0),
                &|bytes| *bytes = bytes.iter().map(|byte| byte ^ 0x55).collect(),
            ];
            for change in changes {
                let other = changed(token, part, change);
                if other != *token {
                    let error = decrypt("text", std::slice::from_ref(key), None, &other).unwrap_err();
                    errors.insert(format!("{error} {error:?}"));
                }
            }
        }
    };
    let pairs = pairs.map(|algorithm| (algorithm, [(); 2].map(|()| DecryptionKey::generate(algorithm).unwrap())));
    for encryption in ContentEncryption::ALL {
        for (algorithm, [key, other]) in &pairs {
            let algorithm = *algorithm;
            check(key, &encrypt_to(&key.public_jwk().unwrap(), algorithm, encryption, TEXT));
            // Of another key.
            check(key, &encrypt_to(&other.public_jwk().unwrap(), algorithm, encryption, TEXT));
        }
        for algorithm in KeyManagementAlgorithm::ALL.into_iter().filter(|algorithm| algorithm.is_symmetric()) {
            let sender = EncryptionKey::from_client_secret("a secret of thirty-two characters".into());
            check(&secret, &sender.encrypt_jwt(algorithm, encryption, TEXT).unwrap());
        }
    }
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert!(errors.first().unwrap().contains("cannot be decrypted"));
}

#[test]
fn the_header_is_authenticated() {
    let key = DecryptionKey::generate(KeyManagementAlgorithm::EcdhEs).unwrap();
    let token =
        encrypt_to(&key.public_jwk().unwrap(), KeyManagementAlgorithm::EcdhEs, ContentEncryption::A256Gcm, TEXT);
    let with = |member: &str, value: Value| {
        let changed = changed(&token, 0, |header| {
            let mut json: Value = serde_json::from_slice(header).unwrap();
            json[member] = value.clone();
            *header = json.to_string().into_bytes();
        });
        decrypt("text", std::slice::from_ref(&key), None, &changed).unwrap_err().to_string()
    };
    decrypt("text", std::slice::from_ref(&key), None, &token).unwrap();
    for (member, value, word) in [
        ("cty", json!("other"), "cannot be decrypted"),
        ("apu", json!("QWxpY2U"), "cannot be decrypted"),
        ("apu", json!(7), "cannot be decrypted"),
        ("epk", json!("none"), "cannot be decrypted"),
        ("epk", json!({ "kty": "EC", "crv": "P-256", "x": "AAAA", "y": "AAAA" }), "cannot be decrypted"),
        ("enc", json!("A128GCM"), "cannot be decrypted"),
        ("enc", json!("A128CBC"), "`enc`"),
        ("alg", json!("RSA1_5"), "`alg`"),
        ("alg", json!("PBES2-HS256+A128KW"), "`alg`"),
        ("alg", json!("none"), "`alg`"),
        ("alg", json!("ecdh-es"), "`alg`"),
        ("alg", json!("RSA-OAEP"), "no decryption key"),
        ("kid", json!(1), "`kid`"),
        ("crit", json!(["b64"]), "`crit`"),
        ("crit", json!([]), "`crit`"),
        ("zip", json!("DEF"), "`zip`"),
        ("zip", json!(null), "`zip`"),
    ] {
        let error = with(member, value.clone());
        assert!(error.contains(word), "{member}: {value}: {error}");
    }
}

/// A point that is on another curve would give the private key away, bit by bit (RFC 8725 §3.4).
#[test]
fn a_point_that_is_not_on_the_curve_is_none() {
    let key = DecryptionKey::generate(KeyManagementAlgorithm::EcdhEs).unwrap();
    let mut jwk = key.public_jwk().unwrap();
    jwk["y"] = jwk["x"].clone();
    let encrypting = EncryptionKey::from_jwk(jwk.as_object().unwrap(), KeyManagementAlgorithm::EcdhEs).unwrap();
    assert!(encrypting.encrypt_jwt(KeyManagementAlgorithm::EcdhEs, ContentEncryption::A256Gcm, TEXT).is_err());
}

#[test]
fn what_has_not_five_parts_or_is_endless_is_refused() {
    let key = DecryptionKey::from_client_secret("secret");
    let refusal = |token: &str| key.decrypt(token).unwrap_err().to_string();
    for token in ["", "a", "a.b.c", "a.b.c.d", "a.b.c.d.e.f"] {
        assert!(refusal(token).contains("five parts"), "{token}");
    }
    assert!(refusal("....").contains("JSON"));
    assert!(refusal("e30....").contains("`alg`"));
    assert!(refusal("=.=.=.=.=").contains("base64url"));
    assert!(refusal(&"A".repeat(200_000)).contains("128 KiB"));
}
