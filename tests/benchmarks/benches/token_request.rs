//! A token request over a kept connection, next to a bare reqwest POST whose answer serde reads.

use std::alloc::System;
use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

use criterion::Criterion;
use grantkit::prelude::*;
use grantkit_benchmarks::{Summary, TOKEN_LENGTH, allocations, broken, compare_cpu, long_token};
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use reqwest::redirect::Policy;
use serde::Deserialize;
use stats_alloc::{INSTRUMENTED_SYSTEM, StatsAlloc};
use tokio::runtime::Builder;

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const ROUNDS: usize = 300;
const CALLS: u32 = 40;
/// Of an answer, as a server with a clock sends them (RFC 9110 §6.6.1).
const HEADERS: &str =
    "content-type: application/json\r\ncache-control: no-store\r\ndate: Mon, 30 Nov 2026 12:00:00 GMT\r\n";
const FORM: &str = "grant_type=client_credentials&scope=read%3Ainvoices";

fn main() -> Result<()> {
    let address = serve().map_err(broken)?;
    let url = format!("http://{address}/token");
    let runtime = Builder::new_current_thread().enable_all().build().map_err(broken)?;
    let floor = Floor::new(&url)?;
    let client = Client::builder().client_id("billing").client_secret_basic("s3cret").token_endpoint(&url)?.build();
    let grant = client.client_credentials().scope("read:invoices");
    let bare = || runtime.block_on(floor.request());
    let ours = || runtime.block_on(grant.get_token());
    assert_eq!(bare().map_err(broken)?.access_token, ours()?.access_token().secret(), "another answer");

    let mut criterion = Criterion::default().configure_from_args();
    let mut group = criterion.benchmark_group("token_request");
    group.bench_function("bare reqwest", |bencher| bencher.iter(bare));
    group.bench_function("client credentials", |bencher| bencher.iter(ours));
    group.finish();
    criterion.final_summary();

    let mut summary = Summary::default();
    summary.add_cpu("a token request to bare reqwest", compare_cpu(ROUNDS, CALLS, bare, ours), 1.05);
    print!("{summary}");
    println!(
        "allocations: {} a token request, {} with bare reqwest",
        allocations(ALLOCATOR, ours),
        allocations(ALLOCATOR, bare)
    );
    Ok(())
}

/// What a program without an OAuth library does, with the same limits.
struct Floor {
    http: reqwest::Client,
    url: reqwest::Url,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "they are read as any program reads them")]
struct Answer {
    access_token: String,
    token_type: String,
    expires_in: u64,
    scope: Option<String>,
}

impl Floor {
    fn new(url: &str) -> Result<Self> {
        let builder = reqwest::Client::builder().redirect(Policy::none()).no_proxy();
        let builder = builder.connect_timeout(Duration::from_secs(10)).timeout(Duration::from_secs(30));
        Ok(Self { http: builder.build().map_err(broken)?, url: url.parse().map_err(broken)? })
    }

    async fn request(&self) -> std::result::Result<Answer, Box<dyn std::error::Error + Send + Sync>> {
        let request = self.http.post(self.url.clone()).header(AUTHORIZATION, "Basic YmlsbGluZzpzM2NyZXQ=");
        let request =
            request.header(ACCEPT, "application/json").header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        let answer = request.body(FORM).send().await?.error_for_status()?;
        Ok(serde_json::from_slice(&answer.bytes().await?)?)
    }
}

/// A server on a thread of its own that allocates nothing for a request, for as long as the program runs.
fn serve() -> std::io::Result<SocketAddr> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let address = listener.local_addr()?;
    let token = long_token("token");
    let body =
        format!(r#"{{"access_token":"{token}","token_type":"Bearer","expires_in":3600,"scope":"read:invoices"}}"#);
    let answer = format!("HTTP/1.1 200 OK\r\n{HEADERS}content-length: {}\r\n\r\n{body}", body.len());
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let answer = answer.clone();
            thread::spawn(move || answer_all(stream, answer.as_bytes()));
        }
    });
    Ok(address)
}

fn answer_all(mut stream: TcpStream, answer: &[u8]) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let (mut buffer, mut filled) = ([0; 4 * TOKEN_LENGTH], 0);
    loop {
        let read = stream.read(&mut buffer[filled..])?;
        filled += read;
        // Both send the same form last.
        if buffer[..filled].ends_with(FORM.as_bytes()) {
            stream.write_all(answer)?;
            filled = 0;
        } else if read == 0 {
            return Ok(());
        }
    }
}
