use std::time::{Duration, Instant};

use grantkit::ApiClient;
use grantkit_integration_tests::support::{HeldTime, eventually};

use crate::client::{Numbered, api};
use crate::server::{Server, answer};

const SHORT: Duration = Duration::from_millis(100);
const LONG: Duration = Duration::from_mins(1);

async fn slow() -> Server {
    Server::start(|seen| {
        let mut answer = answer(200, "{}");
        match seen.target.as_str() {
            "/late" => answer.delay = LONG,
            "/drip" => answer.pause = LONG,
            _ => {}
        }
        answer
    })
    .await
}

#[tokio::test]
async fn an_answer_that_does_not_come_or_does_not_end() {
    let server = slow().await;
    let started = Instant::now();
    for path in ["late", "drip"] {
        let error = api(&server.origin).get(path).timeout(SHORT).fetch_bytes().await.unwrap_err();
        assert!(error.is_timeout() && error.is_retryable(), "{error:?}");
    }
    assert!(started.elapsed() < LONG);
}

#[tokio::test]
async fn the_client_s_limit_and_the_request_s() {
    let server = Server::start(|seen| {
        let mut answer = answer(200, "{}");
        answer.delay = if seen.target == "/late" { LONG } else { SHORT * 2 };
        answer
    })
    .await;
    let api = ApiClient::builder(&server.origin, Numbered::new().credentials()).timeout(SHORT).build().unwrap();
    assert!(api.get("late").send().await.unwrap_err().is_timeout());
    api.get("x").timeout(LONG).send().await.unwrap();
    api.get("x").timeout(Duration::MAX).send().await.unwrap();
}

#[tokio::test]
async fn waiting_for_a_token_counts_and_loses_nothing() {
    let server = Server::content().await;
    let mut client = Numbered::new();
    client.latencies = vec![SHORT * 2];
    let api = ApiClient::builder(&server.origin, client.credentials()).timeout(SHORT).build().unwrap();
    let time = HeldTime::pause();
    let call = tokio::spawn(api.get("x").send());
    eventually("a token is asked for", async || (client.asked() == 1).then_some(())).await;
    time.pass(SHORT).await;
    let error = call.await.unwrap().unwrap_err();
    assert!(error.is_timeout() && error.to_string().contains("no token"), "{error:?}");
    time.pass(SHORT).await;
    api.get("x").send().await.unwrap();
    assert_eq!((client.asked(), server.seen().len()), (1, 1));
}
