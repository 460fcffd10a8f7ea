//! Credentials that are made anew for each request of a tenant, and read: next to a key's text, a moka `get` and a header's clone.

use std::alloc::System;
use std::hint::black_box;

use criterion::Criterion;
use grantkit::credentials::{CacheKey, CredentialCache};
use grantkit::prelude::*;
use grantkit_benchmarks::{Comparison, Summary, compare, long_token, once};
use moka::sync::Cache;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const ROUNDS: usize = 300;
const CALLS: u32 = 2_000;
const TENANT: &str = "billing-of-tenant-4711";
const SCOPE: &str = "read:invoices";

fn main() -> Result<()> {
    let client = Client::builder()
        .client_id("billing")
        .client_secret_basic("s3cret")
        .token_endpoint("https://as.example/token")?
        .build()
        .erased();
    let made = || client.client_credentials().scope(SCOPE).credentials(TENANT);
    // Held, as a program that has one for each tenant would; others come from the cache.
    let held = made();
    let token = OAuthToken::new(long_token(TENANT))?.with_expires_in(std::time::Duration::from_hours(1));
    once!(held.put(token)).transpose()?;
    let header = once!(held.authorization_header()).unwrap_or_else(|| Err(Error::temporary("not reached")))?;
    let (bare, key) = (Cache::new(16), CacheKey::from_client(&client.client_credentials().scope(SCOPE).named(TENANT)));
    bare.insert(text_of(TENANT, SCOPE), header);

    let floor = || bare.get(&text_of(TENANT, SCOPE));
    let anew = || once!(made().authorization_header());
    let by_key = || CredentialCache::global().get(&key).and_then(|found| once!(found.authorization_header()));
    let mut criterion = Criterion::default().configure_from_args();
    let mut group = criterion.benchmark_group("per request");
    group.bench_function("floor", |bencher| bencher.iter(floor));
    group.bench_function("made anew", |bencher| bencher.iter(anew));
    group.bench_function("by a kept key", |bencher| bencher.iter(by_key));
    group.finish();
    criterion.final_summary();

    let mut summary = Summary::default();
    let anew_to_floor = compare(ROUNDS, CALLS, floor, anew);
    summary.add("made anew and read, to a moka get by text", "ns", anew_to_floor, None);
    let limit = Comparison { floor: 1500.0, ratio: anew_to_floor.cost / 1500.0, ..anew_to_floor };
    summary.add("made anew and read, to what is wanted", "ns", limit, 1.0);
    summary.add("by a kept key and read, to a moka get by text", "ns", compare(ROUNDS, CALLS, floor, by_key), 1.2);
    print!("{summary}");
    println!("allocations of a read: {} bare, {} made anew", allocations(floor), allocations(anew));
    println!("allocations by a kept key: {}", allocations(by_key));
    Ok(())
}

fn text_of(tenant: &str, scope: &str) -> String {
    format!("{tenant}/billing/https://as.example/token/{scope}")
}

fn allocations<T>(work: impl Fn() -> T) -> f64 {
    let region = Region::new(ALLOCATOR);
    (0..1000).for_each(|_| drop(black_box(work())));
    let change = region.change();
    f64::from(u32::try_from(change.allocations + change.reallocations).unwrap_or(u32::MAX)) / 1000.0
}
