//! OpenID Connect CIBA Core 1.0, poll mode.

use std::time::Duration;

use grantkit::client_auth::AssertionSource as _;
use grantkit::grant::{BackchannelAuthentication, BackchannelHint, JwtAssertion};
use grantkit::keys::{SigningAlgorithm, SigningKey};
use grantkit::prelude::*;
use grantkit::transport::Transport;
use serde_json::{Value, json};
use tokio::time::Instant;

use crate::support::{Answer, InProgram, Scripted, all_said, verdict};

pub(crate) const ISSUER: &str = "https://as.example";
const POLL: &str = "grant_type=urn%3Aopenid%3Aparams%3Agrant-type%3Aciba&auth_req_id=CANARY-auth-req-id&client_id=till";

pub(crate) fn grant_at(server: &Scripted, hint: BackchannelHint) -> BackchannelAuthentication {
    grant(&server.url(""), Transport::builder().build().unwrap(), hint)
}

fn grant(server: &str, transport: Transport, hint: BackchannelHint) -> BackchannelAuthentication {
    Client::builder()
        .client_id("till")
        .public()
        .transport(transport)
        .id_token_signed_response_alg("ES256")
        .token_endpoint(&format!("{server}/token"))
        .unwrap()
        .backchannel_authentication_endpoint(&format!("{server}/bc-authorize"))
        .unwrap()
        .issuer(ISSUER)
        .unwrap()
        .jwks_uri(&format!("{server}/jwks"))
        .unwrap()
        .build()
        .backchannel_authentication(hint)
}

fn alice() -> BackchannelHint {
    BackchannelHint::login_hint("alice@example")
}

pub(crate) fn begun(extra: &Value) -> Answer {
    let mut answer = json!({ "auth_req_id": "CANARY-auth-req-id", "expires_in": 120, "interval": 2 });
    for (name, value) in extra.as_object().unwrap() {
        answer[name] = value.clone();
        if value.is_null() {
            answer.as_object_mut().unwrap().remove(name);
        }
    }
    Answer::json(200, &answer)
}

/// The keys, which are fetched before the first question, and the token whose ID token is verified with them.
pub(crate) async fn keys_and_token(audience: &str) -> [Answer; 2] {
    let key = SigningKey::generate(SigningAlgorithm::Es256).unwrap().with_key_id("k1");
    let keys = Answer::json(200, &json!({ "keys": [key.public_jwk()] }));
    let id_token = JwtAssertion::new(key, ISSUER, "alice").assertion(audience).await.unwrap();
    let token = json!({
        "access_token": "t", "token_type": "Bearer", "expires_in": 3600, "refresh_token": "r",
        "id_token": id_token.expose_secret(),
    });
    [keys, Answer::json(200, &token)]
}

/// Those of an issuer that signs nothing here.
fn keys() -> Answer {
    Answer::json(200, &json!({ "keys": [] }))
}

#[tokio::test(start_paused = true)]
async fn the_person_agrees_after_a_while() {
    let server = InProgram::new([begun(&json!({}))]);
    let grant = grant(ISSUER, server.transport(), alice()).scope("pay").binding_message("till-4711");
    let pending = grant.start().await.unwrap();
    assert_eq!((pending.interval(), pending.expires_in()), (Duration::from_secs(2), Duration::from_mins(2)));
    let refused = |code| Answer::error(400, code);
    let [keys, token] = keys_and_token("till").await;
    server.now_answer([keys, refused("authorization_pending"), refused("slow_down"), Answer::status(502), token]);
    let login = grant.wait(pending).await.unwrap();
    // The first one is for the keys.
    assert_eq!(server.pauses(), [2, 0, 2, 7, 14]);
    assert_eq!(login.claims().unwrap().subject(), "alice");

    let asked = server.asked();
    let begin = "login_hint=alice%40example&binding_message=till-4711&scope=openid+pay&client_id=till";
    assert_eq!((asked[0].path.as_str(), asked[0].body()), ("/bc-authorize", begin));
    assert_eq!(asked[1].path, "/jwks");
    for poll in &asked[2..6] {
        assert_eq!((poll.path.as_str(), poll.body()), ("/token", POLL));
    }
}

