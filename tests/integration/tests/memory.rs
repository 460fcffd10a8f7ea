//! What answers leave behind in memory: bounded by what is kept, not only by what is read.

#![expect(clippy::unwrap_used, reason = "in a test, that is how to stop")]

use std::alloc::System;
use std::io::{Read, Write};
use std::net::TcpListener;

use grantkit::Client;
use grantkit::discovery::ServerMetadata;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// What is read of a metadata document, and of a token answer.
const LIMITS: [usize; 2] = [512 * 1024, 1024 * 1024];
/// Fewer than the values that an answer may have.
const VALUES: usize = 8000;

/// Answers every request with this body, and holds no memory that changes: the counter is the process's.
fn serve(body: impl FnOnce(&str) -> String) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let body = body(&url);
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n";
    let answer = format!("{head}content-length: {}\r\n\r\n{body}", body.len());
    std::thread::spawn(move || {
        for connection in listener.incoming() {
            let mut connection = connection.unwrap();
            let mut request = [0; 8192];
            if connection.read(&mut request).is_ok_and(|length| length > 0) {
                let _ = connection.write_all(answer.as_bytes());
            }
        }
    });
    url
}

/// An answer that serves as both, with further members.
fn answer(url: &str, further: &str) -> String {
    format!(
        "{{\"issuer\":\"{url}\",\"token_endpoint\":\"{url}/token\",\"access_token\":\"t\",\"token_type\":\"Bearer\",{further}}}"
    )
}

fn members(number: usize, value: &str) -> String {
    let all: Vec<_> = (0..number).map(|at| format!("\"m{at}\":{value}")).collect();
    all.join(",")
}

/// Whether the answer was taken, and by how many bytes the heap has grown while what came of it is still held.
async fn kept(is_token: bool, url: &str) -> (bool, usize) {
    let region = Region::new(ALLOCATOR);
    let (token, metadata);
    let is_ok = if is_token {
        let client = Client::builder().client_id("app").public().token_endpoint(&format!("{url}/token")).unwrap();
        token = client.build().client_credentials().get_token().await;
        token.is_ok()
    } else {
        metadata = ServerMetadata::discover(url).await;
        metadata.is_ok()
    };
    let change = region.change();
    (is_ok, change.bytes_allocated.saturating_sub(change.bytes_deallocated))
}

#[tokio::test(flavor = "current_thread")]
async fn an_answer_keeps_no_more_than_a_small_multiple_of_what_may_be_read() {
    for (is_token, limit) in [false, true].into_iter().zip(LIMITS) {
        let nearly = limit - 4096;
        let long = format!("\"{}\"", "x".repeat(nearly / VALUES - 12));
        // What the first request of a process makes, and keeps.
        assert!(kept(is_token, &serve(|url| answer(url, "\"a\":0"))).await.0);

        for (further, is_taken, most) in [
            // As large as may be, in one piece and in many.
            (format!("\"a\":\"{}\"", "x".repeat(nearly - 512)), true, 2 * limit),
            (members(VALUES, &long), true, 3 * limit),
            // Small as text, and each value takes its place.
            (members(VALUES, "0"), true, 4 * limit),
            (format!("\"a\":[{}0]", "0,".repeat(VALUES)), true, 4 * limit),
            (format!("\"scopes_supported\":[{}\"\"]", "\"\",".repeat(VALUES)), true, 4 * limit),
            // As text where it is kept in a cache: it takes eighty times the memory once it is read.
            (
                format!("\"a\":[{}0]", "{\"a\":0},".repeat(VALUES / 2)),
                true,
                if is_token { 6 * limit } else { limit / 4 },
            ),
            // Of the size that may be read, with more values than any answer has.
            (members(nearly / 12, "0"), false, limit),
            (format!("\"a\":[{}0]", "[],".repeat(nearly / 4)), false, limit),
        ] {
            let shape = &further[..further.len().min(40)];
            let url = serve(|url| answer(url, &further));
            let (was_taken, bytes) = kept(is_token, &url).await;
            assert_eq!(was_taken, is_taken, "{shape}");
            assert!(bytes <= most, "{shape}: {bytes} bytes are kept of {}", further.len());
        }
    }
}
