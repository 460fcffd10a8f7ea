//! Every condition of OpenID Connect Core §3.1.3.7, broken one at a time.

use super::*;
use crate::jose::half_hash;

#[tokio::test]
async fn a_good_token_is_accepted_and_says_what_it_says() {
    let claims = verify(json!({}), expected()).await.unwrap();
    assert_eq!(claims.issuer(), ISSUER);
    assert_eq!(claims.subject(), "alice");
    assert_eq!(claims.audiences(), [CLIENT]);
    assert_eq!(claims.expires_at(), SystemTime::UNIX_EPOCH + Duration::from_secs(NOW + 3600));
    assert_eq!(claims.issued_at(), SystemTime::UNIX_EPOCH + Duration::from_secs(NOW));
    assert_eq!(claims.auth_time(), Some(SystemTime::UNIX_EPOCH + Duration::from_secs(NOW - 100)));
    assert_eq!(claims.nonce(), Some(NONCE));
    assert_eq!(claims.acr(), Some("silver"));
    assert_eq!(claims.amr(), ["pwd", "otp"]);
    assert_eq!(claims.azp(), None);
    assert_eq!(claims.email(), Some("alice@example.com"));
    assert_eq!(claims.email_verified(), Some(true));
    assert_eq!(claims.name(), Some("Alice"));
    assert_eq!(claims.preferred_username(), None);
    assert_eq!(claims.get("https://example.com/role"), Some(&json!("admin")));
    assert!(claims.claims::<std::collections::BTreeMap<String, Value>>().is_ok());
    let error = claims.claims::<Vec<u8>>().unwrap_err();
    assert!(error.is_invalid_response());

    let shown = format!("{claims:?}");
    assert!(shown.contains("email") && !shown.contains("alice") && !shown.contains("Alice"), "{shown}");
}

#[tokio::test]
async fn issuer_and_audience() {
    for issuer in ["https://issuer.example/", "https://ISSUER.example", "http://issuer.example", "https://evil.example"]
    {
        assert_refused(verify(json!({ "iss": issuer }), expected()).await, "`iss`");
    }
    for audience in [json!("other"), json!(["other"]), json!("client "), json!("CLIENT")] {
        assert_refused(verify(json!({ "aud": audience }), expected()).await, "`aud`");
    }
    for audience in [json!([]), json!(""), json!(7), json!([7]), json!({}), Value::Null] {
        assert_refused(verify(json!({ "aud": audience }), expected()).await, "(`aud`)");
    }
    verify(json!({ "aud": [CLIENT] }), expected()).await.unwrap();
}

#[tokio::test]
async fn authorized_party() {
    let both = json!(["other", CLIENT]);
    assert_refused(verify(json!({ "aud": both }), expected()).await, "`azp`");
    assert_refused(verify(json!({ "aud": both, "azp": "other" }), expected()).await, "`azp`");
    assert_refused(verify(json!({ "azp": "other" }), expected()).await, "`azp`");
    assert_refused(verify(json!({ "azp": 7 }), expected()).await, "`azp`");
    verify(json!({ "aud": both, "azp": CLIENT }), expected()).await.unwrap();
    verify(json!({ "azp": CLIENT }), expected()).await.unwrap();
}

#[tokio::test]
async fn times_and_the_leeway() {
    verify(json!({ "exp": NOW - 59, "iat": NOW - 100 }), expected()).await.unwrap();
    assert_refused(verify(json!({ "exp": NOW - 60, "iat": NOW - 100 }), expected()).await, "`exp`");
    verify(json!({ "iat": NOW + 60 }), expected()).await.unwrap();
    assert_refused(verify(json!({ "iat": NOW + 61 }), expected()).await, "`iat`");
    verify(json!({ "nbf": NOW + 60 }), expected()).await.unwrap();
    assert_refused(verify(json!({ "nbf": NOW + 61 }), expected()).await, "`nbf`");
    assert_refused(verify(json!({ "exp": NOW + 10, "iat": NOW + 20 }), expected()).await, "`exp`");

    let late = Signer::p256().sign(Some("p256"), &claims_with(&json!({ "exp": NOW - 1, "iat": NOW - 100 })));
    let strict = verifier().with_leeway(Duration::ZERO);
    assert_refused(strict.verify(&late, expected()).await, "`exp`");
    let endless = verifier().with_leeway(Duration::MAX);
    endless.verify(&late, expected()).await.unwrap();
}

