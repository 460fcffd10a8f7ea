use httpmock::prelude::*;
use jsonwebtoken::Header;
use serde_json::{Value, json};

use super::*;
use crate::keys::test_keys::{Algorithm, Signer, mac};
use crate::keys::{ContentEncryption, EncryptionKey, KeyManagementAlgorithm};
use crate::time::{Clock, ClockReading};

const NOW: u64 = 1_750_000_000;
const ISSUER: &str = "https://as.example";
const API: &str = "https://api.example";

#[derive(Debug)]
struct At(u64);

impl Clock for At {
    fn now(&self) -> ClockReading {
        let time = Duration::from_secs(self.0);
        ClockReading { monotonic: time, wall: time }
    }
}

fn jwk_set(keys: &[Value]) -> String {
    json!({ "keys": keys }).to_string()
}

/// Of an API that checks access tokens (RFC 9068 §4).
fn verifier() -> JwtVerifier {
    let keys = [Signer::rsa().jwk("rsa"), Signer::p256().jwk("p256"), Signer::ed25519().jwk("ed")];
    let verifier = JwtVerifier::from_jwk_set(jwk_set(&keys)).unwrap().issuer(ISSUER).unwrap();
    verifier.audience(API).typ("at+jwt").clock(At(NOW))
}

/// The claims of RFC 9068 §2.2, with one of them changed.
fn claims(name: &str, value: Value) -> Value {
    let mut claims = json!({
        "iss": ISSUER, "sub": "5ba552d67", "aud": [API, "https://other.example"], "exp": NOW + 300, "iat": NOW,
        "jti": "dbe39bf3a3ba4238a513f51d6e1691c4", "client_id": "s6BhdRkqt3", "scope": "openid  profile reademail",
    });
    claims[name] = value;
    if claims[name].is_null() {
        claims.as_object_mut().unwrap().remove(name);
    }
    claims
}

fn good() -> Value {
    claims("acr", json!("silver"))
}

fn typed(signer: &Signer, typ: Option<&str>, key_id: &str, claims: &Value) -> String {
    let header = Header { typ: typ.map(str::to_owned), kid: Some(key_id.to_owned()), ..Header::new(signer.algorithm) };
    signer.sign_with(&header, claims)
}

fn token(claims: &Value) -> String {
    typed(Signer::p256(), Some("at+jwt"), "p256", claims)
}

#[track_caller]
fn assert_refused(outcome: Result<JwtClaims>, reason: &str) {
    let error = outcome.expect_err(reason);
    assert!(error.is_security() && error.to_string().contains(reason), "{reason} is not in {error}");
    assert!(!format!("{error:?}").contains("5ba552d67"), "{error:?}");
}

#[derive(serde::Deserialize)]
struct Own {
    jti: String,
}

#[tokio::test]
async fn an_access_token_is_what_it_says() {
    for (signer, id) in [(Signer::rsa(), "rsa"), (Signer::p256(), "p256"), (Signer::ed25519(), "ed")] {
        for typ in ["at+jwt", "application/at+jwt", "AT+JWT"] {
            verifier().verify(&typed(signer, Some(typ), id, &good())).await.unwrap();
        }
    }
    let claims = verifier().verify(&token(&good())).await.unwrap();
    assert_eq!(
        (claims.issuer(), claims.subject(), claims.client_id()),
        (ISSUER, Some("5ba552d67"), Some("s6BhdRkqt3"))
    );
    assert_eq!(claims.scopes().collect::<Vec<_>>(), ["openid", "profile", "reademail"]);
    assert!(claims.has_scope("profile") && !claims.has_scope("prof") && !claims.has_scope(""));
    assert_eq!(claims.expires_at(), Some(std::time::UNIX_EPOCH + Duration::from_secs(NOW + 300)));
    assert_eq!(claims.get("acr"), Some(&json!("silver")));
    assert!(!claims.is_sender_constrained());
    assert!(!format!("{claims:?}").contains("5ba552d67"));
    assert_eq!(claims.claims::<Own>().unwrap().jti.len(), 32);
}

