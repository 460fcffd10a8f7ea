use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use serde_json::{Value, json};

/// An authorization server that says what it can, gives every client a token, and keeps what it was sent. In threads: these
/// tests run programs, and have no async runtime.
pub(crate) struct Scripted {
    pub(crate) issuer: String,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Scripted {
    /// With these members of its metadata, beside issuer and token endpoint.
    pub(crate) fn start(metadata: &Value) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let mut document = json!({ "issuer": issuer, "token_endpoint": format!("{issuer}/token") });
        metadata.as_object().unwrap().iter().for_each(|(name, value)| document[name] = value.clone());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&requests);
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                answer(stream, &document, &seen);
            }
        });
        Self { issuer, requests }
    }

    /// The bodies of the token requests.
    pub(crate) fn token_requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

fn answer(stream: TcpStream, document: &Value, seen: &Mutex<Vec<String>>) {
    let mut reader = BufReader::new(stream);
    let (mut first, mut length) = (String::new(), 0);
    reader.read_line(&mut first).unwrap();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        if line.trim().is_empty() {
            break;
        }
        if let Some((name, value)) =
            line.split_once(':').filter(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        {
            length = value.trim().parse().unwrap_or_else(|_| panic!("{name}"));
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    let answer = if first.starts_with("POST ") && first.contains("/token ") {
        seen.lock().unwrap().push(String::from_utf8(body).unwrap());
        json!({ "access_token": "a-token", "token_type": "Bearer", "expires_in": 3600 }).to_string()
    } else {
        document.to_string()
    };
    let head = format!("content-type: application/json\r\ncontent-length: {}\r\nconnection: close", answer.len());
    let _ = write!(reader.into_inner(), "HTTP/1.1 200 OK\r\n{head}\r\n\r\n{answer}");
}
