//! The ID token of a login: who it is, and what is refused (OpenID Connect Core §3.1.3.7, §12.2).

use grantkit::authorize::RedirectUri;
use grantkit::credentials::AuthorizationHeaders;
use grantkit::{AuthorizationCode, Client};
use grantkit_testkit::{AuthorizationServer, Fault};
use serde_json::{Value, json};

use crate::support::{
    Browser, CALLBACK, ID, SECRET, all_said, billing, eventually, log_in, server, server_builder, verdict,
};

fn openid(server: &AuthorizationServer) -> AuthorizationCode {
    billing(server).authorization_code(RedirectUri::new(CALLBACK).unwrap()).scope("openid")
}

#[tokio::test]
async fn the_person_is_known_by_a_verified_id_token() {
    let server = server().await;
    let done = log_in(&openid(&server)).await.unwrap();
    assert_eq!(done.claims().unwrap().subject(), "alice");
    assert_eq!(server.counters().jwks, 1);
}

#[tokio::test]
async fn a_discovered_client_verifies_as_well() {
    let server = server().await;
    let client = Client::builder().client_id(ID).client_secret_basic(SECRET).discover(&server.issuer()).await.unwrap();
    let login = client.authorization_code(RedirectUri::new(CALLBACK).unwrap()).unwrap().scope("openid");
    let done = log_in(&login).await.unwrap();
    assert_eq!(done.claims().unwrap().subject(), "alice");
}

/// Endpoints by hand, keys by the metadata, which is not requested before a person has logged in.
#[tokio::test]
async fn keys_are_discovered_when_they_are_first_needed() {
    let server = server().await;
    let client = Client::builder()
        .client_id(ID)
        .client_secret_basic(SECRET)
        .issuer(&server.issuer())
        .unwrap()
        .discover_jwks_uri(server.issuer().as_str())
        .token_endpoint(&server.token_endpoint())
        .unwrap()
        .authorization_endpoint(&server.authorization_endpoint())
        .unwrap()
        .build()
        .erased();
    let login = client.authorization_code(RedirectUri::new(CALLBACK).unwrap()).unwrap().scope("openid");
    let (url, pending) = login.start().unwrap();
    assert!(server.requests().is_empty(), "{:?}", server.requests());
    let done = login.finish(pending, Browser::new().log_in(&url).await).await.unwrap();
    assert_eq!((done.claims().unwrap().subject(), server.counters().jwks), ("alice", 1));
    assert!(client.logout_token_verifier().is_ok());

    server.set_id_token_claim("aud", json!("another-client"));
    let error = log_in(&login).await.unwrap_err();
    assert_eq!(verdict(&error), ["security"], "{error}");
}

/// Where the keys are looked for is a part of whose they are.
#[tokio::test]
async fn keys_found_elsewhere_are_another_issuers() {
    let (honest, other) = (server().await, server().await);
    let client = |keys_by: &AuthorizationServer| {
        let builder = Client::builder().client_id(ID).client_secret_basic(SECRET).issuer(&honest.issuer()).unwrap();
        let builder = builder.discover_jwks_uri(keys_by.issuer().as_str());
        let builder = builder.token_endpoint(&honest.token_endpoint()).unwrap();
        builder.authorization_endpoint(&honest.authorization_endpoint()).unwrap().build()
    };
    let log_in_by = async |client: Client<_>| {
        let login = client.erased().authorization_code(RedirectUri::new(CALLBACK).unwrap()).unwrap().scope("openid");
        log_in(&login).await
    };
    let error = log_in_by(client(&other)).await.unwrap_err();
    assert!(error.is_security() && error.to_string().contains("another issuer"), "{error}");
    assert_eq!((honest.counters().authorization_code, other.counters().jwks), (0, 0));
    assert_eq!(log_in_by(client(&honest)).await.unwrap().claims().unwrap().subject(), "alice");
}

