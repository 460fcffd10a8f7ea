use std::time::Duration;

use grantkit::ApiClient;
use tokio::net::TcpListener;

use crate::client::{Numbered, api};
use crate::server::{Server, answer};

#[tokio::test]
async fn a_status_is_an_error_that_says_what_the_api_said() {
    let server = Server::start(|_| answer(404, "{\n\"message\": \"no such invoice\"}")).await;
    let error = api(&server.origin).get("invoices/42?key=canary").send().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        r#"GET /invoices/42 at 127.0.0.1 answered 404 Not Found: "{ \"message\": \"no such invoice\"}""#
    );
    assert_eq!(error.status().map(|status| status.as_u16()), Some(404));
    assert!(!error.is_retryable() && !error.is_configuration() && !error.needs_login());
    let error = api(&server.origin).get("x").fetch::<u8>().await.unwrap_err();
    assert!(error.status().is_some() && !error.is_invalid_response());
}

#[tokio::test]
async fn what_may_work_later_says_so_and_when() {
    let server = Server::start(|seen| {
        let status = seen.target.trim_start_matches('/').parse().unwrap();
        answer(status, "").header("retry-after", "7")
    })
    .await;
    for (status, may_work_later) in
        [(429, true), (503, true), (500, true), (408, true), (501, false), (403, false), (400, false)]
    {
        let error = api(&server.origin).get([status]).send().await.unwrap_err();
        assert_eq!(error.is_retryable(), may_work_later, "{status}");
        assert_eq!(error.retry_after(), Some(Duration::from_secs(7)), "{status}");
    }
    assert_eq!(server.seen().len(), 7, "none is repeated");
}

#[tokio::test]
async fn the_token_is_struck_out_of_what_the_api_quotes() {
    let token = "canary/abc+def==";
    let client = move || Numbered::making(move |_| Ok(token.to_owned()));
    let quotes = [
        format!("you sent Bearer {token}, really"),
        r"you sent Bearer canary\/abc+def==".to_owned(),
        "you sent token=canary%2Fabc%2Bdef%3D%3D".to_owned(),
        // Half of it stands where reading ends, and all before it shrinks.
        format!("{}{}", token.repeat(256), "canary/ab"),
        token.repeat(100_000),
    ];
    for quote in quotes {
        let server = Server::start(move |_| answer(400, quote.as_str())).await;
        let api = ApiClient::new(&server.origin, client().credentials()).unwrap();
        let error = api.get("x").send().await.unwrap_err();
        assert!(error.to_string().contains("[redacted]"), "{error}");
        let all = format!("{error} {error:?}");
        assert!(!all.contains("canary"), "{all}");
    }
}

#[tokio::test]
async fn the_body_of_the_request_is_struck_out_of_what_the_api_quotes() {
    let quote = r#"{"error":"no such user: pass-CANARY","sent":"pass\u002dCANARY"}"#;
    // Once at the first try, and once after the token was renewed.
    for statuses in [vec![400], vec![401, 400]] {
        for body in [0, 1, 2] {
            let count = std::sync::atomic::AtomicUsize::new(0);
            let statuses = statuses.clone();
            let server = Server::start(move |_| {
                let status = statuses[count.fetch_add(1, std::sync::atomic::Ordering::SeqCst)];
                answer(status, quote)
            })
            .await;
            let request = api(&server.origin).post("x");
            let request = match body {
                0 => request.json(&serde_json::json!({ "user": [{ "password": "pass-CANARY" }] })),
                1 => request.form(&[("password", "pass-CANARY")]),
                _ => request.body("pass-CANARY"),
            };
            let error = request.send().await.unwrap_err();
            let all = format!("{error} {error:?}");
            assert!(all.contains("no such user: [redacted]") && !all.contains("CANARY"), "{all}");
        }
    }
}

#[tokio::test]
async fn a_long_body_is_cut() {
    let server = Server::start(|_| answer(500, "é".repeat(1_000_000))).await;
    let error = api(&server.origin).get("x").send().await.unwrap_err();
    assert!(error.to_string().chars().count() < 300 && error.to_string().ends_with("é…\""), "{error}");
}

#[tokio::test]
async fn statuses_can_be_left_to_the_caller() {
    let server = Server::start(|_| answer(404, r#"{"code":7}"#)).await;
    let response = api(&server.origin).get("x").error_for_status(false).send().await.unwrap();
    assert_eq!(response.status().as_u16(), 404);
    assert_eq!(response.json::<serde_json::Value>().await.unwrap()["code"], 7);

    let lenient =
        ApiClient::builder(&server.origin, Numbered::new().credentials()).error_for_status(false).build().unwrap();
    let response = lenient.get("x").send().await.unwrap();
    assert!(response.error_for_status().await.unwrap_err().to_string().contains("code"));
    assert!(lenient.get("x").error_for_status(true).send().await.is_err());
}

#[tokio::test]
async fn not_modified_is_an_answer() {
    let server = Server::start(|_| answer(304, "")).await;
    let response = api(&server.origin).get("x").header("if-none-match", "\"1\"").send().await.unwrap();
    assert_eq!(response.status().as_u16(), 304);
}

#[tokio::test]
async fn an_api_that_does_not_listen() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let error = api(&base).get("x?key=canary").send().await.unwrap_err();
    assert!(error.is_connect() && error.is_retryable() && !format!("{error:?}").contains("canary"), "{error:?}");
}

#[tokio::test]
async fn a_connection_that_breaks() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { while listener.accept().await.is_ok() {} });
    let error = api(&base).get("x").send().await.unwrap_err();
    assert!(error.is_retryable() && !error.is_connect(), "{error:?}");
}

#[test]
fn without_a_runtime_it_is_an_error_and_no_panic() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (client, server) = (Numbered::new(), runtime.block_on(Server::content()));
    let api = ApiClient::new(&server.origin, client.credentials()).unwrap();
    let mut request = std::pin::pin!(api.get("x").send());
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let std::task::Poll::Ready(outcome) = request.as_mut().poll(&mut context) else { panic!("it waits") };
    assert!(outcome.unwrap_err().to_string().contains("Tokio runtime"));
}

#[test]
fn a_client_outlives_the_runtime_that_used_it() {
    let (client, servers) = (Numbered::new(), tokio::runtime::Runtime::new().unwrap());
    let server = servers.block_on(Server::content());
    let api = ApiClient::new(&server.origin, client.credentials()).unwrap();
    for _ in 0..3 {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(api.get("x").send()).unwrap();
        runtime.block_on(api.post("x").body("x").send()).unwrap();
    }
    assert_eq!((server.seen().len(), client.asked()), (6, 1));
}
