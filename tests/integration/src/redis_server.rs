//! A real Redis (or Valkey), run by the test that asks for it; see `tests/servers/README.md`.

#![allow(dead_code, reason = "no test program uses all of it")]

use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use redis::{Connection, ConnectionLike as _};
use tempfile::TempDir;

/// For a machine that is very busy; it is there within a tenth of a second.
const LOCK_TIMEOUT: Duration = Duration::from_mins(1);

/// A server with a folder of its own, which keeps what is written (`appendfsync always`). It ends with this value.
pub struct RedisServer {
    port: u16,
    folder: TempDir,
    arguments: Vec<String>,
    process: Option<Child>,
}

impl RedisServer {
    pub fn start() -> Self {
        Self::start_with(&[])
    }

    /// With settings of `redis.conf`, as `["--requirepass", "s3cret"]`.
    pub fn start_with(arguments: &[&str]) -> Self {
        let arguments = arguments.iter().map(|&argument| argument.to_owned()).collect();
        let folder = tempfile::tempdir().unwrap();
        let mut server = Self { port: free_port(), folder, arguments, process: None };
        server.restart();
        server
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A connection beside the store's.
    pub fn raw(&self) -> Connection {
        redis::Client::open(self.url()).unwrap().get_connection().unwrap()
    }

    /// Ends it as a crash does.
    pub fn stop(&mut self) {
        if let Some(mut process) = self.process.take() {
            process.kill().unwrap();
            process.wait().unwrap();
        }
    }

    /// At the same port, with what it had written.
    pub fn restart(&mut self) {
        self.stop();
        let gives_up = Instant::now() + LOCK_TIMEOUT;
        while !self.is_there() {
            assert!(Instant::now() < gives_up, "redis-server does not begin to listen on port {}", self.port);
            let has_ended = self.process.as_mut().is_none_or(|process| process.try_wait().unwrap().is_some());
            if has_ended {
                self.process = Some(self.spawn());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// It takes connections and commands, and answers nothing: as behind a network that has gone.
    pub fn freeze(&self) {
        self.signal("-STOP");
    }

    pub fn thaw(&self) {
        self.signal("-CONT");
    }

    fn signal(&self, signal: &str) {
        let process = self.process.as_ref().expect("it runs");
        assert!(Command::new("kill").args([signal, &process.id().to_string()]).status().unwrap().success());
    }

    fn spawn(&self) -> Child {
        let program = std::env::var("REDIS_SERVER").unwrap_or_else(|_| "redis-server".to_owned());
        let mut command = Command::new(&program);
        command.args(["--port", &self.port.to_string(), "--bind", "127.0.0.1", "--save", ""]);
        command.args(["--appendonly", "yes", "--appendfsync", "always"]).arg("--dir").arg(self.folder.path());
        command.args(&self.arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command.spawn().unwrap_or_else(|error| {
            panic!(
                "{program} cannot be started ({error}): run `tests/run` (or `tests/servers/install`), which installs it, \
                 or set REDIS_SERVER to a redis-server or valkey-server"
            )
        })
    }

    /// Whatever it answers, it has begun to, and has what it had written.
    fn is_there(&mut self) -> bool {
        // What answers may be another one, where this one has ended because its port was taken.
        if self.process.as_mut().is_none_or(|process| process.try_wait().unwrap().is_some()) {
            return false;
        }
        if self.arguments.iter().any(|argument| argument == "--tls-port") {
            return self.folder.path().join("appendonlydir").exists()
                && std::net::TcpStream::connect(("127.0.0.1", self.tls_port())).is_ok();
        }
        let address = format!("redis://127.0.0.1:{}", self.port);
        let connection = redis::Client::open(address).unwrap().get_connection_with_timeout(Duration::from_secs(1));
        match connection {
            // One that wants a password says so; one that still reads what it had written is not there yet.
            Ok(mut connection) => match redis::cmd("PING").query::<String>(&mut connection) {
                Ok(_) => true,
                Err(error) => connection.is_open() && error.code() != Some("LOADING"),
            },
            Err(error) => !error.is_io_error(),
        }
    }

    fn tls_port(&self) -> u16 {
        let at = self.arguments.iter().position(|argument| argument == "--tls-port").expect("a TLS port");
        self.arguments[at + 1].parse().unwrap()
    }
}

impl Drop for RedisServer {
    fn drop(&mut self) {
        if let Some(mut process) = self.process.take() {
            // There is nothing to be done about a process that cannot be ended.
            let _ = process.kill();
            let _ = process.wait();
        }
    }
}

/// A port that was free a moment ago, and that the system assigns to no process: below those that it hands out to sockets
/// of any port and to connections that go out, and beside those of other tests that are written down.
pub fn free_port() -> u16 {
    loop {
        let port = fastrand::u16(23_000..32_000);
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
}
