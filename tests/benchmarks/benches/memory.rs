//! What a client takes in memory, next to a bare moka entry with its token and header.

use std::alloc::System;
use std::hint::black_box;
use std::sync::Arc;

use grantkit::OAuthClient;
use grantkit::credentials::{CacheKey, CredentialCache};
use grantkit_benchmarks::{Comparison, Fixed, Summary, credentials, long_token, once};
use http::HeaderValue;
use moka::sync::Cache;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const CLIENTS: u32 = 100_000;

fn main() -> grantkit::Result<()> {
    let (bare, _keep) = grown(|| {
        let cache = Cache::new(u64::from(CLIENTS) * 2);
        for tenant in 0..CLIENTS {
            let client = Fixed::of_tenant(tenant as usize);
            let token = long_token(client.name()).into_boxed_str();
            let header = HeaderValue::try_from(format!("Bearer {token}")).ok();
            cache.insert(CacheKey::of(&client), Arc::new((token, header)));
        }
        cache.run_pending_tasks();
        cache
    });
    let (ours, cache) = grown(|| {
        let cache = CredentialCache::new(u64::from(CLIENTS) * 2, None);
        (0..CLIENTS).try_for_each(|tenant| credentials(Fixed::of_tenant(tenant as usize), &cache).map(drop))?;
        // The cache cleans up while it is used.
        cache.get(&CacheKey::of(&Fixed::of_tenant(0)));
        grantkit::Result::Ok(cache)
    });
    let cache = cache?;
    let (read, ()) = grown(|| {
        for tenant in 0..CLIENTS {
            let credentials = cache.get(&CacheKey::of(&Fixed::of_tenant(tenant as usize)));
            black_box(credentials.and_then(|credentials| once!(credentials.headers())));
        }
    });
    let (elsewhere, ()) = grown(|| {
        std::thread::scope(|scope| {
            scope.spawn(|| {
                for tenant in 0..CLIENTS {
                    let credentials = cache.get(&CacheKey::of(&Fixed::of_tenant(tenant as usize)));
                    black_box(credentials.and_then(|credentials| once!(credentials.headers())));
                }
            });
        });
    });
    let mut summary = Summary::default();
    summary.add(
        "a client of 100,000 to a bare entry",
        "B",
        Comparison { floor: bare, cost: ours, ratio: ours / bare },
        1.2,
    );
    print!("{summary}");
    println!("grown by a read of each on one thread: {read:.0} B a client; on a second thread: {elsewhere:.0} B");
    Ok(())
}

/// How many bytes a client the heap has grown by.
fn grown<T>(work: impl FnOnce() -> T) -> (f64, T) {
    let region = Region::new(ALLOCATOR);
    let kept = work();
    let change = region.change();
    let bytes = |count: usize| f64::from(u32::try_from(count >> 10).unwrap_or(u32::MAX)) * 1024.0;
    ((bytes(change.bytes_allocated) - bytes(change.bytes_deallocated)) / f64::from(CLIENTS), kept)
}
