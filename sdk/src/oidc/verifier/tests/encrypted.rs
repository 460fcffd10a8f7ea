//! ID tokens, answers and authorization responses in encrypted texts; that they can be read is for `oidc-provider` to show.

use super::*;
use crate::keys::{ContentEncryption, DecryptionKey, EncryptionKey, KeyManagementAlgorithm};

const ECDH: KeyManagementAlgorithm = KeyManagementAlgorithm::EcdhEs;

fn encrypted(key: &DecryptionKey, text: &str) -> String {
    let jwk = key.public_jwk().unwrap();
    let key = EncryptionKey::from_jwk(jwk.as_object().unwrap(), ECDH).unwrap();
    key.encrypt_jwt(ECDH, ContentEncryption::A128CbcHs256, text).unwrap()
}

fn verifier_with(answers: EncryptedAnswers) -> LoginIdTokenVerifier {
    verifier().with_encrypted_answers(answers)
}

fn key() -> DecryptionKey {
    DecryptionKey::generate(ECDH).unwrap()
}

/// Any host can encrypt to the client: it is the signature within that counts.
#[tokio::test]
async fn what_is_encrypted_is_verified_as_if_it_were_not() {
    let key = key();
    let verifier = verifier_with(EncryptedAnswers { keys: vec![key.clone()], ..EncryptedAnswers::default() });
    let signed = Signer::p256().sign(Some("p256"), &claims());
    verifier.verify(&encrypted(&key, &signed), expected()).await.unwrap();
    verifier.verify(&signed, expected()).await.unwrap();

    let forged = Signer::other_rsa().sign(Some("rsa"), &claims());
    assert_refused(verifier.verify(&encrypted(&key, &forged), expected()).await, "signature");
    let expired = Signer::p256().sign(Some("p256"), &claims_with(&json!({ "exp": NOW - 3600 })));
    assert_refused(verifier.verify(&encrypted(&key, &expired), expected()).await, "expired");
    let of_another = Signer::p256().sign(Some("p256"), &claims_with(&json!({ "nonce": "other" })));
    assert_refused(verifier.verify(&encrypted(&key, &of_another), expected()).await, "nonce");
}

#[tokio::test]
async fn what_is_encrypted_and_not_signed_is_refused() {
    let key = key();
    let verifier = verifier_with(EncryptedAnswers { keys: vec![key.clone()], ..EncryptedAnswers::default() });
    let claims = claims().to_string();
    // {"alg":"none"}
    for unsigned in [&claims, "eyJhbGciOiJub25lIn0.e30.", "", "a.b.c"] {
        let token = encrypted(&key, unsigned);
        assert_refused(verifier.verify(&token, expected()).await, "ID token");
        assert!(verifier.verify_response(&token).await.unwrap_err().is_security(), "{unsigned}");
    }
    // Encrypted twice.
    let signed = Signer::p256().sign(Some("p256"), &json!({}));
    assert_refused(verifier.verify(&encrypted(&key, &encrypted(&key, &signed)), expected()).await, "encrypted again");
}

#[tokio::test]
async fn what_has_to_be_encrypted_is_refused_where_it_is_not() {
    let answers = EncryptedAnswers { keys: vec![key()], id_token: Some(ECDH), ..EncryptedAnswers::default() };
    let verifier = verifier_with(EncryptedAnswers { authorization: Some(ECDH), ..answers.clone() });
    let signed = Signer::p256().sign(Some("p256"), &claims());
    assert_refused(verifier.verify(&signed, expected()).await, "not encrypted");
    assert!(verifier.verify_response(&signed).await.unwrap_err().to_string().contains("not encrypted"));
    // Even what is no token at all.
    assert_refused(verifier.verify("", expected()).await, "not encrypted");

    let keyless = verifier_with(EncryptedAnswers { keys: Vec::new(), ..answers });
    let error = keyless.verify(&signed, expected()).await.unwrap_err();
    assert!(error.is_configuration() && error.to_string().contains("decryption_key"), "{error}");
}

#[tokio::test]
async fn without_a_key_the_error_says_what_is_missing() {
    let token = encrypted(&key(), &Signer::p256().sign(Some("p256"), &claims()));
    let error = verifier().verify(&token, expected()).await.unwrap_err();
    assert!(error.is_unsupported() && error.to_string().contains("DecryptionKey"), "{error}");
    // What a browser brings, or any host posts, may be junk, and is no news of the configuration.
    let brought = [
        verifier().verify_brought(&token, expected()).await.map(drop),
        verifier().verify_response(&token).await.map(drop),
        verifier().logout_tokens().verify(&token).await.map(drop),
    ];
    for outcome in brought {
        let error = outcome.unwrap_err();
        assert!(error.is_security() && error.to_string().contains("DecryptionKey"), "{error}");
    }
}
