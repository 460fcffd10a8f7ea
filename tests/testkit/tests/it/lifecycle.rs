//! Start, stop, load.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use grantkit_testkit::ProtectedApi;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::support::{BILLING, ask, client_token, form, http, server, until};

const GRANT: [(&str, &str); 1] = [("grant_type", "client_credentials")];

fn address(url: &str) -> &str {
    url.trim_start_matches("http://")
}

#[tokio::test]
async fn shutdown_closes_connections_and_the_port() {
    let server = server().await;
    let mut idle = TcpStream::connect(address(&server.issuer())).await.unwrap();
    idle.write_all(b"GET /jwks HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
    assert!(idle.read(&mut [0; 1024]).await.unwrap() > 0);
    server.shutdown().await;
    assert!(matches!(idle.read(&mut [0; 1024]).await, Ok(0) | Err(_)));
    TcpStream::connect(address(&server.issuer())).await.unwrap_err();
    server.shutdown().await;
    assert_eq!(server.counters().jwks, 1);
}

#[tokio::test]
async fn dropping_the_last_handle_stops_the_server() {
    let server = server().await;
    let issuer = server.issuer();
    let clone = server.clone();
    drop(server);
    ask(&clone, &GRANT).await.error_for_status().unwrap();
    drop(clone);
    // The task ends at its next turn.
    until(async || TcpStream::connect(address(&issuer)).await.is_err()).await;
}

#[tokio::test]
async fn connections_are_kept_alive() {
    let server = server().await;
    let api = ProtectedApi::start(&server).await.unwrap();
    let token = client_token(&server, "a").await;
    let mut stream = TcpStream::connect(address(&api.base_url())).await.unwrap();
    for _ in 0..3 {
        let request = format!("GET /v1/whoami HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {token}\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = [0; 4096];
        let read = stream.read(&mut answer).await.unwrap();
        assert!(answer[..read].starts_with(b"HTTP/1.1 200"));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn thousands_of_concurrent_requests_are_served() {
    let server = server().await;
    let http = http();
    let tasks: Vec<_> = (0..2000)
        .map(|_| {
            let request = http.post(server.token_endpoint()).basic_auth(BILLING.0, Some(BILLING.1));
            let request = form(request, &GRANT);
            tokio::spawn(async move { request.send().await.map(|response| response.status()) })
        })
        .collect();
    for task in tasks {
        assert_eq!(task.await.unwrap().unwrap(), 200);
    }
    assert_eq!(server.counters().access_tokens_issued, 2000);
}

#[test]
fn a_client_may_live_on_another_runtime() {
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let done = Arc::new(AtomicBool::new(false));
    let (send, receive) = std::sync::mpsc::channel();
    let enough = Arc::clone(&done);
    let home = std::thread::spawn(move || {
        runtime().block_on(async {
            send.send(server().await).unwrap();
            while !enough.load(Ordering::Acquire) {
                tokio::time::sleep(std::time::Duration::from_millis(5)).await;
            }
        });
    });
    let server = receive.recv().unwrap();
    for _ in 0..2 {
        let status = runtime().block_on(async { ask(&server, &GRANT).await.status() });
        assert_eq!(status, 200);
    }
    runtime().block_on(server.shutdown());
    done.store(true, Ordering::Release);
    home.join().unwrap();
}

/// Clients keep metadata, keys and circuits by address: a server that got one's that has ended would be taken for it.
#[tokio::test]
async fn each_server_of_a_process_has_an_address_of_its_own() {
    let mut issuers = BTreeSet::new();
    for number in 0..500 {
        let server = server().await;
        assert!(issuers.insert(server.issuer()), "{number}: {}", server.issuer());
        server.shutdown().await;
    }
}
