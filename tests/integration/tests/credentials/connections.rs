//! Token requests go over one HTTP client: no connection, nor TLS set-up, for each of them.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use grantkit_integration_tests::support::client_at;

const ANSWER: &str = r#"{"access_token":"t","token_type":"Bearer","expires_in":3600}"#;

/// A token endpoint that counts its connections and its requests.
struct Counting {
    token_endpoint: String,
    connections: Arc<AtomicUsize>,
    requests: Arc<AtomicUsize>,
}

impl Counting {
    fn start() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let token_endpoint = format!("http://{}/token", listener.local_addr().unwrap());
        let (connections, requests) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        std::thread::spawn({
            let (connections, requests) = (Arc::clone(&connections), Arc::clone(&requests));
            move || {
                for stream in listener.incoming() {
                    connections.fetch_add(1, Ordering::SeqCst);
                    let requests = Arc::clone(&requests);
                    std::thread::spawn(move || answer(stream.unwrap(), &requests));
                }
            }
        });
        Self { token_endpoint, connections, requests }
    }

    fn requests_and_connections(&self) -> (usize, usize) {
        (self.requests.load(Ordering::SeqCst), self.connections.load(Ordering::SeqCst))
    }
}

#[tokio::test]
async fn fifty_tokens_come_over_one() {
    let server = Counting::start();
    let credentials = client_at(&server.token_endpoint).client_credentials().credentials("fifty-over-one");
    for _ in 0..50 {
        credentials.token().await.unwrap();
        credentials.clear().await.unwrap();
    }
    assert_eq!(server.requests_and_connections(), (50, 1));
}

/// One that is kept alive may close as the request goes out, and then it would be unknown whether that was spent.
#[tokio::test]
async fn each_refresh_token_goes_over_a_connection_of_its_own() {
    let server = Counting::start();
    let client = client_at(&server.token_endpoint);
    client.client_credentials().get_token().await.unwrap();
    for refreshes in 1..=3 {
        client.refresh_token_grant("1//0g-long-lived").get_token().await.unwrap();
        assert_eq!(server.requests_and_connections(), (1 + refreshes, 1 + refreshes));
    }
    // What was kept alive is there still.
    client.client_credentials().get_token().await.unwrap();
    assert_eq!(server.requests_and_connections(), (5, 4));
}

/// A thread for each core, and a runtime on each: more than a cache of sixteen had room for.
#[test]
fn forty_eight_runtimes_keep_a_connection_each() {
    let server = Counting::start();
    let client = client_at(&server.token_endpoint);
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let runtimes: Vec<_> = std::iter::repeat_with(runtime).take(48).collect();
    for _ in 0..4 {
        for runtime in &runtimes {
            runtime.block_on(client.client_credentials().get_token()).unwrap();
        }
    }
    assert_eq!(server.requests_and_connections(), (192, 48));
}

/// Answers requests for as long as the connection is kept.
fn answer(stream: TcpStream, requests: &AtomicUsize) {
    let mut reader = BufReader::new(stream);
    loop {
        let mut length = 0;
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line).unwrap_or(0) == 0 {
                return;
            }
            if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().unwrap();
            }
            if line == "\r\n" {
                break;
            }
        }
        reader.read_exact(&mut vec![0; length]).unwrap();
        requests.fetch_add(1, Ordering::SeqCst);
        let head =
            format!("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n", ANSWER.len());
        reader.get_mut().write_all(format!("{head}{ANSWER}").as_bytes()).unwrap();
    }
}
