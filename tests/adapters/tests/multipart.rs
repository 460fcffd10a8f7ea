//! Forms with files, as axum reads them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Json;
use axum::extract::{Multipart as Received, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use axum::routing::post;
use grantkit::api::{Multipart, Part};
use grantkit::prelude::*;
use grantkit_testkit::AuthorizationServer;
use serde_json::{Value, json};

/// An API that says what it was sent, after it has refused so many requests.
struct UploadApi {
    api: ApiClient,
    requests: Arc<AtomicUsize>,
    _server: AuthorizationServer,
}

#[derive(Clone)]
struct Api {
    requests: Arc<AtomicUsize>,
    refusals: usize,
}

impl UploadApi {
    async fn new(refusals: usize) -> Self {
        let server = AuthorizationServer::builder().confidential_client("billing", "s3cret").start().await.unwrap();
        let client = Client::builder().client_id("billing").client_secret_basic("s3cret");
        let client = client.token_endpoint(&server.token_endpoint()).unwrap().build();
        let requests = Arc::new(AtomicUsize::new(0));
        let router =
            axum::Router::new().route("/", post(receive)).with_state(Api { requests: Arc::clone(&requests), refusals });
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async { axum::serve(listener, router).await });
        let api = ApiClient::new(&base, client.client_credentials().credentials("billing")).unwrap();
        Self { api, requests, _server: server }
    }
}

async fn receive(State(api): State<Api>, headers: HeaderMap, mut form: Received) -> Response {
    let mut parts = Vec::new();
    while let Some(part) = form.next_field().await.unwrap() {
        let [name, file_name, content_type] =
            [part.name(), part.file_name(), part.content_type()].map(|text| text.map(str::to_owned));
        let bytes = part.bytes().await.unwrap();
        parts.push(json!({ "name": name, "file": file_name, "type": content_type, "bytes": bytes.len(), "text": String::from_utf8_lossy(&bytes[..bytes.len().min(20)]) }));
    }
    if api.requests.fetch_add(1, Ordering::Relaxed) < api.refusals {
        return (StatusCode::UNAUTHORIZED, [("www-authenticate", "Bearer error=\"invalid_token\"")]).into_response();
    }
    let length = headers.get("content-length").map(|length| length.to_str().unwrap().to_owned());
    Json(json!({ "parts": parts, "length": length })).into_response()
}

#[tokio::test]
async fn texts_and_bytes_arrive_and_are_sent_again_after_a_401() {
    let uploads = UploadApi::new(1).await;
    let scan = Part::bytes(vec![7; 100_000]).file_name("Prüfung \"1\".bin").content_type("application/octet-stream");
    let form = Multipart::new().text("title", "Grüße\r\n--").part("scan", scan);
    let received: Value = uploads.api.post(()).multipart(form).fetch().await.unwrap();
    assert_eq!(
        received["parts"][0],
        json!({ "name": "title", "file": null, "type": null, "bytes": 11, "text": "Grüße\r\n--" })
    );
    let scan = &received["parts"][1];
    assert_eq!(
        (&scan["name"], &scan["type"], &scan["bytes"]),
        (&json!("scan"), &json!("application/octet-stream"), &json!(100_000))
    );
    assert!(scan["file"].as_str().unwrap().starts_with("Prüfung "), "{scan}");
    assert_eq!(uploads.requests.load(Ordering::Relaxed), 2);
}

#[tokio::test]
async fn a_file_is_sent_as_it_is_read_with_its_length_and_once() {
    let folder = tempfile();
    let path = folder.join("report.csv");
    std::fs::write(&path, "0123456789".repeat(50_000)).unwrap();
    let form = async || {
        Multipart::new().text("title", "Q1").part("file", Part::file(&path).await.unwrap().content_type("text/csv"))
    };

    let uploads = UploadApi::new(0).await;
    let received: Value = uploads.api.post(()).multipart(form().await).fetch().await.unwrap();
    let expected = json!({ "name": "file", "file": "report.csv", "type": "text/csv", "bytes": 500_000, "text": "01234567890123456789" });
    assert_eq!(received["parts"][1], expected);
    assert!(received["length"].as_str().unwrap().parse::<usize>().unwrap() > 500_000, "{received}");

    let refusing = UploadApi::new(1).await;
    let error = refusing.api.post(()).multipart(form().await).send().await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(401));
    assert_eq!(refusing.requests.load(Ordering::Relaxed), 1, "a file cannot be sent again");
    std::fs::remove_dir_all(folder).unwrap();

    let missing = Part::file("/nowhere/to/be/found").await.unwrap_err();
    assert!(missing.is_configuration() && missing.to_string().contains("/nowhere/to/be/found"), "{missing}");
}

/// A folder of this test.
fn tempfile() -> std::path::PathBuf {
    let folder = std::env::temp_dir().join(format!("grantkit-multipart-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

#[tokio::test]
async fn the_form_of_reqwest_is_taken_too() {
    let uploads = UploadApi::new(0).await;
    let form = reqwest::multipart::Form::new().text("title", "Q1");
    let received: Value = uploads.api.post(()).multipart(form).fetch().await.unwrap();
    assert_eq!(received["parts"][0]["text"], "Q1");
}
