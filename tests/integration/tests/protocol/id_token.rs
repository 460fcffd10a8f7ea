//! The ID token of a login: who it is, and what is refused (OpenID Connect Core §3.1.3.7, §12.2).

use grantkit::{AuthorizationCode, Client, Login, RedirectUri, Result};
use grantkit_testkit::{AuthorizationServer, Fault};
use serde_json::{Value, json};

use crate::support::{Browser, CALLBACK, ID, SECRET, all_said, billing, server, verdict};

fn openid(server: &AuthorizationServer) -> AuthorizationCode {
    billing(server).authorization_code(RedirectUri::new(CALLBACK).unwrap()).scope("openid")
}

async fn log_in(server: &AuthorizationServer) -> Result<Login> {
    let login = openid(server);
    let (url, pending) = login.start().unwrap();
    login.finish(pending, Browser::new().log_in(&url).await).await
}

#[tokio::test]
async fn the_person_is_known_by_a_verified_id_token() {
    let server = server().await;
    let done = log_in(&server).await.unwrap();
    assert_eq!(done.claims().unwrap().subject(), "alice");
    assert_eq!(server.counters().jwks, 1);
}

#[tokio::test]
async fn a_discovered_client_verifies_as_well() {
    let server = server().await;
    let client = Client::builder().client_id(ID).client_secret_basic(SECRET).discover(&server.issuer()).await.unwrap();
    let login = client.authorization_code(RedirectUri::new(CALLBACK).unwrap()).unwrap().scope("openid");
    let (url, pending) = login.start().unwrap();
    let done = login.finish(pending, Browser::new().log_in(&url).await).await.unwrap();
    assert_eq!(done.claims().unwrap().subject(), "alice");
}

#[tokio::test]
async fn an_id_token_that_is_wrong_in_one_claim_is_refused() {
    let wrong: [(&str, Value); 10] = [
        ("nonce", json!("another")),
        ("nonce", Value::Null),
        ("iss", json!("https://evil.example")),
        ("aud", json!("another-client")),
        ("aud", json!([ID, "another-client"])),
        ("azp", json!("another-client")),
        ("exp", json!(1)),
        ("at_hash", json!("AAAAAAAAAAAAAAAAAAAAAA")),
        ("sub", Value::Null),
        ("iat", Value::Null),
    ];
    for (claim, value) in wrong {
        let server = server().await;
        server.set_id_token_claim(claim, value.clone());
        let error = log_in(&server).await.unwrap_err();
        assert_eq!(verdict(&error), ["security"], "{claim} = {value}: {error}");
    }
}

#[tokio::test]
async fn an_id_token_without_a_good_signature_is_refused() {
    let server = server().await;
    for change in [
        |token: &str| format!("{}AAAA", &token[..token.len() - 4]),
        |token: &str| token.rsplit_once('.').unwrap().0.to_owned() + ".",
        |token: &str| format!("eyJhbGciOiJub25lIn0.{}.", token.split('.').nth(1).unwrap()),
        |_: &str| "no-jwt".to_owned(),
        |_: &str| String::new(),
    ] {
        let fault = Fault::edit_json(move |answer| {
            let changed = change(answer["id_token"].as_str().unwrap());
            answer["id_token"] = changed.into();
        });
        server.faults().next("/token", 1, fault);
        let error = log_in(&server).await.unwrap_err();
        assert!(error.is_security() || error.is_invalid_response(), "{error:?}");
    }
}

#[tokio::test]
async fn an_answer_without_the_id_token_that_was_asked_for_is_no_login() {
    let server = server().await;
    let fault = Fault::edit_json(|answer| {
        answer.as_object_mut().unwrap().remove("id_token");
    });
    server.faults().next("/token", 1, fault);
    let error = log_in(&server).await.unwrap_err();
    assert_eq!(verdict(&error), ["invalid response"]);
    assert!(error.to_string().contains("`id_token`"), "{error}");
}

#[tokio::test]
async fn an_unverifiable_id_token_is_not_asked_for() {
    // No issuer and no keys are known: the login does not begin.
    let client = Client::builder()
        .client_id("app")
        .public()
        .token_endpoint("https://as.example/token")
        .unwrap()
        .authorization_endpoint("https://as.example/authorize")
        .unwrap()
        .build();
    let error = client.authorization_code(RedirectUri::new(CALLBACK).unwrap()).scope("openid").start().unwrap_err();
    assert!(error.is_configuration(), "{error}");
    assert!(error.to_string().contains("issuer") || error.to_string().contains("jwks_uri"), "{error}");
}

#[tokio::test]
async fn an_id_token_that_nobody_asked_for_is_no_hindrance() {
    let server = server().await;
    let login = billing(&server).authorization_code(RedirectUri::new(CALLBACK).unwrap());
    server.faults().next("/token", 1, Fault::edit_json(|answer| answer["id_token"] = "not.a.jwt".into()));
    let (url, pending) = login.start().unwrap();
    let done = login.finish(pending, Browser::new().log_in(&url).await).await.unwrap();
    assert!(done.claims().is_none());
}

#[tokio::test]
async fn a_refresh_that_brings_another_person_is_refused() {
    let server = server().await;
    let credentials = log_in(&server).await.unwrap().credentials("another-person").await.unwrap();
    let headers = credentials.headers().await.unwrap();
    server.set_id_token_claim("sub", "mallory");
    let error = credentials.token_refused(&headers).await.unwrap_err();
    assert_eq!(verdict(&error), ["security"], "{error}");
    assert!(!all_said(&error).contains("mallory"));
    // The one that is here is still served.
    assert_eq!(credentials.headers().await.unwrap().authorization(), headers.authorization());
}

/// The refresh must not fail for want of keys, since it has spent the refresh token; whose it is can be seen all the same.
#[tokio::test]
async fn a_refresh_that_brings_another_person_is_refused_without_keys_too() {
    for (name, subject) in [("same-person-without-keys", "alice"), ("another-person-without-keys", "mallory")] {
        let server = server().await;
        let credentials = log_in(&server).await.unwrap().credentials(name).await.unwrap();
        let headers = credentials.headers().await.unwrap();
        server.rotate_keys().unwrap();
        server.faults().always("/jwks", Fault::status(503));
        server.set_id_token_claim("sub", subject);
        let outcome = credentials.token_refused(&headers).await;
        assert_eq!(outcome.is_ok(), subject == "alice", "{outcome:?}");
        assert!(outcome.err().is_none_or(|error| error.is_security()));
    }
}

#[tokio::test]
async fn two_people_never_share_a_token_under_one_name() {
    let server = server().await;
    let alice = log_in(&server).await.unwrap().credentials("shared-name").await.unwrap();
    server.set_user(grantkit_testkit::User::new("bob"));
    let bob = log_in(&server).await.unwrap().credentials("shared-name").await.unwrap();
    let (alices, bobs) = (alice.token().await.unwrap(), bob.token().await.unwrap());
    assert_ne!(alices.access_token(), bobs.access_token());
}
