//! Events: what an operator should look at.

use grantkit::authorize::RedirectUri;
use grantkit::{Client, Error};
use grantkit_integration_tests::support::{HeldTime, log_in};
use grantkit_testkit::{AuthorizationServer, Fault};
use tracing::Level;

use crate::collected::{Collected, EventSeen};
use crate::measured::Measured;
use crate::stage::stage;
use crate::support::{ManualClock, Source, seconds, until};

fn messages(collected: &Collected) -> Vec<(Level, String)> {
    collected.events().iter().map(|event| (event.level, event.fields["message"].clone())).collect()
}

fn one(collected: &Collected) -> EventSeen {
    let [event] = collected.events().try_into().unwrap_or_else(|events| panic!("not one event: {events:#?}"));
    event
}

#[tokio::test]
async fn nothing_is_said_of_what_goes_well() {
    let (collected, clock) = (Collected::start(), ManualClock::new());
    let source = Source::new().with_refresh_tokens(true);
    let credentials = source.builder().clock(clock.clone()).build();
    for _ in 0..3 {
        credentials.token().await.unwrap();
        clock.advance(seconds(3600.0));
    }
    assert_eq!(messages(&collected), []);
}

#[tokio::test]
async fn a_rejected_token_is_told() {
    let (collected, source) = (Collected::start(), Source::new());
    let credentials = source.alone();
    let headers = credentials.headers().await.unwrap();
    credentials.refresh_rejected_token(&headers).await.unwrap();
    let event = one(&collected);
    assert_eq!((event.level, event.fields["message"].as_str()), (Level::INFO, "the API rejected the token"));
    assert_eq!(event.fields["grantkit.client.name"], "source");
}

#[tokio::test]
async fn fewer_scopes_than_were_asked_for_are_told() {
    let (collected, stage) = (Collected::start(), stage().await);
    let client = Client::builder().client_id("billing").client_secret_basic("s3cret");
    let client = client.token_endpoint(&stage.server.token_endpoint()).unwrap().build();
    let body = serde_json::json!({ "access_token": "t", "token_type": "Bearer", "scope": "read" });
    stage.server.faults().next("/token", 1, Fault::respond(200, body));
    client.client_credentials().scopes(["read", "write", "erase"]).get_token().await.unwrap();
    let event = one(&collected);
    let message = event.fields["message"].as_str();
    assert_eq!((event.level, message), (Level::INFO, "the server granted fewer scopes than it was asked for"));
    assert_eq!(event.fields["grantkit.scope.withheld"], "write erase");
}

/// The request with the code has no scope: what was asked for is known from the login.
#[tokio::test]
async fn fewer_scopes_than_a_login_asked_for_are_told() {
    let (collected, stage) = (Collected::start(), stage().await);
    let client = Client::builder().client_id("billing").client_secret_basic("s3cret");
    let client = client.token_endpoint(&stage.server.token_endpoint()).unwrap();
    let client = client.authorization_endpoint("https://as.example/authorize").unwrap().build();
    let login = client.authorization_code(RedirectUri::new("https://app.example/callback").unwrap());
    let login = login.scopes(["read", "write", "offline_access"]);
    let body =
        serde_json::json!({ "access_token": "t", "token_type": "Bearer", "refresh_token": "r", "scope": "read" });
    stage.server.faults().next("/token", 1, Fault::respond(200, body));
    let (url, pending) = login.start().unwrap();
    assert!(url.as_str().contains("offline_access"), "{url}");
    let callback = format!("https://app.example/callback?code=c&state={}", pending.state());
    login.finish(pending, callback).await.unwrap();
    let event = one(&collected);
    assert_eq!(event.fields["message"].as_str(), "the server granted fewer scopes than it was asked for");
    // What it stands for is there.
    assert_eq!(event.fields["grantkit.scope.withheld"], "write");
}

#[tokio::test]
async fn failed_refresh_is_an_event_whether_the_token_is_valid_or_not() {
    let (collected, clock, source) = (Collected::start(), ManualClock::new(), Source::new());
    let credentials = source.builder().clock(clock.clone()).build();
    credentials.token().await.unwrap();
    source.fail(Error::temporary("the vault is sealed"));
    clock.advance(seconds(3500.0));
    credentials.token().await.unwrap();
    until(|| !collected.events().is_empty()).await;
    let event = one(&collected);
    assert_eq!(event.level, Level::WARN);
    assert_eq!(event.fields["message"], "refresh failed; the cached token is still valid");
    assert_eq!(event.fields["error.type"], "temporary");
    assert!(event.fields["exception.message"].contains("the vault is sealed"));
    let pause: f64 = event.fields["grantkit.token.pause"].parse().unwrap();
    assert!((0.1..1.0).contains(&pause), "{pause} s");
    assert_eq!(event.within, Some(collected.spans("grantkit.token.acquire").pop().unwrap().id));

    clock.advance(seconds(3600.0));
    credentials.token().await.unwrap_err();
    assert_eq!(collected.events().len(), 2);
    assert_eq!(collected.events()[1].fields["message"], "no token could be obtained");
}

