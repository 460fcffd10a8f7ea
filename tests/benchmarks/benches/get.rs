//! An authorised GET through `ApiClient`, next to a bare reqwest GET with a ready header, over the same connection pool.

use std::net::{Ipv4Addr, SocketAddr};
use std::thread;
use std::time::{Duration, Instant};

use axum::Router;
use axum::routing::get;
use criterion::Criterion;
use grantkit::credentials::CredentialCache;
use grantkit::{ApiClient, Error, Result};
use grantkit_benchmarks::{Comparison, Fixed, Summary, credentials};
use http::header::AUTHORIZATION;
use reqwest::redirect::Policy;
use tokio::runtime::Builder;

const CALLS: usize = 20_000;
const LIMIT: Duration = Duration::from_secs(30);
const ANSWER: &str = r#"{"id":"42","amount_cents":1999,"currency":"EUR"}"#;

fn main() -> Result<()> {
    let address = serve().map_err(broken)?;
    let url = format!("http://{address}/v1/invoices/42");
    // The limit that `ApiClient` sets by itself: nobody goes without one.
    let http = reqwest::Client::builder().redirect(Policy::none()).timeout(LIMIT).no_proxy().build().map_err(broken)?;
    let cache = CredentialCache::new(1, None);
    let credentials = credentials(Fixed::of_tenant(1), &cache)?;
    let api =
        ApiClient::builder(&format!("http://{address}/v1"), credentials.clone()).http_client(http.clone()).build()?;

    let runtime = Builder::new_current_thread().enable_all().build().map_err(broken)?;
    let header = runtime.block_on(credentials.headers())?.authorization().clone();
    let bare = async || http.get(&url).header(AUTHORIZATION, header.clone()).send().await?.text().await;
    let ours = async || api.get("invoices/42").fetch_text().await;

    let mut criterion = Criterion::default().configure_from_args();
    let mut group = criterion.benchmark_group("get");
    group.bench_function("bare reqwest", |bencher| bencher.iter(|| runtime.block_on(bare())));
    group.bench_function("ApiClient", |bencher| bencher.iter(|| runtime.block_on(ours())));
    group.finish();
    criterion.final_summary();

    // In turns, call by call: the machine's moods are larger than the difference.
    let (mut floors, mut costs) = (Vec::with_capacity(CALLS), Vec::with_capacity(CALLS));
    runtime.block_on(async {
        for _ in 0..CALLS {
            let start = Instant::now();
            let floor = bare().await.map_err(broken)?;
            let between = Instant::now();
            let cost = ours().await?;
            costs.push(between.elapsed());
            floors.push(between - start);
            assert!(floor == ANSWER && cost == ANSWER, "another answer");
        }
        Result::Ok(())
    })?;
    let microseconds = |mut times: Vec<Duration>| {
        times.sort_unstable();
        times[CALLS / 2].as_secs_f64() * 1e6
    };
    let (floor, cost) = (microseconds(floors), microseconds(costs));
    let mut summary = Summary::default();
    summary.add("GET through ApiClient to bare reqwest", "us", Comparison { floor, cost, ratio: cost / floor }, 1.01);
    print!("{summary}");
    Ok(())
}

/// A server on a thread of its own, for as long as the program runs.
fn serve() -> std::io::Result<SocketAddr> {
    let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?;
    let runtime = Builder::new_current_thread().enable_all().build()?;
    thread::spawn(move || {
        runtime.block_on(async {
            let app = Router::new().route("/v1/invoices/{id}", get(async || ANSWER));
            axum::serve(tokio::net::TcpListener::from_std(listener)?, app).await
        })
    });
    Ok(address)
}

fn broken(error: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::configuration("the benchmark does not work here").with_source(error)
}
