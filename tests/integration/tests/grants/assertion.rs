//! RFC 7521: JWT bearer (RFC 7523) and SAML 2.0 bearer (RFC 7522).

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use grantkit::client_auth::AssertionSource;
use grantkit::credentials::Fingerprint;
use grantkit::grant::{Assertion, JwtAssertion};
use grantkit::keys::{SigningAlgorithm, SigningKey};
use grantkit::prelude::*;
use serde_json::{Value, json};

use crate::support::{Answer, Scripted, all_said, client_at, verdict};

const JWT_BEARER: &str = "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer";
const SAML2_BEARER: &str = "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Asaml2-bearer";

#[tokio::test]
async fn a_given_jwt_is_sent_as_it_is() {
    let server = Scripted::start([Answer::token("t")]).await;
    let grant = client_at(&server.url("/token")).jwt_bearer("a.b.c").scope("read").resource("https://api.example");
    assert_eq!(grant.get_token().await.unwrap().access_token().secret(), "t");
    let asked = server.only();
    assert_eq!(asked.body(), format!("{JWT_BEARER}&assertion=a.b.c&scope=read&resource=https%3A%2F%2Fapi.example"));
    assert!(asked.header("authorization").unwrap().starts_with("Basic "));
}

#[tokio::test]
async fn saml_assertion_is_encoded_once() {
    let xml = "<saml2:Assertion Version=\"2.0\">ü</saml2:Assertion>";
    let encoded = URL_SAFE_NO_PAD.encode(xml);
    for given in [xml, &encoded] {
        let server = Scripted::start([Answer::token("t")]).await;
        client_at(&server.url("/token")).saml2_bearer(given).get_token().await.unwrap();
        assert_eq!(server.only().body(), format!("{SAML2_BEARER}&assertion={encoded}"));
    }
}

fn claims(body: &str) -> (Value, Value) {
    let assertion = body.split("assertion=").nth(1).unwrap().split('&').next().unwrap();
    let mut parts = assertion.split('.').map(|part| URL_SAFE_NO_PAD.decode(part).unwrap());
    let mut next = || serde_json::from_slice(&parts.next().unwrap()).unwrap();
    (next(), next())
}

#[tokio::test]
async fn a_signed_assertion_is_another_one_for_each_request() {
    let server = Scripted::start([Answer::token("t")]).await;
    let key = SigningKey::generate(SigningAlgorithm::Es256).unwrap().with_key_id("k1");
    let assertion =
        JwtAssertion::new(key, "service@example", "alice").claim("scope", "read").claim("org", json!(["a"]));
    let grant = client_at(&server.url("/token")).jwt_bearer(assertion);
    grant.get_token().await.unwrap();
    grant.get_token().await.unwrap();
    let asked = server.asked();
    let (header, first) = claims(asked[0].body());
    let (_, second) = claims(asked[1].body());
    assert_eq!(header, json!({ "alg": "ES256", "typ": "JWT", "kid": "k1" }));
    assert_ne!(first["jti"], second["jti"]);
    assert_eq!((&first["iss"], &first["sub"]), (&json!("service@example"), &json!("alice")));
    assert_eq!(first["aud"], json!(server.url("/token")), "the issuer is not known");
    assert_eq!((&first["scope"], &first["org"]), (&json!("read"), &json!(["a"])));
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let (iat, exp) = (first["iat"].as_u64().unwrap(), first["exp"].as_u64().unwrap());
    assert!(iat.abs_diff(now) < 60 && exp - iat == 300);
}

#[tokio::test]
async fn audience_and_lifetime_can_be_others() {
    let server = Scripted::start([Answer::token("t")]).await;
    let key = || SigningKey::generate(SigningAlgorithm::EdDsa).unwrap();
    let client = Client::builder()
        .client_id("app")
        .public()
        .token_endpoint(&server.url("/token"))
        .unwrap()
        .issuer("https://as.example")
        .unwrap()
        .build();
    client.jwt_bearer(JwtAssertion::new(key(), "i", "s")).get_token().await.unwrap();
    let other = JwtAssertion::new(key(), "i", "s").audience("https://else.example").lifetime(Duration::from_hours(1));
    client.jwt_bearer(other).get_token().await.unwrap();
    let asked = server.asked();
    assert_eq!(claims(asked[0].body()).1["aud"], "https://as.example");
    let (_, other) = claims(asked[1].body());
    assert_eq!(other["aud"], "https://else.example");
    assert_eq!(other["exp"].as_u64().unwrap() - other["iat"].as_u64().unwrap(), 3600);
}

