use httpmock::prelude::*;
use serde_json::json;

use super::*;
use crate::keys::test_keys::{Algorithm, Signer, mac};
use crate::oidc::IdTokenVerifier;
use crate::time::Time;

const NOW: u64 = 1_471_566_154;
const ISSUER: &str = "https://server.example.com";

async fn verifier() -> (MockServer, LogoutTokenVerifier) {
    let server = MockServer::start_async().await;
    let keys = json!({ "keys": [Signer::rsa().jwk("rsa"), Signer::p256().jwk("p256")] });
    server
        .mock_async(|when, then| {
            when.method(GET).path("/jwks");
            then.status(200).json_body(keys);
        })
        .await;
    let metadata = serde_json::from_value(json!({ "issuer": ISSUER, "jwks_uri": server.url("/jwks") })).unwrap();
    let verifier = LogoutTokenVerifier::from_metadata(&metadata, "s6BhdRkqt3")
        .unwrap()
        .transport(Transport::builder().build().unwrap());
    let jwts = verifier.jwts.map(|jwts| IssuerVerifier { clock: Time::manual(NOW), ..jwts });
    (server, LogoutTokenVerifier { jwts, ..verifier })
}

/// The example of OpenID Connect Back-Channel Logout 1.0 §2.4.
fn claims() -> Value {
    json!({
        "iss": ISSUER,
        "sub": "248289761001",
        "aud": "s6BhdRkqt3",
        "iat": 1_471_566_154,
        "exp": 1_471_569_754,
        "jti": "bWJq",
        "sid": "08a5019c-17e1-4977-8f42-65a12843ea02",
        "events": { "http://schemas.openid.net/event/backchannel-logout": {} },
    })
}

fn changed(name: &str, value: Value) -> Value {
    let mut claims = claims();
    claims[name] = value;
    if claims[name].is_null() {
        claims.as_object_mut().unwrap().remove(name);
    }
    claims
}

fn typed(typ: &str) -> String {
    Signer::p256().sign_text(&json!({ "alg": "ES256", "kid": "p256", "typ": typ }).to_string(), &claims().to_string())
}

#[tokio::test]
async fn the_example_of_the_specification_is_accepted() {
    let (_server, verifier) = verifier().await;
    let logout = verifier.verify(&typed("logout+jwt")).await.unwrap();
    assert_eq!(logout.subject(), Some("248289761001"));
    assert_eq!(logout.session(), Some("08a5019c-17e1-4977-8f42-65a12843ea02"));
    assert_eq!(logout.id(), "bWJq");
    assert!(!format!("{logout:?}{verifier:?}").contains("248289761001"));
    for claims in [
        changed("sub", Value::Null),
        changed("sid", Value::Null),
        changed("aud", json!(["x", "s6BhdRkqt3"])),
        changed("exp", Value::Null),
    ] {
        verifier.verify(&Signer::rsa().sign(Some("rsa"), &claims)).await.unwrap();
    }
    verifier.verify(&Signer::rsa().sign(None, &claims())).await.unwrap();
}

/// The clock of a test: this second.
#[derive(Debug)]
struct At(u64);

impl crate::time::Clock for At {
    fn now(&self) -> crate::time::ClockReading {
        let time = Duration::from_secs(self.0);
        crate::time::ClockReading { monotonic: time, wall: time }
    }
}

#[tokio::test]
async fn the_times_are_checked_by_the_clock_that_is_given() {
    let (_server, verifier) = verifier().await;
    let token = typed("logout+jwt");
    for (now, is_good) in [(NOW, true), (NOW + 3600 + 59, true), (NOW + 3600 + 61, false), (NOW - 61, false)] {
        assert_eq!(verifier.clone().clock(At(now)).verify(&token).await.is_ok(), is_good, "{now}");
    }
}

/// The same for ID tokens that come from elsewhere.
#[tokio::test]
async fn received_id_tokens_are_checked_by_the_clock_that_is_given() {
    let server = MockServer::start_async().await;
    let keys = json!({ "keys": [Signer::p256().jwk("p256")] });
    server
        .mock_async(|when, then| {
            when.method(GET).path("/jwks");
            then.status(200).json_body(keys);
        })
        .await;
    let metadata = serde_json::from_value(json!({ "issuer": ISSUER, "jwks_uri": server.url("/jwks") })).unwrap();
    let set = json!({ "keys": [Signer::p256().jwk("p256")] }).to_string();
    let verifiers = [
        IdTokenVerifier::from_metadata(&metadata).unwrap(),
        IdTokenVerifier::from_jwks_uri(&server.url("/jwks")).unwrap().issuer(ISSUER).unwrap(),
        IdTokenVerifier::from_jwk_set(set).unwrap().issuer(ISSUER).unwrap(),
    ];
    let token = Signer::p256().sign(Some("p256"), &id_token(&json!({})));
    for verifier in verifiers {
        let verifier = verifier.audience("s6BhdRkqt3").transport(Transport::builder().build().unwrap());
        assert!(verifier.verify(&token).await.unwrap_err().to_string().contains("expired"), "years ago");
        for (now, is_good) in [(NOW, true), (NOW + 3600 + 61, false), (NOW - 61, false)] {
            assert_eq!(verifier.clone().clock(At(now)).verify(&token).await.is_ok(), is_good, "{now} {verifier:?}");
        }
    }
}

