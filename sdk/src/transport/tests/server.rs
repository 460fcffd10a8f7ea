use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

/// What a server does with each request.
#[derive(Clone, Copy, Debug)]
pub(super) enum Behaviour {
    /// With 200, and keeps the connection.
    Answers,
    /// The same, once on each connection; at the next request it closes it.
    ClosesAtTheSecondRequest,
    /// Reads it and closes the connection.
    Closes,
    /// Never answers.
    Holds,
    Status(u16),
    /// A body of so many bytes, whose length is announced.
    Sends(usize),
    /// The same in chunks.
    Streams(usize),
}

/// A server that counts.
pub(super) struct Server {
    address: std::net::SocketAddr,
    seen: Arc<Seen>,
}

struct Seen {
    connections: AtomicUsize,
    requests: AtomicUsize,
    bytes: AtomicUsize,
    accepted: Semaphore,
    closed: Semaphore,
}

impl Server {
    pub(super) async fn start(behaviour: Behaviour) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let seen = Arc::new(Seen {
            connections: AtomicUsize::new(0),
            requests: AtomicUsize::new(0),
            bytes: AtomicUsize::new(0),
            accepted: Semaphore::new(0),
            closed: Semaphore::new(0),
        });
        let shared = Arc::clone(&seen);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                shared.connections.fetch_add(1, Ordering::SeqCst);
                shared.accepted.add_permits(1);
                let seen = Arc::clone(&shared);
                tokio::spawn(async move {
                    serve(stream, behaviour, &seen).await;
                    seen.closed.add_permits(1);
                });
            }
        });
        Self { address, seen }
    }

    pub(super) fn url(&self) -> String {
        format!("http://{}/token", self.address)
    }

    pub(super) fn connections(&self) -> usize {
        self.seen.connections.load(Ordering::SeqCst)
    }

    pub(super) fn requests(&self) -> usize {
        self.seen.requests.load(Ordering::SeqCst)
    }

    pub(super) fn bytes(&self) -> usize {
        self.seen.bytes.load(Ordering::SeqCst)
    }

    /// Waits for the next connection.
    pub(super) async fn accepted(&self) {
        self.seen.accepted.acquire().await.unwrap().forget();
    }

    /// Waits for the end of one.
    pub(super) async fn closed(&self) {
        self.seen.closed.acquire().await.unwrap().forget();
    }
}

async fn serve(mut stream: TcpStream, behaviour: Behaviour, seen: &Seen) {
    let mut on_this_connection = 0;
    while read_request(&mut stream, seen).await {
        seen.requests.fetch_add(1, Ordering::SeqCst);
        on_this_connection += 1;
        let answer = match behaviour {
            Behaviour::Answers => answer(200, ""),
            Behaviour::ClosesAtTheSecondRequest if on_this_connection == 1 => answer(200, ""),
            Behaviour::Closes | Behaviour::ClosesAtTheSecondRequest => return,
            Behaviour::Holds => continue,
            Behaviour::Status(304) => "HTTP/1.1 304 Not Modified\r\n\r\n".to_owned(),
            Behaviour::Status(status) => answer(status, ""),
            Behaviour::Sends(size) => answer(200, &"x".repeat(size)),
            Behaviour::Streams(size) => {
                let chunk = format!("{:x}\r\n{}\r\n0\r\n\r\n", size, "x".repeat(size));
                format!("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n{chunk}")
            }
        };
        if stream.write_all(answer.as_bytes()).await.is_err() {
            return;
        }
    }
}

fn answer(status: u16, body: &str) -> String {
    format!("HTTP/1.1 {status} Said\r\nlocation: /elsewhere\r\ncontent-length: {}\r\n\r\n{body}", body.len())
}

/// Up to the end of its body, the length of which it says.
async fn read_request(stream: &mut TcpStream, seen: &Seen) -> bool {
    let (mut request, mut buffer) = (Vec::new(), [0; 4096]);
    loop {
        match stream.read(&mut buffer).await {
            Ok(read) if read > 0 => {
                seen.bytes.fetch_add(read, Ordering::SeqCst);
                request.extend_from_slice(&buffer[..read]);
            }
            _ => return false,
        }
        let text = String::from_utf8_lossy(&request).to_lowercase();
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length = head.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok());
        if body.len() >= length.unwrap_or(0) {
            return true;
        }
    }
}