#[tokio::test]
async fn all_that_can_be_asked_for() {
    let server = Scripted::start([begun(&json!({}))]).await;
    let hints = [
        (BackchannelHint::login_hint("h"), "login_hint=h"),
        (BackchannelHint::login_hint_token("h"), "login_hint_token=h"),
        (BackchannelHint::id_token_hint("h"), "id_token_hint=h"),
    ];
    for (hint, sent) in hints {
        let grant = grant_at(&server, hint)
            .acr_values(["gold", "silver"])
            .user_code("1234")
            .requested_expiry(Duration::from_secs(90))
            .scope("openid")
            .resource("https://api.example");
        let _ = grant.start().await.unwrap();
        assert_eq!(
            server.asked().last().unwrap().body(),
            format!(
                "acr_values=gold+silver&{sent}&user_code=1234&requested_expiry=90&scope=openid\
                 &resource=https%3A%2F%2Fapi.example&client_id=till"
            )
        );
    }
}

#[tokio::test]
async fn a_poll_at_a_time() {
    let server = Scripted::start([begun(&json!({ "interval": null }))]).await;
    let grant = grant_at(&server, alice());
    let mut pending = grant.start().await.unwrap();
    assert_eq!(pending.interval(), Duration::from_secs(5), "the usual one");
    let [keys, token] = keys_and_token("till").await;
    server.now_answer([keys, Answer::error(400, "authorization_pending"), Answer::error(400, "slow_down"), token]);
    assert!(grant.poll(&mut pending).await.unwrap().is_none());
    assert!(grant.poll(&mut pending).await.unwrap().is_none());
    assert_eq!(pending.interval(), Duration::from_secs(10));
    let login = grant.poll(&mut pending).await.unwrap().unwrap();

    // From here on it keeps itself fresh, and the person is left alone.
    let credentials = login.credentials("ciba").await.unwrap();
    let headers = credentials.headers().await.unwrap();
    server.now_answer([Answer::token("t2")]);
    assert_eq!(credentials.refresh_rejected_token(&headers).await.unwrap().unwrap().authorization(), "Bearer t2");
    assert_eq!(server.asked().last().unwrap().body(), "grant_type=refresh_token&refresh_token=r&client_id=till");
}

#[tokio::test]
async fn how_it_can_end() {
    for (code, expected) in [
        ("access_denied", vec![]),
        ("expired_token", vec!["needs login"]),
        ("invalid_grant", vec!["needs login"]),
        ("unauthorized_client", vec!["configuration"]),
    ] {
        let server = Scripted::start([begun(&json!({}))]).await;
        let grant = grant_at(&server, alice());
        let mut pending = grant.start().await.unwrap();
        server.now_answer([keys(), Answer::error(400, code)]);
        let error = grant.poll(&mut pending).await.unwrap_err();
        assert_eq!(error.oauth_code(), Some(code));
        assert!(expected.iter().all(|word| verdict(&error).contains(word)), "{code}: {:?}", verdict(&error));
        assert!(!error.is_retryable());
    }
}

#[tokio::test]
async fn an_id_token_that_is_missing_or_not_for_this_client_is_no_login() {
    let server = Scripted::start([begun(&json!({}))]).await;
    let grant = grant_at(&server, alice());
    let pending = grant.start().await.unwrap();
    server.now_answer([keys(), Answer::token("CANARY")]);
    let error = grant.poll(&mut pending.clone()).await.unwrap_err();
    assert_eq!(verdict(&error), ["invalid response"]);
    let [_, token] = keys_and_token("another").await;
    server.now_answer([token]);
    let error = grant.poll(&mut pending.clone()).await.unwrap_err();
    assert!(error.is_security(), "{error}");
}

