//! Texts that are printed in RFCs, by keys that are printed there.

use aws_lc_rs::agreement::PrivateKey;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde_json::json;

use super::super::aes_key_wrap;
use super::super::agreement::{AgreementCurve, Point, Purpose};
use super::*;
use crate::keys::jwe::content::Encrypted;

#[derive(Deserialize)]
struct Vector {
    source: String,
    key: Value,
    token: String,
    plaintext: Option<String>,
    /// A word of the error.
    refused: Option<String>,
}

fn vector(source: &str) -> Vector {
    let vectors: Vec<Vector> = serde_json::from_str(include_str!("rfc_vectors.json")).unwrap();
    vectors.into_iter().find(|vector| vector.source == source).unwrap()
}

fn check(source: &str) {
    let Vector { key, token, plaintext, refused, .. } = vector(source);
    let key = DecryptionKey::from_jwk(&key.to_string()).unwrap();
    let decrypted = decrypt("text", std::slice::from_ref(&key), None, &token);
    match (plaintext, refused) {
        (Some(plaintext), None) => assert_eq!(*decrypted.unwrap(), plaintext),
        (None, Some(word)) => {
            let error = decrypted.unwrap_err();
            assert!(error.is_security() && error.to_string().contains(&word), "{error}");
        }
        _ => panic!("it is either decrypted or refused"),
    }
}

#[test]
fn rfc_7516_a_1_rsa_oaep_and_a256gcm() {
    check("RFC 7516 A.1");
}

#[test]
fn rfc_7516_a_2_rsa1_5_is_refused() {
    check("RFC 7516 A.2");
}

#[test]
fn rfc_7516_a_3_a128kw_and_a128cbc_hs256() {
    check("RFC 7516 A.3");
}

#[test]
fn rfc_7520_5_1_rsa1_5_is_refused() {
    check("RFC 7520 5.1");
}

#[test]
fn rfc_7520_5_2_rsa_oaep_and_a256gcm() {
    check("RFC 7520 5.2");
}

#[test]
fn rfc_7520_5_3_pbes2_is_refused() {
    check("RFC 7520 5.3");
}

#[test]
fn rfc_7520_5_4_ecdh_es_a128kw_and_a128gcm() {
    check("RFC 7520 5.4");
}

#[test]
fn rfc_7520_5_5_ecdh_es_and_a128cbc_hs256() {
    check("RFC 7520 5.5");
}

#[test]
fn rfc_7520_5_6_dir_and_a128gcm() {
    check("RFC 7520 5.6");
}

#[test]
fn rfc_7520_5_7_a256gcmkw_and_a128cbc_hs256() {
    check("RFC 7520 5.7");
}

#[test]
fn rfc_7520_5_8_a128kw_and_a128gcm() {
    check("RFC 7520 5.8");
}

#[test]
fn rfc_7520_5_9_compression_is_refused() {
    check("RFC 7520 5.9");
}

/// RFC 8037 has no whole text; this one is by the authors of RFC 7520, with the key of RFC 8037 A.6.
#[test]
fn the_cookbooks_x25519_and_a128gcm() {
    check("the RFC authors' cookbook, curve25519/ecdh-es");
}

