//! Networks that fail: no connection, a connection that breaks, an answer that never ends.

use std::time::Duration;

use grantkit::Client;
use grantkit::client::Endpoints;
use grantkit::transport::Transport;
use grantkit_testkit::Fault;
use serde_json::json;

use crate::support::{
    Answer, HeldTime, ID, RawServer, SECRET, Scripted, billing, client_at, eventually, server, verdict,
};
use crate::way::Way;

fn over(transport: Transport, token_endpoint: &str) -> Client<Endpoints> {
    Client::builder()
        .client_id(ID)
        .client_secret_basic(SECRET)
        .transport(transport)
        .token_endpoint(token_endpoint)
        .unwrap()
        .build()
}

const HURRIED: Duration = Duration::from_millis(300);

fn hurried() -> Transport {
    Transport::builder().timeout(HURRIED).build().unwrap()
}

#[tokio::test]
async fn no_connection_says_what_to_check() {
    let way = Way::closed();
    let address = way.address().to_string();
    let error = client_at(&format!("http://{address}/token")).client_credentials().get_token().await.unwrap_err();
    assert_eq!(verdict(&error), ["retryable", "connect"]);
    assert!(error.to_string().contains(&address), "{error}");
    assert!(error.to_string().contains("check the address"), "{error}");
    assert!(std::error::Error::source(&error).is_some());
}

#[tokio::test]
async fn a_host_that_does_not_exist_is_no_connection() {
    let error =
        client_at("https://no-such-host.invalid/token?key=CANARY").client_credentials().get_token().await.unwrap_err();
    assert_eq!(verdict(&error), ["retryable", "connect"]);
    assert!(error.to_string().contains("no-such-host.invalid"), "{error}");
    assert!(!crate::support::all_said(&error).contains("CANARY"), "{error:?}");
}

#[tokio::test]
async fn plain_http_where_tls_is_expected_is_no_connection() {
    let server = server().await;
    let error = client_at(&server.token_endpoint().replace("http:", "https:"))
        .client_credentials()
        .get_token()
        .await
        .unwrap_err();
    assert_eq!(verdict(&error), ["configuration", "connect"]);
    assert!(error.is_tls() && error.to_string().contains("does not speak TLS"), "{error}");
}

#[tokio::test]
async fn after_a_dropped_connection_what_spends_nothing_is_sent_once_more() {
    for fault in [Fault::drop_connection(), Fault::lose_answer()] {
        let server = server().await;
        let client = billing(&server);
        // On a new connection and on one from the pool.
        for used in [false, true] {
            if used {
                client.client_credentials().get_token().await.unwrap();
            }
            let before = server.counters().token_requests;
            server.faults().next("/token", 1, fault.clone());
            client.client_credentials().get_token().await.unwrap();
            assert_eq!(server.counters().token_requests, before + 2, "used: {used}");
            server.faults().next("/token", 2, fault.clone());
            let error = client.client_credentials().get_token().await.unwrap_err();
            assert_eq!(verdict(&error), ["retryable"], "{error:?}");
            assert_eq!(server.counters().token_requests, before + 4, "used: {used}");
        }
    }
}

#[tokio::test]
async fn a_server_that_says_nothing_is_a_timeout() {
    let server = server().await;
    server.faults().always("/token", Fault::delay(Duration::from_hours(1)));
    let grant = over(hurried(), &server.token_endpoint()).client_credentials();
    let time = HeldTime::pause();
    let asking = tokio::spawn(async move { grant.get_token().await });
    eventually("it is asked", async || (server.counters().token_requests == 1).then_some(())).await;
    time.pass(HURRIED).await;
    let error = asking.await.unwrap().unwrap_err();
    assert_eq!(verdict(&error), ["retryable", "timeout"]);
    assert!(error.to_string().contains("did not answer in time"), "{error}");
    assert_eq!(server.counters().token_requests, 1, "it may have been processed");
}

#[tokio::test]
async fn a_slow_drip_ends_with_the_whole_request() {
    let server = server().await;
    // Each byte comes well within the limit, all of them do not.
    server.faults().always("/token", Fault::drip_body(1, Duration::from_millis(20)));
    let error = over(hurried(), &server.token_endpoint()).client_credentials().get_token().await.unwrap_err();
    assert_eq!(verdict(&error), ["retryable", "timeout"]);
}

#[tokio::test]
async fn a_body_is_read_up_to_the_limit_and_not_further() {
    let transport = || Transport::builder().body_limit(1000).build().unwrap();
    let sized = |bytes: usize| {
        let empty = json!({ "access_token": "t", "token_type": "Bearer", "padding": "" }).to_string().len();
        let body =
            json!({ "access_token": "t", "token_type": "Bearer", "padding": "x".repeat(bytes - empty) }).to_string();
        assert_eq!(body.len(), bytes);
        body
    };
    let announced = |body: &str| format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}", body.len());
    let chunked = |body: &str| {
        let chunks = body.as_bytes().chunks(100).fold(String::new(), |all, chunk| {
            all + &format!("{:x}\r\n{}\r\n", chunk.len(), std::str::from_utf8(chunk).unwrap())
        });
        format!("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n{chunks}0\r\n\r\n")
    };
    let until_close = |body: &str| format!("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n{body}");
    for answer in [&announced as &dyn Fn(&str) -> String, &chunked, &until_close] {
        let server = RawServer::start(answer(&sized(1000))).await;
        over(transport(), &server.url("/token")).client_credentials().get_token().await.unwrap();

        let server = RawServer::start(answer(&sized(1001))).await;
        let error = over(transport(), &server.url("/token")).client_credentials().get_token().await.unwrap_err();
        assert_eq!(verdict(&error), ["invalid response"]);
        assert!(error.to_string().contains("limit of 1000 bytes"), "{error}");
        assert_eq!(server.connections(), 1);
    }
}

#[tokio::test]
async fn a_body_that_never_ends_is_not_waited_for() {
    let endless = format!("HTTP/1.1 200 OK\r\n\r\n{}", "x".repeat(3 * 1024 * 1024));
    let server = RawServer::start(endless).await;
    let error = client_at(&server.url("/token")).client_credentials().get_token().await.unwrap_err();
    assert!(error.to_string().contains("limit of 1048576 bytes"), "{error}");
    // It is not believed that the answer is small either.
    let lying = RawServer::start("HTTP/1.1 200 OK\r\ncontent-length: 99999999999999999\r\n\r\n{}").await;
    let error = client_at(&lying.url("/token")).client_credentials().get_token().await.unwrap_err();
    assert_eq!(verdict(&error), ["invalid response"]);
}

#[tokio::test]
async fn an_answer_of_no_length_at_all_is_read_to_its_end() {
    let server = RawServer::start("HTTP/1.0 200 OK\r\n\r\n{\"access_token\":\"t\",\"token_type\":\"Bearer\"}").await;
    client_at(&server.url("/token")).client_credentials().get_token().await.unwrap();
    let early = Scripted::start([Answer::status(204)]).await;
    let error = client_at(&early.url("/token")).client_credentials().get_token().await.unwrap_err();
    assert_eq!(verdict(&error), ["invalid response"]);
}
