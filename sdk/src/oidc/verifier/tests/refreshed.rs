//! ID tokens of refreshes (OpenID Connect Core §12.2): whose they are always counts, the rest is told.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use httpmock::Mock;

use super::*;
use crate::oidc::{PreviousLogin, Refreshed};

const ALICE: PreviousLogin<'_> = PreviousLogin { subject: Some("alice"), claims: None };

fn token(changes: &Value) -> String {
    Signer::p256().sign(Some("p256"), &claims_with(changes))
}

/// With a header and a signature of no key.
fn unsigned(changes: &Value) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    format!("{}.{}.AAAA", part(&json!({ "alg": "ES256", "kid": "gone" })), part(&claims_with(changes)))
}

async fn refresh(verifier: &LoginIdTokenVerifier, token: &str, before: PreviousLogin<'_>) -> Result<Refreshed> {
    verifier.verify_refreshed(token, "token", before).await
}

#[track_caller]
fn assert_unverified(outcome: Result<Refreshed>, why: &str) {
    match outcome {
        Ok(Refreshed::Unverified(error)) => assert!(error.to_string().contains(why), "{error}"),
        Ok(Refreshed::Verified(_)) => panic!("{why}: it is verified"),
        Ok(Refreshed::NotChecked) => panic!("{why}: it is not checked"),
        Err(error) => panic!("{why}: {error}"),
    }
}

/// A verifier whose keys cannot be had.
async fn without_keys() -> (MockServer, LoginIdTokenVerifier) {
    let server = MockServer::start_async().await;
    server
        .mock_async(|when, then| {
            when.path("/jwks");
            then.status(404);
        })
        .await;
    let verifier = verifier_at(&server.url("/jwks"), Time::manual(NOW));
    (server, verifier)
}

#[tokio::test]
async fn another_issuer_user_or_client_is_an_error_with_keys_and_without() {
    let (_server, keyless) = without_keys().await;
    let wrong = [
        ("iss", json!("https://evil.example")),
        ("iss", Value::Null),
        ("sub", json!("mallory")),
        ("sub", Value::Null),
        ("aud", json!("other")),
        ("aud", json!([CLIENT, "other"])),
        ("aud", Value::Null),
        ("azp", json!("other")),
    ];
    for (claim, value) in wrong {
        let changes = json!({ claim: value });
        for (verifier, token) in
            [(&verifier(), token(&changes)), (&keyless, token(&changes)), (&verifier(), unsigned(&changes))]
        {
            let error = refresh(verifier, &token, ALICE).await.err().expect(claim);
            assert!(error.is_security() && error.to_string().contains(claim), "{claim}: {error}");
            assert!(!format!("{error:?}").contains("mallory"));
        }
    }
}

#[tokio::test]
async fn what_cannot_be_read_may_be_of_another_subject() {
    for token in ["e30.AAAA.AAAA.AAAA.AAAA", "abc", "a.b.c", "..", "e30.W10.AAAA"] {
        let error = refresh(&verifier(), token, ALICE).await.err().expect(token);
        assert!(error.is_security() && error.to_string().contains("cannot be read"), "{token}: {error}");
    }
}

#[tokio::test]
async fn what_is_wrong_with_keys_signature_or_clocks_costs_no_login() {
    let (_server, keyless) = without_keys().await;
    assert_unverified(refresh(&keyless, &token(&json!({})), ALICE).await, "404");
    assert_unverified(refresh(&verifier(), &unsigned(&json!({})), ALICE).await, "signature");
    for (changes, why) in [
        (json!({ "iat": NOW + 75 }), "`iat`"),
        (json!({ "iat": NOW + 7200, "exp": NOW + 9000 }), "`iat`"),
        (json!({ "iat": null }), "`iat`"),
        (json!({ "exp": NOW - 600, "iat": NOW - 700 }), "`exp`"),
        (json!({ "exp": null }), "`exp`"),
        (json!({ "nbf": NOW + 600 }), "`nbf`"),
        (json!({ "at_hash": "AAAAAAAAAAAAAAAAAAAAAA" }), "`at_hash`"),
    ] {
        assert_unverified(refresh(&verifier(), &token(&changes), ALICE).await, why);
    }
}