/// Signed and then encrypted: what comes out is the JWT that went in, and its signature is still that of who signed it.
#[test]
fn rfc_7520_6_a_signed_token_inside_an_encrypted_one() {
    use openidconnect::JsonWebKey as _;

    check("RFC 7520 6");
    let jwt = vector("RFC 7520 6").plaintext.unwrap();
    let hobbiton: crate::keys::Key = serde_json::from_value(json!({
        "kty": "RSA", "kid": "hobbiton.example", "use": "sig", "e": "AQAB",
        "n": "kNrPIBDXMU6fcyv5i-QHQAQ-K8gsC3HJb7FYhYaw8hXbNJa-t8q0lDKwLZgQXYV-ffWxXJv5GGrlZE4GU52lfMEegTDzYTrRQ3tepgKFjMGg\
              6Iy6fkl1ZNsx2gEonsnlShfzA9GJwRTmtKPbk1s-hwx1IU5AT-AIelNqBgcF2vE5W25_SGGBoaROVdUYxqETDggM1z5cKV4ZjDZ8-lh4oVB0\
              7bkac6LQdHpJUUySH_Er20DXx30Kyi97PciXKTS-QKXnmm8ivyRCmux22ZoPUind2BKC5OiG4MwALhaL2Z2k8CsRdfy-7dg7z41Rp6D0ZeEv\
              taUp4bX4aKraL4rTfw",
    }))
    .unwrap();
    let (message, signature) = jwt.rsplit_once('.').unwrap();
    let signature = base64url(signature);
    let ps256 = crate::keys::algorithm_by_name("PS256").unwrap();
    hobbiton.verify_signature(&ps256, message.as_bytes(), &signature).unwrap();
    let (header, _) = message.split_once('.').unwrap();
    assert_eq!(base64url(header), br#"{"alg":"PS256","typ":"JWT"}"#);
    let claims = crate::keys::UnverifiedJwt::read("JWT", &jwt, crate::keys::Typ::IfPresent(&["JWT"])).unwrap().claims;
    assert_eq!(claims.text("iss"), Some("hobbiton.example"));
    let other = message.replace("eyJpc3Mi", "eyJpc3Nj");
    assert!(hobbiton.verify_signature(&ps256, other.as_bytes(), &signature).is_err());
}

fn base64url(text: &str) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(text).unwrap()
}

fn hexadecimal(text: &str) -> Vec<u8> {
    let digits: String = text.split_whitespace().collect();
    (0..digits.len()).step_by(2).map(|at| u8::from_str_radix(&digits[at..at + 2], 16).unwrap()).collect()
}

/// RFC 7516 A.3.3 and A.3.6, the other way: what is not random about encrypting.
#[test]
fn rfc_7516_a_3_is_encrypted_to_the_same_bytes() {
    let content_key = [
        4, 211, 31, 197, 84, 157, 252, 254, 11, 100, 157, 250, 63, 170, 106, 206, 107, 124, 212, 45, 111, 107, 9, 219,
        200, 177, 0, 240, 143, 156, 44, 207,
    ];
    let wrapped = aes_key_wrap::wrap(&base64url("GawgguFyGrWKav7AX4VKUg"), &content_key).unwrap();
    assert_eq!(URL_SAFE_NO_PAD.encode(wrapped), "6KB707dM9YTIgHtLvtgWQ8mKwboJW3of9locizkDTHzBC2IlrT1oOQ");
    let Encrypted { ciphertext, tag, .. } = ContentEncryption::A128CbcHs256
        .encrypt(
            &content_key,
            base64url("AxY8DCtDaGlsbGljb3RoZQ"),
            b"eyJhbGciOiJBMTI4S1ciLCJlbmMiOiJBMTI4Q0JDLUhTMjU2In0",
            b"Live long and prosper.",
        )
        .unwrap();
    assert_eq!(URL_SAFE_NO_PAD.encode(ciphertext), "KDlTtXchhZTGufMYmOYGS4HffxPSUrfmqCHXaI9wOGY");
    assert_eq!(URL_SAFE_NO_PAD.encode(tag), "U0m_YmjN04DJvceFICbCVQ");
}

