use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use grantkit::ApiClient;
use grantkit::api::{ApiRequest, RetryPolicy};
use grantkit::{Credentials, Error};
use http::Method;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use crate::client::{Numbered, api};
use crate::server::{Answer, Server, answer};

const QUICK: Duration = Duration::from_millis(1);

fn policy() -> RetryPolicy {
    RetryPolicy::new().with_backoff(QUICK, QUICK * 4)
}

fn client(server: &Server, credentials: Credentials) -> ApiClient {
    ApiClient::builder(&server.origin, credentials).retry(policy()).build().unwrap()
}

fn retrying(server: &Server) -> ApiClient {
    client(server, Numbered::new().credentials())
}

/// This answer so many times, and then `200 {}`.
async fn failing(times: usize, failure: Answer) -> Server {
    let count = AtomicUsize::new(0);
    Server::start(
        move |_| {
            if count.fetch_add(1, Ordering::SeqCst) < times { failure.clone() } else { answer(200, "{}") }
        },
    )
    .await
}

/// An answer that breaks before its head ends.
fn cut() -> Answer {
    let mut cut = answer(200, "");
    cut.is_cut = true;
    cut
}

async fn tries(failure: Answer, request: impl FnOnce(&ApiClient) -> ApiRequest) -> usize {
    let server = failing(usize::MAX, failure).await;
    let _outcome = request(&retrying(&server)).fetch_bytes().await;
    server.seen().len()
}

#[tokio::test]
async fn what_is_sent_again_depends_on_the_failure_and_on_the_request() {
    for (status, get, delete, post, with_key) in [
        (429, 4, 4, 1, 4),
        (503, 4, 4, 1, 4),
        (502, 4, 1, 1, 4),
        (504, 4, 1, 1, 4),
        (520, 4, 1, 1, 4),
        (500, 1, 1, 1, 1),
        (400, 1, 1, 1, 1),
        (404, 1, 1, 1, 1),
        (200, 1, 1, 1, 1),
    ] {
        let failure = || answer(status, "");
        assert_eq!(tries(failure(), |api| api.get("x")).await, get, "GET {status}");
        assert_eq!(tries(failure(), |api| api.head("x")).await, get, "HEAD {status}");
        assert_eq!(tries(failure(), |api| api.delete("x")).await, delete, "DELETE {status}");
        assert_eq!(tries(failure(), |api| api.put("x").body("1")).await, delete, "PUT {status}");
        assert_eq!(tries(failure(), |api| api.post("x").body("1")).await, post, "POST {status}");
        assert_eq!(tries(failure(), |api| api.patch("x").body("1")).await, post, "PATCH {status}");
        assert_eq!(tries(failure(), |api| api.post("x").idempotency_key("k")).await, with_key, "with a key {status}");
        let header = tries(failure(), |api| api.post("x").header("Idempotency-Key", "k")).await;
        assert_eq!(header, with_key, "with the header {status}");
        assert_eq!(tries(failure(), |api| api.post("x").idempotent()).await, with_key, "idempotent {status}");
    }
}

#[tokio::test]
async fn each_try_has_the_same_body_and_key() {
    let server = failing(2, answer(503, "")).await;
    retrying(&server).post("payments").json(&[7]).idempotency_key("0d8f3a").send().await.unwrap();
    let seen = server.seen();
    assert_eq!(seen.len(), 3);
    for one in seen {
        assert_eq!(
            (one.body.as_str(), one.header("idempotency-key"), one.authorization()),
            ("[7]", Some("0d8f3a"), "Bearer t1")
        );
    }
}

#[tokio::test]
async fn a_request_without_a_policy_is_sent_once_and_one_of_its_own_counts() {
    let server = failing(usize::MAX, answer(503, "")).await;
    api(&server.origin).get("x").send().await.unwrap_err();
    assert_eq!(server.seen().len(), 1);
    api(&server.origin).get("x").retry(policy().with_max_retries(1)).send().await.unwrap_err();
    assert_eq!(server.seen().len(), 3);
    retrying(&server).get("x").retry(RetryPolicy::never()).send().await.unwrap_err();
    assert_eq!(server.seen().len(), 4);
}