/// The metadata that cannot be had cost no code: it has not been spent.
#[tokio::test]
async fn keys_that_cannot_be_discovered_leave_the_code_unspent() {
    let server = server().await;
    server.faults().always("/.well-known/openid-configuration", Fault::status(500));
    server.faults().always("/.well-known/oauth-authorization-server", Fault::status(500));
    let client = Client::builder()
        .client_id(ID)
        .client_secret_basic(SECRET)
        .issuer(&server.issuer())
        .unwrap()
        .discover_jwks_uri(server.issuer().as_str())
        .token_endpoint(&server.token_endpoint())
        .unwrap()
        .authorization_endpoint(&server.authorization_endpoint())
        .unwrap()
        .build();
    let login = client.authorization_code(RedirectUri::new(CALLBACK).unwrap()).scope("openid");
    log_in(&login).await.unwrap_err();
    assert_eq!(server.counters().authorization_code, 0);
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
        let error = log_in(&openid(&server)).await.unwrap_err();
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
        let error = log_in(&openid(&server)).await.unwrap_err();
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
    let error = log_in(&openid(&server)).await.unwrap_err();
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
async fn an_id_token_that_was_not_requested_is_ignored() {
    let server = server().await;
    let login = billing(&server).authorization_code(RedirectUri::new(CALLBACK).unwrap());
    server.faults().next("/token", 1, Fault::edit_json(|answer| answer["id_token"] = "not.a.jwt".into()));
    let done = log_in(&login).await.unwrap();
    assert!(done.claims().is_none());
}

#[tokio::test]
async fn a_refresh_that_brings_another_person_is_refused() {
    let server = server().await;
    let credentials = log_in(&openid(&server)).await.unwrap().credentials("another-person").await.unwrap();
    let headers = credentials.headers().await.unwrap();
    server.set_id_token_claim("sub", "mallory|of-all-people@example.com");
    let error = credentials.refresh_rejected_token(&headers).await.unwrap_err();
    assert_eq!(verdict(&error), ["security"], "{error}");
    assert!(error.to_string().contains("its `sub` is \"mallor…le.com\", not \"a…e\""), "both, shortened: {error}");
    assert!(!all_said(&error).contains("of-all-people"));
    // The cached token is still served.
    assert_eq!(credentials.headers().await.unwrap().authorization(), headers.authorization());
}

/// The refresh must not fail for want of keys, since it has spent the refresh token; whose it is can be seen all the same.
#[tokio::test]
async fn a_refresh_that_brings_another_person_is_refused_without_keys_too() {
    for (name, subject) in [("same-person-without-keys", "alice"), ("another-person-without-keys", "mallory")] {
        let server = server().await;
        let credentials = log_in(&openid(&server)).await.unwrap().credentials(name).await.unwrap();
        let headers = credentials.headers().await.unwrap();
        server.rotate_keys().unwrap();
        server.faults().always("/jwks", Fault::status(503));
        server.set_id_token_claim("sub", subject);
        let outcome = credentials.refresh_rejected_token(&headers).await;
        assert_eq!(outcome.is_ok(), subject == "alice", "{outcome:?}");
        assert!(outcome.err().is_none_or(|error| error.is_security()));
    }
}

#[tokio::test]
async fn two_people_never_share_a_token_under_one_name() {
    let server = server().await;
    let alice = log_in(&openid(&server)).await.unwrap().credentials("shared-name").await.unwrap();
    server.set_user(grantkit_testkit::User::new("bob"));
    let bob = log_in(&openid(&server)).await.unwrap().credentials("shared-name").await.unwrap();
    let (alices, bobs) = (alice.token().await.unwrap(), bob.token().await.unwrap());
    assert_ne!(alices.access_token(), bobs.access_token());
}

#[tokio::test]
async fn what_a_refreshed_id_token_says_is_handed_out() {
    let server = server().await;
    let done = log_in(&openid(&server)).await.unwrap();
    assert_eq!(done.token().id_token_claims().unwrap().subject(), "alice");
    let credentials = done.credentials("claims-of-a-refresh").await.unwrap();
    let headers = credentials.headers().await.unwrap();
    server.set_id_token_claim("groups", json!(["admins"]));
    credentials.refresh_rejected_token(&headers).await.unwrap();
    let token = credentials.token().await.unwrap();
    assert_eq!(token.id_token_claims().unwrap().get("groups"), Some(&json!(["admins"])));
    // From a store as well, and never those of a token that was not verified.
    let stored = serde_json::to_string(&token.to_stored()).unwrap();
    let read =
        grantkit::OAuthToken::try_from(serde_json::from_str::<grantkit::token::StoredToken>(&stored).unwrap()).unwrap();
    assert_eq!(read.id_token_claims().unwrap().get("groups"), Some(&json!(["admins"])));
    assert!(read.with_id_token("another").id_token_claims().is_none());
}

/// Each in its own way hides the subject of the ID token: no caller gets the access token, the login is not lost.
#[tokio::test]
async fn a_refresh_of_an_unknown_subject_is_refused_and_the_login_goes_on() {
    for (case, change) in [
        ("encrypted", (|_: &str| "e30.AAAA.AAAA.AAAA.AAAA".to_owned()) as fn(&str) -> String),
        ("garbage", |_| "abc".to_owned()),
        ("no-claims", |token| format!("{}..AAAA", token.split('.').next().unwrap())),
    ] {
        let server = server_builder().rotate_refresh_tokens(true).start().await.unwrap();
        let done = log_in(&openid(&server)).await.unwrap();
        let credentials = done.credentials(format!("hidden-person-{case}")).await.unwrap();
        let headers = credentials.headers().await.unwrap();
        let fault = Fault::edit_json(move |answer| {
            let changed = change(answer["id_token"].as_str().unwrap());
            answer["id_token"] = changed.into();
        });
        server.faults().next("/token", 1, fault);
        let error = credentials.refresh_rejected_token(&headers).await.unwrap_err();
        assert_eq!(verdict(&error), ["security"], "{case}: {error}");
        // With the refresh token that came with it, which was kept: the one before is spent.
        let is_new = |new: &AuthorizationHeaders| new.authorization() != headers.authorization();
        eventually("a renewal after the pause", async || {
            credentials.refresh_rejected_token(&headers).await.ok().flatten().filter(is_new)
        })
        .await;
        assert_eq!((server.counters().refresh_token, server.counters().reused_refresh_tokens), (2, 0), "{case}");
    }
}

/// OpenID Connect Core §12.2 asks nothing of the clocks, and a key may be gone for a while.
#[tokio::test]
async fn a_refreshed_id_token_that_does_not_verify_costs_no_login() {
    for case in ["keys-gone", "keys-replaced-in-the-cool-down", "clock-ahead", "clock-far-ahead"] {
        let server = server_builder().rotate_refresh_tokens(true).start().await.unwrap();
        let done = log_in(&openid(&server)).await.unwrap();
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
        let credentials = done.credentials(format!("unverified-{case}")).await.unwrap();
        let mut headers = credentials.headers().await.unwrap();
        match case {
            "keys-gone" => {
                server.rotate_keys().unwrap();
                server.faults().always("/jwks", Fault::status(404));
            }
            "keys-replaced-in-the-cool-down" => {
                server.rotate_keys().unwrap();
                assert!(credentials.refresh().await.unwrap().id_token_claims().is_some());
                server.rotate_keys().unwrap();
                headers = credentials.headers().await.unwrap();
            }
            "clock-ahead" => server.set_id_token_claim("iat", now + 75),
            _ => server.set_id_token_claim("iat", now + 7_200),
        }
        credentials.refresh_rejected_token(&headers).await.unwrap();
        let renewed = credentials.token().await.unwrap();
        assert!(renewed.id_token_claims().is_none(), "{case}");
        assert_ne!(format!("Bearer {}", renewed.access_token().secret()), headers.authorization().to_str().unwrap());
        assert_eq!(server.counters().reused_refresh_tokens, 0, "{case}");
    }
}

#[tokio::test]
async fn one_failed_fetch_of_the_keys_costs_no_login() {
    let server = server().await;
    server.faults().next("/jwks", 2, Fault::status(503));
    let login = openid(&server);
    let (one, another) = tokio::join!(log_in(&login), log_in(&login));
    assert_eq!(one.unwrap().claims().unwrap().subject(), "alice");
    assert_eq!(another.unwrap().claims().unwrap().subject(), "alice");
}

#[tokio::test]
async fn no_code_is_spent_for_an_id_token_that_cannot_be_verified() {
    let server = server().await;
    server.faults().always("/jwks", Fault::status(503));
    let error = log_in(&openid(&server)).await.unwrap_err();
    assert_eq!(verdict(&error), ["retryable"], "{error}");
    assert_eq!(server.counters().authorization_code, 0);
}

/// The key of the second login is new: a failure to fetch it does not refuse that login, nor those of the next minute.
#[tokio::test]
async fn one_failed_fetch_of_a_new_key_costs_no_login() {
    let server = server().await;
    let login = openid(&server);
    log_in(&login).await.unwrap();
    server.rotate_keys().unwrap();
    server.faults().next("/jwks", 2, Fault::status(503));
    let done = log_in(&login).await.unwrap();
    assert_eq!(done.claims().unwrap().subject(), "alice");
}

#[tokio::test]
async fn a_server_without_nonces_is_accepted_by_name() {
    let server = server().await;
    server.set_id_token_claim("nonce", Value::Null);
    let client = Client::builder()
        .client_id(ID)
        .client_secret_basic(SECRET)
        .danger_accept_missing_nonce()
        .discover(&server.issuer())
        .await
        .unwrap();
    let login = client.authorization_code(RedirectUri::new(CALLBACK).unwrap()).unwrap().scope("openid");
    log_in(&login).await.unwrap();
    server.set_id_token_claim("nonce", "another");
    let error = log_in(&login).await.unwrap_err();
    assert_eq!(verdict(&error), ["security"], "{error}");
}

#[tokio::test]
async fn a_new_login_is_not_one_from_before_the_request() {
    let server = server().await;
    let login = openid(&server).max_age(std::time::Duration::ZERO);
    let now = || std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    let (url, pending) = login.start().unwrap();
    server.set_id_token_claim("auth_time", now());
    login.finish(pending, Browser::new().log_in(&url).await).await.unwrap();
    let (url, pending) = login.start().unwrap();
    server.set_id_token_claim("auth_time", now() - 5);
    let error = login.finish(pending, Browser::new().log_in(&url).await).await.unwrap_err();
    assert!(error.is_security() && error.to_string().contains("`auth_time`"), "{error}");
}

#[tokio::test]
async fn a_refused_userinfo_request_says_what_the_server_asks_for() {
    let server = server().await;
    let fault =
        Fault::respond(401, "").header("www-authenticate", r#"Bearer error="insufficient_user_authentication""#);
    server.faults().next("/userinfo", 1, fault);
    let userinfo = billing(&server).userinfo();
    let token = grantkit::OAuthToken::new("2YotnFZFEjr1zCsicMWpAA").unwrap();
    let error = userinfo.fetch(&token, "alice").await.unwrap_err();
    assert_eq!(error.challenge().unwrap().error(), Some("insufficient_user_authentication"), "{error:?}");
    let expired = token.with_expires_at(std::time::SystemTime::now() - std::time::Duration::from_secs(1));
    let error = userinfo.fetch(&expired, "alice").await.unwrap_err();
    assert!(error.is_token_expired() && error.to_string().contains("`credentials.token().await?`"), "{error}");
    assert_eq!(error.status(), None, "nothing was sent, so nothing was answered");
    assert!(!error.is_outcome_unknown() && !error.is_retryable());
    assert_eq!(server.counters().userinfo, 1);
}