/// RFC 7518 appendix B.
fn check_cbc_hmac(encryption: ContentEncryption, ciphertext: &str, tag: &str) {
    let key: Vec<u8> = (0..).take(encryption.key_length()).collect();
    let iv = hexadecimal("1a f3 8c 2d c2 b9 6f fd d8 66 94 09 23 41 bc 04");
    let aad = b"The second principle of Auguste Kerckhoffs";
    let plaintext =
        b"A cipher system must not be required to be secret, and it must be able to fall into the hands of the enemy \
                      without inconvenience";
    let encrypted = encryption.encrypt(&key, iv.clone(), aad, plaintext).unwrap();
    assert_eq!((&encrypted.ciphertext, &encrypted.tag), (&hexadecimal(ciphertext), &hexadecimal(tag)));
    assert_eq!(*encryption.decrypt(&key, &encrypted, aad).unwrap(), plaintext);
    assert!(encryption.decrypt(&key, &encrypted, b"another").is_none());
    assert!(encryption.decrypt(&key[1..], &encrypted, aad).is_none());
    // A part of the tag is none.
    let shorter = Encrypted { tag: encrypted.tag[1..].to_vec(), ..encrypted };
    assert!(encryption.decrypt(&key, &shorter, aad).is_none());
}

#[test]
fn rfc_7518_b_1_aes_128_cbc_hmac_sha_256() {
    check_cbc_hmac(
        ContentEncryption::A128CbcHs256,
        "c8 0e df a3 2d df 39 d5 ef 00 c0 b4 68 83 42 79 a2 e4 6a 1b 80 49 f7 92 f7 6b fe 54 b9 03 a9 c9
         a9 4a c9 b4 7a d2 65 5c 5f 10 f9 ae f7 14 27 e2 fc 6f 9b 3f 39 9a 22 14 89 f1 63 62 c7 03 23 36
         09 d4 5a c6 98 64 e3 32 1c f8 29 35 ac 40 96 c8 6e 13 33 14 c5 40 19 e8 ca 79 80 df a4 b9 cf 1b
         38 4c 48 6f 3a 54 c5 10 78 15 8e e5 d7 9d e5 9f bd 34 d8 48 b3 d6 95 50 a6 76 46 34 44 27 ad e5
         4b 88 51 ff b5 98 f7 f8 00 74 b9 47 3c 82 e2 db",
        "65 2c 3f a3 6b 0a 7c 5b 32 19 fa b3 a3 0b c1 c4",
    );
}

#[test]
fn rfc_7518_b_2_aes_192_cbc_hmac_sha_384() {
    check_cbc_hmac(
        ContentEncryption::A192CbcHs384,
        "ea 65 da 6b 59 e6 1e db 41 9b e6 2d 19 71 2a e5 d3 03 ee b5 00 52 d0 df d6 69 7f 77 22 4c 8e db
         00 0d 27 9b dc 14 c1 07 26 54 bd 30 94 42 30 c6 57 be d4 ca 0c 9f 4a 84 66 f2 2b 22 6d 17 46 21
         4b f8 cf c2 40 0a dd 9f 51 26 e4 79 66 3f c9 0b 3b ed 78 7a 2f 0f fc bf 39 04 be 2a 64 1d 5c 21
         05 bf e5 91 ba e2 3b 1d 74 49 e5 32 ee f6 0a 9a c8 bb 6c 6b 01 d3 5d 49 78 7b cd 57 ef 48 49 27
         f2 80 ad c9 1a c0 c4 e7 9c 7b 11 ef c6 00 54 e3",
        "84 90 ac 0e 58 94 9b fe 51 87 5d 73 3f 93 ac 20 75 16 80 39 cc c7 33 d7",
    );
}

#[test]
fn rfc_7518_b_3_aes_256_cbc_hmac_sha_512() {
    check_cbc_hmac(
        ContentEncryption::A256CbcHs512,
        "4a ff aa ad b7 8c 31 c5 da 4b 1b 59 0d 10 ff bd 3d d8 d5 d3 02 42 35 26 91 2d a0 37 ec bc c7 bd
         82 2c 30 1d d6 7c 37 3b cc b5 84 ad 3e 92 79 c2 e6 d1 2a 13 74 b7 7f 07 75 53 df 82 94 10 44 6b
         36 eb d9 70 66 29 6a e6 42 7e a7 5c 2e 08 46 a1 1a 09 cc f5 37 0d c8 0b fe cb ad 28 c7 3f 09 b3
         a3 b7 5e 66 2a 25 94 41 0a e4 96 b2 e2 e6 60 9e 31 e6 e0 2c c8 37 f0 53 d2 1f 37 ff 4f 51 95 0b
         be 26 38 d0 9d d7 a4 93 09 30 80 6d 07 03 b1 f6",
        "4d d3 b4 c0 88 a7 f4 5c 21 68 39 64 5b 20 12 bf 2e 62 69 a8 c5 6a 81 6d bc 1b 26 77 61 95 5b c5",
    );
}

