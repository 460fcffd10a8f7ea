//! RFC 8693.

use std::time::{Duration, SystemTime};

use grantkit::grant::{Assertion, SecurityToken};
use grantkit::token::{AccessToken, RefreshToken, TokenTypeIdentifier};
use grantkit::{Credentials, OAuthToken};
use serde_json::json;

use crate::support::{Answer, Scripted, all_said, client_at, verdict};

const GRANT: &str = "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange";

fn issued(token_type: &str, kind: &str) -> Answer {
    let kind = format!("urn:ietf:params:oauth:token-type:{kind}");
    Answer::json(
        200,
        &json!({ "access_token": "issued", "token_type": token_type, "issued_token_type": kind, "expires_in": 60 }),
    )
}

#[tokio::test]
async fn all_that_can_be_said_is_said_in_the_order_of_the_rfc() {
    let server = Scripted::start([issued("Bearer", "access_token")]).await;
    let exchanged = client_at(&server.url("/token"))
        .token_exchange(&OAuthToken::new("of-the-user").unwrap())
        .actor(SecurityToken::jwt("of-the-service"))
        .requested_token_type(TokenTypeIdentifier::ACCESS_TOKEN)
        .scope("read")
        .scope("write")
        .resource("https://one.example/api")
        .resource("https://two.example/api")
        .audience("billing")
        .exchange()
        .await
        .unwrap();
    let expected = format!(
        "{GRANT}&subject_token=of-the-user&subject_token_type=urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Aaccess_token\
         &actor_token=of-the-service&actor_token_type=urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Ajwt\
         &requested_token_type=urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Aaccess_token&scope=read+write\
         &resource=https%3A%2F%2Fone.example%2Fapi&resource=https%3A%2F%2Ftwo.example%2Fapi&audience=billing"
    );
    assert_eq!(server.only().body(), expected);
    assert_eq!(exchanged.issued_token_type(), &TokenTypeIdentifier::ACCESS_TOKEN);
    assert_eq!(exchanged.access_token().unwrap().authorization_header(), "Bearer issued");
    assert!(exchanged.expires_at().unwrap() > SystemTime::now());
}

#[tokio::test]
async fn typed_tokens_know_their_type() {
    let token = OAuthToken::new("a").unwrap();
    let access: &AccessToken = token.access_token();
    let cases: [(SecurityToken, &str); 7] = [
        ((&token).into(), "access_token"),
        (access.into(), "access_token"),
        ((&RefreshToken::new("a")).into(), "refresh_token"),
        (SecurityToken::id_token("a"), "id_token"),
        (SecurityToken::jwt("a"), "jwt"),
        (SecurityToken::new(TokenTypeIdentifier::SAML1, "a"), "saml1"),
        (SecurityToken::saml2("<Assertion/>"), "saml2"),
    ];
    for (subject, kind) in cases {
        let server = Scripted::start([issued("Bearer", "access_token")]).await;
        client_at(&server.url("/token")).token_exchange(subject).get_token().await.unwrap();
        let text = if kind == "saml2" { "PEFzc2VydGlvbi8-" } else { "a" };
        let expected = format!(
            "{GRANT}&subject_token={text}&subject_token_type=urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3A{kind}"
        );
        assert_eq!(server.only().body(), expected);
    }
}

#[tokio::test]
async fn what_is_no_access_token_cannot_be_used_as_one() {
    for token_type in ["N_A", "n_a"] {
        let server = Scripted::start([issued(token_type, "saml2")]).await;
        let exchange = client_at(&server.url("/token"))
            .token_exchange(SecurityToken::jwt("subject"))
            .requested_token_type(TokenTypeIdentifier::SAML2);
        let exchanged = exchange.exchange().await.unwrap();
        assert_eq!(exchanged.issued_token_type(), &TokenTypeIdentifier::SAML2);
        assert_eq!((exchanged.secret(), exchanged.access_token().is_none()), ("issued", true));
        assert_eq!(verdict(&exchanged.into_access_token().unwrap_err()), ["configuration"]);

        let error = exchange.get_token().await.unwrap_err();
        assert_eq!(verdict(&error), ["configuration"]);
        assert!(error.to_string().contains("urn:ietf:params:oauth:token-type:saml2"), "{error}");
        assert_eq!(verdict(&exchange.credentials("no-access-token").token().await.unwrap_err()), ["configuration"]);
    }
}

#[tokio::test]
async fn no_other_grant_takes_a_token_that_is_no_access_token() {
    let server = Scripted::start([issued("N_A", "jwt")]).await;
    let error = client_at(&server.url("/token")).client_credentials().get_token().await.unwrap_err();
    assert_eq!(verdict(&error), ["invalid response"]);
}

#[tokio::test]
async fn an_answer_that_does_not_say_what_it_issued() {
    let without = |token_type: &str| Answer::json(200, &json!({ "access_token": "CANARY", "token_type": token_type }));
    let ask = async |answer| {
        let server = Scripted::start([answer]).await;
        client_at(&server.url("/token")).token_exchange(SecurityToken::jwt("subject")).exchange().await
    };
    assert_eq!(ask(without("Bearer")).await.unwrap().issued_token_type(), &TokenTypeIdentifier::ACCESS_TOKEN);
    let odd = Answer::json(200, &json!({ "access_token": "CANARY", "token_type": "Bearer", "issued_token_type": 7 }));
    for answer in [without("N_A"), without("mac"), without("DPoP"), odd] {
        let error = ask(answer).await.unwrap_err();
        assert_eq!(verdict(&error), ["invalid response"], "{error}");
        assert!(!all_said(&error).contains("CANARY"));
    }
}

