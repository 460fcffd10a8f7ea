//! JWTs made here, verified by the `jsonwebtoken` crate; what that does not know, by `aws-lc-rs` with the key of the RFC.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use async_trait::async_trait;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1_SIGNING, ECDSA_P521_SHA512_FIXED, ED25519, EcdsaKeyPair, UnparsedPublicKey,
};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{DecodingKey, Validation, decode};
use serde_json::{Value, json};

use crate::error::Result;
use crate::keys::{self, HmacAlgorithm, Signer, SigningAlgorithm, SigningKey};

fn claims() -> Value {
    let exp = SystemTime::now() + Duration::from_mins(1);
    json!({ "iss": "billing", "aud": "https://as.example", "exp": exp.duration_since(UNIX_EPOCH).unwrap().as_secs() })
}

fn verified(token: &str, key: &DecodingKey, algorithm: &str) -> (jsonwebtoken::Header, Value) {
    let mut validation = Validation::new(algorithm.parse().unwrap());
    validation.set_audience(&["https://as.example"]);
    let read = decode::<Value>(token, key, &validation).unwrap_or_else(|error| panic!("{algorithm}: {error}"));
    (read.header, read.claims)
}

#[tokio::test]
async fn each_algorithm_makes_what_others_verify() {
    for algorithm in SigningAlgorithm::ALL {
        let key = SigningKey::generate(algorithm).unwrap().with_key_id("k1");
        let claims = claims();
        let token = keys::sign(&key, "example+jwt", &claims).await.unwrap();
        if matches!(algorithm, SigningAlgorithm::Es512 | SigningAlgorithm::Ed25519) {
            continue; // Not known to jsonwebtoken: the tests below.
        }
        let jwk: Jwk = serde_json::from_value(key.public_jwk()).unwrap();
        let (header, read) = verified(&token, &DecodingKey::from_jwk(&jwk).unwrap(), algorithm.name());
        assert_eq!((header.typ.as_deref(), header.kid.as_deref()), (Some("example+jwt"), Some("k1")));
        assert_eq!(read, claims);
    }
}

#[tokio::test]
async fn a_signature_of_es512_is_good_by_the_public_key_of_rfc_7515() {
    let jwk = include_str!("keys/rfc7515_a4_p521.json");
    let token = keys::sign(&SigningKey::from_jwk(jwk).unwrap(), "JWT", &claims()).await.unwrap();
    let jwk: Value = serde_json::from_str(jwk).unwrap();
    let number = |name: &str| URL_SAFE_NO_PAD.decode(jwk[name].as_str().unwrap()).unwrap();
    let point = [vec![4], number("x"), number("y")].concat();
    let (message, signature) = token.rsplit_once('.').unwrap();
    let signature = URL_SAFE_NO_PAD.decode(signature).unwrap();
    assert_eq!(signature.len(), 132);
    UnparsedPublicKey::new(&ECDSA_P521_SHA512_FIXED, point).verify(message.as_bytes(), &signature).unwrap();
}

