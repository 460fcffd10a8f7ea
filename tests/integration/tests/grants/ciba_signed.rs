//! Signed authentication requests (CIBA Core §7.1.1).

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use grantkit::grant::BackchannelHint;
use grantkit::keys::{SigningAlgorithm, SigningKey};
use serde_json::{Value, json};

use super::ciba::{ISSUER, begun, grant_at};
use crate::support::{Answer, Scripted};

#[tokio::test]
async fn all_of_it_is_in_the_jwt_and_nothing_beside_it() {
    let server = Scripted::start([begun(&json!({}))]).await;
    let key = SigningKey::generate(SigningAlgorithm::Es256).unwrap().with_key_id("k1");
    let grant = grant_at(&server, BackchannelHint::login_hint("alice"))
        .requested_expiry(Duration::from_secs(90))
        .scope("pay")
        .resource("https://one.example")
        .resource("https://two.example")
        .signed_by(key);
    let _ = grant.start().await.unwrap();
    let asked = server.only();
    let names: Vec<_> = form_urlencoded::parse(&asked.body).map(|(name, _)| name.into_owned()).collect();
    assert_eq!(names, ["request", "client_id"]);
    let jwt = form_urlencoded::parse(&asked.body).next().unwrap().1.into_owned();
    let mut parts = jwt.split('.').map(|part| URL_SAFE_NO_PAD.decode(part).unwrap());
    let header: Value = serde_json::from_slice(&parts.next().unwrap()).unwrap();
    let mut claims: Value = serde_json::from_slice(&parts.next().unwrap()).unwrap();
    assert_eq!(header, json!({ "alg": "ES256", "typ": "JWT", "kid": "k1" }));
    let claims = claims.as_object_mut().unwrap();
    let (iat, nbf, exp) = (claims.remove("iat").unwrap(), claims.remove("nbf").unwrap(), claims.remove("exp").unwrap());
    assert_eq!((&iat, exp.as_u64().unwrap() - iat.as_u64().unwrap()), (&nbf, 300));
    assert_eq!(claims.remove("jti").unwrap().as_str().unwrap().len(), 43);
    let expected = json!({
        "iss": "till", "aud": ISSUER, "login_hint": "alice", "requested_expiry": "90", "scope": "openid pay",
        "resource": ["https://one.example", "https://two.example"],
    });
    assert_eq!(&Value::Object(claims.clone()), &expected);
}

#[tokio::test]
async fn a_signed_request_is_good_for_as_long_as_it_is_told() {
    let server = Scripted::start([begun(&json!({}))]).await;
    let key = SigningKey::generate(SigningAlgorithm::Es256).unwrap();
    let grant = grant_at(&server, BackchannelHint::login_hint("alice"))
        .request_lifetime(Duration::from_secs(40))
        .signed_by(key);
    let _ = grant.start().await.unwrap();
    let jwt = form_urlencoded::parse(&server.only().body).next().unwrap().1.into_owned();
    let claims: Value =
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(jwt.split('.').nth(1).unwrap()).unwrap()).unwrap();
    assert_eq!(claims["exp"].as_u64().unwrap() - claims["iat"].as_u64().unwrap(), 40);
}

#[tokio::test]
async fn what_is_in_the_jwt_is_not_shown_either() {
    let quoted = json!({ "error": "invalid_request", "error_description": "no CANARY-alice with CANARY-code" });
    let server = Scripted::start([Answer::json(400, &quoted)]).await;
    let key = SigningKey::generate(SigningAlgorithm::Es256).unwrap();
    let grant = grant_at(&server, BackchannelHint::login_hint("CANARY-alice")).user_code("CANARY-code").signed_by(key);
    let error = grant.start().await.unwrap_err();
    assert_eq!(error.error_description(), Some("no [redacted] with [redacted]"));
}