#[tokio::test]
async fn what_was_issued_goes_into_the_next_request() {
    let server = Scripted::start([issued("N_A", "jwt"), issued("Bearer", "access_token")]).await;
    let client = client_at(&server.url("/token"));
    let grant = client.token_exchange(SecurityToken::jwt("subject")).exchange().await.unwrap();
    client.jwt_bearer(Assertion::from(&grant)).get_token().await.unwrap();
    client.token_exchange(&grant).get_token().await.unwrap();
    let asked = server.asked();
    assert_eq!(asked[1].body(), "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=issued");
    assert!(
        asked[2]
            .body()
            .ends_with("&subject_token=issued&subject_token_type=urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Ajwt")
    );
}

#[tokio::test]
async fn a_type_that_is_no_uri_is_refused_before_anything_is_sent() {
    let server = Scripted::start([issued("Bearer", "access_token")]).await;
    let client = client_at(&server.url("/token"));
    let good = || SecurityToken::jwt("subject");
    let bad = || SecurityToken::new(TokenTypeIdentifier::from("access_token"), "subject");
    for exchange in [
        client.token_exchange(bad()),
        client.token_exchange(good()).actor(bad()),
        client.token_exchange(good()).requested_token_type("jwt"),
        client.token_exchange(good()).parameter("subject_token", "another"),
    ] {
        let error = exchange.get_token().await.unwrap_err();
        assert_eq!(verdict(&error), ["configuration"]);
        assert!(!all_said(&error).contains("another"));
    }
    assert_eq!(server.count(), 0);
}

#[tokio::test]
async fn a_subject_that_has_expired_needs_a_login() {
    let server = Scripted::start([Answer::error(400, "invalid_request")]).await;
    let client = client_at(&server.url("/token"));
    let fresh = OAuthToken::new("fresh").unwrap().with_expires_in(Duration::from_hours(1));
    let old = OAuthToken::new("old").unwrap().with_expires_at(SystemTime::now() - Duration::from_secs(1));
    assert_eq!(verdict(&client.token_exchange(&fresh).get_token().await.unwrap_err()), ["configuration"]);
    let error = client.token_exchange(&old).credentials("expired-subject").token().await.unwrap_err();
    assert_eq!(verdict(&error), ["needs login"]);
    assert!(all_said(&error).contains("invalid_request"), "{error:?}");
}

#[tokio::test]
async fn a_refresh_token_is_sent_once_and_another_subject_again() {
    let busy = || Answer::status(503).header("retry-after", "0");
    for (subject, requests) in [(SecurityToken::from(&RefreshToken::new("r")), 1), (SecurityToken::jwt("j"), 2)] {
        let server = Scripted::start([busy(), issued("Bearer", "access_token")]).await;
        let _ = client_at(&server.url("/token")).token_exchange(subject).get_token().await;
        assert_eq!(server.count(), requests);
    }
}

#[tokio::test]
async fn credentials_as_the_subject_are_asked_each_time() {
    let server =
        Scripted::start([Answer::token("own-1"), Answer::token("one"), Answer::token("own-2"), Answer::token("two")])
            .await;
    let client = client_at(&server.url("/token"));
    let own = client.client_credentials().credentials("exchange-own");
    let exchange = client.token_exchange(own.clone()).audience("next");
    let credentials: Credentials = exchange.clone().credentials("exchange-next");
    assert_eq!(credentials.token().await.unwrap().access_token().secret(), "one");
    own.clear().await.unwrap();
    assert_eq!(exchange.get_token().await.unwrap().access_token().secret(), "two");
    let asked = server.asked();
    assert!(asked[1].body().contains("&subject_token=own-1&"), "{asked:?}");
    assert!(asked[3].body().contains("&subject_token=own-2&"), "{asked:?}");
    // The same exchange of the same credentials is the same token.
    assert_eq!(exchange.credentials("exchange-next").token().await.unwrap().access_token().secret(), "one");
    assert_eq!(server.count(), 4);
}

#[tokio::test]
async fn two_users_do_not_share_a_token() {
    let server = Scripted::start([Answer::token("of-alice"), Answer::token("of-bob"), Answer::token("by-carol")]).await;
    let client = client_at(&server.url("/token"));
    let kept = |user: &str| client.token_exchange(SecurityToken::jwt(user)).credentials("per-user");
    assert_eq!(kept("alice").token().await.unwrap().access_token().secret(), "of-alice");
    assert_eq!(kept("bob").token().await.unwrap().access_token().secret(), "of-bob");
    assert_eq!(kept("alice").token().await.unwrap().access_token().secret(), "of-alice");
    let by_carol = client.token_exchange(SecurityToken::jwt("alice")).actor(SecurityToken::jwt("carol"));
    assert_eq!(by_carol.credentials("per-user").token().await.unwrap().access_token().secret(), "by-carol");
}

#[tokio::test]
async fn no_secret_is_shown() {
    let answer = json!({ "error": "invalid_request", "error_description": "no CANARY-subject of CANARY-actor" });
    let server = Scripted::start([Answer::json(400, &answer)]).await;
    let exchange = client_at(&server.url("/token"))
        .token_exchange(SecurityToken::jwt("CANARY-subject"))
        .actor(SecurityToken::jwt("CANARY-actor"));
    let error = exchange.get_token().await.unwrap_err();
    let said = format!("{} {exchange:?}", all_said(&error));
    assert!(!said.contains("CANARY"), "{said}");
    let server = Scripted::start([Answer::json(
        200,
        &json!({ "access_token": "CANARY", "token_type": "N_A", "issued_token_type": "urn:x:y" }),
    )])
    .await;
    let exchanged = client_at(&server.url("/token")).token_exchange(SecurityToken::jwt("s")).exchange().await.unwrap();
    assert!(!format!("{exchanged:?}").contains("CANARY"));
}