#[derive(Debug, Default)]
struct Counting(AtomicUsize);

#[async_trait]
impl AssertionSource for Counting {
    fn identity(&self) -> Fingerprint {
        Fingerprint::unique()
    }

    async fn assertion(&self, audience: &str) -> Result<SecretString> {
        match self.0.fetch_add(1, Ordering::SeqCst) {
            2 => Err(Error::temporary("the platform is busy")),
            number => Ok(format!("{number}:{audience}").into()),
        }
    }
}

#[tokio::test]
async fn a_source_is_asked_for_each_request_and_its_failure_is_ours() {
    let server = Scripted::start([Answer::token("t")]).await;
    let url = server.url("/token");
    let grant = client_at(&url).jwt_bearer(Assertion::from_source(Counting::default()));
    grant.get_token().await.unwrap();
    grant.get_token().await.unwrap();
    assert_eq!(verdict(&grant.get_token().await.unwrap_err()), ["retryable"]);
    let sent: Vec<_> =
        server.asked().iter().map(|asked| asked.body().split("assertion=").nth(1).unwrap()[..1].to_owned()).collect();
    assert_eq!(sent, ["0", "1"]);
}

#[tokio::test]
async fn credentials_tell_assertions_apart() {
    let server = Scripted::start(["a", "b", "c", "d", "e"].map(Answer::token)).await;
    let client = client_at(&server.url("/token"));
    let token = async |grant: grantkit::grant::AssertionGrant| {
        let kept = grant.credentials("assertions");
        kept.token().await.unwrap().access_token().secret().to_owned()
    };
    assert_eq!(token(client.jwt_bearer("one")).await, "a");
    assert_eq!(token(client.jwt_bearer("two")).await, "b");
    assert_eq!(token(client.saml2_bearer("one")).await, "c");
    // Whether two sources give the same is unknown; a clone is the same source.
    let source = client.jwt_bearer(Assertion::from_source(Counting::default()));
    assert_eq!(token(source.clone()).await, "d");
    assert_eq!(token(client.jwt_bearer(Assertion::from_source(Counting::default()))).await, "e");
    assert_eq!(token(source).await, "d");
    assert_eq!(token(client.jwt_bearer("one")).await, "a");
    assert_eq!(server.count(), 5);
}

#[tokio::test]
async fn a_signed_assertion_is_known_by_its_key_and_its_claims() {
    let server = Scripted::start(["a", "b", "c", "d"].map(Answer::token)).await;
    let client = client_at(&server.url("/token"));
    let key = || SigningKey::generate(SigningAlgorithm::EdDsa).unwrap().with_key_id("k1");
    let token = async |subject: &str, key: SigningKey| {
        let kept = client.jwt_bearer(JwtAssertion::new(key, "i", subject)).credentials("signed");
        kept.token().await.unwrap().access_token().secret().to_owned()
    };
    let (one, other) = (key(), key());
    assert_eq!(token("alice", one.clone()).await, "a");
    assert_eq!(token("alice", one.clone()).await, "a");
    assert_eq!(token("bob", one.clone()).await, "b");
    assert_eq!(token("alice", one.with_key_id("k2")).await, "c");
    assert_eq!(token("alice", other).await, "d", "a key's ID is public, and another key can have the same");
}

#[tokio::test]
async fn an_assertion_that_is_refused_needs_another_one() {
    let answer = json!({ "error": "invalid_grant", "error_description": "CANARY.b.c has expired" });
    let server = Scripted::start([Answer::json(400, &answer)]).await;
    let grant = client_at(&server.url("/token")).jwt_bearer("CANARY.b.c");
    let error = grant.clone().credentials("refused-assertion").token().await.unwrap_err();
    assert_eq!(verdict(&error), ["needs login"]);
    let said = format!("{} {grant:?}", all_said(&error));
    assert!(!said.contains("CANARY"), "{said}");
    // Encoded by the SDK, it is still a secret.
    for quoted in [URL_SAFE_NO_PAD.encode("<CANARY/>"), "<CANARY/>".to_owned()] {
        let answer = json!({ "error": "invalid_grant", "error_description": quoted });
        let server = Scripted::start([Answer::json(400, &answer)]).await;
        let error = client_at(&server.url("/token")).saml2_bearer("<CANARY/>").get_token().await.unwrap_err();
        assert_eq!(error.error_description(), Some("[redacted]"));
    }
}
