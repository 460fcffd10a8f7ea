use std::collections::BTreeMap;
use std::time::Duration;

use grantkit::ApiClient;
use serde::{Deserialize, Serialize};

use crate::client::{Numbered, api};
use crate::server::{Server, answer};

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Invoice {
    id: u64,
    note: Option<String>,
}

#[tokio::test]
async fn json_there_and_back() {
    let server = Server::start(|seen| answer(200, seen.body.as_str())).await;
    let invoice = Invoice { id: 42, note: None };
    let back: Invoice = api(&server.origin).post("invoices").json(&invoice).fetch().await.unwrap();
    assert_eq!(back, invoice);
    assert_eq!(server.only().header("content-type"), Some("application/json"));
    assert_eq!(server.only().body, r#"{"id":42,"note":null}"#);
}

#[tokio::test]
async fn a_form() {
    let server = Server::content().await;
    let fields = (("a", Some("1 2")), ("b", None::<u8>), ("c", Some("é&")));
    api(&server.origin).post("x").form(&fields).send().await.unwrap();
    assert_eq!(server.only().header("content-type"), Some("application/x-www-form-urlencoded"));
    assert_eq!(server.only().body, "a=1+2&c=%C3%A9%26");
}

#[tokio::test]
async fn any_other_body() {
    let server = Server::content().await;
    let api = api(&server.origin);
    api.put("x").header("content-type", "text/csv").body("a;b").send().await.unwrap();
    api.put("x").body(vec![b'x'; 100_000]).send().await.unwrap();
    let seen = server.seen();
    assert_eq!((seen[0].header("content-type"), seen[0].body.as_str()), (Some("text/csv"), "a;b"));
    assert_eq!((seen[1].header("content-type"), seen[1].body.len()), (None, 100_000));
}

#[tokio::test]
async fn a_body_that_cannot_be_written_is_not_sent() {
    let server = Server::content().await;
    let no_json = BTreeMap::from([((1, 2), "a key must be text")]);
    let error = api(&server.origin).post("x").json(&no_json).send().await.unwrap_err();
    assert!(error.is_configuration() && server.seen().is_empty());
}

#[tokio::test]
async fn text_bytes_and_the_answer_itself() {
    let server = Server::start(|_| answer(201, b"caf\xe9".to_vec()).header("x-total", "7")).await;
    let api = api(&server.origin);
    assert_eq!(api.get("x").fetch_text().await.unwrap(), "caf\u{fffd}");
    assert_eq!(&api.get("x").fetch_bytes().await.unwrap()[..], b"caf\xe9");
    let response = api.get("x").send().await.unwrap();
    assert_eq!((response.status().as_u16(), response.headers()["x-total"].to_str().unwrap()), (201, "7"));
    assert_eq!(format!("{response:?}"), r#"ApiResponse { status: 201, method: GET, path: "/x", .. }"#);
    assert_eq!(response.into_inner().content_length(), Some(4));
    assert!(api.head("x").fetch_bytes().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_large_body_in_pieces() {
    let whole = "0123456789".repeat(30_000);
    for is_chunked in [true, false] {
        let body = whole.clone();
        let server = Server::start(move |_| {
            let mut answer = answer(200, body.as_str());
            answer.is_chunked = is_chunked;
            answer
        })
        .await;
        assert_eq!(api(&server.origin).get("x").fetch_text().await.unwrap(), whole);
    }
}

#[tokio::test]
async fn a_body_over_the_limit() {
    for is_chunked in [true, false] {
        let server = Server::start(move |seen| {
            let mut answer = answer(200, vec![b'x'; seen.target.trim_start_matches('/').parse().unwrap()]);
            answer.is_chunked = is_chunked;
            answer
        })
        .await;
        let api = ApiClient::builder(&server.origin, Numbered::new().credentials()).body_limit(5000).build().unwrap();
        assert_eq!(api.get([5000]).fetch_bytes().await.unwrap().len(), 5000);
        let error = api.get([5001]).fetch_bytes().await.unwrap_err();
        assert!(error.is_invalid_response(), "{error:?}");
        assert!(error.to_string().contains("5000 bytes") && error.to_string().contains("bytes_stream"), "{error}");
        // A body that is read as a stream, or not at all, is not limited.
        let mut stream = api.get([50_000]).send().await.unwrap().into_inner();
        let mut size = 0;
        while let Some(chunk) = stream.chunk().await.unwrap() {
            size += chunk.len();
        }
        assert_eq!(size, 50_000);
        api.get([50_000]).send().await.unwrap();
    }
}

#[tokio::test]
async fn a_body_that_ends_early_may_be_asked_for_again() {
    let server = Server::start(|_| {
        let mut answer = answer(200, "{\"id\":42,");
        answer.is_cut = true;
        answer.pause = Duration::from_millis(20);
        answer
    })
    .await;
    let error = api(&server.origin).get("x").fetch::<Invoice>().await.unwrap_err();
    assert!(error.is_retryable() && error.to_string().contains("broke"), "{error:?}");
}

#[tokio::test]
async fn json_that_does_not_fit_names_the_place_and_quotes_nothing() {
    let server = Server::start(|seen| match seen.target.as_str() {
        "/type" => answer(200, "{\n  \"id\": \"canary\"\n}"),
        "/missing" => answer(200, r#"{"note":"canary"}"#),
        "/cut" => answer(200, r#"{"note":"canary""#),
        "/html" => answer(200, "<html>canary").header("content-type", "text/html; charset=utf-8"),
        _ => answer(204, ""),
    })
    .await;
    let api = api(&server.origin);
    for (path, said) in [
        (
            "type",
            "GET /type at 127.0.0.1 answered 200 OK with JSON that is no `api_client::body::Invoice`: line 2, column 16",
        ),
        ("missing", "`id` is missing (line 1, column 17)"),
        ("cut", "not valid JSON (content type: not declared): line 1, column 16"),
        ("html", "not valid JSON (content type: text/html; charset=utf-8): line 1, column 1"),
        ("empty", "answered 204 No Content without a body"),
    ] {
        let error = api.get(path).fetch::<Invoice>().await.unwrap_err();
        assert!(error.to_string().contains(said), "{error}");
        assert!(error.is_invalid_response() && error.status().is_some() && !format!("{error:?}").contains("canary"));
    }
}

#[tokio::test]
async fn awaiting_a_request_sends_it() {
    let server = Server::start(|seen| answer(200, seen.body.as_str())).await;
    let response = api(&server.origin).post("x").json(&[1, 2]).await.unwrap();
    assert_eq!((response.status().as_u16(), server.only().body.as_str()), (200, "[1,2]"));
    assert_eq!(response.error_for_status().await.unwrap().json::<Vec<u8>>().await.unwrap(), [1, 2]);
}
