//! An API that is called with tokens of two seconds, by 64 tasks over five lives: as fast as with one that lasts, and never rejected.

use std::time::{Duration, Instant};

use grantkit::credentials::CredentialCache;
use grantkit::prelude::*;
use grantkit::{Client, Credentials};
use grantkit_benchmarks::{Comparison, Summary};
use grantkit_testkit::{AuthorizationServer, ProtectedApi};

const TASKS: usize = 64;
const LIFETIME: Duration = Duration::from_secs(2);
const LIVES: u32 = 5;
const PAUSE: Duration = Duration::from_millis(5);

fn main() -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|error| Error::configuration("no runtime").with_source(error))?;
    runtime.block_on(async {
        let floor = Run::of(Duration::from_hours(1)).await?;
        let cost = Run::of(LIFETIME).await?;
        let mut summary = Summary::default();
        let (of_floor, of_cost) = (floor.nanoseconds_a_call(), cost.nanoseconds_a_call());
        let comparison = Comparison { floor: of_floor, cost: of_cost, ratio: of_cost / of_floor };
        summary.add("an authorised GET, to one with a token that lasts", "ns", comparison, Some(1.2));
        print!("{summary}");
        println!(
            "({} calls over {LIVES} lives of {} s by {TASKS} tasks: {} token requests, {} calls rejected)",
            cost.accepted,
            LIFETIME.as_secs(),
            cost.token_requests,
            cost.rejected
        );
        Ok(())
    })
}

/// What came of it.
struct Run {
    elapsed: Duration,
    accepted: u64,
    rejected: u64,
    token_requests: u64,
}

impl Run {
    async fn of(lifetime: Duration) -> Result<Self> {
        let failed = |error: std::io::Error| Error::configuration("no server").with_source(error);
        let server = AuthorizationServer::builder()
            .confidential_client("billing", "s3cret")
            .access_token_lifetime(lifetime)
            .start()
            .await
            .map_err(failed)?;
        let api = ProtectedApi::start(&server).await.map_err(failed)?;
        let client = Client::builder()
            .client_id("billing")
            .client_secret_basic("s3cret")
            .token_endpoint(&server.token_endpoint())?
            .build();
        let cache = CredentialCache::new(1, None);
        let credentials = Credentials::builder(client.client_credentials().named("billing")).cache(&cache).build();
        let http = reqwest::Client::builder().no_proxy().build();
        let http = http.map_err(|error| Error::configuration("no HTTP client").with_source(error))?;
        let began = Instant::now();
        let end = began + LIFETIME * LIVES;
        let url = api.url("/v1/whoami");
        let tasks: Vec<_> =
            (0..TASKS).map(|_| tokio::spawn(call(credentials.clone(), http.clone(), url.clone(), end))).collect();
        for task in tasks {
            task.await.map_err(|error| Error::temporary("a task failed").with_source(error))??;
        }
        let counters = api.counters();
        Ok(Self {
            elapsed: began.elapsed(),
            accepted: counters.accepted,
            rejected: counters.rejected,
            token_requests: server.counters().token_requests,
        })
    }

    #[expect(clippy::cast_precision_loss, reason = "some ten thousand calls")]
    fn nanoseconds_a_call(&self) -> f64 {
        self.elapsed.as_nanos() as f64 / self.accepted.max(1) as f64
    }
}

async fn call(credentials: Credentials, http: reqwest::Client, url: String, end: Instant) -> Result<()> {
    while Instant::now() < end {
        let headers = credentials.headers().await?;
        let answer = http.get(&url).header("authorization", headers.authorization()).send().await;
        answer.map_err(|error| Error::temporary("the API did not answer").with_source(error))?;
        tokio::time::sleep(PAUSE).await;
    }
    Ok(())
}
