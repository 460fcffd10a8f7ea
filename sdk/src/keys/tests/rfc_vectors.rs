//! Signatures that are printed in RFCs, by keys that are printed there.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use openidconnect::{JsonWebKey as _, JsonWebKeyAlgorithm};
use serde_json::{Value, json};

use crate::keys::{ASYMMETRIC, Algorithm, Key, algorithm_by_name, algorithm_name, half_hash};

/// One token and the key that signed it.
struct Vector {
    source: &'static str,
    jwk: Value,
    token: [&'static str; 3],
}

const JOE: &str = "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
const FRODO: &str = "SXTigJlzIGEgZGFuZ2Vyb3VzIGJ1c2luZXNzLCBGcm9kbywgZ29pbmcgb3V0IHlvdXIgZG9vci4gWW91IHN0ZXAgb250byB0aGUgcm9h\
                 ZCwgYW5kIGlmIHlvdSBkb24ndCBrZWVwIHlvdXIgZmVldCwgdGhlcmXigJlzIG5vIGtub3dpbmcgd2hlcmUgeW91IG1pZ2h0IGJlIHN3\
                 ZXB0IG9mZiB0by4";

fn bilbo() -> Value {
    json!({
        "kty": "RSA", "kid": "bilbo.baggins@hobbiton.example", "use": "sig", "e": "AQAB",
        "n": "n4EPtAOCc9AlkeQHPzHStgAbgs7bTZLwUBZdR8_KuKPEHLd4rHVTeT-O-XV2jRojdNhxJWTDvNd7nqQ0VEiZQHz_AJmSCpMaJMRBSFKr\
              Kb2wqVwGU_NsYOYL-QtiWN2lbzcEe6XC0dApr5ydQLrHqkHHig3RBordaZ6Aj-oBHqFEHYpPe7Tpe-OfVfHd1E6cS6M1FZcD1NNLYD5l\
              FHpPI9bTwJlsde3uhGqC0ZCuEHg8lhzwOHrtIQbS0FVbb9k3-tVTU4fg_3L_vniUFAKwuCLqKnS2BYwdq_mzSnbLY7h_qixoR7jig3__\
              kRhuaxwUkRz5iaiQkqgc5gHdrNP5zw",
    })
}

fn vectors() -> [Vector; 7] {
    let [rs256, es256, es512] = of_rfc_7515();
    let [rs256_too, ps384, es512_too] = of_rfc_7520();
    [rs256, es256, es512, of_rfc_8037(), rs256_too, ps384, es512_too]
}

fn of_rfc_7515() -> [Vector; 3] {
    [
        Vector {
            source: "RFC 7515 A.2",
            jwk: json!({
                "kty": "RSA", "e": "AQAB",
                "n": "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4Ql\
                      L-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUs\
                      LA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoud\
                      F8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ",
            }),
            token: [
                "eyJhbGciOiJSUzI1NiJ9",
                JOE,
                "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJ\
                 dbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN\
                 9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXL\
                 IhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw",
            ],
        },
        Vector {
            source: "RFC 7515 A.3",
            jwk: json!({
                "kty": "EC", "crv": "P-256",
                "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
            }),
            token: [
                "eyJhbGciOiJFUzI1NiJ9",
                JOE,
                "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q",
            ],
        },
        Vector {
            source: "RFC 7515 A.4",
            jwk: json!({
                "kty": "EC", "crv": "P-521",
                "x": "AekpBQ8ST8a8VcfVOTNl353vSrDCLLJXmPk06wTjxrrjcBpXp5EOnYG_NjFZ6OvLFV1jSfS9tsz4qUxcWceqwQGk",
                "y": "ADSmRA43Z1DSNx_RvcLI87cdL07l6jQyyBXMoxVg_l2Th-x3S1WDhjDly79ajL4Kkd0AZMaZmh9ubmf63e3kyMj2",
            }),
            token: [
                "eyJhbGciOiJFUzUxMiJ9",
                "UGF5bG9hZA",
                "AdwMgeerwtHoh-l192l60hp9wAHZFVJbLfD_UxMi70cwnZOYaRI1bKPWROc-mZZqwqT2SI-KGDKB34XO0aw_7XdtAG8GaSwFKdCAPZ\
                 goXD2YBJZCPEX3xKpRwcdOO8KpEHwJjyqOgzDO7iKvU8vcnwNrmxYbSW9ERBXukOXolLzeO_Jn",
            ],
        },
    ]
}

fn of_rfc_8037() -> Vector {
    Vector {
        source: "RFC 8037 A.4",
        jwk: json!({ "kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" }),
        token: [
            "eyJhbGciOiJFZERTQSJ9",
            "RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc",
            "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg",
        ],
    }
}

fn of_rfc_7520() -> [Vector; 3] {
    [
        Vector {
            source: "RFC 7520 4.1",
            jwk: bilbo(),
            token: [
                "eyJhbGciOiJSUzI1NiIsImtpZCI6ImJpbGJvLmJhZ2dpbnNAaG9iYml0b24uZXhhbXBsZSJ9",
                FRODO,
                "MRjdkly7_-oTPTS3AXP41iQIGKa80A0ZmTuV5MEaHoxnW2e5CZ5NlKtainoFmKZopdHM1O2U4mwzJdQx996ivp83xuglII7PNDi84w\
                 nB-BDkoBwA78185hX-Es4JIwmDLJK3lfWRa-XtL0RnltuYv746iYTh_qHRD68BNt1uSNCrUCTJDt5aAE6x8wW1Kt9eRo4QPocSadnH\
                 XFxnt8Is9UzpERV0ePPQdLuW3IS_de3xyIrDaLGdjluPxUAhb6L2aXic1U12podGU0KLUQSE_oI-ZnmKJ3F4uOZDnd6QZWJushZ41A\
                 xf_fcIe8u9ipH84ogoree7vjbU5y18kDquDg",
            ],
        },
        Vector {
            source: "RFC 7520 4.2",
            jwk: bilbo(),
            token: [
                "eyJhbGciOiJQUzM4NCIsImtpZCI6ImJpbGJvLmJhZ2dpbnNAaG9iYml0b24uZXhhbXBsZSJ9",
                FRODO,
                "cu22eBqkYDKgIlTpzDXGvaFfz6WGoz7fUDcfT0kkOy42miAh2qyBzk1xEsnk2IpN6-tPid6VrklHkqsGqDqHCdP6O8TTB5dDDItllV\
                 o6_1OLPpcbUrhiUSMxbbXUvdvWXzg-UD8biiReQFlfz28zGWVsdiNAUf8ZnyPEgVFn442ZdNqiVJRmBqrYRXe8P_ijQ7p8Vdz0TTrx\
                 UeT3lm8d9shnr2lfJT8ImUjvAA2Xez2Mlp8cBE5awDzT0qI0n6uiP1aCN_2_jLAeQTlqRHtfa64QQSUmFAAjVKPbByi7xho0uTOcbH\
                 510a6GYmJUAfmWjwZ6oD4ifKo8DYM-X72Eaw",
            ],
        },
        Vector {
            source: "RFC 7520 4.3",
            jwk: json!({
                "kty": "EC", "kid": "bilbo.baggins@hobbiton.example", "use": "sig", "crv": "P-521",
                "x": "AHKZLLOsCOzz5cY97ewNUajB957y-C-U88c3v13nmGZx6sYl_oJXu9A5RkTKqjqvjyekWF-7ytDyRXYgCF5cj0Kt",
                "y": "AdymlHvOiLxXkEhayXQnNCvDX4h9htZaCJN34kfmC6pV5OhQHiraVySsUdaQkAgDPrwQrJmbnX9cwlGfP-HqHZR1",
            }),
            token: [
                "eyJhbGciOiJFUzUxMiIsImtpZCI6ImJpbGJvLmJhZ2dpbnNAaG9iYml0b24uZXhhbXBsZSJ9",
                FRODO,
                "AE_R_YZCChjn4791jSQCrdPZCNYqHXCTZH0-JZGYNlaAjP2kqaluUIIUnC9qvbu9Plon7KRTzoNEuT4Va2cmL1eJAQy3mtPBu_u_sD\
                 DyYjnAMDxXPn7XrT0lw-kvAD890jl8e2puQens_IEKBpHABlsbEPX6sFY8OcGDqoRuBomu9xQ2",
            ],
        },
    ]
}

#[test]
fn signatures_of_the_rfcs_are_verified_and_only_as_what_they_are() {
    for Vector { source, jwk, token: [header, payload, signature] } in vectors() {
        let key: Key = serde_json::from_value(jwk).unwrap();
        let header_json: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(header).unwrap()).unwrap();
        let algorithm = algorithm_by_name(header_json["alg"].as_str().unwrap()).unwrap();
        let message = format!("{header}.{payload}");
        let signature = URL_SAFE_NO_PAD.decode(signature).unwrap();

        key.verify_signature(&algorithm, message.as_bytes(), &signature).expect(source);
        for other in ASYMMETRIC.iter().chain([&Algorithm::HmacSha256, &Algorithm::None]).filter(|a| **a != algorithm) {
            let verified = key.verify_signature(other, message.as_bytes(), &signature);
            assert!(verified.is_err(), "{source} as {}", algorithm_name(other));
        }
        for at in 0..signature.len() {
            let mut wrong = signature.clone();
            wrong[at] ^= 1;
            assert!(key.verify_signature(&algorithm, message.as_bytes(), &wrong).is_err(), "{source}, byte {at}");
        }
        assert!(key.verify_signature(&algorithm, format!("{message}A").as_bytes(), &signature).is_err(), "{source}");
        assert!(key.verify_signature(&algorithm, message.as_bytes(), &[]).is_err(), "{source}");
    }
}

