//! Token requests go over one HTTP client: no connection, nor TLS set-up, for each of them.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use grantkit::prelude::*;

const ANSWER: &str = r#"{"access_token":"t","token_type":"Bearer","expires_in":3600}"#;

#[tokio::test]
async fn fifty_tokens_come_over_one() {
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
    let client = Client::builder()
        .client_id("billing")
        .client_secret_basic("s3cret")
        .token_endpoint(&token_endpoint)
        .unwrap()
        .build();
    let credentials = client.client_credentials().credentials("fifty-over-one");
    for _ in 0..50 {
        credentials.token().await.unwrap();
        credentials.clear().await.unwrap();
    }
    assert_eq!((requests.load(Ordering::SeqCst), connections.load(Ordering::SeqCst)), (50, 1));
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
