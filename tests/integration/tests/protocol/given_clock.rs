//! A client with a clock of its own: all that it signs is dated by that, and all that is signed for it is checked by it.

use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use grantkit::authorize::RedirectUri;
use grantkit::client::ClientBuilder;
use grantkit::grant::JwtAssertion;
use grantkit::keys::{DpopKey, Signer as _, SigningAlgorithm, SigningKey};
use grantkit::oidc::LogoutTokenVerifier;
use grantkit::time::{Clock, ClockReading};
use grantkit::transport::Transport;
use grantkit::{Client, OAuthClient as _};
use http::Method;
use serde_json::{Value, json};

use crate::support::{Answer, CALLBACK, ID, Scripted, query};

/// 2040-01-01T00:00:00Z.
const NOW: u64 = 2_208_988_800;

#[derive(Debug)]
struct Standing;

impl Clock for Standing {
    fn now(&self) -> ClockReading {
        ClockReading { monotonic: Duration::from_secs(1000), wall: Duration::from_secs(NOW) }
    }
}

fn builder() -> ClientBuilder {
    Client::builder().clock(Arc::new(Standing)).transport(Transport::builder().build().unwrap())
}

fn key() -> SigningKey {
    SigningKey::generate(SigningAlgorithm::Es256).unwrap().with_key_id("k1")
}

#[track_caller]
fn claims(jwt: &str) -> Value {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(jwt.split('.').nth(1).unwrap()).unwrap()).unwrap()
}

fn field(body: &str, name: &str) -> String {
    let found = form_urlencoded::parse(body.as_bytes()).find(|(known, _)| known == name);
    found.unwrap().1.into_owned()
}

async fn signed(key: &SigningKey, typ: &str, claims: Value) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let message = format!("{}.{}", part(&json!({ "alg": "ES256", "kid": "k1", "typ": typ })), part(&claims));
    format!("{message}.{}", URL_SAFE_NO_PAD.encode(key.sign(message.as_bytes()).await.unwrap()))
}

#[tokio::test]
async fn client_assertions_and_jwt_grants_are_dated_by_the_clients_clock() {
    let server = Scripted::start([Answer::token("one"), Answer::token("two")]).await;
    let client = builder().client_id(ID).private_key_jwt(key()).token_endpoint(&server.url("/token")).unwrap().build();
    client.client_credentials().get_token().await.unwrap();
    client.jwt_bearer(JwtAssertion::new(key(), "issuer", "alice")).get_token().await.unwrap();
    let asked = server.asked();
    for (asked, name) in [(&asked[0], "client_assertion"), (&asked[1], "client_assertion"), (&asked[1], "assertion")] {
        let claims = claims(&field(asked.body(), name));
        assert_eq!(claims["iat"], NOW, "{name}");
        assert!(claims["exp"].as_u64().unwrap() > NOW, "{name}");
    }
}

#[tokio::test]
async fn dpop_proofs_are_dated_by_the_clients_clock() {
    let answer = json!({ "access_token": "bound", "token_type": "DPoP", "expires_in": 600 });
    let server = Scripted::start([Answer::json(200, &answer)]).await;
    let client = builder()
        .client_id(ID)
        .public()
        .dpop(DpopKey::generate().unwrap())
        .token_endpoint(&server.url("/token"))
        .unwrap()
        .build();
    let named = client.client_credentials().named("dated");
    assert!(named.clock().is_some());
    let credentials = named.credentials();
    let url = "https://api.example/invoices".parse().unwrap();
    let headers = credentials.headers_for(&Method::GET, &url).await.unwrap();
    assert_eq!(claims(headers.proof().unwrap().to_str().unwrap())["iat"], NOW);
    assert_eq!(claims(server.only().header("dpop").unwrap())["iat"], NOW);
}

#[tokio::test]
async fn request_objects_are_dated_by_the_clients_clock() {
    let client = builder()
        .client_id(ID)
        .public()
        .token_endpoint("https://as.example/token")
        .unwrap()
        .authorization_endpoint("https://as.example/authorize")
        .unwrap()
        .issuer("https://as.example")
        .unwrap()
        .build();
    let login = client.authorization_code(RedirectUri::new(CALLBACK).unwrap()).request_signer(key());
    let (url, _) = login.start_signed().await.unwrap();
    let claims = claims(&query(&url, "request").unwrap());
    assert_eq!((&claims["iat"], &claims["nbf"]), (&json!(NOW), &json!(NOW)));
}

#[tokio::test]
async fn id_tokens_are_checked_by_the_clients_clock() {
    for (issued, is_accepted) in [(NOW - 10, true), (NOW + 7200, false), (NOW - 7200, false)] {
        let (server, key) = (Scripted::start([]).await, key());
        let issuer = server.url("");
        let client = builder()
            .client_id(ID)
            .public()
            .token_endpoint(&server.url("/token"))
            .unwrap()
            .authorization_endpoint(&server.url("/authorize"))
            .unwrap()
            .issuer(&issuer)
            .unwrap()
            .jwks_uri(&server.url("/keys"))
            .unwrap()
            .build();
        let login = client.authorization_code(RedirectUri::new(CALLBACK).unwrap()).scope("openid");
        let (url, pending) = login.start().unwrap();
        let claims = json!({
            "iss": issuer, "sub": "alice", "aud": ID, "iat": issued, "exp": issued + 600,
            "nonce": query(&url, "nonce").unwrap(),
        });
        let id_token = signed(&key, "JWT", claims).await;
        let token = json!({ "access_token": "t", "token_type": "Bearer", "id_token": id_token });
        let keys = json!({ "keys": [key.public_jwk()] });
        server.now_answer([Answer::json(200, &keys), Answer::json(200, &token)]);
        let callback = format!("code=c&state={}", pending.state());
        match login.finish(pending, callback).await {
            Ok(done) => assert!(is_accepted && done.claims().unwrap().subject() == "alice", "{issued}"),
            Err(error) => assert!(!is_accepted && error.is_security(), "{issued}: {error}"),
        }
    }
}

#[tokio::test]
async fn logout_tokens_are_checked_by_the_clients_clock() {
    let key = key();
    let server = Scripted::start([Answer::json(200, &json!({ "keys": [key.public_jwk()] }))]).await;
    let issuer = server.url("");
    let client = builder()
        .client_id(ID)
        .public()
        .token_endpoint(&server.url("/token"))
        .unwrap()
        .issuer(&issuer)
        .unwrap()
        .jwks_uri(&server.url("/keys"))
        .unwrap()
        .build();
    let verifier: LogoutTokenVerifier = client.logout_token_verifier();
    let of = async |issued: u64| {
        let events = json!({ "http://schemas.openid.net/event/backchannel-logout": {} });
        let claims = json!({
            "iss": issuer, "sub": "alice", "aud": ID, "iat": issued, "exp": issued + 120, "jti": issued.to_string(),
            "events": events,
        });
        signed(&key, "logout+jwt", claims).await
    };
    assert_eq!(verifier.verify(&of(NOW - 10).await).await.unwrap().subject(), Some("alice"));
    assert!(verifier.verify(&of(NOW - 7200).await).await.unwrap_err().is_security());
}