/// RFC 7515 A.1, with a key of 64 bytes.
#[test]
fn a_mac_of_the_rfc_is_verified_with_the_secret() {
    let secret = "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow";
    let key = Key::new_symmetric(URL_SAFE_NO_PAD.decode(secret).unwrap());
    let message = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leG\
                   FtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
    let signature = URL_SAFE_NO_PAD.decode("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk").unwrap();
    key.verify_signature(&Algorithm::HmacSha256, message.as_bytes(), &signature).unwrap();
    assert!(key.verify_signature(&Algorithm::HmacSha512, message.as_bytes(), &signature).is_err());
    assert!(!format!("{key:?}").contains(secret));
    assert!(!serde_json::to_string(&key).unwrap().contains(secret));
}

/// OpenID Connect Core A.3 (RS256), and the same code under SHA-512 for Ed25519.
#[test]
fn half_hashes_are_those_of_openid_connect() {
    assert_eq!(
        half_hash(&Algorithm::RsaSsaPkcs1V15Sha256, "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y").unwrap(),
        "77QmUPtjPfzWtF2AnpK9RQ"
    );
    assert_eq!(half_hash(&Algorithm::EdDsa, "code").unwrap().len(), 43);
    assert_eq!(half_hash(&Algorithm::EcdsaP384Sha384, "code").unwrap().len(), 32);
    assert_eq!(half_hash(&Algorithm::None, "code"), None);
}

#[test]
fn hash_bytes_is_bound_to_the_keys_algorithm() {
    let key: Key = serde_json::from_value(of_rfc_8037().jwk).unwrap();
    assert_eq!(key.hash_bytes(b"code", &Algorithm::EdDsa).unwrap().len(), 64);
    assert!(key.hash_bytes(b"code", &Algorithm::RsaSsaPkcs1V15Sha256).is_err());
    assert!(matches!(key.signing_alg(), JsonWebKeyAlgorithm::Algorithm(Algorithm::EdDsa)));
}
