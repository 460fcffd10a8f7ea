//! Reading a warm token, next to an `ArcSwap` load and a `HeaderValue` clone.

use std::alloc::System;
use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use arc_swap::ArcSwap;
use criterion::Criterion;
use grantkit::Credentials;
use grantkit::credentials::CredentialCache;
use grantkit::time::{Clock, SystemClock};
use grantkit_benchmarks::{
    Comparison, Fixed, Summary, compare, credentials, long_token, once, per_call_on_two_threads,
};
use http::HeaderValue;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const ROUNDS: usize = 400;
const CALLS: u32 = 20_000;

fn main() -> grantkit::Result<()> {
    let cache = CredentialCache::new(16, None);
    let credentials = credentials(Fixed::of_tenant(1), &cache)?;
    let floor = Floor::new();

    let mut criterion = Criterion::default().configure_from_args();
    with_criterion(&mut criterion, &credentials, &floor);
    criterion.final_summary();
    summary(&credentials, &floor);
    Ok(())
}

struct Floor(ArcSwap<HeaderValue>);

impl Floor {
    fn new() -> Self {
        let mut header = HeaderValue::try_from(format!("Bearer {}", long_token("floor")))
            .unwrap_or_else(|_| HeaderValue::from_static("not reached"));
        header.set_sensitive(true);
        Self(ArcSwap::new(Arc::new(header)))
    }

    #[inline]
    fn read(&self) -> HeaderValue {
        HeaderValue::clone(&self.0.load())
    }
}

fn with_criterion(criterion: &mut Criterion, credentials: &Credentials, floor: &Floor) {
    let mut group = criterion.benchmark_group("warm");
    group.bench_function("floor", |bencher| bencher.iter(|| floor.read()));
    group.bench_function("headers", |bencher| bencher.iter(|| once!(credentials.headers())));
    group.bench_function("authorization_header", |bencher| {
        bencher.iter(|| once!(credentials.authorization_header()));
    });
    group.bench_function("token", |bencher| bencher.iter(|| once!(credentials.token())));
    group.bench_function("headers, two threads", |bencher| {
        bencher.iter_custom(|calls| {
            let start = Instant::now();
            std::thread::scope(|scope| {
                for _ in 0..2 {
                    scope.spawn(|| (0..calls).for_each(|_| drop(black_box(once!(credentials.headers())))));
                }
            });
            start.elapsed()
        });
    });
    group.finish();
}

fn summary(credentials: &Credentials, floor: &Floor) {
    let mut summary = Summary::default();
    let headers = compare(ROUNDS, CALLS, || floor.read(), || once!(credentials.headers()));
    let token = compare(ROUNDS, CALLS, || floor.read(), || once!(credentials.token()));
    summary.add("headers() to the floor, one thread", "ns", headers, 1.2);
    summary.add("token() to the floor, one thread", "ns", token, 1.2);

    let owned = compare(ROUNDS, CALLS, || floor.read(), || once!(credentials.authorization_header()));
    summary.add("authorization_header() to the floor", "ns", owned, 1.2);

    let value = || once!(credentials.headers()).and_then(Result::ok).map(|headers| headers.authorization().clone());
    summary.add("headers() and a clone of the value", "ns", compare(ROUNDS, CALLS, || floor.read(), value), None);

    // What any reader pays that hands out an owned value and tests its expiry: a second floor, below which there is no way.
    let tested = || (SystemClock.now(), floor.read());
    summary.add("the floor and one reading of the clock", "ns", compare(ROUNDS, CALLS, || floor.read(), tested), None);

    let two = |alone: Comparison, both: f64| Comparison { floor: alone.cost, cost: both, ratio: both / alone.cost };
    let both = per_call_on_two_threads(ROUNDS, CALLS, || once!(credentials.headers()));
    summary.add("headers() on two threads to one", "ns", two(headers, both), 1.1);
    let both = per_call_on_two_threads(ROUNDS, CALLS, || once!(credentials.token()));
    summary.add("token() on two threads to one", "ns", two(token, both), 1.1);
    let both = per_call_on_two_threads(ROUNDS, CALLS, || once!(credentials.authorization_header()));
    summary.add("authorization_header() on two threads to one", "ns", two(owned, both), 1.1);
    let shared = per_call_on_two_threads(ROUNDS, CALLS, || floor.read());
    print!("{summary}");
    println!("(the floor itself on two threads, which share its reference count: {shared:.1} ns)");

    let allocations = Region::new(ALLOCATOR);
    for _ in 0..1000 {
        black_box((
            once!(credentials.headers()),
            once!(credentials.token()),
            once!(credentials.authorization_header()),
        ));
    }
    let allocations = allocations.change();
    println!("allocations in 1000 calls of each: {}", allocations.allocations + allocations.reallocations);
}