#[tokio::test]
async fn the_last_answer_counts() {
    let server = failing(usize::MAX, answer(503, "down").header("retry-after", "0")).await;
    let error = retrying(&server).get("x").send().await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(503));
    assert!(error.to_string().contains("down"), "{error}");
    let response = retrying(&server).get("x").error_for_status(false).send().await.unwrap();
    assert_eq!((response.status().as_u16(), server.seen().len()), (503, 8));
}

#[tokio::test]
async fn retry_waits_as_long_as_asked_for_unless_the_time_would_be_up() {
    let server = failing(1, answer(429, "").header("retry-after", "1")).await;
    let started = Instant::now();
    retrying(&server).get("x").send().await.unwrap();
    assert!(started.elapsed() >= Duration::from_secs(1), "{:?}", started.elapsed());

    let server = failing(1, answer(429, "").header("retry-after", "30")).await;
    let started = Instant::now();
    let error = retrying(&server).get("x").timeout(Duration::from_secs(20)).send().await.unwrap_err();
    assert_eq!(error.retry_after(), Some(Duration::from_secs(30)));
    assert!(started.elapsed() < Duration::from_secs(20) && server.seen().len() == 1);
}

#[tokio::test]
async fn a_date_to_come_back_at_is_obeyed() {
    let failure = answer(503, "")
        .header("date", "Sun, 06 Nov 1994 08:49:37 GMT")
        .header("retry-after", "Sun, 06 Nov 1994 08:49:38 GMT");
    let server = failing(1, failure).await;
    let started = Instant::now();
    retrying(&server).get("x").send().await.unwrap();
    assert!(started.elapsed() >= Duration::from_secs(1), "{:?}", started.elapsed());
}

/// draft-ietf-httpapi-ratelimit-headers: without a `Retry-After`, a limit that is used up says when it is worth asking again.
#[tokio::test]
async fn a_used_up_rate_limit_is_waited_for_and_told() {
    let limited =
        || answer(429, "").header("ratelimit", "\"minute\";r=0;t=1").header("ratelimit-policy", "\"minute\";q=60;w=60");
    let server = failing(1, limited()).await;
    let started = Instant::now();
    retrying(&server).get("x").send().await.unwrap();
    assert!(started.elapsed() >= Duration::from_secs(1), "{:?}", started.elapsed());

    let server = failing(usize::MAX, limited()).await;
    let api = client(&server, Numbered::new().credentials());
    let error = api.get("x").retry(RetryPolicy::never()).send().await.unwrap_err();
    assert_eq!(error.retry_after(), Some(Duration::from_secs(1)));
    let response = api.get("x").retry(RetryPolicy::never()).error_for_status(false).send().await.unwrap();
    let limit = response.rate_limit().unwrap();
    assert_eq!(
        (limit.remaining(), limit.limit(), limit.reset_after()),
        (Some(0), Some(60), Some(Duration::from_secs(1)))
    );
}

#[tokio::test]
async fn the_time_out_is_for_all_tries_together() {
    let server = Server::start(|_| {
        let mut slow = answer(503, "");
        slow.delay = Duration::from_millis(200);
        slow
    })
    .await;
    let endless = policy().with_max_retries(1000);
    let request = retrying(&server).get("x").retry(endless).timeout(Duration::from_millis(700));
    let outcome = tokio::time::timeout(Duration::from_mins(1), request.send()).await.unwrap();
    assert!(outcome.is_err());
    assert!(server.seen().len() < 5, "{}", server.seen().len());
}

/// Closes so many connections after reading from them, and then answers.
async fn hanging_up(times: usize) -> (String, std::sync::Arc<AtomicUsize>) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let count = std::sync::Arc::new(AtomicUsize::new(0));
    let counted = std::sync::Arc::clone(&count);
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            let mut buffer = [0; 4096];
            if socket.read(&mut buffer).await.is_ok_and(|read| read > 0)
                && counted.fetch_add(1, Ordering::SeqCst) >= times
            {
                let _written = socket.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}").await;
            }
        }
    });
    (origin, count)
}

