use std::time::Duration;

use grantkit::authorize::{Prompt, RedirectUri};
use grantkit::prelude::*;
use grantkit_integration_tests::support::{CALLBACK, log_in, query};
use grantkit_testkit::{AuthorizationServer, ProtectedApi};
use serde_json::Value;

use crate::client::{Numbered, api};
use crate::server::{Server, answer};

async fn refused(status: u16, challenges: &'static [&'static str]) -> Error {
    let server = Server::start(move |_| {
        challenges.iter().fold(answer(status, ""), |answer, challenge| answer.header("www-authenticate", *challenge))
    })
    .await;
    api(&server.origin).get("x").send().await.unwrap_err()
}

#[tokio::test]
async fn an_error_tells_what_the_next_login_is_to_ask_for() {
    // RFC 9470 §3.
    let stronger = refused(
        401,
        &[r#"Bearer error="insufficient_user_authentication", error_description="A different authentication level is required", acr_values="gold silver""#],
    )
    .await
    .step_up()
    .unwrap();
    assert_eq!((stronger.acr_values(), stronger.max_age()), (&["gold".to_owned(), "silver".to_owned()][..], None));
    assert!(stronger.wants_other_login() && stronger.scopes().is_empty());
    let newer = refused(401, &[r#"Bearer error="insufficient_user_authentication", max_age="5""#]).await;
    assert_eq!(newer.step_up().unwrap().max_age(), Some(Duration::from_secs(5)));
    // RFC 6750 §3.1; and both schemes of an API that takes DPoP too.
    let more = refused(
        403,
        &[
            r#"Bearer error="insufficient_scope", scope="read write""#,
            r#"DPoP error="insufficient_scope", scope="write admin""#,
        ],
    )
    .await
    .step_up()
    .unwrap();
    assert_eq!(more.scopes(), ["read", "write", "admin"]);
    assert!(!more.wants_other_login() && more.acr_values().is_empty());
}

#[tokio::test]
async fn where_a_login_is_no_cure_there_is_nothing_to_ask_for() {
    for (status, challenges) in [
        (401, &[r#"Bearer error="invalid_token", scope="read""#][..]),
        (403, &[r#"Bearer error="insufficient_scope""#]),
        (403, &[r#"Bearer realm="x", scope="read""#]),
        (403, &[]),
        (500, &[]),
    ] {
        assert_eq!(refused(status, challenges).await.step_up(), None, "{challenges:?}");
    }
}

async fn start() -> (AuthorizationServer, ProtectedApi) {
    let builder = AuthorizationServer::builder().confidential_client("app", "s3cret").redirect_uri("app", CALLBACK);
    let server = builder.start().await.unwrap();
    let api = ProtectedApi::start(&server).await.unwrap();
    (server, api)
}

fn login(server: &AuthorizationServer) -> AuthorizationCode {
    login_by_default(server, None)
}

/// Of a client that has this prompt for want of another.
fn login_by_default(server: &AuthorizationServer, prompt: Option<Prompt>) -> AuthorizationCode {
    let client = Client::builder()
        .client_id("app")
        .client_secret_basic("s3cret")
        .token_endpoint(&server.token_endpoint())
        .unwrap()
        .authorization_endpoint(&server.authorization_endpoint())
        .unwrap()
        .jwks_uri(&server.jwks_uri())
        .unwrap()
        .issuer(&server.issuer())
        .unwrap();
    let client = prompt.into_iter().fold(client, grantkit::client::ClientBuilder::default_prompt).build();
    client.authorization_code(RedirectUri::new(CALLBACK).unwrap()).scope("read")
}

/// The server's user consents at once.
async fn credentials_of(login: &AuthorizationCode) -> Result<Credentials> {
    log_in(login).await?.credentials("accounts").await
}

#[tokio::test]
async fn a_request_goes_on_after_the_login_that_the_api_asks_for() {
    let (server, protected) = start().await;
    let first = login(&server);
    let api = ApiClient::new(&protected.url("/v1"), credentials_of(&first).await.unwrap()).unwrap();
    api.get(["scoped", "read"]).send().await.unwrap();
    assert_eq!(api.get(["scoped", "write"]).send().await.unwrap_err().status().unwrap().as_u16(), 403);

    // In one call …
    let logins = server.counters().authorization_code;
    let request = api.get(["scoped", "write"]);
    let answer =
        request.send_with_step_up(async |step_up| credentials_of(&first.for_step_up(&step_up)).await).await.unwrap();
    let seen: Value = answer.json().await.unwrap();
    assert_eq!(seen["scope"], "read write");
    assert_eq!(server.counters().authorization_code, logins + 1);

    // … or by hand.
    let request = api.get(["scoped", "admin"]);
    let copy = request.try_clone().unwrap();
    let step_up = request.send().await.unwrap_err().step_up().unwrap();
    let stronger = credentials_of(&first.for_step_up(&step_up)).await.unwrap();
    copy.with_credentials(&stronger).send().await.unwrap();
    api.with_credentials(&stronger).get(["scoped", "admin"]).send().await.unwrap();
    // The client itself has its own token still.
    assert!(api.get(["scoped", "admin"]).send().await.is_err());
}

#[tokio::test]
async fn an_api_that_is_never_content_is_asked_twice() {
    let server = Server::start(|_| {
        answer(403, "").header("www-authenticate", r#"Bearer error="insufficient_scope", scope="a""#)
    })
    .await;
    let mut logins = 0;
    let again = async |_| {
        logins += 1;
        Ok(Numbered::making(|_| Ok("stronger".into())).credentials())
    };
    let error = api(&server.origin).post("x").json(&7).send_with_step_up(again).await.unwrap_err();
    assert!(error.step_up().is_some());
    let seen: Vec<_> = server.seen().iter().map(|seen| (seen.authorization().to_owned(), seen.body.clone())).collect();
    assert_eq!(seen, [("Bearer t1".to_owned(), "7".to_owned()), ("Bearer stronger".to_owned(), "7".to_owned())]);
    assert_eq!(logins, 1);
}

#[tokio::test]
async fn another_failure_asks_for_no_login() {
    let server = Server::start(|_| answer(404, "")).await;
    let never = async |_| -> Result<Credentials> { panic!("nobody is to log in") };
    let error = api(&server.origin).get("x").send_with_step_up(never).await.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 404);
    let server = Server::start(|_| answer(200, "{}")).await;
    let never = async |_| -> Result<Credentials> { panic!("nobody is to log in") };
    api(&server.origin).get("x").send_with_step_up(never).await.unwrap();
}

#[tokio::test]
async fn a_login_asks_for_what_the_api_wants_besides_what_it_asked_for_before() {
    let (server, _) = start().await;
    let step_up = refused(
        401,
        &[r#"Bearer error="insufficient_user_authentication", acr_values="gold silver", max_age="60", scope="write""#],
    )
    .await
    .step_up()
    .unwrap();
    let parameter = |login: &AuthorizationCode, name: &str| query(&login.start().unwrap().0, name);
    for login in [login(&server), login(&server).scope("openid").max_age(Duration::from_hours(1))] {
        let stronger = login.for_step_up(&step_up);
        assert_eq!(parameter(&stronger, "acr_values").as_deref(), Some("gold silver"));
        assert_eq!(parameter(&stronger, "max_age").as_deref(), Some("60"));
        assert_eq!(parameter(&stronger, "prompt"), None);
        assert!(parameter(&stronger, "scope").unwrap().ends_with(" write"));
    }
    let strict = login(&server).scope("openid").max_age(Duration::from_secs(5)).for_step_up(&step_up);
    assert_eq!(parameter(&strict, "max_age").as_deref(), Some("5"));
    // An API that does not say which login it wants gets a new one.
    let any = refused(401, &[r#"Bearer error="insufficient_user_authentication""#]).await.step_up().unwrap();
    let prompt = |login: AuthorizationCode| parameter(&login.for_step_up(&any), "prompt").unwrap_or_default();
    assert_eq!(prompt(login(&server)), "login");
    // Consent alone is asked of a person who is logged in.
    assert_eq!(prompt(login_by_default(&server, Some(Prompt::Consent))), "login consent");
    assert_eq!(prompt(login(&server).prompt(Prompt::Consent)), "login consent");
    assert_eq!(prompt(login(&server).prompt(Prompt::SelectAccount)), "select_account");
    assert_eq!(prompt(login(&server).login_parameter("prompt", "consent")), "consent");
}
