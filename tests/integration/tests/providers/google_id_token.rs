use std::time::{SystemTime, UNIX_EPOCH};

use grantkit::keys::SigningKey;
use grantkit_providers::google::id_token::{Verifier, verify};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::{Value, json};

use crate::google_service_account::PEM;
use crate::token_service::TokenService;

const CLIENT: &str = "123.apps.googleusercontent.com";

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()
}

fn claims() -> Value {
    json!({
        "iss": "https://accounts.google.com",
        "aud": CLIENT,
        "azp": "android.apps.googleusercontent.com",
        "sub": "1097",
        "email": "alice@acme.example",
        "hd": "acme.example",
        "iat": now(),
        "exp": now() + 3600,
    })
}

fn signed(claims: &Value) -> String {
    let header = Header { kid: Some("key-1".to_owned()), ..Header::new(Algorithm::RS256) };
    encode(&header, claims, &EncodingKey::from_rsa_pem(PEM.as_bytes()).unwrap()).unwrap()
}

async fn google() -> TokenService {
    let key = SigningKey::from_pem(PEM).unwrap().with_key_id("key-1");
    TokenService::answering([(200, json!({ "keys": [key.public_jwk()] }))]).await
}

fn verifier(google: &TokenService) -> Verifier {
    Verifier::new(["other", CLIENT]).unwrap().certs_url(&google.url("/certs")).unwrap()
}

#[tokio::test]
async fn token_of_either_issuer_is_accepted() {
    let google = google().await;
    for issuer in ["https://accounts.google.com", "accounts.google.com"] {
        let mut claims = claims();
        claims["iss"] = json!(issuer);
        let verified = verifier(&google).verify(&signed(&claims)).await.unwrap();
        assert_eq!((verified.issuer(), verified.subject()), (issuer, "1097"));
    }
}

#[tokio::test]
async fn what_is_not_googles_for_this_program_and_of_now_is_refused() {
    let google = google().await;
    let changed = |name: &str, value: Value| {
        let mut claims = claims();
        claims[name] = value;
        signed(&claims)
    };
    let whole = signed(&claims());
    let (message, _) = whole.rsplit_once('.').unwrap();
    for (token, expected) in [
        (changed("iss", json!("https://accounts.example")), "its `iss` is not the issuer"),
        (changed("iss", json!("https://accounts.google.com/")), "its `iss` is not the issuer"),
        (changed("aud", json!("another")), "meant for another client"),
        (changed("aud", Value::Null), "names no audience"),
        (changed("exp", json!(now() - 120)), "has expired"),
        (changed("exp", Value::Null), "no expiry"),
        (changed("iat", json!(now() + 600)), "issued in the future"),
        (changed("iat", Value::Null), "no time of issue"),
        (changed("sub", Value::Null), "names no user"),
        (format!("{message}.c2ln"), "its signature is wrong"),
    ] {
        let error = verifier(&google).verify(&token).await.unwrap_err();
        assert!(error.is_security() && error.to_string().contains(expected), "{expected}: {error}");
    }
    // No text of a caller's comes to the keys.
    assert!(verifier(&google).verify("no token").await.is_err());
}

#[tokio::test]
async fn workspace_domain_is_compared() {
    let google = google().await;
    let token = signed(&claims());
    verifier(&google).hosted_domain("acme.example").verify(&token).await.unwrap();
    let error = verifier(&google).hosted_domain("other.example").verify(&token).await.unwrap_err();
    assert!(error.is_security() && error.to_string().contains("`hd`"), "{error}");
}

#[tokio::test]
async fn audience_is_needed() {
    for audiences in [vec![], vec![" "]] {
        assert!(verify("x.y.z", audiences).await.unwrap_err().is_configuration());
    }
}
