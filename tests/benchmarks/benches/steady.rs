//! Reading a token that expires every two seconds, under load, next to one that does not: callers are not to notice a renewal.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use grantkit::Credentials;
use grantkit::credentials::{CredentialCache, Fingerprint};
use grantkit::prelude::*;
use grantkit_benchmarks::{Comparison, Fixed, Latencies, Summary, credentials, long_token, once};

const TASKS: usize = 64;
const LIFETIME: Duration = Duration::from_secs(2);
const LIVES: u32 = 10;
/// Calls between two moments in which other tasks have their turn.
const BATCH: usize = 500;

/// A server that takes its time, and whose tokens are short-lived.
#[derive(Clone, Debug, Default)]
struct ShortLived {
    requests: Arc<AtomicU64>,
}

#[async_trait]
impl OAuthClient for ShortLived {
    fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of_type::<Self>()
    }

    async fn get_token(&self) -> Result<OAuthToken> {
        let number = self.requests.fetch_add(1, Ordering::Relaxed);
        tokio::time::sleep(Duration::from_millis(50)).await;
        Ok(OAuthToken::new(long_token(&number.to_string()))?.with_expires_in(LIFETIME))
    }
}

fn main() -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_time()
        .build()
        .map_err(|error| Error::configuration("no runtime").with_source(error))?;
    runtime.block_on(measure())
}

async fn measure() -> Result<()> {
    let cache = CredentialCache::new(16, None);
    let client = ShortLived::default();
    let expiring = Credentials::builder(client.clone()).cache(&cache).build();
    expiring.token().await?;
    let lasting = credentials(Fixed::of_tenant(1), &cache)?;

    let end = Instant::now() + LIFETIME * LIVES;
    let tasks: Vec<_> = (0..TASKS).map(|_| tokio::spawn(read(expiring.clone(), lasting.clone(), end))).collect();
    let (mut measured, mut floor, mut waited) = (Latencies::default(), Latencies::default(), 0);
    for task in tasks {
        if let Ok((of_expiring, of_lasting, of_waiting)) = task.await {
            measured.add(&of_expiring);
            floor.add(&of_lasting);
            waited += of_waiting;
        }
    }
    let mut summary = Summary::default();
    for (name, share, aim) in
        [("p50", 0.5, None), ("p99", 0.99, None), ("p99.9", 0.999, Some(1.2)), ("p99.99", 0.9999, None)]
    {
        let (floor, cost) = (floor.percentile(share), measured.percentile(share));
        summary.add(
            &format!("headers(), {name}, to a token that lasts"),
            "ns",
            Comparison { floor, cost, ratio: cost / floor },
            aim,
        );
    }
    print!("{summary}");
    println!(
        "({} calls over {LIVES} lives of {} s by {TASKS} tasks: {} token requests, {waited} calls had to wait)",
        measured.count(),
        LIFETIME.as_secs(),
        client.requests.load(Ordering::Relaxed)
    );
    Ok(())
}

/// Reads both in turns, so that what disturbs the machine disturbs both alike.
async fn read(expiring: Credentials, lasting: Credentials, end: Instant) -> (Latencies, Latencies, u64) {
    let (mut measured, mut floor, mut waited) = (Latencies::default(), Latencies::default(), 0);
    while Instant::now() < end {
        for _ in 0..BATCH {
            let start = Instant::now();
            let headers = once!(expiring.headers());
            let between = Instant::now();
            let others = once!(lasting.headers());
            floor.record(between.elapsed());
            measured.record(between - start);
            waited += u64::from(headers.is_none());
            drop((headers, others));
        }
        tokio::task::yield_now().await;
    }
    (measured, floor, waited)
}
