use std::time::Duration;

use grantkit::ApiClient;

use crate::client::Numbered;
use crate::server::{Answer, Server, answer};

fn challenged(status: u16, challenge: &str) -> Answer {
    answer(status, "").header("www-authenticate", challenge)
}

#[tokio::test]
async fn another_login_is_asked_for_and_the_token_stays() {
    // RFC 9470 §3.
    let server = Server::start(|_| {
        challenged(
            401,
            r#"Basic realm="x", Bearer error="insufficient_user_authentication", acr_values="myACR other", max_age="5""#,
        )
    })
    .await;
    let client = Numbered::new();
    let api = ApiClient::new(&server.origin, client.credentials()).unwrap();
    let error = api.get("x").send().await.unwrap_err();
    assert!(error.needs_login() && !error.is_retryable(), "{error}");
    let challenge = error.challenge().unwrap();
    assert!(challenge.is_step_up());
    assert_eq!(challenge.acr_values(), ["myACR", "other"]);
    assert_eq!(challenge.max_age(), Some(Duration::from_secs(5)));
    assert_eq!(error.challenges().len(), 2);
    // A renewed token is of the same login.
    assert_eq!((server.seen().len(), client.asked()), (1, 1));
}

#[tokio::test]
async fn a_scope_that_is_missing_is_named() {
    let server = Server::start(|_| challenged(403, r#"Bearer error="insufficient_scope", scope="a b""#)).await;
    let api = ApiClient::new(&server.origin, Numbered::new().credentials()).unwrap();
    let error = api.get("x").send().await.unwrap_err();
    assert_eq!(error.challenge().unwrap().scopes(), ["a", "b"]);
    assert!(!error.needs_login());
}

#[tokio::test]
async fn what_a_challenge_quotes_of_the_token_is_struck_out() {
    let server =
        Server::start(|seen| challenged(403, &format!("Bearer error_description=\"{}\", x=y", seen.authorization())))
            .await;
    let api = ApiClient::new(&server.origin, Numbered::new().credentials()).unwrap();
    let error = api.get("x").send().await.unwrap_err();
    assert_eq!(error.challenge().unwrap().error_description(), Some("Bearer [redacted]"));
    assert!(!format!("{error:?}").contains("t1"), "{error:?}");
}
