//! Signatures that are printed in RFCs, made with the keys that are printed there.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::keys::{HmacAlgorithm, Signer as _, SigningKey};

const JOE: &str = "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
const FRODO: &str = "SXTigJlzIGEgZGFuZ2Vyb3VzIGJ1c2luZXNzLCBGcm9kbywgZ29pbmcgb3V0IHlvdXIgZG9vci4gWW91IHN0ZXAgb250byB0aGUgcm9h\
                 ZCwgYW5kIGlmIHlvdSBkb24ndCBrZWVwIHlvdXIgZmVldCwgdGhlcmXigJlzIG5vIGtub3dpbmcgd2hlcmUgeW91IG1pZ2h0IGJlIHN3\
                 ZXB0IG9mZiB0by4";

const RSA: &str = include_str!("keys/rfc7515_a2_rsa.json");
const BILBO: &str = include_str!("keys/rfc7520_3_4_rsa.json");
const ED25519: &str = include_str!("keys/rfc8037_a1_ed25519.json");

/// By source: key, header, payload and signature.
const SIGNATURES: [(&str, &str, [&str; 3]); 3] = [
    (
        "RFC 7515 A.2",
        RSA,
        [
            "eyJhbGciOiJSUzI1NiJ9",
            JOE,
            "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJ\
                 dbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN\
                 9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXL\
                 IhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw",
        ],
    ),
    (
        "RFC 7520 4.1",
        BILBO,
        [
            "eyJhbGciOiJSUzI1NiIsImtpZCI6ImJpbGJvLmJhZ2dpbnNAaG9iYml0b24uZXhhbXBsZSJ9",
            FRODO,
            "MRjdkly7_-oTPTS3AXP41iQIGKa80A0ZmTuV5MEaHoxnW2e5CZ5NlKtainoFmKZopdHM1O2U4mwzJdQx996ivp83xuglII7PNDi84w\
                 nB-BDkoBwA78185hX-Es4JIwmDLJK3lfWRa-XtL0RnltuYv746iYTh_qHRD68BNt1uSNCrUCTJDt5aAE6x8wW1Kt9eRo4QPocSadnH\
                 XFxnt8Is9UzpERV0ePPQdLuW3IS_de3xyIrDaLGdjluPxUAhb6L2aXic1U12podGU0KLUQSE_oI-ZnmKJ3F4uOZDnd6QZWJushZ41A\
                 xf_fcIe8u9ipH84ogoree7vjbU5y18kDquDg",
        ],
    ),
    (
        "RFC 8037 A.4",
        ED25519,
        [
            "eyJhbGciOiJFZERTQSJ9",
            "RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc",
            "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg",
        ],
    ),
];

/// The same with a secret.
const CODES: [(&str, &str, [&str; 3]); 2] = [
    (
        "RFC 7515 A.1",
        "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow",
        ["eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9", JOE, "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"],
    ),
    (
        "RFC 7520 4.4",
        "hJtXIZ2uSN5kbQfbtTNWbpdmhkV8FJG-Onbc6mxCcYg",
        [
            "eyJhbGciOiJIUzI1NiIsImtpZCI6IjAxOGMwYWU1LTRkOWItNDcxYi1iZmQ2LWVlZjMxNGJjNzAzNyJ9",
            FRODO,
            "s0h6KThzkfBBBkLspW1h84VsJZFTsPPqMDA7g1Md7p0",
        ],
    ),
];

#[tokio::test]
async fn signatures_without_chance_in_them_are_those_of_the_rfcs() {
    for (source, jwk, [header, payload, signature]) in SIGNATURES {
        let key = SigningKey::from_jwk(jwk).unwrap();
        let made = key.sign(format!("{header}.{payload}").as_bytes()).await.unwrap();
        assert_eq!(URL_SAFE_NO_PAD.encode(made), signature, "{source}");
    }
}

#[test]
fn codes_with_a_secret_are_those_of_the_rfcs() {
    for (source, secret, [header, payload, code]) in CODES {
        let secret = URL_SAFE_NO_PAD.decode(secret).unwrap();
        let made = HmacAlgorithm::Hs256.sign(&secret, format!("{header}.{payload}").as_bytes());
        assert_eq!(URL_SAFE_NO_PAD.encode(made.as_ref()), code, "{source}");
    }
}

/// The example of RFC 7638 §3.1 has no private key; it stands beside the function.
#[test]
fn the_thumbprint_is_that_of_rfc_8037() {
    assert_eq!(SigningKey::from_jwk(ED25519).unwrap().thumbprint(), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
}
