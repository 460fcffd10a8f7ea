//! Every condition of OpenID Connect Core §3.1.3.7, broken one at a time.

use std::time::SystemTime;

use super::*;
use crate::keys::half_hash;
use crate::oidc::MaxAge;

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
    verify(json!({ "nonce": null }), IdTokenExpectations::default()).await.unwrap();
    verify(json!({}), IdTokenExpectations::default()).await.unwrap();
}

fn aged(age: u64, asked_at: Option<u64>) -> IdTokenExpectations<'static> {
    let at = |seconds| SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
    let max_age = MaxAge { age: Duration::from_secs(age), asked_at: asked_at.map(at) };
    IdTokenExpectations { max_age: Some(max_age), ..expected() }
}

#[tokio::test]
async fn login_time_and_class() {
    // The login was 100 s ago; the leeway for the age of a login is 10 s, not that of the token's own times.
    verify(json!({}), aged(100, None)).await.unwrap();
    verify(json!({}), aged(90, None)).await.unwrap();
    assert_refused(verify(json!({}), aged(89, None)).await, "`auth_time`");
    assert_refused(verify(json!({ "auth_time": null }), aged(100, None)).await, "`auth_time`");
    assert_refused(verify(json!({ "auth_time": NOW + 61 }), aged(100, None)).await, "`auth_time`");
    verify(json!({}), aged(u64::MAX, None)).await.unwrap();

    let classes = ["gold".to_owned(), "silver".to_owned()];
    let wanted = IdTokenExpectations { acr_values: &classes, ..expected() };
    verify(json!({}), wanted).await.unwrap();
    assert_refused(verify(json!({ "acr": "bronze" }), wanted).await, "`acr`");
    for none in [json!(null), json!(["silver"]), json!({ "silver": true })] {
        assert_refused(verify(json!({ "acr": none }), wanted).await, "`acr`");
    }
}

/// The person may take their time on the server's pages; what is asked for is how old the login was when it was asked for.
#[tokio::test]
async fn the_age_of_a_login_counts_from_the_request() {
    verify(json!({ "auth_time": NOW - 400 }), aged(300, Some(NOW - 200))).await.unwrap();
    assert_refused(verify(json!({ "auth_time": NOW - 511 }), aged(300, Some(NOW - 200))).await, "`auth_time`");
    // A new login: not even a second earlier.
    verify(json!({ "auth_time": NOW - 20 }), aged(0, Some(NOW - 20))).await.unwrap();
    assert_refused(verify(json!({ "auth_time": NOW - 21 }), aged(0, Some(NOW - 20))).await, "`auth_time`");
}

#[tokio::test]
async fn a_missing_nonce_is_accepted_by_name_and_another_never() {
    let lax = verifier().with_missing_nonce();
    let token = |changes: Value| Signer::p256().sign(Some("p256"), &claims_with(&changes));
    lax.verify(&token(json!({ "nonce": null })), expected()).await.unwrap();
    lax.verify(&token(json!({})), expected()).await.unwrap();
    assert_refused(lax.verify(&token(json!({ "nonce": "other" })), expected()).await, "`nonce`");
    assert_refused(lax.verify(&token(json!({ "nonce": 7 })), expected()).await, "`nonce`");
}

#[tokio::test]
async fn a_tenants_token_is_accepted_by_the_template_of_all_tenants() {
    let mut verifier = verifier();
    verifier.jwts.issuer = ExpectedIssuer::new("https://login.example/{tenantid}/v2.0").unwrap();
    let token =
        |iss: &str, tid: Value| Signer::p256().sign(Some("p256"), &claims_with(&json!({ "iss": iss, "tid": tid })));
    let own = "https://login.example/72f988bf/v2.0";
    let claims = verifier.verify(&token(own, json!("72f988bf")), expected()).await.unwrap();
    assert_eq!(claims.issuer(), own);
    for tid in [json!("another"), Value::Null] {
        assert_refused(verifier.verify(&token(own, tid), expected()).await, "`iss`");
    }
}

#[tokio::test]
async fn subject() {
    let same = IdTokenExpectations { subject: Some("alice"), ..expected() };
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
    let with_all =
        IdTokenExpectations { access_token: Some("token"), code: Some("code"), state: Some("state"), ..expected() };
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

/// Nothing depends on them, and userinfo tolerates them as well.
#[tokio::test]
async fn standard_claims_of_the_wrong_type_are_as_good_as_absent() {
    let odd = json!({
        "email": { "mallory": 1 }, "amr": "pwd", "name": 7, "acr": 2, "email_verified": "yes", "updated_at": [],
        "address": "Main Street", "locale": {}, "phone_number_verified": "1",
    });
    let claims = verify(odd, expected()).await.unwrap();
    assert_eq!((claims.email(), claims.name(), claims.acr()), (None, None, None));
    assert_eq!(claims.amr(), ["pwd"]);
    assert_eq!(claims.email_verified(), None);
}

/// Numbers in quotation marks, as everywhere else.
#[tokio::test]
async fn times_may_be_text() {
    let text = |seconds: u64| seconds.to_string();
    let claims = json!({ "exp": text(NOW + 10), "iat": text(NOW), "nbf": text(NOW), "auth_time": text(NOW - 1) });
    let claims = verify(claims, aged(5, None)).await.unwrap();
    assert_eq!(claims.auth_time(), Some(SystemTime::UNIX_EPOCH + Duration::from_secs(NOW - 1)));
    assert_refused(verify(json!({ "exp": text(NOW - 60) }), expected()).await, "`exp`");
    for no_time in ["inf", "NaN", "-1", "", "soon"] {
        assert_refused(verify(json!({ "exp": no_time }), expected()).await, "`exp`");
    }
}

#[tokio::test]
async fn a_mismatch_shows_both_values() {
    let said = async |changes: Value, expected: IdTokenExpectations<'_>| {
        verify(changes, expected).await.unwrap_err().to_string()
    };
    let classes = ["gold".to_owned()];
    let of_class = IdTokenExpectations { acr_values: &classes, ..expected() };
    for (text, both) in [
        (said(json!({ "iss": "https://evil.example\u{202e}" }), expected()).await, ["https://evil.example ", "issuer"]),
        (said(json!({ "aud": ["other-client"] }), expected()).await, ["[\"other-client\"]", "client ID"]),
        (said(json!({ "azp": "other-client" }), expected()).await, ["\"other-client\"", "client ID"]),
        (said(json!({ "acr": "bronze" }), of_class).await, ["\"bronze\"", "wanted was gold"]),
    ] {
        assert!(both.iter().all(|value| text.contains(value)), "{both:?}: {text}");
    }
    let long = said(json!({ "iss": "x".repeat(5_000) }), expected()).await;
    assert!(long.len() < 600, "{}", long.len());
}