/// RFC 9449 §7, RFC 8705 §3: it is worth nothing without a proof, which is not checked here.
#[tokio::test]
async fn a_token_that_is_bound_to_a_key_is_refused_unless_accepted_by_name() {
    for bound in [json!({ "jkt": "x" }), json!({ "x5t#S256": "x" }), json!({}), json!("x"), json!(false)] {
        let bound = token(&claims("cnf", bound));
        assert_refused(verifier().verify(&bound).await, "`cnf`");
        let claims = verifier().danger_accept_sender_constrained().verify(&bound).await.unwrap();
        assert!(claims.is_sender_constrained());
    }
    let mut unbound = good();
    unbound["cnf"] = Value::Null;
    assert!(!verifier().verify(&token(&unbound)).await.unwrap().is_sender_constrained());
    // The proof of a forged token is of no interest.
    let forged = Signer::other_rsa().sign(Some("rsa"), &claims("cnf", json!({ "jkt": "x" })));
    let untyped = JwtVerifier { kinds: Vec::new(), ..verifier() };
    assert_refused(untyped.verify(&forged).await, "signature is wrong");
}

#[tokio::test]
async fn a_token_of_another_kind_issuer_audience_or_time_is_refused() {
    for (name, value, reason) in [
        ("iss", json!("https://evil.example"), "`iss`"),
        ("iss", json!("https://as.example/"), "trailing slash"),
        ("iss", Value::Null, "no issuer"),
        ("aud", json!("https://other.example"), "another client or API"),
        ("aud", json!([]), "no audience"),
        ("aud", Value::Null, "no audience"),
        ("aud", json!({ "0": API }), "no audience"),
        ("exp", json!(NOW - 61), "expired"),
        ("exp", json!("2999-01-01"), "no time"),
        ("exp", Value::Null, "no expiry"),
        ("nbf", json!(NOW + 61), "not valid yet"),
    ] {
        assert_refused(verifier().verify(&token(&claims(name, value))).await, reason);
    }
    for (typ, reason) in
        [(None, "does not say what it is"), (Some("JWT"), "something else"), (Some("id+jwt"), "something else")]
    {
        assert_refused(verifier().verify(&typed(Signer::p256(), typ, "p256", &good())).await, reason);
    }
    let barely = verifier().verify(&token(&claims("exp", json!(NOW - 59)))).await;
    assert!(barely.is_ok());
    let strict = verifier().clock_leeway(Duration::ZERO);
    assert_refused(strict.verify(&token(&claims("exp", json!(NOW)))).await, "expired");
    // Without a kind that is asked for, an access token is no plain JWT.
    let plain = JwtVerifier { kinds: Vec::new(), ..verifier() };
    assert_refused(plain.verify(&token(&good())).await, "something else");
    assert!(plain.verify(&typed(Signer::p256(), None, "p256", &good())).await.is_ok());
}

#[tokio::test]
async fn a_forged_token_is_refused() {
    let none = "eyJhbGciOiJub25lIiwidHlwIjoiYXQrand0In0";
    let (head, _) = token(&good()).rsplit_once('.').map(|(head, tail)| (head.to_owned(), tail.to_owned())).unwrap();
    let payload = head.split_once('.').unwrap().1;
    assert_refused(verifier().verify(&format!("{none}.{payload}.")).await, "not signed");
    assert_refused(verifier().verify(&format!("{head}.")).await, "signature is wrong");
    // Another's key under the ID of one of the issuer's.
    assert_refused(
        verifier().verify(&typed(Signer::other_rsa(), Some("at+jwt"), "rsa", &good())).await,
        "signature is wrong",
    );
    assert_refused(verifier().verify(&typed(Signer::p256(), Some("at+jwt"), "rsa", &good())).await, "no key");
    assert_refused(
        verifier().verify(&typed(Signer::p256(), Some("at+jwt"), "new", &good())).await,
        "no key of the JWK set at hand fits",
    );
    // The public key, which is no secret, as the secret of an HMAC.
    let untyped = JwtVerifier { kinds: Vec::new(), ..verifier() };
    for secret in [Signer::rsa().public_pem.as_bytes(), jwk_set(&[Signer::rsa().jwk("rsa")]).as_bytes(), b""] {
        for key_id in [Some("rsa"), None] {
            assert_refused(untyped.verify(&mac(Algorithm::HS256, key_id, secret, &good())).await, "signed with HS256");
        }
    }
}

