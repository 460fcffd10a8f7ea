//! Answers that an API has compressed.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use axum::http::HeaderMap;
use axum::routing::get;
use grantkit::prelude::*;
use grantkit_testkit::AuthorizationServer;
use serde_json::{Value, json};

/// `{"id":"42","customer":"Acme GmbH"}`, as gzip and brotli of others have it.
const GZIP: &str =
    "1f8b0800000000000003ab56ca4c51b252323152d2514a2e2d2ec9cf4d2d52b252724cce4d5570cf4df250aa05009d53157822000000";
const BROTLI: &str = "8b10807b226964223a223432222c22637573746f6d6572223a2241636d6520476d6248227d03";

/// 32 MiB of zeros in 53 bytes.
const BROTLI_BOMB: &str =
    "cbffff3ff82700e2b14020f7fe8fffff7ff04f00c4611180eefd1fffffffe09f0088c30200ddfbbffcffffc33f0110870500baf77f";

const LIMIT: usize = 64 * 1024;

fn bytes(hex: &str) -> Vec<u8> {
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
}

/// 32 MiB of zeros in a thousandth of it: one block of fixed codes (RFC 1951 §3.2.6), a zero and what repeats it.
fn gzip_bomb() -> Vec<u8> {
    let repeat = [1, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0]; // 258 bytes, at the distance of one
    let mut bits = vec![1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0];
    bits.extend(repeat.repeat(32 * 1024 * 1024 / 258));
    bits.extend([0; 7]);
    let packed = bits.chunks(8).map(|bits| bits.iter().rev().fold(0_u8, |byte, bit| (byte << 1) | bit));
    let mut gzip = bytes("1f8b0800000000000003");
    gzip.extend(packed);
    gzip
}

async fn fixture() -> (AuthorizationServer, ApiClient) {
    let server = AuthorizationServer::builder().confidential_client("billing", "s3cret").start().await.unwrap();
    let client = Client::builder().client_id("billing").client_secret_basic("s3cret");
    let client = client.token_endpoint(&server.token_endpoint()).unwrap().build();
    let answer = |encoding: &'static str, body: Vec<u8>| get(async move || ([("content-encoding", encoding)], body));
    let asked = async |headers: HeaderMap| {
        headers.get("accept-encoding").map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default()
    };
    let router = axum::Router::new()
        .route("/gzip", answer("gzip", bytes(GZIP)))
        .route("/brotli", answer("br", bytes(BROTLI)))
        .route("/gzip-bomb", answer("gzip", gzip_bomb()))
        .route("/brotli-bomb", answer("br", bytes(BROTLI_BOMB)))
        .route("/damaged", answer("gzip", bytes(&GZIP[..60])))
        .route("/nonsense", answer("gzip", b"{\"id\":\"42\"}".to_vec()))
        .route("/asked", get(asked));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async { axum::serve(listener, router).await });
    let credentials = client.client_credentials().credentials("billing");
    let api = ApiClient::builder(&base, credentials).body_limit(LIMIT).build().unwrap();
    (server, api)
}

#[tokio::test]
async fn both_encodings_are_asked_for_and_read() {
    let (server, api) = fixture().await;
    let asked = api.get("asked").fetch_text().await.unwrap();
    assert!(asked.contains("gzip") && asked.contains("br"), "{asked}");
    for encoding in ["gzip", "brotli"] {
        let read: Value = api.get(encoding).fetch().await.unwrap();
        assert_eq!(read, json!({ "id": "42", "customer": "Acme GmbH" }));
        let mut copied = Vec::new();
        api.get(encoding).send().await.unwrap().copy_to(&mut copied).await.unwrap();
        assert_eq!(copied, br#"{"id":"42","customer":"Acme GmbH"}"#);
    }
    let of_tokens = server.requests();
    assert!(of_tokens.iter().all(|request| request.header("accept-encoding").is_none()), "not at the token endpoint");
}

#[tokio::test]
async fn a_bomb_ends_at_the_limit_of_what_it_becomes() {
    let (_server, api) = fixture().await;
    for bomb in ["gzip-bomb", "brotli-bomb"] {
        let error = api.get(bomb).fetch_bytes().await.unwrap_err();
        assert!(error.is_invalid_response() && error.to_string().contains(&LIMIT.to_string()), "{bomb}: {error}");
    }
    // It is one: read without a limit, it comes to its end.
    let mut body = api.get("brotli-bomb").send().await.unwrap().bytes_stream();
    let mut length = 0;
    while let Some(bytes) = body.next().await {
        length += bytes.unwrap().len();
    }
    assert_eq!(length, 32 * 1024 * 1024);
}

/// The server has sent all it has, and would send the same again.
#[tokio::test]
async fn a_damaged_body_is_no_lost_connection() {
    let (_server, api) = fixture().await;
    for damaged in ["damaged", "nonsense"] {
        let error = api.get(damaged).fetch_bytes().await.unwrap_err();
        assert!(error.is_invalid_response() && !error.is_retryable(), "{damaged}: {error}");
    }
}
