//! Who signed it, with what, and for what.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm as Alg, Header};

use super::*;
use crate::keys::test_keys::mac;

const SECRET: &str = "a client secret that is long enough for HS512: 64 bytes, and some more";

#[tokio::test]
async fn every_algorithm_of_jsonwebtoken_is_verified() {
    let verifier = verifier();
    for algorithm in [Alg::RS256, Alg::RS384, Alg::RS512, Alg::PS256, Alg::PS384, Alg::PS512] {
        let token = Signer::rsa().sign_as(algorithm, Some("rsa"), &claims());
        verifier.verify(&token, expected()).await.unwrap();
    }
    for (signer, key_id) in [(Signer::p256(), "p256"), (Signer::p384(), "p384"), (Signer::ed25519(), "ed")] {
        verifier.verify(&signer.sign(Some(key_id), &claims()), expected()).await.unwrap();
        // One key of its kind in the set: the token need not name it.
        verifier.verify(&signer.sign(None, &claims()), expected()).await.unwrap();
    }
}

#[tokio::test]
async fn an_unsigned_token_is_refused() {
    let encode = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    for none in ["none", "None", "NONE"] {
        for signature in ["", "AAAA"] {
            let token = format!("{}.{}.{signature}", encode(&json!({ "alg": none })), encode(&claims()));
            assert_refused(verifier().verify(&token, expected()).await, "`none`");
        }
    }
    assert!(verifier().with_algorithms(["RS256", "none"]).is_err());
}

/// CVE-2015-9235 and its many successors.
#[tokio::test]
async fn a_public_key_is_no_secret() {
    let pem = &Signer::rsa().public_pem;
    for text in [pem.as_str(), pem.trim()] {
        let token = mac(Alg::HS256, Some("rsa"), text.as_bytes(), &claims());
        assert_refused(verifier().verify(&token, expected()).await, "HS256");
        let with_secret = verifier().with_client_secret(SECRET.into());
        assert_refused(with_secret.verify(&token, expected()).await, "HS256");
        let with_both = with_secret.with_algorithms(["RS256", "HS256"]).unwrap();
        assert_refused(with_both.verify(&token, expected()).await, "signature");
    }
}

#[tokio::test]
async fn a_mac_is_checked_with_the_secret_where_that_was_set_up() {
    for (algorithm, name) in [(Alg::HS256, "HS256"), (Alg::HS384, "HS384"), (Alg::HS512, "HS512")] {
        let token = mac(algorithm, None, SECRET.as_bytes(), &claims());
        let set_up = verifier().with_algorithms([name]).unwrap().with_client_secret(SECRET.into());
        set_up.verify(&token, expected()).await.unwrap();
        let wrong = verifier().with_algorithms([name]).unwrap().with_client_secret(SECRET.replace('a', "b").into());
        assert_refused(wrong.verify(&token, expected()).await, "signature");
        let forgotten = verifier().with_algorithms([name]).unwrap();
        assert!(forgotten.verify(&token, expected()).await.unwrap_err().is_configuration());
        assert_refused(set_up.verify(&Signer::rsa().sign(Some("rsa"), &claims()), expected()).await, "RS256");
    }
    let short = verifier().with_algorithms(["HS256"]).unwrap().with_client_secret("short".into());
    assert_refused(short.verify(&mac(Alg::HS256, None, b"short", &claims()), expected()).await, "shorter");
}

#[tokio::test]
async fn a_signature_of_another_key_is_refused() {
    let forged = Signer::other_rsa().sign(Some("rsa"), &claims());
    assert_refused(verifier().verify(&forged, expected()).await, "signature");
    let own = Signer::rsa().sign(Some("rsa"), &claims());
    let other = Signer::rsa().sign(Some("rsa"), &claims_with(&json!({ "sub": "mallory" })));
    let (own_start, _) = own.rsplit_once('.').unwrap();
    let (other_start, other_signature) = other.rsplit_once('.').unwrap();
    assert_refused(verifier().verify(&format!("{own_start}.{other_signature}"), expected()).await, "signature");
    assert_refused(verifier().verify(&format!("{other_start}.AAAA"), expected()).await, "signature");
    assert_refused(verifier().verify(&format!("{other_start}."), expected()).await, "signature");
}

#[tokio::test]
async fn only_the_allowed_algorithms_are_accepted() {
    let only_es256 = verifier().with_algorithms(["ES256"]).unwrap();
    only_es256.verify(&Signer::p256().sign(Some("p256"), &claims()), expected()).await.unwrap();
    let token = Signer::rsa().sign(Some("rsa"), &claims());
    assert_refused(only_es256.verify(&token, expected()).await, "what is accepted here is ES256");

    let announced = verifier().with_announced_algorithms(["RS256", "HS256", "none", "XY512"]);
    announced.verify(&token, expected()).await.unwrap();
    assert_refused(announced.verify(&Signer::p256().sign(Some("p256"), &claims()), expected()).await, "ES256");

    for nothing in [&["none"][..], &["rs256"], &[]] {
        assert!(verifier().with_algorithms(nothing.iter().copied()).unwrap_err().is_configuration());
    }
}

#[tokio::test]
async fn headers_that_say_something_else_are_refused() {
    let header = |change: fn(&mut Header)| {
        let mut header = Header::new(Alg::RS256);
        header.kid = Some("rsa".to_owned());
        change(&mut header);
        Signer::rsa().sign_with(&header, &claims())
    };
    for (token, check) in [
        (header(|header| header.crit = Some(vec!["exp".to_owned()])), "`crit`"),
        (header(|header| header.typ = Some("at+jwt".to_owned())), "`typ`"),
        (header(|header| header.cty = Some("JWT".to_owned())), "`cty`"),
    ] {
        assert_refused(verifier().verify(&token, expected()).await, check);
    }
    verifier().verify(&header(|header| header.typ = None), expected()).await.unwrap();
    // A key that comes with the token is not looked at.
    let brought = header(|header| header.jku = Some("https://evil.example/jwks".to_owned()));
    verifier().verify(&brought, expected()).await.unwrap();
}
