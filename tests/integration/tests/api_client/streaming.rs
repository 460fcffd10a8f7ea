//! Bodies that do not fit into memory, both ways, and how far they are.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use grantkit::ApiClient;
use grantkit_integration_tests::support::HeldTime;
use reqwest::Body;

use crate::client::{Numbered, api};
use crate::server::{Server, answer};

const SIZE: usize = 1_000_000;

type Reports = Arc<Mutex<Vec<(u64, Option<u64>)>>>;

fn reports() -> (Reports, impl Fn(u64, Option<u64>) + Send + Sync + 'static) {
    let reports = Reports::default();
    let told = Arc::clone(&reports);
    (reports, move |done, total| told.lock().unwrap().push((done, total)))
}

async fn large() -> Server {
    Server::start(|_| answer(200, "x".repeat(SIZE))).await
}

/// It grows, to the end, and the total stays.
fn assert_told(reports: &Reports, total: Option<u64>) {
    let reports = reports.lock().unwrap();
    assert!(reports.len() > 1, "{reports:?}");
    assert!(reports.windows(2).all(|pair| pair[0].0 < pair[1].0), "{reports:?}");
    assert!(reports.iter().all(|report| report.1 == total), "{reports:?}");
    assert_eq!(reports.last().unwrap().0, SIZE as u64);
}

#[tokio::test]
async fn a_body_comes_as_a_stream_whatever_the_limit_of_bodies_in_memory() {
    let server = large().await;
    let api = ApiClient::builder(&server.origin, Numbered::new().credentials()).body_limit(10).build().unwrap();
    assert!(api.get("x").fetch_bytes().await.unwrap_err().to_string().contains("`.copy_to(..)`"));
    let body = api.get("x").send().await.unwrap().bytes_stream();
    let chunks: Vec<_> = body.try_collect().await.unwrap();
    assert!(chunks.len() > 1);
    assert_eq!(chunks.concat().len(), SIZE);
    let mut body = api.get("x").send().await.unwrap().bytes_stream();
    let mut length = 0;
    while let Some(bytes) = body.next().await {
        length += bytes.unwrap().len();
    }
    assert_eq!(length, SIZE);
    assert!(body.next().await.is_none());
}

#[tokio::test]
async fn a_body_is_written_to_a_file() {
    let server = large().await;
    let path = tempfile::NamedTempFile::new().unwrap();
    let mut file = tokio::fs::File::create(path.path()).await.unwrap();
    let written = api(&server.origin).get("x").send().await.unwrap().copy_to(&mut file).await.unwrap();
    assert_eq!(written, SIZE as u64);
    assert_eq!(std::fs::read(path.path()).unwrap(), "x".repeat(SIZE).as_bytes());
}

#[tokio::test]
async fn a_file_that_takes_nothing_is_an_error_that_says_so() {
    let server = large().await;
    let mut full = tokio::fs::OpenOptions::new().write(true).open("/dev/full").await.unwrap();
    let error = api(&server.origin).get("x").send().await.unwrap().copy_to(&mut full).await.unwrap_err();
    assert!(error.is_configuration() && error.to_string().contains("could not be written"), "{error}");
    assert!(std::error::Error::source(&error).is_some());
}

#[tokio::test]
async fn a_stream_that_breaks_or_takes_too_long_ends_in_an_error() {
    const LIMIT: Duration = Duration::from_secs(1);
    let server = Server::start(|seen| {
        let mut answer = answer(200, "half");
        match seen.target.as_str() {
            "/cut" => answer.is_cut = true,
            _ => answer.pause = LIMIT * 20,
        }
        answer
    })
    .await;
    let time = HeldTime::pause();
    for path in ["cut", "slow"] {
        let request = api(&server.origin).get(path).timeout(LIMIT);
        let body = request.send().await.unwrap().bytes_stream();
        let collecting = tokio::spawn(body.collect::<Vec<_>>());
        if path == "slow" {
            time.pass(LIMIT).await;
        }
        let chunks = collecting.await.unwrap();
        let error = chunks.into_iter().next_back().unwrap().unwrap_err();
        assert!(error.is_retryable() && error.is_timeout() == (path == "slow"), "{path}: {error:?}");
    }
}

#[tokio::test]
async fn download_progress_is_told_however_the_body_is_read() {
    let server = Server::start(|seen| {
        let mut answer = answer(200, "x".repeat(SIZE));
        answer.is_chunked = seen.target == "/chunked";
        answer
    })
    .await;
    let api = api(&server.origin);
    for (path, total) in [("x", Some(SIZE as u64)), ("chunked", None)] {
        let (told, callback) = reports();
        api.get(path).on_download_progress(callback).fetch_bytes().await.unwrap();
        assert_told(&told, total);
        let (told, callback) = reports();
        let answer = api.get(path).on_download_progress(callback).send().await.unwrap();
        answer.copy_to(&mut tokio::io::sink()).await.unwrap();
        assert_told(&told, total);
    }
}

#[tokio::test]
async fn upload_progress_is_told_and_leaves_the_request_as_it_is() {
    let server = Server::content().await;
    let api = api(&server.origin);
    let (told, callback) = reports();
    api.put("x").body("y".repeat(SIZE)).on_upload_progress(callback).send().await.unwrap();
    assert_told(&told, Some(SIZE as u64));
    // A stream has no length, unless the program says so.
    let pieces =
        || Body::wrap_stream(stream::iter((0..SIZE / 1000).map(|_| Ok::<_, std::io::Error>("y".repeat(1000)))));
    let (told, callback) = reports();
    api.put("x").body(pieces()).on_upload_progress(callback).send().await.unwrap();
    assert_told(&told, None);
    let (told, callback) = reports();
    let announced = api.put("x").header("content-length", SIZE).body(pieces());
    announced.on_upload_progress(callback).send().await.unwrap();
    assert_told(&told, Some(SIZE as u64));
    let seen = server.seen();
    assert!(seen.iter().all(|seen| seen.body == "y".repeat(SIZE)));
    let lengths: Vec<_> = seen.iter().map(|seen| seen.header("content-length").map(str::to_owned)).collect();
    assert_eq!(lengths, [Some(SIZE.to_string()), None, Some(SIZE.to_string())]);
    // Nothing to send, nothing to tell.
    let (told, callback) = reports();
    api.get("x").on_upload_progress(callback).send().await.unwrap();
    assert!(told.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_body_that_tells_can_be_sent_again_and_counts_anew() {
    let count = std::sync::atomic::AtomicUsize::new(0);
    let server = Server::start(move |_| {
        answer(if count.fetch_add(1, std::sync::atomic::Ordering::SeqCst) == 0 { 401 } else { 200 }, "{}")
    })
    .await;
    let (told, callback) = reports();
    api(&server.origin).post("x").body("y".repeat(100_000)).on_upload_progress(callback).send().await.unwrap();
    let seen = server.seen();
    assert_eq!((seen.len(), seen[1].body.len(), seen[1].authorization()), (2, 100_000, "Bearer t2"));
    let told: Vec<_> = told.lock().unwrap().iter().map(|report| report.0).collect();
    assert_eq!(told, [65_536, 100_000, 65_536, 100_000]);
}
