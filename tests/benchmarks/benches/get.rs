//! An authorised GET through `ApiClient`, next to bare reqwest with the same headers and the same limit, and the making of a request that
//! is not sent. The server is a process of its own.

use std::alloc::System;
use std::io;
use std::net::Ipv4Addr;
use std::time::Duration;

use axum::Router;
use axum::routing::get;
use grantkit::credentials::CredentialCache;
use grantkit::{ApiClient, Error, Result};
use grantkit_benchmarks::{Fixed, HelperProcess, Summary, allocations, broken, compare, compare_cpu, credentials};
use http::header::{ACCEPT, AUTHORIZATION};
use http::{HeaderMap, HeaderValue, Method};
use reqwest::redirect::Policy;
use reqwest::{Client, Request, Url};
use stats_alloc::{INSTRUMENTED_SYSTEM, StatsAlloc};
use tokio::runtime::{Builder, Runtime};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const ROUNDS: usize = 1500;
const CALLS: u32 = 20;
/// That of `ApiClient`.
const LIMIT: Duration = Duration::from_mins(1);
const ANSWER: &str = r#"{"id":"42","amount_cents":1999,"currency":"EUR"}"#;

fn main() -> Result<()> {
    if HelperProcess::is_this() {
        return serve().map_err(broken);
    }
    let server = HelperProcess::start().map_err(broken)?;
    let base = format!("http://{}/v1", server.address());
    let credentials = credentials(Fixed::of_tenant(1), &CredentialCache::new(1, None))?;
    let api = ApiClient::new(&base, credentials.clone())?;
    let mut headers = HeaderMap::new();
    let authorization = async { Ok::<_, Error>(credentials.headers().await?.authorization().clone()) };
    headers.insert(AUTHORIZATION, runtime()?.block_on(authorization)?);
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    let url = format!("{base}/invoices/42");

    let mut summary = Summary::default();
    // A runtime, with its connections, for each way: what one of them leaves behind is no help to the other.
    let ours = runtime()?;
    let ours = || assert_eq!(ours.block_on(api.get("invoices/42").fetch_text()).as_deref().ok(), Some(ANSWER));
    for (limit, named) in [(Some(LIMIT), "GET, to reqwest with that limit"), (None, "GET, to reqwest without a limit")]
    {
        let (http, alone) = (bare(limit)?, runtime()?);
        let call = async || http.get(&url).headers(headers.clone()).send().await?.text().await;
        let floor = || assert_eq!(alone.block_on(call()).as_deref().ok(), Some(ANSWER));
        summary.add_cpu(named, compare_cpu(ROUNDS, CALLS, floor, ours), 1.01);
        println!("{named}: {} allocations to {}", allocations(ALLOCATOR, ours), allocations(ALLOCATOR, floor));
    }
    building(&mut summary, &api, &url);
    print!("{summary}");
    Ok(())
}

/// A request that is made and dropped, to the parts of one of reqwest: a URL, and no headers yet.
fn building(summary: &mut Summary, api: &ApiClient, url: &str) {
    let parts = || Url::parse(url).map(|url| Request::new(Method::GET, url));
    let ours = || api.get("invoices/42");
    summary.add("a request that is not sent, to reqwest's", "ns", compare(400, 2000, parts, ours), None);
    let listed = || api.get(("invoices", 42));
    summary.add("the same from a list of segments", "ns", compare(400, 2000, parts, listed), None);
    let counts = [allocations(ALLOCATOR, ours), allocations(ALLOCATOR, listed), allocations(ALLOCATOR, parts)];
    println!("a request that is not sent: {} allocations, {} from a list, to {}", counts[0], counts[1], counts[2]);
}

fn bare(limit: Option<Duration>) -> Result<Client> {
    let builder = Client::builder().redirect(Policy::none()).no_proxy().user_agent("floor/0.1.0");
    let builder = limit.into_iter().fold(builder, reqwest::ClientBuilder::timeout);
    builder.build().map_err(broken)
}

fn runtime() -> Result<Runtime> {
    Builder::new_current_thread().enable_all().build().map_err(broken)
}

/// For as long as the benchmark runs.
fn serve() -> io::Result<()> {
    Builder::new_current_thread().enable_all().build()?.block_on(async {
        let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        HelperProcess::serves_at(listener.local_addr()?)?;
        let app = Router::new().route("/v1/invoices/{id}", get(async || ANSWER));
        axum::serve(listener, app).await
    })
}