/// RFC 9864 §2.2: what `EdDSA` makes, under a name that says which curve.
#[tokio::test]
async fn a_signature_of_ed25519_is_that_of_eddsa_by_another_name() {
    let key = SigningKey::from_jwk(include_str!("keys/rfc8037_a1_ed25519.json")).unwrap();
    let key = key.with_algorithm(SigningAlgorithm::Ed25519).unwrap();
    let token = keys::sign(&key, "JWT", &claims()).await.unwrap();
    let header = token.split('.').next().unwrap();
    assert_eq!(URL_SAFE_NO_PAD.decode(header).unwrap(), br#"{"alg":"Ed25519","typ":"JWT"}"#);
    let x = URL_SAFE_NO_PAD.decode(key.public_jwk()["x"].as_str().unwrap()).unwrap();
    let (message, signature) = token.rsplit_once('.').unwrap();
    let signature = URL_SAFE_NO_PAD.decode(signature).unwrap();
    UnparsedPublicKey::new(&ED25519, x).verify(message.as_bytes(), &signature).unwrap();
    let jwk = key.public_jwk();
    assert_eq!(jwk["alg"], "Ed25519");
    let own = include_str!("keys/rfc8037_a1_ed25519.json").replacen("\"kty\"", "\"alg\":\"Ed25519\",\"kty\"", 1);
    assert_eq!(SigningKey::from_jwk(&own).unwrap().algorithm(), SigningAlgorithm::Ed25519);
}

#[test]
fn a_secret_makes_what_others_verify() {
    let secret = [0x5a; 64];
    for algorithm in HmacAlgorithm::ALL {
        let claims = claims();
        let token = keys::sign_with_secret(algorithm, &secret, "JWT", &claims).unwrap();
        let (header, read) = verified(&token, &DecodingKey::from_secret(&secret), algorithm.name());
        assert_eq!((header.typ.as_deref(), header.kid), (Some("JWT"), None));
        assert_eq!(read, claims);
    }
}

/// A key service: it answers in DER.
#[derive(Debug)]
struct KeyService {
    pair: EcdsaKeyPair,
    converts: bool,
}

#[async_trait]
impl Signer for KeyService {
    fn identity(&self) -> crate::fingerprint::Fingerprint {
        crate::fingerprint::Fingerprint::unique()
    }

    fn algorithm(&self) -> SigningAlgorithm {
        SigningAlgorithm::Es256
    }

    fn key_id(&self) -> Option<&str> {
        None
    }

    async fn sign(&self, message: &[u8]) -> Result<Vec<u8>> {
        let der = self.pair.sign(&aws_lc_rs::rand::SystemRandom::new(), message).unwrap();
        if self.converts { self.algorithm().signature_from_der(der.as_ref()) } else { Ok(der.as_ref().to_vec()) }
    }
}

#[tokio::test]
async fn a_signature_in_der_is_converted_or_refused() {
    let pkcs8 = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING).unwrap().to_pkcs8v1().unwrap();
    let public = SigningKey::from_der(&pkcs8).unwrap().public_jwk();
    let jwk: Jwk = serde_json::from_value(public).unwrap();
    let service = |converts| {
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, pkcs8.as_ref()).unwrap();
        KeyService { pair, converts }
    };
    let converting = service(true);
    // Numbers with a high bit and short ones come up by chance: in 200 signatures some of each.
    for _ in 0..200 {
        let token = keys::sign(&converting, "JWT", &claims()).await.unwrap();
        verified(&token, &DecodingKey::from_jwk(&jwk).unwrap(), "ES256");
    }
    let refusal = keys::sign(&service(false), "JWT", &claims()).await.unwrap_err();
    assert!(refusal.is_configuration() && refusal.to_string().contains("signature_from_der"), "{refusal}");
}

#[test]
fn what_is_no_ecdsa_signature_in_der_is_refused() {
    let number = |bytes: &[u8]| [&[2, u8::try_from(bytes.len()).unwrap()], bytes].concat();
    let sequence = |content: Vec<u8>| [&[0x30, u8::try_from(content.len()).unwrap()], &content[..]].concat();
    let small = sequence([number(&[1]), number(&[0, 0x80])].concat());
    let mut expected = [0; 64];
    (expected[31], expected[63]) = (1, 0x80);
    assert_eq!(SigningAlgorithm::Es256.signature_from_der(&small).unwrap(), expected);

    let too_long = sequence([number(&[1; 33]), number(&[1])].concat());
    let three = sequence([number(&[1]), number(&[1]), number(&[1])].concat());
    let one = sequence(number(&[1]));
    let trailing = [&small[..], b"\0"].concat();
    for signature in
        [&b""[..], &[0x30], &[0x30, 0x80], &[0x30, 0x83, 0, 0, 1], &[0; 64], &too_long, &three, &one, &trailing]
    {
        assert!(SigningAlgorithm::Es256.signature_from_der(signature).is_err(), "{signature:?}");
    }
    assert!(SigningAlgorithm::EdDsa.signature_from_der(&small).is_err());
    assert!(SigningAlgorithm::Rs256.signature_from_der(&small).is_err());
}