/// In paused time: the test does not wait.
#[tokio::test(start_paused = true)]
async fn a_jwk_set_that_does_not_come_costs_no_refresh() {
    // It takes connections, and says nothing.
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let never = Duration::from_hours(24 * 365);
    let transport = Transport::builder().timeout(never).connect_timeout(never).build().unwrap();
    let url = format!("http://{}/jwks", silent.local_addr().unwrap());
    let url = EndpointUrl::parse("jwks_uri", &url, PlainHttp::LoopbackOnly).unwrap();
    let keys = KeySetCache::with_time(url, "client", &transport, Time::manual(NOW));
    let mut verifier = LoginIdTokenVerifier::new(ISSUER, CLIENT, keys).unwrap();
    verifier.jwts.clock = Time::manual(NOW);
    let begun = tokio::time::Instant::now();
    assert_unverified(refresh(&verifier, &token(&json!({})), ALICE).await, "did not come in time");
    assert!((5..6).contains(&begun.elapsed().as_secs()), "{:?}", begun.elapsed());
    let another = refresh(&verifier, &token(&json!({ "sub": "mallory" })), ALICE).await;
    assert!(another.is_err_and(|error| error.is_security()));
}

#[track_caller]
fn assert_withheld(outcome: Result<Refreshed>, why: &str) {
    let error = outcome.err().expect(why);
    assert!(error.is_security() && !error.needs_login() && !error.is_retryable(), "{error:?}");
    assert!(error.to_string().contains(why) && error.to_string().contains("withheld"), "{error}");
}

async fn serve(server: &MockServer, keys: [Value; 1]) -> Mock<'_> {
    server
        .mock_async(|when, then| {
            when.path("/jwks");
            then.status(200).json_body(json!({ "keys": keys }));
        })
        .await
}

/// By a key that was fetched for it. Within the cool-down the keys may be older than the signature, and nothing is known.
#[tokio::test]
async fn a_wrong_signature_withholds_the_token_where_a_new_key_says_so() {
    let server = MockServer::start_async().await;
    let before = serve(&server, [Signer::rsa().jwk("k")]).await;
    let verifier = verifier_at(&server.url("/jwks"), Time::manual(NOW));
    let good = Signer::rsa().sign(Some("k"), &claims());
    assert!(matches!(refresh(&verifier, &good, ALICE).await, Ok(Refreshed::Verified(_))));
    before.delete_async().await;
    serve(&server, [Signer::other_rsa().jwk("k")]).await;
    let (start, _) = good.rsplit_once('.').unwrap();
    let forged = format!("{start}.{}", "A".repeat(342));
    assert_withheld(refresh(&verifier, &forged, ALICE).await, "signature");
    assert_unverified(refresh(&verifier, &forged, ALICE).await, "signature");
}

/// The issuer has put another key under the same ID, and a CDN still has the old set. At a login that is no excuse.
#[tokio::test]
async fn keys_rotated_under_one_id_behind_a_stale_cdn_cost_no_refresh() {
    let server = MockServer::start_async().await;
    let stale = serve(&server, [Signer::rsa().jwk("k")]).await;
    let clock = Time::manual(NOW);
    let verifier = verifier_at(&server.url("/jwks"), clock.clone());
    let token = Signer::other_rsa().sign(Some("k"), &claims());
    assert_unverified(refresh(&verifier, &token, ALICE).await, "signature");
    assert_eq!(stale.calls_async().await, 2, "they were fetched anew for it");
    clock.advance(Duration::from_mins(1));
    assert!(verifier.verify(&token, expected()).await.unwrap_err().is_security());
    stale.delete_async().await;
    serve(&server, [Signer::other_rsa().jwk("k")]).await;
    clock.advance(Duration::from_mins(1));
    assert!(matches!(refresh(&verifier, &token, ALICE).await, Ok(Refreshed::Verified(_))));
}

#[tokio::test]
async fn another_party_or_time_of_login_is_no_news_of_this_login() {
    let before = verifier().verify(&token(&json!({})), expected()).await.unwrap();
    let known = PreviousLogin { subject: Some("alice"), claims: Some(&before) };
    let fresh = refresh(&verifier(), &token(&json!({ "nonce": null, "name": "Alice B." })), known).await.unwrap();
    let Refreshed::Verified(claims) = fresh else { panic!("it is not verified") };
    assert_eq!(claims.name(), Some("Alice B."));
    refresh(&verifier(), &token(&json!({ "auth_time": null })), known).await.unwrap();
    // Of an earlier login, and of a later authentication within this one.
    let at = before.auth_time().unwrap().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    for token in [token(&json!({ "auth_time": at - 5 })), unsigned(&json!({ "auth_time": at - 5 }))] {
        assert_withheld(refresh(&verifier(), &token, known).await, "`auth_time`");
    }
    assert_unverified(refresh(&verifier(), &token(&json!({ "auth_time": at + 5 })), known).await, "`auth_time`");
    assert_unverified(refresh(&verifier(), &token(&json!({ "azp": CLIENT })), known).await, "`azp`");
}
