use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use grantkit::store::RedisStore;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

use crate::kept::sealing_key;

/// A Redis that answers every command as it is told, but for what a connection begins with.
pub(crate) struct ScriptedRedis {
    address: SocketAddr,
    script: Arc<Mutex<Script>>,
}

#[derive(Default)]
struct Script {
    /// Nothing: it takes commands, and does not answer.
    answer: Option<String>,
    connections: usize,
    asked: Vec<(usize, Vec<String>)>,
}

impl ScriptedRedis {
    /// It does not answer yet.
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let script = Arc::<Mutex<Script>>::default();
        let shared = script.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let number = {
                    let mut script = shared.lock().unwrap();
                    script.connections += 1;
                    script.connections
                };
                tokio::spawn(serve(stream, number, shared.clone()));
            }
        });
        Self { address, script }
    }

    pub(crate) fn url(&self) -> String {
        format!("redis://{}", self.address)
    }

    /// With a time-out that is long for a machine on which dozens of tests run.
    pub(crate) fn store(&self) -> RedisStore {
        let long = Duration::from_secs(10);
        RedisStore::builder(self.url(), sealing_key()).response_timeout(long).connect_timeout(long).build().unwrap()
    }

    /// This line from now on.
    pub(crate) fn answers(&self, line: &str) {
        self.script.lock().unwrap().answer = Some(line.to_owned());
    }

    pub(crate) fn connections(&self) -> usize {
        self.script.lock().unwrap().connections
    }

    /// The commands that came, and on which connection each did.
    pub(crate) fn asked(&self) -> Vec<(usize, Vec<String>)> {
        self.script.lock().unwrap().asked.clone()
    }
}

async fn serve(stream: TcpStream, number: usize, script: Arc<Mutex<Script>>) {
    let mut stream = BufReader::new(stream);
    while let Some(command) = read_command(&mut stream).await {
        let answer = if command.first().is_some_and(|name| name == "CLIENT") {
            Some("+OK".to_owned())
        } else {
            let mut script = script.lock().unwrap();
            script.asked.push((number, command));
            script.answer.clone()
        };
        if let Some(answer) = answer
            && stream.write_all(format!("{answer}\r\n").as_bytes()).await.is_err()
        {
            return;
        }
    }
}

async fn read_command(stream: &mut BufReader<TcpStream>) -> Option<Vec<String>> {
    let mut command = Vec::new();
    for _ in 0..read_number(stream, '*').await? {
        let length = read_number(stream, '$').await?;
        let mut piece = vec![0; length + "\r\n".len()];
        stream.read_exact(&mut piece).await.ok()?;
        piece.truncate(length);
        command.push(String::from_utf8_lossy(&piece).into_owned());
    }
    Some(command)
}

async fn read_number(stream: &mut BufReader<TcpStream>, kind: char) -> Option<usize> {
    let mut line = String::new();
    stream.read_line(&mut line).await.ok()?;
    line.trim_end().strip_prefix(kind)?.parse().ok()
}
