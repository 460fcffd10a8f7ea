//! An HTTP/1.1 server that keeps each request as it came, and answers as it is told. It writes the framing itself, which
//! `support::Scripted` leaves to a library: an answer can be late, cut short, in chunks, or paused between head and body.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufStream};
use tokio::net::{TcpListener, TcpStream};

#[derive(Clone, Debug, Default)]
pub(crate) struct Seen {
    pub(crate) method: String,
    /// As in the request line, path and query.
    pub(crate) target: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Seen {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.iter().filter(|(seen, _)| seen == name).map(|(_, value)| value.as_str());
        let value = values.next();
        assert!(values.next().is_none(), "`{name}` came twice");
        value
    }

    pub(crate) fn authorization(&self) -> &str {
        self.header("authorization").unwrap_or_default()
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
    /// Before the answer.
    pub(crate) delay: Duration,
    /// Between head and body.
    pub(crate) pause: Duration,
    /// Says more than there is, and closes the connection.
    pub(crate) is_cut: bool,
    pub(crate) is_chunked: bool,
}

pub(crate) fn answer(status: u16, body: impl Into<Vec<u8>>) -> Answer {
    Answer {
        status,
        headers: Vec::new(),
        body: body.into(),
        delay: Duration::ZERO,
        pause: Duration::ZERO,
        is_cut: false,
        is_chunked: false,
    }
}

impl Answer {
    pub(crate) fn header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }
}

pub(crate) struct Server {
    pub(crate) origin: String,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Server {
    pub(crate) async fn start(respond: impl Fn(&Seen) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let seen = Arc::new(Mutex::new(Vec::new()));
        let (record, respond) = (Arc::clone(&seen), Arc::new(respond));
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                let (record, respond) = (Arc::clone(&record), Arc::clone(&respond));
                tokio::spawn(async move { serve(socket, &record, &*respond).await });
            }
        });
        Self { origin, seen }
    }

    /// One that always answers `200 {}`.
    pub(crate) async fn content() -> Self {
        Self::start(|_| answer(200, "{}")).await
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }

    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    pub(crate) fn only(&self) -> Seen {
        let seen = self.seen();
        assert_eq!(seen.len(), 1, "{seen:?}");
        seen.into_iter().next().unwrap()
    }

    pub(crate) fn targets(&self) -> Vec<String> {
        self.seen().into_iter().map(|seen| seen.target).collect()
    }
}

async fn serve(socket: TcpStream, record: &Mutex<Vec<Seen>>, respond: &(dyn Fn(&Seen) -> Answer + Send + Sync)) {
    let mut stream = BufStream::new(socket);
    while let Some(seen) = read(&mut stream).await {
        record.lock().unwrap().push(seen.clone());
        let answer = respond(&seen);
        let (has_body, is_cut) = (seen.method != "HEAD", answer.is_cut);
        if write(&mut stream, answer, has_body).await.is_err() || is_cut {
            return;
        }
    }
}

async fn read(stream: &mut BufStream<TcpStream>) -> Option<Seen> {
    let mut seen = Seen::default();
    let line = line(stream).await?;
    let mut parts = line.split(' ');
    seen.method = parts.next()?.to_owned();
    seen.target = parts.next()?.to_owned();
    loop {
        let line = self::line(stream).await?;
        let Some((name, value)) = line.split_once(": ") else { break };
        seen.headers.push((name.to_ascii_lowercase(), value.to_owned()));
    }
    let mut body = Vec::new();
    if let Some(length) = seen.header("content-length") {
        body.resize(length.parse().ok()?, 0);
        stream.read_exact(&mut body).await.ok()?;
    } else if seen.header("transfer-encoding").is_some() {
        loop {
            let length = usize::from_str_radix(&self::line(stream).await?, 16).ok()?;
            let mut chunk = vec![0; length];
            stream.read_exact(&mut chunk).await.ok()?;
            body.append(&mut chunk);
            self::line(stream).await?;
            if length == 0 {
                break;
            }
        }
    }
    seen.body = String::from_utf8_lossy(&body).into_owned();
    Some(seen)
}

async fn line(stream: &mut BufStream<TcpStream>) -> Option<String> {
    let mut line = String::new();
    let length = stream.read_line(&mut line).await.ok()?;
    (length > 0).then(|| line.trim_end().to_owned())
}

/// Where a test holds time, not even a wait for nothing ends by itself.
async fn wait(time: Duration) {
    if !time.is_zero() {
        tokio::time::sleep(time).await;
    }
}

async fn write(stream: &mut BufStream<TcpStream>, answer: Answer, has_body: bool) -> std::io::Result<()> {
    wait(answer.delay).await;
    let headers: String = answer.headers.iter().flat_map(|(name, value)| [name, ": ", value, "\r\n"]).collect();
    let length = if answer.is_cut { answer.body.len() + 10 } else { answer.body.len() };
    let is_bodiless = matches!(answer.status, 204 | 304);
    let framing = if is_bodiless {
        String::new()
    } else if answer.is_chunked {
        "transfer-encoding: chunked\r\n".to_owned()
    } else {
        format!("content-length: {length}\r\n")
    };
    let head = format!("HTTP/1.1 {} Some Reason\r\n{headers}{framing}\r\n", answer.status);
    stream.write_all(head.as_bytes()).await?;
    stream.flush().await?;
    wait(answer.pause).await;
    if has_body && !is_bodiless {
        if answer.is_chunked {
            for chunk in answer.body.chunks(1000) {
                stream.write_all(format!("{:x}\r\n", chunk.len()).as_bytes()).await?;
                stream.write_all(chunk).await?;
                stream.write_all(b"\r\n").await?;
            }
            stream.write_all(b"0\r\n\r\n").await?;
        } else {
            stream.write_all(&answer.body).await?;
        }
    }
    stream.flush().await
}