/// Any host can send it, and encrypt with the public key: it is no fault of the configuration.
#[tokio::test]
async fn junk_is_refused_as_a_forgery_is() {
    const ECDH: KeyManagementAlgorithm = KeyManagementAlgorithm::EcdhEs;
    let [own, other] = [(); 2].map(|()| DecryptionKey::generate(ECDH).unwrap());
    let to = |key: &DecryptionKey, text: &str| {
        let key = EncryptionKey::from_jwk(key.public_jwk().unwrap().as_object().unwrap(), ECDH).unwrap();
        key.encrypt_jwt(ECDH, ContentEncryption::A128CbcHs256, text).unwrap()
    };
    let encrypted = [to(&own, "junk"), to(&own, &to(&own, "junk")), to(&other, &token(&good()))];
    for verifier in [verifier(), verifier().decryption_key(own.clone())] {
        let junk = ["", ".", "..", "a.b.c", "....", "a.b.c.d.e", "e30.e30.e30.e30.e30", "opaque"];
        for junk in junk.into_iter().chain(encrypted.iter().map(String::as_str)) {
            assert_refused(verifier.verify(junk).await, "refused");
        }
    }
    assert!(verifier().decryption_key(own.clone()).verify(&to(&own, &token(&good()))).await.is_ok());
    assert_refused(verifier().verify(&to(&own, &token(&good()))).await, "no key to decrypt it");
}

#[tokio::test]
async fn what_is_given_up_is_given_up_by_name() {
    let anybody = verifier().danger_accept_any_audience();
    assert!(anybody.verify(&token(&claims("aud", Value::Null))).await.is_ok());
    assert!(anybody.verify(&token(&claims("aud", json!("https://other.example")))).await.is_ok());
    let for_ever = verifier().danger_accept_without_expiry();
    assert!(for_ever.verify(&token(&claims("exp", Value::Null))).await.is_ok());
    assert_refused(for_ever.verify(&token(&claims("exp", json!(NOW - 61)))).await, "expired");
}

#[tokio::test]
async fn what_is_missing_is_named_before_anything_is_read() {
    let keys = jwk_set(&[Signer::p256().jwk("p256")]);
    let error = JwtVerifier::from_jwk_set(&keys).unwrap().audience(API).verify("x").await.unwrap_err();
    assert!(error.is_configuration() && error.to_string().contains("`.issuer(..)`"), "{error}");
    let error = JwtVerifier::from_jwk_set(&keys).unwrap().issuer(ISSUER).unwrap().verify("x").await.unwrap_err();
    assert!(error.is_configuration() && error.to_string().contains("`.audience(..)`"), "{error}");
    for set in ["", "[]", "{}", "{\"keys\":[]}", &jwk_set(&[json!({ "kty": "oct", "k": "c2VjcmV0" })])] {
        assert!(JwtVerifier::from_jwk_set(set).unwrap_err().is_configuration(), "{set}");
    }
    assert!(JwtVerifier::from_jwks_uri("http://as.example/jwks").unwrap_err().is_configuration());
    assert!(JwtVerifier::from_jwk_set(&keys).unwrap().issuer(" ").unwrap_err().is_configuration());
    let metadata = serde_json::from_value(json!({ "issuer": ISSUER })).unwrap();
    assert!(JwtVerifier::from_metadata(&metadata).unwrap_err().is_unsupported());
}

#[tokio::test]
async fn keys_are_fetched_once_and_again_for_a_new_one() {
    let server = MockServer::start_async().await;
    let serve = async |key: Value| {
        let answer = json!({ "keys": [key] });
        server
            .mock_async(|when, then| {
                when.method(GET).path("/jwks");
                then.status(200).json_body(answer);
            })
            .await
    };
    let metadata = serde_json::from_value(json!({ "issuer": ISSUER, "jwks_uri": server.url("/jwks") })).unwrap();
    let verifier = JwtVerifier::from_metadata(&metadata).unwrap().audience(API).clock(At(NOW));
    let verifier = verifier.transport(Transport::builder().build().unwrap());
    let first = serve(Signer::p256().jwk("first")).await;
    let old = Signer::p256().sign(Some("first"), &good());
    for _ in 0..3 {
        verifier.verify(&old).await.unwrap();
    }
    assert_eq!(first.calls_async().await, 1);
    first.delete_async().await;

    let second = serve(Signer::ed25519().jwk("second")).await;
    verifier.verify(&Signer::ed25519().sign(Some("second"), &good())).await.unwrap();
    assert_refused(verifier.verify(&old).await, "no key");
    // A flood of forged tokens is no flood of fetches.
    for key in 0..20 {
        assert_refused(verifier.verify(&Signer::p256().sign(Some(&key.to_string()), &good())).await, "no key");
    }
    assert_eq!(second.calls_async().await, 1);
}
