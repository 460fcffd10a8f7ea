//! Everything else that is signed takes the same path: algorithm, key, issuer, audience and times.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::*;

const TYP: &str = "token-introspection+jwt";

fn answer() -> Value {
    json!({ "iss": ISSUER, "aud": CLIENT, "sub": "alice", "iat": NOW })
}

#[allow(clippy::needless_pass_by_value, reason = "it is given what was just made")]
fn with(changes: Value) -> Value {
    let mut claims = answer();
    for (name, value) in changes.as_object().unwrap() {
        claims[name] = value.clone();
    }
    claims
}

fn signed(typ: Option<&str>, claims: &Value) -> String {
    let mut header = json!({ "alg": "ES256", "kid": "p256" });
    if let Some(typ) = typ {
        header["typ"] = typ.into();
    }
    Signer::p256().sign_text(&header.to_string(), &claims.to_string())
}

#[track_caller]
fn assert_says(outcome: Result<serde_json::Map<String, Value>>, word: &str) {
    let error = outcome.expect_err(word);
    assert!(error.is_security() && error.to_string().contains(word), "{word}: {error}");
}

#[tokio::test]
async fn whatever_says_when_it_ends_or_begins_is_kept_to() {
    let verifier = verifier();
    let response = |claims: &Value| {
        let mut claims = claims.clone();
        if claims.get("exp").is_none() {
            claims["exp"] = (NOW + 600).into();
        }
        signed(None, &claims)
    };
    let late = [("exp", json!(NOW - 60)), ("exp", json!("soon")), ("nbf", json!(NOW + 61)), ("nbf", json!("soon"))];
    for (claim, value) in late {
        let word = format!("`{claim}`");
        let wrong = with(json!({ claim: value }));
        assert_says(verifier.verify_userinfo(&signed(None, &wrong)).await, &word);
        assert_says(verifier.verify_introspection(&signed(Some(TYP), &wrong)).await, &word);
        assert_says(verifier.verify_response(&response(&wrong)).await, &word);
    }
    let within = with(json!({ "exp": NOW - 59, "nbf": NOW + 60 }));
    verifier.verify_userinfo(&signed(None, &within)).await.unwrap();
    verifier.verify_introspection(&signed(Some(TYP), &within)).await.unwrap();
    verifier.verify_response(&response(&within)).await.unwrap();
    // Where nothing is said, nothing is missing: but for JARM, which promises it.
    verifier.verify_userinfo(&signed(None, &with(json!({ "exp": null, "nbf": null, "iat": null })))).await.unwrap();
    assert_says(verifier.verify_response(&signed(None, &answer())).await, "`exp`");
}

#[tokio::test]
async fn an_introspection_answer_says_what_it_is_and_since_when() {
    let verifier = verifier();
    verifier.verify_introspection(&signed(Some(TYP), &answer())).await.unwrap();
    verifier.verify_introspection(&signed(Some("application/token-introspection+jwt"), &answer())).await.unwrap();
    for typ in [None, Some("JWT"), Some("at+jwt")] {
        assert_says(verifier.verify_introspection(&signed(typ, &answer())).await, "`typ`");
    }
    for no_time in [Value::Null, json!("soon"), json!(NOW + 61)] {
        let claims = with(json!({ "iat": no_time }));
        assert_says(verifier.verify_introspection(&signed(Some(TYP), &claims)).await, "`iat`");
    }
}

#[tokio::test]
async fn of_another_issuer_or_for_another_client_or_of_another_key_is_refused() {
    let verifier = verifier();
    for (claim, value) in [("iss", json!("https://evil.example")), ("iss", Value::Null), ("aud", json!("other"))] {
        let wrong = with(json!({ claim: value, "exp": NOW + 600 }));
        let word = format!("`{claim}`");
        assert_says(verifier.verify_userinfo(&signed(None, &wrong)).await, &word);
        assert_says(verifier.verify_introspection(&signed(Some(TYP), &wrong)).await, &word);
        let error = verifier.verify_response(&signed(None, &wrong)).await.unwrap_err();
        assert_eq!(error.is_mix_up(), claim == "iss", "{error}");
    }
    let good = with(json!({ "exp": NOW + 600 }));
    let forged = Signer::other_rsa().sign(Some("rsa"), &good);
    assert_says(verifier.verify_userinfo(&forged).await, "signature");
    assert_says(verifier.verify_response(&forged).await, "signature");
    assert_says(verifier.verify_userinfo("a.b.c").await, "refused");
}

/// RFC 9864: the name that says which curve, in the token and in the key.
#[tokio::test]
async fn ed25519_is_known_by_its_new_name() {
    let token = |alg: &str| {
        let header = json!({ "alg": alg, "kid": "ed" }).to_string();
        Signer::ed25519().sign_text(&header, &claims().to_string())
    };
    verifier().verify(&token("Ed25519"), expected()).await.unwrap();
    assert_refused(verifier().verify(&token("Ed448"), expected()).await, "`alg`");
    let pinned = verifier().with_algorithms(["Ed25519"]).unwrap();
    pinned.verify(&token("Ed25519"), expected()).await.unwrap();
    pinned.verify(&token("EdDSA"), expected()).await.unwrap();
    let announced = verifier().with_announced_algorithms(["Ed25519"]);
    announced.verify(&token("Ed25519"), expected()).await.unwrap();

    let server = MockServer::start_async().await;
    let mut jwk = Signer::ed25519().jwk("ed");
    jwk["alg"] = "Ed25519".into();
    server
        .mock_async(|when, then| {
            when.path("/jwks");
            then.status(200).json_body(json!({ "keys": [jwk] }));
        })
        .await;
    let other = verifier_at(&server.url("/jwks"), Time::manual(NOW));
    other.verify(&token("Ed25519"), expected()).await.unwrap();
}

#[tokio::test]
async fn an_array_is_no_object_of_claims() {
    let part = |text: &str| URL_SAFE_NO_PAD.encode(text);
    let token = format!("{}.{}.AAAA", part(r#"{"alg":"ES256"}"#), part(r#"["https://issuer.example"]"#));
    assert_says(verifier().verify_userinfo(&token).await, "JSON object");
}

/// A logout token is signed as the client's ID tokens are (OpenID Connect Back-Channel Logout 1.0 §2.4).
#[tokio::test]
async fn logout_tokens_are_verified_as_the_clients_id_tokens_are() {
    const SECRET: &str = "a client secret of more than thirty-two bytes";
    let events = json!({ "http://schemas.openid.net/event/backchannel-logout": {} });
    let logout = with(json!({ "jti": "1", "events": events, "exp": NOW - 100 }));
    let (rsa, p256) = (Signer::rsa().sign(Some("rsa"), &logout), Signer::p256().sign(Some("p256"), &logout));
    let mac = crate::keys::test_keys::mac(jsonwebtoken::Algorithm::HS256, None, SECRET.as_bytes(), &logout);
    let only = |name| {
        let verifier = verifier().with_algorithms([name]).unwrap().with_client_secret(SECRET.into());
        verifier.with_leeway(Duration::from_mins(2)).logout_tokens()
    };
    only("ES256").verify(&p256).await.unwrap();
    assert!(only("ES256").verify(&rsa).await.unwrap_err().to_string().contains("ES256"));
    assert!(only("ES256").verify(&mac).await.unwrap_err().is_security());
    only("HS256").verify(&mac).await.unwrap();
    assert!(only("HS256").verify(&p256).await.unwrap_err().is_security());
    assert!(verifier().logout_tokens().verify(&p256).await.unwrap_err().to_string().contains("`exp`"));
}