#[tokio::test]
async fn a_connection_that_breaks_is_made_again_for_what_may_be_repeated() {
    for (method, with_key, expected) in
        [(Method::GET, false, 2), (Method::DELETE, false, 2), (Method::POST, false, 1), (Method::POST, true, 2)]
    {
        let (origin, count) = hanging_up(1).await;
        let api = ApiClient::builder(&origin, Numbered::new().credentials()).retry(policy()).build().unwrap();
        let request = api.request(method.clone(), "x");
        let request = if with_key { request.idempotency_key("k") } else { request };
        assert_eq!(request.send().await.is_ok(), expected == 2, "{method}");
        assert_eq!(count.load(Ordering::SeqCst), expected, "{method}");
    }
}

#[tokio::test]
async fn what_was_not_sent_is_sent_whatever_the_method() {
    // Bound, so that no other process gets the port; nothing listens on it yet.
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let address = socket.local_addr().unwrap();
    let again =
        RetryPolicy::new().with_backoff(Duration::from_millis(400), Duration::from_millis(400)).with_max_retries(10);
    let api =
        ApiClient::builder(&format!("http://{address}"), Numbered::new().credentials()).retry(again).build().unwrap();
    let server = tokio::spawn(async move {
        tokio::time::sleep(Duration::from_millis(100)).await;
        let listener = socket.listen(16).unwrap();
        let (mut socket, _) = listener.accept().await.unwrap();
        let _read = socket.read(&mut [0; 4096]).await;
        socket.write_all(b"HTTP/1.1 201 Created\r\ncontent-length: 0\r\n\r\n").await.unwrap();
    });
    assert_eq!(api.post("x").send().await.unwrap().status().as_u16(), 201);
    server.await.unwrap();
}

#[tokio::test]
async fn a_stream_is_sent_once() {
    let stream = || reqwest::Body::wrap_stream(futures_util::stream::iter([Ok::<_, std::io::Error>("x")]));
    assert_eq!(tries(answer(503, ""), |api| api.put("x").body(stream())).await, 1);
}

#[tokio::test]
async fn an_outage_gets_a_fifth_more_requests_and_not_three_times_as_many() {
    let (server, started) = (failing(usize::MAX, answer(503, "")).await, Instant::now());
    let api = retrying(&server);
    let clone = api.nested("part").unwrap();
    for _ in 0..100 {
        api.get("x").send().await.unwrap_err();
        clone.get("y").send().await.unwrap_err();
    }
    let retries = server.seen().len() - 200;
    // One a second for ten seconds, and for each that this took; and a fifth of 200.
    let more = usize::try_from(started.elapsed().as_secs()).unwrap();
    assert!((30..=52 + more).contains(&retries), "{retries}");

    let started = Instant::now();
    let server = failing(usize::MAX, answer(503, "")).await;
    let builder = ApiClient::builder(&server.origin, Numbered::new().credentials()).retry(policy()).retry_budget(0);
    let api = builder.build().unwrap();
    for _ in 0..50 {
        api.get("x").send().await.unwrap_err();
    }
    let more = usize::try_from(started.elapsed().as_secs()).unwrap();
    assert!(server.seen().len() <= 62 + more, "{}", server.seen().len());
}

#[tokio::test]
async fn a_rejected_token_and_an_outage_in_one_call() {
    let count = AtomicUsize::new(0);
    let server = Server::start(move |_| match count.fetch_add(1, Ordering::SeqCst) {
        0 | 2 => answer(503, ""),
        1 => answer(401, ""),
        _ => answer(200, "{}"),
    })
    .await;
    let numbered = Numbered::new();
    client(&server, numbered.credentials()).get("x").send().await.unwrap();
    let tokens: Vec<_> = server.seen().iter().map(|seen| seen.authorization().to_owned()).collect();
    assert_eq!(tokens, ["Bearer t1", "Bearer t1", "Bearer t2", "Bearer t2"]);
    assert_eq!(numbered.asked(), 2);
}

#[tokio::test]
async fn a_failure_to_get_a_token_is_the_credentials_matter() {
    let server = Server::content().await;
    let numbered = Numbered::making(|_| Err(Error::temporary("the authorization server is busy")));
    let error = client(&server, numbered.credentials()).get("x").send().await.unwrap_err();
    assert!(error.is_retryable() && server.seen().is_empty());
    assert_eq!(numbered.asked(), 1);
}

#[tokio::test]
async fn an_answer_that_breaks_in_its_body_is_not_repeated() {
    assert_eq!(tries(cut(), |api| api.get("x")).await, 1);
}
