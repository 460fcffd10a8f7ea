//! A service that makes one authorised call for each request it answers, over many token expiries, next to the same service with a
//! header that is written into its code: in turns, under the same load, on the same runtime.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::{get, post};
use axum::{Json, Router};
use grantkit::credentials::CredentialCache;
use grantkit::{ApiClient, Client, Credentials, Error, Result};
use grantkit_benchmarks::{Comparison, HelperProcess, Latencies, Summary, TOKEN_LENGTH, broken, median, process_time};
use http::HeaderValue;
use http::header::{ACCEPT, AUTHORIZATION};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::runtime::Builder;

/// Callers, each with a connection of its own, that wait for the answer before they ask again.
const CALLERS: usize = 32;
const PAIRS: usize = 60;
const WINDOW: Duration = Duration::from_millis(500);
/// Not counted, for connections to be opened.
const WARM_UP: usize = 2;
const LIFETIME: Duration = Duration::from_secs(2);
const ANSWER: &str = r#"{"id":"42","amount_cents":1999,"currency":"EUR"}"#;

fn main() -> Result<()> {
    if HelperProcess::is_this() {
        return Builder::new_current_thread()
            .enable_all()
            .build()
            .and_then(|runtime| runtime.block_on(api()))
            .map_err(broken);
    }
    let api = HelperProcess::start().map_err(broken)?;
    let upstream = format!("http://{}", api.address());
    let runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build().map_err(broken)?;
    let service = runtime.block_on(service(&upstream))?;
    let load = Builder::new_current_thread().enable_all().build().map_err(broken)?;
    load.block_on(measure(service, &upstream))
}

async fn measure(service: SocketAddr, upstream: &str) -> Result<()> {
    let callers: Vec<_> =
        (0..CALLERS).map(|_| reqwest::Client::builder().no_proxy().build().map_err(broken)).collect::<Result<_>>()?;
    let urls = ["hard-coded", "grantkit"].map(|way| format!("http://{service}/{way}"));
    let mut windows = Vec::with_capacity(PAIRS);
    for pair in 0..PAIRS + WARM_UP {
        let mut both = [const { None }; 2];
        // The second finds the caches warmer.
        for way in [pair % 2, (pair + 1) % 2] {
            both[way] = Some(Window::of(&callers, &urls[way]).await?);
        }
        if let ([Some(floor), Some(cost)], true) = (both, pair >= WARM_UP) {
            windows.push((floor, cost));
        }
    }

    let mut summary = Summary::default();
    let compared = |of: fn(&Window) -> f64| Comparison {
        floor: median(windows.iter().map(|(floor, _)| of(floor)).collect()),
        cost: median(windows.iter().map(|(_, cost)| of(cost)).collect()),
        ratio: median(windows.iter().map(|(floor, cost)| of(cost) / of(floor)).collect()),
    };
    // The other way round, so that less is better in all lines.
    summary.add("time for a request (requests per second)", "us", compared(Window::microseconds_a_request), 1.01);
    summary.add("processor time for a request", "us", compared(Window::processor_microseconds), None);
    let (mut floor, mut cost) = (Latencies::default(), Latencies::default());
    for (of_floor, of_cost) in &windows {
        floor.add(&of_floor.latencies);
        cost.add(&of_cost.latencies);
    }
    for (name, share, aim) in [("p50", 0.5, None), ("p99", 0.99, Some(1.02)), ("p99.9", 0.999, None)] {
        let (floor, cost) = (floor.percentile(share) / 1e3, cost.percentile(share) / 1e3);
        summary.add(&format!("latency, {name}"), "us", Comparison { floor, cost, ratio: cost / floor }, aim);
    }
    print!("{summary}");
    let counted = async || reqwest::get(format!("{upstream}/counted")).await?.text().await;
    println!(
        "({} requests each way by {CALLERS} callers; tokens live {} s: {})",
        cost.count(),
        LIFETIME.as_secs(),
        counted().await.map_err(broken)?
    );
    Ok(())
}

struct Window {
    latencies: Latencies,
    elapsed: Duration,
    computed: Duration,
}

impl Window {
    async fn of(callers: &[reqwest::Client], url: &str) -> Result<Self> {
        let (start, computed) = (Instant::now(), process_time());
        let tasks: Vec<_> =
            callers.iter().map(|caller| tokio::spawn(call(caller.clone(), url.to_owned(), start + WINDOW))).collect();
        let mut latencies = Latencies::default();
        for task in tasks {
            latencies.add(&task.await.map_err(broken)??);
        }
        Ok(Self { latencies, elapsed: start.elapsed(), computed: process_time().saturating_sub(computed) })
    }

    fn microseconds_a_request(&self) -> f64 {
        self.divided(self.elapsed)
    }

    fn processor_microseconds(&self) -> f64 {
        self.divided(self.computed)
    }