/// The claims of an ID token, with these in place of its own.
fn id_token(others: &Value) -> Value {
    let mut claims = changed("events", Value::Null);
    let claims_of = claims.as_object_mut().unwrap();
    claims_of.retain(|_, value| !value.is_null());
    claims_of.extend(others.as_object().unwrap().clone());
    claims
}

/// OpenID Connect Core §3.1.3.7: neither a logout token nor an ID token that another client got proves a login here.
#[tokio::test]
async fn received_id_token_of_another_client_or_event_is_refused() {
    let server = MockServer::start_async().await;
    let keys = json!({ "keys": [Signer::p256().jwk("p256")] });
    server
        .mock_async(|when, then| {
            when.method(GET).path("/jwks");
            then.status(200).json_body(keys);
        })
        .await;
    let verifier = IdTokenVerifier::from_jwks_uri(&server.url("/jwks")).unwrap();
    let verifier = verifier.issuer(ISSUER).unwrap().audience("s6BhdRkqt3").audience("own");
    let verifier = verifier.transport(Transport::builder().build().unwrap()).clock(At(NOW));
    let (any, limited) = (verifier.clone(), verifier.authorized_party("phone"));
    let own = "s6BhdRkqt3";
    let cases = [
        (json!({}), true, true),
        (json!({ "azp": null }), true, true),
        (json!({ "azp": own }), true, true),
        (json!({ "aud": [own, "own"] }), true, true),
        (json!({ "aud": [own], "azp": "phone" }), true, true),
        // For this program alone, by the issuer's word: another client of its got it for its backend.
        (json!({ "azp": "other" }), true, false),
        (json!({ "aud": [own, "other"], "azp": "other" }), false, false),
        (json!({ "aud": [own, "other"] }), false, false),
        (json!({ "aud": [own, "other"], "azp": null }), false, false),
        (json!({ "aud": [own, "other"], "azp": "own" }), true, true),
        (json!({ "aud": [own, "other"], "azp": "phone" }), false, true),
        (json!({ "azp": 7 }), false, false),
        (json!({ "events": { EVENT: {} } }), false, false),
        (json!({ "events": null }), false, false),
    ];
    for (changed, at_any, at_limited) in cases {
        let token = Signer::p256().sign(Some("p256"), &id_token(&changed));
        for (verifier, is_good) in [(&any, at_any), (&limited, at_limited)] {
            let outcome = verifier.verify(&token).await;
            assert_eq!(outcome.is_ok(), is_good, "{changed}: {outcome:?}");
            assert!(is_good || outcome.unwrap_err().is_security());
        }
    }
}

#[tokio::test]
async fn what_is_no_logout_of_this_client_is_refused() {
    let (_server, verifier) = verifier().await;
    let cases = [
        ("iss", json!("https://evil.example")),
        ("iss", Value::Null),
        ("aud", json!("another")),
        ("aud", json!([])),
        ("aud", Value::Null),
        ("iat", json!(NOW + 120)),
        ("iat", Value::Null),
        ("exp", json!(NOW - 120)),
        ("exp", json!("soon")),
        ("jti", Value::Null),
        ("events", Value::Null),
        ("events", json!({})),
        ("events", json!({ EVENT: true })),
        ("events", json!([EVENT])),
        ("nonce", json!("n")),
        ("nonce", json!(7)),
    ];
    for (name, value) in cases {
        let token = Signer::p256().sign(Some("p256"), &changed(name, value.clone()));
        let error = verifier.verify(&token).await.unwrap_err();
        assert!(error.is_security(), "{name}={value}: {error}");
    }
    let mut nobody = changed("sub", Value::Null);
    nobody.as_object_mut().unwrap().remove("sid");
    assert!(verifier.verify(&Signer::p256().sign(Some("p256"), &nobody)).await.unwrap_err().is_security());
    let mut old = changed("exp", Value::Null);
    old["iat"] = (NOW - 3600).into();
    assert!(verifier.verify(&Signer::p256().sign(Some("p256"), &old)).await.unwrap_err().is_security());
}

