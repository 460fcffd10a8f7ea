//! Tokens for a program with a runtime on each of 48 threads: the connections it opens and its slowest request, next to a bare reqwest
//! client for each runtime.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use axum::Router;
use axum::http::header::CONTENT_TYPE;
use axum::routing::post;
use axum::serve::ListenerExt;
use grantkit::prelude::*;
use grantkit_benchmarks::{Comparison, Summary};
use tokio::runtime::{Builder, Runtime};

const RUNTIMES: u32 = 48;
/// Requests that each makes, one after the other, as a program with many clients does.
const REQUESTS: u32 = 50;
const ROUNDS: usize = 3;
const ANSWER: &str = r#"{"access_token":"2YotnFZFEjr1zCsicMWpAA","token_type":"Bearer","expires_in":3600}"#;

fn main() -> Result<()> {
    let server = Server::start().map_err(broken)?;
    let url = format!("http://{}/token", server.address);
    let client =
        Client::builder().client_id("billing").client_secret_basic("s3cret").token_endpoint(&url)?.build().erased();
    let (mut bare, mut ours) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        bare.push(server.watch(|runtime, _| {
            let http = reqwest::Client::builder().no_proxy().build().map_err(broken)?;
            worst(|| runtime.block_on(bare_request(&http, &url)))
        })?);
        ours.push(server.watch(|runtime, number| {
            worst(|| {
                let scope = format!("scope-{number}-{}", next_number());
                let credentials = client.client_credentials().scope(scope).credentials("billing");
                runtime.block_on(credentials.token()).map(drop)
            })
        })?);
    }
    let mut summary = Summary::default();
    let (bare, ours) = (median(bare), median(ours));
    let to_bare = |floor: f64, cost: f64| Comparison { floor, cost, ratio: cost / floor };
    summary.add("connections of a runtime to a bare client's", "", to_bare(bare.connections, ours.connections), 2.0);
    summary.add("slowest request to a bare client's", "ms", to_bare(bare.slowest, ours.slowest), 2.0);
    print!("{summary}");
    Ok(())
}

async fn bare_request(http: &reqwest::Client, url: &str) -> Result<()> {
    let request = http.post(url).basic_auth("billing", Some("s3cret")).body("grant_type=client_credentials");
    let answer = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded").send().await.map_err(broken)?;
    OAuthToken::from_response(&answer.bytes().await.map_err(broken)?).map(drop)
}

/// Each request asks for a scope of its own, and so for a token of its own.
fn next_number() -> u32 {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

fn worst(mut request: impl FnMut() -> Result<()>) -> Result<Duration> {
    let mut worst = Duration::ZERO;
    for _ in 0..REQUESTS {
        let start = Instant::now();
        request()?;
        worst = worst.max(start.elapsed());
    }
    Ok(worst)
}

#[derive(Clone, Copy)]
struct Seen {
    connections: f64,
    slowest: f64,
}

fn median(mut rounds: Vec<Seen>) -> Seen {
    rounds.sort_unstable_by(|one, other| one.slowest.total_cmp(&other.slowest));
    rounds.get(ROUNDS / 2).copied().unwrap_or(Seen { connections: f64::NAN, slowest: f64::NAN })
}

struct Server {
    address: SocketAddr,
    connections: Arc<AtomicU32>,
}

impl Server {
    /// On a thread of its own, for as long as the program runs.
    fn start() -> std::io::Result<Self> {
        let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let (connections, runtime) = (Arc::<AtomicU32>::default(), Builder::new_current_thread().enable_all().build()?);
        let opened = Arc::clone(&connections);
        thread::spawn(move || {
            runtime.block_on(async {
                let app = Router::new().route("/token", post(async || ([(CONTENT_TYPE, "application/json")], ANSWER)));
                let listener = tokio::net::TcpListener::from_std(listener)?;
                let count = move |_: &mut _| {
                    opened.fetch_add(1, Ordering::Relaxed);
                };
                axum::serve(listener.tap_io(count), app).await
            })
        });
        Ok(Self { address, connections })
    }

    /// Does the work on as many runtimes at once.
    fn watch(&self, work: impl Fn(&Runtime, u32) -> Result<Duration> + Sync) -> Result<Seen> {
        let before = self.connections.load(Ordering::Relaxed);
        let run = |number| {
            let runtime = Builder::new_current_thread().enable_all().build().map_err(broken)?;
            work(&runtime, number)
        };
        let slowest: Result<Vec<Duration>> = thread::scope(|scope| {
            let threads: Vec<_> = (0..RUNTIMES)
                .map(|number| {
                    scope.spawn({
                        let run = &run;
                        move || run(number)
                    })
                })
                .collect();
            let join = |thread: thread::ScopedJoinHandle<'_, _>| {
                thread.join().unwrap_or_else(|_| Err(Error::temporary("a thread panicked")))
            };
            threads.into_iter().map(join).collect()
        });
        let slowest = slowest?.into_iter().max().unwrap_or_default().as_secs_f64() * 1e3;
        let opened = self.connections.load(Ordering::Relaxed) - before;
        Ok(Seen { connections: f64::from(opened) / f64::from(RUNTIMES), slowest })
    }
}

fn broken(error: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::temporary("the benchmark cannot run").with_source(error)
}
