//! Which key of the set is taken, and when the set is fetched.

use httpmock::Mock;
use jsonwebtoken::Algorithm as Alg;

use super::*;
use crate::keys::VERIFIED;
use crate::keys::test_keys::SHORT_MODULUS;

async fn serve(server: &MockServer, keys: Value) -> Mock<'_> {
    server
        .mock_async(|when, then| {
            when.path("/jwks");
            then.status(200).delay(Duration::from_millis(50)).json_body(json!({ "keys": keys }));
        })
        .await
}

async fn verify_with(keys: Value, token: &str) -> Result<IdTokenClaims> {
    let server = MockServer::start_async().await;
    serve(&server, keys).await;
    verifier_at(&server.url("/jwks"), Time::manual(NOW)).verify(token, expected()).await
}

#[tokio::test]
async fn a_key_is_used_only_for_what_it_is_for() {
    let jwk = |member: &str, value: Value| {
        let mut jwk = Signer::rsa().jwk("k");
        jwk[member] = value;
        jwk
    };
    let token = Signer::rsa().sign(Some("k"), &claims());
    assert_refused(verify_with(json!([jwk("use", json!("enc"))]), &token).await, "`use`");
    assert_refused(verify_with(json!([jwk("key_ops", json!(["encrypt"]))]), &token).await, "`key_ops`");
    assert_refused(verify_with(json!([jwk("alg", json!("RS512"))]), &token).await, "is for RS512");
    assert_refused(verify_with(json!([jwk("alg", json!("PS256"))]), &token).await, "is for PS256");
    assert_refused(verify_with(json!([jwk("kid", json!("other"))]), &token).await, "`kid`");
    assert_refused(verify_with(json!([Signer::p256().jwk("k")]), &token).await, "is for ES256");
    assert_refused(verify_with(json!([]), &token).await, "no key");
    verify_with(json!([jwk("alg", json!("RS256"))]), &token).await.unwrap();
    let es384_by_p256 = Signer::p384().sign(Some("k"), &claims());
    assert_refused(verify_with(json!([Signer::p256().jwk("k")]), &es384_by_p256).await, "is for ES256");
}

/// Signed by OpenSSL with a key of 1024 bits: a good signature, and refused all the same.
#[tokio::test]
async fn a_short_rsa_key_is_refused() {
    let token = "eyJhbGciOiJSUzI1NiIsImtpZCI6InNob3J0In0.eyJpc3MiOiJodHRwczovL2lzc3Vlci5leGFtcGxlIiwic3ViIjoiYWxpY2UiLCJhdWQi\
                 OiJjbGllbnQiLCJleHAiOjE3NTAwMDM2MDAsImlhdCI6MTc1MDAwMDAwMCwibm9uY2UiOiJuLTBTNl9XekEyTWoifQ.QoYIl-wmPT7YAg\
                 y0LhpsMwPMNgPTVIp-mWnKFvjwszAMZPwtK3VJ6lMrwzHMCDEFctS2FN_nTBP_4oX0qmczmaeZrdI2XhPi0guGCbhx2NP142IJffgPCo8K\
                 vXfB13YwUDPmk4LrVIvqsxyatcmZ_aR8g2R78VvzLkh7A97pn6g";
    let jwk = json!({ "kty": "RSA", "kid": "short", "e": "AQAB", "n": SHORT_MODULUS });
    assert_refused(verify_with(json!([jwk]), token).await, "under 2048 bits");
}

#[tokio::test]
async fn all_keys_that_fit_are_tried() {
    let twice = json!([Signer::rsa().jwk("k"), Signer::other_rsa().jwk("k")]);
    for signer in [Signer::rsa(), Signer::other_rsa()] {
        verify_with(twice.clone(), &signer.sign(Some("k"), &claims())).await.unwrap();
    }
    let two = json!([Signer::rsa().jwk("a"), Signer::other_rsa().jwk("b")]);
    for signer in [Signer::rsa(), Signer::other_rsa()] {
        verify_with(two.clone(), &signer.sign(None, &claims())).await.unwrap();
    }
    verify_with(two.clone(), &Signer::rsa().sign(Some("a"), &claims())).await.unwrap();
    // Whose ID it names is the only one that may have signed it.
    assert_refused(verify_with(two, &Signer::rsa().sign(Some("b"), &claims())).await, "signature");
    // Alike in their ID, but each for its own algorithm (RFC 7517 §4.5).
    let alternatives = json!([Signer::rsa().jwk("k"), Signer::p256().jwk("k"), Signer::p384().jwk("k")]);
    for signer in [Signer::rsa(), Signer::p256(), Signer::p384()] {
        verify_with(alternatives.clone(), &signer.sign(Some("k"), &claims())).await.unwrap();
        verify_with(alternatives.clone(), &signer.sign(None, &claims())).await.unwrap();
    }
    verify_with(alternatives, &Signer::rsa().sign_as(Alg::PS512, Some("k"), &claims())).await.unwrap();
}