/// Both sides come to the same key.
#[test]
fn rfc_7518_c_ecdh_es_key_agreement() {
    let alice = json!({
        "kty": "EC", "crv": "P-256", "x": "gI0GAILBdu7T53akrFmMyGcsF3n5dO7MmwNBHKW5SV0",
        "y": "SLW_xSffzlPWrHEVI30DHM_4egVwt3NQqeUD7nMFpps",
    });
    let bob = json!({
        "kty": "EC", "crv": "P-256", "x": "weNJy2HscCSM6AEDTDg04biOvhFhyyWvOHQfeF_PxMQ",
        "y": "e8lnCO-AlStT-NJVX-crhB7QRYhiix03illJOVAOyck",
    });
    let purpose = Purpose { algorithm: "A128GCM", key_length: 16, party_u: b"Alice", party_v: b"Bob" };
    for (private, public) in
        [("0_NxaRPUMQoAJt50Gz8YiTr8gRTwyEaCumd-MToTmIo", &bob), ("VEmDZpDXXK8p8N0Cndsxs924q6nS1RXFASRl6BfUqdw", &alice)]
    {
        let private = PrivateKey::from_private_key(AgreementCurve::P256.algorithm(), &base64url(private)).unwrap();
        let key = Point::from_jwk(public.as_object().unwrap()).unwrap().derive(&private, &purpose).unwrap();
        assert_eq!(URL_SAFE_NO_PAD.encode(&*key), "VqqN6vgjbSBcIijNcacQGg");
    }
}

/// The shared secret itself never leaves [`Point::derive`]; what comes out must be the hash of RFC 7518 §4.6.2 over the secret that
/// is printed.
#[test]
fn rfc_8037_a_6_ecdh_es_with_x25519() {
    let bob = json!({ "kty": "OKP", "crv": "X25519", "x": "3p7bfXt9wbTTW2HC7OQ1Nz-DQ8hbeGdNrfx-FG-IK08" });
    let ephemeral =
        hexadecimal("77 07 6d 0a 73 18 a5 7d 3c 16 c1 72 51 b2 66 45 df 4c 2f 87 eb c0 99 2a b1 77 fb a5 1d b9 2c 2a");
    let secret =
        hexadecimal("4a 5d 9d 5b a4 ce 2d e1 72 8e 3b f4 80 35 0f 25 e0 7e 21 c9 47 d1 9e 33 76 f0 9b 3c 1e 16 17 42");
    let private = PrivateKey::from_private_key(AgreementCurve::X25519.algorithm(), &ephemeral).unwrap();
    let public = Point::of(AgreementCurve::X25519, &private).unwrap().members();
    assert_eq!(public["x"], "hSDwCYkwp1R0i33ctD73Wg2_Og0mOBr066SpjqqbTmo");

    let purpose = Purpose { algorithm: "ECDH-ES+A128KW", key_length: 16, party_u: &[], party_v: &[] };
    let key = Point::from_jwk(bob.as_object().unwrap()).unwrap().derive(&private, &purpose).unwrap();
    let message = [&[0, 0, 0, 1][..], &secret, &[0, 0, 0, 14], b"ECDH-ES+A128KW", &[0; 8], &[0, 0, 0, 128]].concat();
    let hash = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, &message);
    assert_eq!(*key, hash.as_ref()[..16]);
}
