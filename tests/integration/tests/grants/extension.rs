//! RFC 6749 §4.5.

use serde_json::json;

use crate::support::{Answer, Scripted, all_said, client_at, verdict};

const OTP: &str = "http://auth0.com/oauth/grant-type/passwordless/otp";

#[tokio::test]
async fn a_grant_of_ones_own_goes_the_way_of_all_others() {
    let server = Scripted::start([Answer::token("t")]).await;
    let grant = client_at(&server.url("/token"))
        .extension_grant(OTP)
        .parameter("realm", "email")
        .secret_parameter("otp", "123 456")
        .scope("read")
        .audience("https://api.example");
    grant.get_token().await.unwrap();
    assert_eq!(
        server.only().body(),
        "grant_type=http%3A%2F%2Fauth0.com%2Foauth%2Fgrant-type%2Fpasswordless%2Fotp&otp=123+456&scope=read&realm=email\
         &audience=https%3A%2F%2Fapi.example"
    );
}

#[tokio::test]
async fn extension_grant_that_contradicts_the_sdk_is_refused_unsent() {
    let server = Scripted::start([Answer::token("t")]).await;
    let client = client_at(&server.url("/token"));
    for bad in ["", "two words", "/relative", "ü"] {
        let error = client.extension_grant(bad).get_token().await.unwrap_err();
        assert_eq!(verdict(&error), ["configuration"], "{bad:?}");
    }
    for reserved in ["grant_type", "client_id", "client_secret", "client_assertion", "client_assertion_type", "scope"] {
        let error = client.extension_grant(OTP).secret_parameter(reserved, "x").get_token().await.unwrap_err();
        assert!(error.is_configuration() && error.to_string().contains(reserved), "{error}");
    }
    let twice = client.extension_grant(OTP).secret_parameter("otp", "x").parameter("otp", "y");
    assert_eq!(verdict(&twice.get_token().await.unwrap_err()), ["configuration"]);
    assert_eq!(server.count(), 0);
    for good in ["urn:vendor:grant", "password-realm", "x.y_z"] {
        client.extension_grant(good).get_token().await.unwrap();
    }
    // What other grants have for themselves, this one may need.
    client.extension_grant(OTP).secret_parameter("code", "x").get_token().await.unwrap();
}

#[tokio::test]
async fn extension_grant_is_repeated_only_if_it_says_so() {
    let busy = || Answer::status(503).header("retry-after", "0");
    let server = Scripted::start([busy(), Answer::token("t")]).await;
    let grant = client_at(&server.url("/token")).extension_grant(OTP);
    grant.get_token().await.unwrap_err();
    assert_eq!(server.count(), 1);
    server.now_answer([busy(), Answer::token("t")]);
    grant.repeatable().get_token().await.unwrap();
    assert_eq!(server.count(), 3);
}

#[tokio::test]
async fn a_secret_parameter_is_not_shown_and_tells_tokens_apart() {
    let answer = json!({ "error": "invalid_grant", "error_description": "CANARY is wrong" });
    let server = Scripted::start([Answer::json(400, &answer), Answer::token("one"), Answer::token("two")]).await;
    let client = client_at(&server.url("/token"));
    let grant = |otp: &str| client.extension_grant(OTP).secret_parameter("otp", otp);
    let error = grant("CANARY").get_token().await.unwrap_err();
    let said = format!("{} {:?}", all_said(&error), grant("CANARY"));
    assert!(!said.contains("CANARY"), "{said}");
    let token = async |otp| grant(otp).credentials("otp").token().await.unwrap().access_token().secret().to_owned();
    assert_eq!((token("1").await, token("2").await, token("1").await), ("one".into(), "two".into(), "one".into()));
}