/// Whatever a refetch brings: a flood of forged tokens costs no more than that.
#[tokio::test]
async fn a_forged_token_is_tried_once_with_each_key() {
    for key_id in [Some("k"), None] {
        let server = MockServer::start_async().await;
        let twice = json!([Signer::rsa().jwk("k"), Signer::rsa().jwk("k")]);
        let jwks = serve(&server, twice).await;
        let clock = Time::manual(NOW);
        let verifier = verifier_at(&server.url("/jwks"), clock.clone());
        let [own, other] =
            ["silver", "gold"].map(|acr| Signer::rsa().sign(key_id, &claims_with(&json!({ "acr": acr }))));
        let forged = format!("{}.{}", own.rsplit_once('.').unwrap().0, other.rsplit_once('.').unwrap().1);
        let tries = async || {
            let before = VERIFIED.get();
            let error = verifier.verify(&forged, expected()).await.unwrap_err();
            assert!(error.is_security() && error.to_string().contains("signature is wrong"), "{error}");
            VERIFIED.get() - before
        };
        assert_eq!((tries().await, jwks.calls_async().await), (1, 2), "and the refetch has brought the same");
        assert_eq!((tries().await, jwks.calls_async().await), (1, 2), "within the cool-down");

        jwks.delete_async().await;
        let jwks = serve(&server, json!([Signer::rsa().jwk("k"), Signer::other_rsa().jwk("k")])).await;
        clock.advance(Duration::from_mins(1));
        assert_eq!((tries().await, jwks.calls_async().await), (2, 1), "of the new set the new key alone");
    }
}

const TEMPLATE: &str = "https://login.microsoftonline.com/{tenantid}/v2.0";
const CONSUMERS: &str = "9188040d-6c67-4c5b-b112-36a304b66dad";
const WORK: &str = "72f988bf-86f1-41af-91ab-2d7cd011db47";

/// As Microsoft's JWK set of all tenants has them.
fn of_issuer(signer: &Signer, id: &str, issuer: Value) -> Value {
    let mut jwk = signer.jwk(id);
    jwk["cloud_instance_name"] = "microsoftonline.com".into();
    jwk["issuer"] = issuer;
    jwk
}

#[tokio::test]
async fn a_key_of_one_tenant_signs_for_no_other() {
    let consumers = json!(TEMPLATE.replace("{tenantid}", CONSUMERS));
    let server = MockServer::start_async().await;
    let keys = json!([
        of_issuer(Signer::rsa(), "all", json!(TEMPLATE)),
        of_issuer(Signer::other_rsa(), "consumers", consumers.clone()),
        // The same key for another.
        of_issuer(Signer::p256(), "both", consumers),
        of_issuer(Signer::p256(), "both", json!(TEMPLATE.replace("{tenantid}", WORK))),
        of_issuer(Signer::p384(), "silent", Value::Null),
        of_issuer(Signer::ed25519(), "odd", json!(7)),
    ]);
    serve(&server, keys).await;
    let mut verifier = verifier_at(&server.url("/jwks"), Time::manual(NOW));
    verifier.jwts.issuer = ExpectedIssuer::new(TEMPLATE).unwrap();
    for (signer, id, accepted) in [
        (Signer::rsa(), "all", &[CONSUMERS, WORK][..]),
        (Signer::other_rsa(), "consumers", &[CONSUMERS]),
        (Signer::p256(), "both", &[CONSUMERS, WORK]),
        (Signer::p384(), "silent", &[CONSUMERS, WORK]),
        (Signer::ed25519(), "odd", &[]),
    ] {
        for tenant in [CONSUMERS, WORK] {
            let claims = claims_with(&json!({ "iss": TEMPLATE.replace("{tenantid}", tenant), "tid": tenant }));
            for key_id in [Some(id), None] {
                let outcome = verifier.verify(&signer.sign(key_id, &claims), expected()).await;
                if accepted.contains(&tenant) {
                    outcome.unwrap();
                } else {
                    let reason = if key_id.is_some() || id == "odd" { "another issuer" } else { "signature is wrong" };
                    assert_refused(outcome, reason);
                }
            }
        }
    }
}