#[tokio::test]
async fn an_answer_that_begins_nothing_says_what_it_is() {
    let wrong = [
        begun(&json!({ "auth_req_id": null })),
        begun(&json!({ "expires_in": null })),
        begun(&json!({ "expires_in": -1 })),
        begun(&json!({ "auth_req_id": "" })),
        Answer::json(200, &json!(["CANARY", 120])),
        Answer::status(200).body("<html>CANARY"),
    ];
    for answer in wrong {
        let server = Scripted::start([answer.clone()]).await;
        let error = grant_at(&server, alice()).start().await.unwrap_err();
        assert_eq!(verdict(&error), ["invalid response"], "{answer:?}");
        assert!(error.to_string().contains("CIBA Core") && !all_said(&error).contains("CANARY"), "{error:?}");
    }
    let refused = json!({ "error": "unknown_user_id", "error_description": "nobody is alice@example" });
    let server = Scripted::start([Answer::json(400, &refused)]).await;
    let error = grant_at(&server, alice()).start().await.unwrap_err();
    assert_eq!(error.oauth_code(), Some("unknown_user_id"));
    assert!(!all_said(&error).contains("alice"), "a person is not spoken of in logs: {error}");
}

#[tokio::test]
async fn ciba_answer_is_read_leniently_and_each_poll_has_the_parameters() {
    let server = Scripted::start([begun(&json!({ "expires_in": "90", "interval": 3.5, "hint": "phone" }))]).await;
    let grant = grant_at(&server, alice()).resource("https://api.example");
    let mut pending = grant.start().await.unwrap();
    assert_eq!((pending.interval(), &pending.extra()["hint"]), (Duration::from_secs(3), &json!("phone")));
    assert!(pending.expires_in() <= Duration::from_secs(90) && pending.expires_in() > Duration::from_secs(30));
    server.now_answer([keys(), Answer::error(400, "authorization_pending")]);
    assert!(grant.poll(&mut pending).await.unwrap().is_none());
    assert!(server.asked().last().unwrap().body().contains("resource=https%3A%2F%2Fapi.example"));
}

#[tokio::test(start_paused = true)]
async fn ciba_ends_when_it_took_too_long_by_the_clients_clock() {
    let server = InProgram::new([begun(&json!({ "expires_in": 6, "interval": 100 }))]);
    let grant = grant(ISSUER, server.transport(), alice());
    let start = Instant::now();
    let pending = grant.start().await.unwrap();
    server.now_answer([keys(), Answer::error(400, "authorization_pending")]);
    let error = grant.wait(pending).await.unwrap_err();
    // One question before the end, whatever the interval, and the keys before it.
    assert_eq!((server.pauses(), start.elapsed().as_secs()), (vec![3, 0], 6));
    assert_eq!((error.oauth_code(), verdict(&error)), (Some("expired_token"), vec!["needs login"]));
}

#[tokio::test]
async fn a_person_is_not_asked_twice_by_a_busy_server() {
    let server = Scripted::start([Answer::status(503).header("retry-after", "0"), begun(&json!({}))]).await;
    grant_at(&server, alice()).start().await.unwrap_err();
    assert_eq!(server.count(), 1);
}

#[tokio::test]
async fn what_cannot_be_verified_at_the_end_is_not_begun() {
    let server = Scripted::start([begun(&json!({}))]).await;
    let client = Client::builder()
        .client_id("till")
        .public()
        .token_endpoint(&server.url("/token"))
        .unwrap()
        .backchannel_authentication_endpoint(&server.url("/bc-authorize"))
        .unwrap()
        .build();
    let error = client.backchannel_authentication(alice()).start().await.unwrap_err();
    assert!(error.is_configuration() && error.to_string().contains("`issuer`"), "{error}");
    let error = grant_at(&server, alice()).requested_expiry(Duration::from_millis(999)).start().await.unwrap_err();
    assert!(error.is_configuration(), "{error}");
    assert_eq!(server.count(), 0);
}

#[tokio::test]
async fn no_secret_and_no_person_is_shown() {
    let server = Scripted::start([begun(&json!({}))]).await;
    let grant = grant_at(&server, BackchannelHint::login_hint("CANARY-alice")).user_code("CANARY-code").ping();
    let pending = grant.start().await.unwrap();
    let said = format!("{grant:?} {pending:?}");
    assert!(!said.contains("CANARY"), "{said}");
    let token = server.only().body().split("client_notification_token=").nth(1).unwrap()[..43].to_owned();
    assert!(!said.contains(&token), "{said}");
}