/// One event a request, not one a caller.
#[tokio::test]
async fn callers_in_the_pause_after_a_failure_say_nothing() {
    let (collected, source) = (Collected::start(), Source::new());
    let credentials = source.alone();
    source.fail(Error::temporary("the vault is sealed"));
    for _ in 0..100 {
        credentials.token().await.unwrap_err();
    }
    assert_eq!(messages(&collected), [(Level::WARN, "no token could be obtained".to_owned())]);
}

#[tokio::test]
async fn a_login_that_is_needed_is_told() {
    let (collected, source) = (Collected::start(), Source::new());
    source.fail(Error::login_required("nobody is logged in"));
    source.alone().token().await.unwrap_err();
    let expected = ["no token could be obtained", "a person has to log in again"];
    assert_eq!(messages(&collected), expected.map(|message| (Level::WARN, message.to_owned())));
}

#[tokio::test]
async fn a_refresh_token_in_doubt_is_told() {
    let (collected, clock) = (Collected::start(), ManualClock::new());
    let source = Source::new().with_refresh_tokens(true);
    let credentials = source.builder().clock(clock.clone()).build();
    credentials.token().await.unwrap();
    source.fail(Error::login_required("nobody is logged in"));
    // A status of success, and no token in it: the server may have spent the refresh token.
    source.fail_refresh(Error::invalid_response("the answer is cut off"));
    clock.advance(seconds(3600.0));
    credentials.token().await.unwrap_err();
    let doubts = messages(&collected).into_iter().filter(|(_, message)| message.contains("outcome unknown"));
    assert_eq!(doubts.map(|(level, _)| level).collect::<Vec<_>>(), [Level::WARN]);
    assert_eq!(source.refreshes(), 2);
}

#[tokio::test]
async fn a_server_that_is_left_alone_is_told_and_that_it_is_back() {
    let (collected, measured, stage) = (Collected::start(), Measured::start(), stage().await);
    let client = Client::builder().client_id("billing").client_secret_basic("s3cret");
    let client = client.token_endpoint(&stage.server.token_endpoint()).unwrap().build().client_credentials();
    stage.server.faults().always("/token", Fault::status(503));
    // Within the pause, however long it takes.
    let time = HeldTime::pause();
    for _ in 0..20 {
        client.get_token().await.unwrap_err();
    }
    time.let_go();
    let opened = "circuit breaker opened after repeated failures";
    assert_eq!(messages(&collected), [(Level::WARN, opened.to_owned())]);
    let origin = stage.server.issuer().trim_end_matches('/').to_owned();
    assert_eq!(one(&collected).fields["grantkit.origin"], origin);
    assert_eq!(measured.take().count("grantkit.circuit.opened", &[("grantkit.origin", &origin)]), 1);

    stage.server.faults().clear();
    for _ in 0..200 {
        if client.get_token().await.is_err() {
            tokio::time::sleep(seconds(0.1)).await;
        }
    }
    assert_eq!(messages(&collected)[1], (Level::INFO, "circuit breaker closed: the server answers again".to_owned()));
}

#[tokio::test]
async fn a_refreshed_id_token_that_could_not_be_verified_is_told() {
    const CALLBACK: &str = "https://app.example/callback";
    let server = AuthorizationServer::builder().confidential_client("app", "s3cret").redirect_uri("app", CALLBACK);
    let server = server.start().await.unwrap();
    let client =
        Client::builder().client_id("app").client_secret_basic("s3cret").discover(&server.issuer()).await.unwrap();
    let login = client.authorization_code(RedirectUri::new(CALLBACK).unwrap()).unwrap().scope("openid");
    let done = log_in(&login).await.unwrap();
    let credentials = done.credentials("told-of-an-id-token").await.unwrap();
    let headers = credentials.headers().await.unwrap();
    server.set_id_token_claim("exp", 1);
    let collected = Collected::start();
    credentials.refresh_rejected_token(&headers).await.unwrap();
    let expected = [
        (Level::INFO, "the API rejected the token"),
        (
            Level::WARN,
            "the refresh brought an ID token that could not be verified; the refresh stands, and what the ID token says is \
             left out",
        ),
    ];
    assert_eq!(messages(&collected), expected.map(|(level, message)| (level, message.to_owned())));
    let event = &collected.events()[1];
    assert_eq!(event.fields["error.type"], "security");
    assert!(event.fields["exception.message"].contains("`exp`"), "{event:?}");
    let page = include_str!("../../../../docs/observability.md");
    assert!(page.contains(&format!("| {} | WARN |", event.fields["message"])));
}