#[tokio::test]
async fn what_the_issuer_did_not_sign_is_refused() {
    let (_server, verifier) = verifier().await;
    let mut unsigned = typed("logout+jwt");
    unsigned.truncate(unsigned.rfind('.').unwrap() + 1);
    let tokens = [
        Signer::other_rsa().sign(Some("rsa"), &claims()),
        Signer::other_rsa().sign(None, &claims()),
        Signer::rsa().sign(Some("p256"), &claims()),
        Signer::rsa().sign(Some("unknown"), &claims()),
        mac(Algorithm::HS256, None, b"a secret of more than thirty-two bytes", &claims()),
        unsigned,
        typed("at+jwt"),
        typed("id_token"),
        "a.b.c".to_owned(),
        String::new(),
    ];
    for token in tokens {
        let error = verifier.verify(&token).await.unwrap_err();
        assert!(error.is_security(), "{token}: {error}");
    }
}

/// It is encrypted to clients whose ID tokens are (§2.4).
#[tokio::test]
async fn an_encrypted_logout_token_is_decrypted_and_then_verified() {
    use crate::keys::{ContentEncryption, EncryptionKey, KeyManagementAlgorithm::EcdhEs};
    let (_server, verifier) = verifier().await;
    let key = DecryptionKey::generate(EcdhEs).unwrap();
    let jwk = key.public_jwk().unwrap();
    let encrypt = |text: &str| {
        let key = EncryptionKey::from_jwk(jwk.as_object().unwrap(), EcdhEs).unwrap();
        key.encrypt_jwt(EcdhEs, ContentEncryption::A256Gcm, text).unwrap()
    };
    let token = encrypt(&typed("logout+jwt"));
    assert!(verifier.verify(&token).await.unwrap_err().is_security());
    let verifier = verifier.decryption_key(key);
    assert_eq!(verifier.verify(&token).await.unwrap().id(), "bWJq");
    let forged = encrypt(&Signer::other_rsa().sign(Some("rsa"), &claims()));
    assert!(verifier.verify(&forged).await.unwrap_err().is_security());
    let answers = EncryptedAnswers { id_token: Some(EcdhEs), ..verifier.encrypted.clone() };
    let strict = LogoutTokenVerifier { encrypted: answers, ..verifier };
    strict.verify(&token).await.unwrap();
    assert!(strict.verify(&typed("logout+jwt")).await.unwrap_err().to_string().contains("not encrypted"));
}

#[tokio::test]
async fn only_the_algorithm_of_the_clients_id_tokens_is_accepted() {
    let (_server, verifier) = verifier().await;
    let (rsa, p256) = (Signer::rsa().sign(Some("rsa"), &claims()), Signer::p256().sign(Some("p256"), &claims()));
    let only = verifier.clone().id_token_signed_response_alg("ES256").unwrap();
    only.verify(&p256).await.unwrap();
    assert!(only.verify(&rsa).await.unwrap_err().to_string().contains("ES256"));
    for unknown in ["none", "HS256", "es256"] {
        assert!(verifier.clone().id_token_signed_response_alg(unknown).unwrap_err().is_configuration(), "{unknown}");
    }
    let metadata = |algorithms: Value| {
        let url = "https://server.example.com/jwks";
        serde_json::from_value(
            json!({ "issuer": ISSUER, "jwks_uri": url, "id_token_signing_alg_values_supported": algorithms }),
        )
        .unwrap()
    };
    let transport = Transport::builder().build().unwrap();
    let announced = LogoutTokenVerifier::from_metadata(&metadata(json!(["RS256", "HS256"])), "app")
        .unwrap()
        .transport(transport.clone());
    assert_eq!(announced.algorithms.len(), 1);
    let unknown = LogoutTokenVerifier::from_metadata(&metadata(json!(["HS256"])), "app").unwrap().transport(transport);
    assert_eq!(unknown.algorithms, ASYMMETRIC);
}

#[tokio::test]
async fn the_leeway_and_the_start_of_validity_count_here_too() {
    let (_server, verifier) = verifier().await;
    let late = Signer::p256().sign(Some("p256"), &changed("exp", json!(NOW - 120)));
    assert!(verifier.verify(&late).await.unwrap_err().is_security());
    verifier.clone().clock_leeway(Duration::from_mins(3)).verify(&late).await.unwrap();
    let early = Signer::p256().sign(Some("p256"), &changed("nbf", json!(NOW + 120)));
    assert!(verifier.verify(&early).await.unwrap_err().to_string().contains("`nbf`"));
    let strict = verifier.clock_leeway(Duration::ZERO);
    let just = Signer::p256().sign(Some("p256"), &changed("exp", json!(NOW)));
    assert!(strict.verify(&just).await.unwrap_err().is_security());
}