/// Where one issuer is expected, the member is no standard's.
#[tokio::test]
async fn the_issuer_of_a_key_is_ignored_where_no_template_is_expected() {
    for issuer in [json!("https://login.microsoftonline.com/other/v2.0"), json!(TEMPLATE), json!(7)] {
        let keys = json!([of_issuer(Signer::rsa(), "k", issuer)]);
        verify_with(keys, &Signer::rsa().sign(Some("k"), &claims())).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_are_fetched_once_and_once_more_for_a_flood_of_unknown_ones() {
    let server = MockServer::start_async().await;
    let jwks = serve(&server, json!([Signer::rsa().jwk("a")])).await;
    let clock = Time::manual(NOW);
    let verifier = verifier_at(&server.url("/jwks"), clock.clone());
    let all = async |token: String| {
        let tasks: Vec<_> = (0..100)
            .map(|_| {
                let (verifier, token) = (verifier.clone(), token.clone());
                tokio::spawn(async move { verifier.verify(&token, expected()).await })
            })
            .collect();
        let mut outcomes = Vec::new();
        for task in tasks {
            outcomes.push(task.await.unwrap());
        }
        outcomes
    };
    assert!(all(Signer::rsa().sign(Some("a"), &claims())).await.iter().all(Result::is_ok));
    assert_eq!(jwks.calls_async().await, 1);
    for _ in 0..3 {
        for outcome in all(Signer::other_rsa().sign(Some("b"), &claims())).await {
            assert_refused(outcome, "`kid`");
        }
        clock.advance(Duration::from_secs(10));
    }
    assert_eq!(jwks.calls_async().await, 2);
}

#[tokio::test]
async fn a_new_key_is_found_by_its_id_or_by_the_failure_of_the_old_one() {
    for key_id in [Some("new"), None] {
        let server = MockServer::start_async().await;
        let jwks = serve(&server, json!([Signer::rsa().jwk("old")])).await;
        let clock = Time::manual(NOW);
        let verifier = verifier_at(&server.url("/jwks"), clock.clone());
        let old = key_id.map(|_| "old");
        verifier.verify(&Signer::rsa().sign(old, &claims()), expected()).await.unwrap();
        jwks.delete_async().await;
        let jwks = serve(&server, json!([Signer::other_rsa().jwk("new")])).await;
        verifier.verify(&Signer::other_rsa().sign(key_id, &claims()), expected()).await.unwrap();
        // The old key is gone with the old set, and looking for it again has to wait.
        assert!(verifier.verify(&Signer::rsa().sign(old, &claims()), expected()).await.unwrap_err().is_security());
        assert_eq!(jwks.calls_async().await, 1);
    }
}

#[tokio::test]
async fn a_key_that_was_replaced_under_its_id_is_fetched_once_a_cool_down() {
    let server = MockServer::start_async().await;
    let old = serve(&server, json!([Signer::rsa().jwk("k")])).await;
    let clock = Time::manual(NOW);
    let verifier = verifier_at(&server.url("/jwks"), clock.clone());
    verifier.verify(&Signer::rsa().sign(Some("k"), &claims()), expected()).await.unwrap();
    old.delete_async().await;
    let new = serve(&server, json!([Signer::other_rsa().jwk("k")])).await;
    verifier.verify(&Signer::other_rsa().sign(Some("k"), &claims()), expected()).await.unwrap();
    // The old key is no good any more, and a flood of its tokens is no flood of fetches.
    for _ in 0..3 {
        assert_refused(verifier.verify(&Signer::rsa().sign(Some("k"), &claims()), expected()).await, "signature");
    }
    assert_eq!(new.calls_async().await, 1);
}

/// Any host can post logout tokens, and each forged one asks for a key that is not there.
#[tokio::test]
async fn a_flood_of_forged_logout_tokens_keeps_no_login_from_a_new_key() {
    let server = MockServer::start_async().await;
    let jwks = serve(&server, json!([Signer::rsa().jwk("old")])).await;
    let verifier = verifier_at(&server.url("/jwks"), Time::manual(NOW));
    verifier.verify(&Signer::rsa().sign(Some("old"), &claims()), expected()).await.unwrap();
    let logouts = verifier.logout_tokens();
    for forged in 0..10 {
        let forged = Signer::other_rsa().sign(Some(&format!("forged-{forged}")), &claims());
        let error = logouts.verify(&forged).await.unwrap_err();
        assert!(error.is_security() && error.to_string().contains("`kid`"), "{error}");
    }
    assert_eq!(jwks.calls_async().await, 2, "the flood has its own share, and no more");
    jwks.delete_async().await;
    let jwks = serve(&server, json!([Signer::rsa().jwk("old"), Signer::other_rsa().jwk("new")])).await;
    verifier.verify(&Signer::other_rsa().sign(Some("new"), &claims()), expected()).await.unwrap();
    assert_eq!(jwks.calls_async().await, 1);
}

#[tokio::test]
async fn an_issuer_that_is_down_is_no_forgery() {
    let server = MockServer::start_async().await;
    server
        .mock_async(|when, then| {
            when.path("/jwks");
            then.status(502);
        })
        .await;
    let verifier = verifier_at(&server.url("/jwks"), Time::manual(NOW));
    let error = verifier.verify(&Signer::rsa().sign(Some("a"), &claims()), expected()).await.unwrap_err();
    assert!(error.is_retryable() && !error.is_security(), "{error:?}");
}