#[tokio::test]
async fn numbers_that_are_no_times() {
    for number in
        [json!(-1), json!(1e300), json!(-1e300), json!(u64::MAX), json!(i64::MIN), json!("2050-01-01T00:00:00Z")]
    {
        for claim in ["exp", "iat", "nbf", "auth_time"] {
            assert_refused(verify(json!({ claim: number }), expected()).await, claim);
        }
    }
    for claim in ["exp", "iat"] {
        assert_refused(verify(json!({ claim: null }), expected()).await, claim);
    }
    verify(json!({ "exp": 1_750_000_010.5 }), expected()).await.unwrap();
    verify(json!({ "exp": 253_402_300_799_u64 }), expected()).await.unwrap();
}

#[tokio::test]
async fn nonce() {
    assert_refused(verify(json!({ "nonce": "other" }), expected()).await, "`nonce`");
    assert_refused(verify(json!({ "nonce": null }), expected()).await, "`nonce`");
    assert_refused(verify(json!({ "nonce": 7 }), expected()).await, "`nonce`");
    // On refresh none was sent.
    verify(json!({ "nonce": null }), Expected::default()).await.unwrap();
    verify(json!({}), Expected::default()).await.unwrap();
}

#[tokio::test]
async fn login_time_and_class() {
    let within = |seconds| Expected { max_age: Some(Duration::from_secs(seconds)), ..expected() };
    verify(json!({}), within(100)).await.unwrap();
    verify(json!({}), within(40)).await.unwrap();
    assert_refused(verify(json!({}), within(39)).await, "`auth_time`");
    assert_refused(verify(json!({ "auth_time": null }), within(100)).await, "`auth_time`");
    assert_refused(verify(json!({ "auth_time": NOW + 61 }), within(100)).await, "`auth_time`");
    verify(json!({}), within(u64::MAX)).await.unwrap();

    let classes = ["gold".to_owned(), "silver".to_owned()];
    let wanted = Expected { acr_values: &classes, ..expected() };
    verify(json!({}), wanted).await.unwrap();
    assert_refused(verify(json!({ "acr": "bronze" }), wanted).await, "`acr`");
    assert_refused(verify(json!({ "acr": null }), wanted).await, "`acr`");
}

#[tokio::test]
async fn subject() {
    let same = Expected { subject: Some("alice"), ..expected() };
    verify(json!({}), same).await.unwrap();
    for other in ["mallory", "Alice", "alice "] {
        assert_refused(verify(json!({ "sub": other }), same).await, "`sub`");
    }
    for none in [json!(""), json!(7), Value::Null] {
        assert_refused(verify(json!({ "sub": none }), expected()).await, "`sub`");
    }
}

#[tokio::test]
async fn hashes() {
    let hash = |text| half_hash(&Algorithm::EcdsaP256Sha256, text).unwrap();
    let with_all = Expected { access_token: Some("token"), code: Some("code"), state: Some("state"), ..expected() };
    let all = json!({ "at_hash": hash("token"), "c_hash": hash("code"), "s_hash": hash("state") });
    verify(all.clone(), with_all).await.unwrap();
    verify(json!({}), with_all).await.unwrap();
    verify(all, expected()).await.unwrap();
    for claim in ["at_hash", "c_hash", "s_hash"] {
        for wrong in [hash("other"), String::new(), hash("token") + "=", "é".to_owned()] {
            assert_refused(verify(json!({ claim: wrong }), with_all).await, claim);
        }
        assert_refused(verify(json!({ claim: 7 }), with_all).await, claim);
    }
}

#[tokio::test]
async fn standard_claims_of_the_wrong_type_are_refused_without_being_quoted() {
    assert_refused(verify(json!({ "email": { "mallory": 1 } }), expected()).await, "§5.1");
}
