//! Tokens for tokens: token exchange (RFC 8693) and assertions (RFC 7523).

use std::time::{SystemTime, UNIX_EPOCH};

use grantkit_testkit::AuthorizationServer;
use serde_json::{Value, json};

use crate::support::{
    BILLING, ask, assert_error, builder, client_token, form, http, json as read, login, server, text,
};

const EXCHANGE: (&str, &str) = ("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange");
const JWT_BEARER: (&str, &str) = ("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer");
const ACCESS_TOKEN: &str = "urn:ietf:params:oauth:token-type:access_token";

async fn described(server: &AuthorizationServer, token: &str) -> Value {
    let request = http().post(server.introspection_endpoint()).basic_auth(BILLING.0, Some(BILLING.1));
    read(form(request, &[("token", token)]).send().await.unwrap()).await
}

#[tokio::test]
async fn token_is_exchanged_for_less_scope_and_another_audience() {
    let server = server().await;
    let subject = text(&login(&server, "openid a b").await, "access_token");
    let actor = client_token(&server, "x").await;
    let exchange = [
        EXCHANGE,
        ("subject_token", &subject),
        ("subject_token_type", ACCESS_TOKEN),
        ("actor_token", &actor),
        ("actor_token_type", ACCESS_TOKEN),
        ("audience", "https://api.example"),
        ("scope", "a"),
    ];
    let answer = read(ask(&server, &exchange).await).await;
    assert_eq!((&answer["issued_token_type"], &answer["scope"]), (&json!(ACCESS_TOKEN), &json!("a")));
    let known = described(&server, &text(&answer, "access_token")).await;
    assert_eq!((&known["sub"], &known["aud"]), (&json!("alice"), &json!("https://api.example")));
    assert_eq!(known["act"], json!({ "sub": "billing" }));

    let of =
        |token: &'static str, kind: &'static str| [EXCHANGE, ("subject_token", token), ("subject_token_type", kind)];
    assert_error(ask(&server, &of("unknown", ACCESS_TOKEN)).await, 400, "invalid_request").await;
    assert_error(ask(&server, &of("unknown", "urn:x")).await, 400, "invalid_request").await;
    let wider = [EXCHANGE, ("subject_token", &subject), ("subject_token_type", ACCESS_TOKEN), ("scope", "c")];
    assert_error(ask(&server, &wider).await, 400, "invalid_scope").await;
    assert_eq!(server.counters().token_exchange, 4);
}

#[tokio::test]
async fn id_token_is_exchanged() {
    let server = server().await;
    let id_token = text(&login(&server, "openid").await, "id_token");
    let kind = "urn:ietf:params:oauth:token-type:id_token";
    let answer = ask(&server, &[EXCHANGE, ("subject_token", &id_token), ("subject_token_type", kind)]).await;
    assert_eq!(described(&server, &text(&read(answer).await, "access_token")).await["sub"], "alice");
}

fn in_seconds(seconds: i64) -> i64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    i64::try_from(now).unwrap() + seconds
}

#[tokio::test]
async fn assertion_of_a_trusted_issuer_is_good_for_its_subject() {
    let idp = server().await;
    let keys = read(http().get(idp.jwks_uri()).send().await.unwrap()).await;
    let server = builder().trusted_issuer(idp.issuer(), keys).start().await.unwrap();
    let claims = json!({ "iss": idp.issuer(), "sub": "bob", "aud": server.issuer(), "exp": in_seconds(60) });
    let assertion = |claims: &Value| idp.sign_jwt(claims).unwrap();
    let answer = read(ask(&server, &[JWT_BEARER, ("assertion", &assertion(&claims)), ("scope", "a")]).await).await;
    let known = described(&server, &text(&answer, "access_token")).await;
    assert_eq!((&known["sub"], &known["scope"]), (&json!("bob"), &json!("a")));

    for (member, value) in [
        ("aud", json!("https://other.example")),
        ("exp", json!(in_seconds(-1))),
        ("nbf", json!(in_seconds(60))),
        ("iss", json!("https://evil.example")),
        ("sub", Value::Null),
    ] {
        let mut wrong = claims.clone();
        wrong[member] = value;
        let refused = ask(&server, &[JWT_BEARER, ("assertion", &assertion(&wrong))]).await;
        assert_error(refused, 400, "invalid_grant").await;
    }
    let forged = server.sign_jwt(&claims).unwrap();
    assert_error(ask(&server, &[JWT_BEARER, ("assertion", &forged)]).await, 400, "invalid_grant").await;
    assert_eq!(server.counters().jwt_bearer, 7);
}
