//! Finding one of 100,000 clients by its key, next to a bare moka `get`; and with its token in hand, next to a `get` of the header.

use std::sync::Arc;

use criterion::Criterion;
use grantkit::credentials::{CacheKey, CredentialCache};
use grantkit_benchmarks::{Fixed, Summary, compare, credentials, long_token, once};
use http::HeaderValue;
use moka::sync::Cache;

const CLIENTS: usize = 100_000;
const ROUNDS: usize = 200;
const CALLS: u32 = 5_000;
/// A stride that visits the clients in no order that a cache of the processor likes.
const STRIDE: usize = 7_919;

fn main() -> grantkit::Result<()> {
    let keys: Vec<CacheKey> = (0..CLIENTS).map(|tenant| CacheKey::from_client(&Fixed::of_tenant(tenant))).collect();
    let room = u64::try_from(CLIENTS).unwrap_or(u64::MAX) * 2;
    let cache = CredentialCache::new(room, None);
    let (bare, headers) = (Cache::new(room), Cache::new(room));
    for (tenant, key) in keys.iter().enumerate() {
        credentials(Fixed::of_tenant(tenant), &cache)?;
        bare.insert(key.clone(), Arc::new(tenant));
        let header = format!("Bearer {}", long_token(&format!("tenant-{tenant}")));
        let mut header = HeaderValue::try_from(header).unwrap_or_else(|_| HeaderValue::from_static("not reached"));
        header.set_sensitive(true);
        headers.insert(key.clone(), header);
    }
    bare.run_pending_tasks();
    headers.run_pending_tasks();
    let (ours, theirs) = (Walk::over(&keys), Walk::over(&keys));
    let in_hand = || cache.get(ours.next()).and_then(|found| once!(found.authorization_header()));

    let mut criterion = Criterion::default().configure_from_args();
    let mut group = criterion.benchmark_group("lookup");
    group.bench_function("bare moka", |bencher| bencher.iter(|| bare.get(theirs.next())));
    group.bench_function("CredentialCache", |bencher| bencher.iter(|| cache.get(ours.next())));
    group.bench_function("moka, a header", |bencher| bencher.iter(|| headers.get(theirs.next())));
    group.bench_function("CredentialCache, a header", |bencher| bencher.iter(in_hand));
    group.finish();
    criterion.final_summary();

    let mut summary = Summary::default();
    let lookup = compare(ROUNDS, CALLS, || bare.get(theirs.next()), || cache.get(ours.next()));
    summary.add("CredentialCache::get of 100,000 to bare moka", "ns", lookup, 1.2);
    let lookup = compare(ROUNDS, CALLS, || headers.get(theirs.next()), in_hand);
    summary.add("the same and its header to a moka get of that", "ns", lookup, 1.15);
    print!("{summary}");
    Ok(())
}

struct Walk<'a> {
    keys: &'a [CacheKey],
    at: std::cell::Cell<usize>,
}

impl<'a> Walk<'a> {
    fn over(keys: &'a [CacheKey]) -> Self {
        Self { keys, at: std::cell::Cell::default() }
    }

    #[inline]
    fn next(&self) -> &'a CacheKey {
        let at = (self.at.get() + STRIDE) % self.keys.len();
        self.at.set(at);
        &self.keys[at]
    }
}
