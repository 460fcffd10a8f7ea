use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU16, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::home::program;

/// `grantkit serve`, in a process of its own.
pub(crate) struct Server {
    child: Child,
    pub(crate) ready: Value,
    pub(crate) issuer: String,
    pub(crate) api: String,
    requests: Arc<Mutex<Vec<Value>>>,
}

impl Server {
    pub(crate) fn start(arguments: &[&str]) -> Self {
        let mut child = Command::new(program())
            .args(["serve", "--json", "--poll-interval", "0"])
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let ready: Value = serde_json::from_str(&lines.next().expect("it starts").unwrap()).unwrap();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&requests);
        thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                seen.lock().unwrap().push(serde_json::from_str::<Value>(&line).unwrap());
            }
        });
        let text = |name: &str| ready[name].as_str().unwrap_or_default().to_owned();
        Self { issuer: text("issuer"), api: text("api"), ready, child, requests }
    }

    /// How often this path was asked, once all requests of so far have been told.
    pub(crate) fn count(&self, path: &str, grant_type: Option<&str>) -> usize {
        let mark = format!("/mark-{}", self.requests.lock().unwrap().len());
        super::get(&format!("{}{mark}", self.issuer), None);
        let end = Instant::now() + Duration::from_mins(1);
        while !self.requests.lock().unwrap().iter().any(|request| request["path"] == mark.as_str()) {
            assert!(Instant::now() < end, "the server tells nothing");
            thread::sleep(Duration::from_millis(10));
        }
        let requests = self.requests.lock().unwrap();
        let is_it =
            |request: &&Value| request["path"] == path && grant_type.is_none_or(|grant| request["grant_type"] == grant);
        requests.iter().filter(is_it).count()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Two ports in a row that were free just now, and are given to no other test.
pub(crate) fn free_ports() -> u16 {
    static GIVEN: AtomicU16 = AtomicU16::new(0);
    let first = 20_000 + u16::try_from(std::process::id() % 100).unwrap() * 2;
    let is_free = |port: u16| TcpListener::bind(("127.0.0.1", port)).is_ok();
    loop {
        let port = first + GIVEN.fetch_add(2, Ordering::Relaxed);
        if is_free(port) && is_free(port + 1) {
            return port;
        }
    }
}