    #[expect(clippy::cast_precision_loss, reason = "some thousand requests")]
    fn divided(&self, time: Duration) -> f64 {
        time.as_secs_f64() * 1e6 / self.latencies.count() as f64
    }
}

async fn call(caller: reqwest::Client, url: String, end: Instant) -> Result<Latencies> {
    let mut latencies = Latencies::default();
    loop {
        let start = Instant::now();
        if start >= end {
            return Ok(latencies);
        }
        let answer = async { caller.get(&url).send().await?.error_for_status()?.text().await };
        if answer.await.map_err(broken)? != ANSWER {
            return Err(Error::invalid_response("another answer"));
        }
        latencies.record(start.elapsed());
    }
}

/// Both services, each as it would be written.
async fn service(upstream: &str) -> Result<SocketAddr> {
    let client = Client::builder()
        .client_id("billing")
        .client_secret_basic("s3cret")
        .token_endpoint(&format!("{upstream}/token"))?
        .build();
    let named = client.client_credentials().named("billing");
    let credentials = Credentials::builder(named).cache(&CredentialCache::new(1, None)).build();
    let api = ApiClient::new(&format!("{upstream}/v1"), credentials)?;
    let http = reqwest::Client::builder().timeout(Duration::from_mins(1)).no_proxy().build().map_err(broken)?;
    let hard_coded = HardCoded { http, url: format!("{upstream}/v1/invoices/42"), header: header() };

    let app = Router::new()
        .route("/grantkit", get(ours).with_state(api))
        .route("/hard-coded", get(theirs).with_state(Arc::new(hard_coded)));
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.map_err(broken)?;
    let address = listener.local_addr().map_err(broken)?;
    tokio::spawn(async { axum::serve(listener, app).await });
    Ok(address)
}

async fn ours(State(api): State<ApiClient>) -> (StatusCode, String) {
    match api.get("invoices/42").fetch_text().await {
        Ok(invoice) => (StatusCode::OK, invoice),
        Err(error) => (StatusCode::BAD_GATEWAY, error.to_string()),
    }
}

struct HardCoded {
    http: reqwest::Client,
    url: String,
    header: HeaderValue,
}

async fn theirs(State(service): State<Arc<HardCoded>>) -> (StatusCode, String) {
    let request =
        service.http.get(&service.url).header(AUTHORIZATION, service.header.clone()).header(ACCEPT, "application/json");
    match async { request.send().await?.error_for_status()?.text().await }.await {
        Ok(invoice) => (StatusCode::OK, invoice),
        Err(error) => (StatusCode::BAD_GATEWAY, error.to_string()),
    }
}

fn header() -> HeaderValue {
    let mut header = HeaderValue::try_from(format!("Bearer {:.<TOKEN_LENGTH$}", u64::MAX))
        .unwrap_or_else(|_| HeaderValue::from_static("not reached"));
    header.set_sensitive(true);
    header
}

/// What the API and the token endpoint have seen.
#[derive(Default)]
struct Seen {
    tokens: AtomicU64,
    expired: AtomicU64,
}

/// An API whose tokens say when they expire, and its token endpoint, which takes its time.
async fn api() -> io::Result<()> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    HelperProcess::serves_at(listener.local_addr()?)?;
    let app = Router::new()
        .route("/v1/invoices/{id}", get(invoice))
        .route("/token", post(token))
        .route("/counted", get(counted))
        .with_state(Arc::new(Seen::default()));
    axum::serve(listener, app).await
}

async fn invoice(State(seen): State<Arc<Seen>>, headers: HeaderMap) -> (StatusCode, &'static str) {
    let token = headers.get(AUTHORIZATION).and_then(|header| header.to_str().ok()?.strip_prefix("Bearer "));
    let expires = token.and_then(|token| token.split('.').next()?.parse().ok()).unwrap_or(0);
    if now() < Duration::from_millis(expires) {
        return (StatusCode::OK, ANSWER);
    }
    seen.expired.fetch_add(1, Ordering::Relaxed);
    (StatusCode::UNAUTHORIZED, "")
}

async fn token(State(seen): State<Arc<Seen>>) -> Json<Value> {
    seen.tokens.fetch_add(1, Ordering::Relaxed);
    tokio::time::sleep(Duration::from_millis(20)).await;
    let expires = (now() + LIFETIME).as_millis();
    Json(
        json!({ "access_token": format!("{expires:.<TOKEN_LENGTH$}"), "token_type": "Bearer", "expires_in": LIFETIME.as_secs() }),
    )
}

async fn counted(State(seen): State<Arc<Seen>>) -> String {
    format!(
        "{} token requests, {} calls with an expired token",
        seen.tokens.load(Ordering::Relaxed),
        seen.expired.load(Ordering::Relaxed)
    )
}

fn now() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}
