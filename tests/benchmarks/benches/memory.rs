//! What a client takes in memory, next to a bare moka entry with its header, in which the token stands.

use std::alloc::System;
use std::hint::black_box;
use std::sync::Arc;

use bytes::Bytes;
use grantkit::credentials::{CacheKey, CredentialCache};
use grantkit::prelude::*;
use grantkit::transport::{Responder, Transport};
use grantkit_benchmarks::{Comparison, Fixed, Summary, credentials, long_token, once};
use http::HeaderValue;
use moka::sync::Cache;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const CLIENTS: u32 = 100_000;

fn main() -> Result<()> {
    let (bare, kept) = grown(|| {
        let cache = Cache::new(u64::from(CLIENTS) * 2);
        for tenant in 0..CLIENTS {
            let name: Arc<str> = format!("tenant-{tenant}").into();
            let header = HeaderValue::try_from(format!("Bearer {}", long_token(&name)));
            cache.insert(name, header.map(Arc::new).ok());
        }
        cache.run_pending_tasks();
        cache
    });
    drop(kept);
    let (slot, cache) = grown(|| {
        let cache = CredentialCache::new(u64::from(CLIENTS) * 2, None);
        (0..CLIENTS).try_for_each(|tenant| credentials(Fixed::of_tenant(tenant as usize), &cache).map(drop))?;
        // The cache cleans up while it is used.
        cache.get(&CacheKey::from_client(&Fixed::of_tenant(0)));
        Ok::<_, Error>(cache)
    });
    let cache = cache?;
    let (read, ()) = grown(|| read_all(&cache));
    let (elsewhere, ()) = grown(|| std::thread::scope(|scope| drop(scope.spawn(|| read_all(&cache)))));
    drop(cache);
    let tenants = Tenants::new()?;
    let (tenant, cache) = grown(|| tenants.all());
    drop(cache?);

    let mut summary = Summary::default();
    let to_bare = |cost| Comparison { floor: bare, cost, ratio: cost / bare };
    summary.add("a client of 100,000 to a bare entry", "B", to_bare(slot), 1.3);
    summary.add("the same with the grant, its token fetched", "B", to_bare(tenant), 1.3);
    print!("{summary}");
    println!("grown by a read of each on one thread: {read:.0} B a client; on a second thread: {elsewhere:.0} B");
    Ok(())
}

fn read_all(cache: &CredentialCache) {
    for tenant in 0..CLIENTS {
        let credentials = cache.get(&CacheKey::from_client(&Fixed::of_tenant(tenant as usize)));
        black_box(credentials.and_then(|credentials| once!(credentials.headers())));
    }
}

/// Client credentials of one client, for a scope of each tenant.
struct Tenants {
    client: Client,
    runtime: tokio::runtime::Runtime,
}

impl Tenants {
    fn new() -> Result<Self> {
        let client = Client::builder()
            .client_id("billing")
            .client_secret_basic("s3cret")
            .transport(Transport::builder().responder(Tokens).build()?)
            .token_endpoint("https://as.example/token")?
            .build()
            .erased();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
        Ok(Self { client, runtime: runtime.map_err(|error| Error::temporary("no runtime").with_source(error))? })
    }

    fn all(&self) -> Result<CredentialCache> {
        let cache = CredentialCache::new(u64::from(CLIENTS) * 2, None);
        for tenant in 0..CLIENTS {
            let grant = self.client.client_credentials().scope(format!("tenant:{tenant}"));
            let credentials = Credentials::builder(grant.named("billing")).cache(&cache).build();
            self.runtime.block_on(credentials.headers())?;
        }
        // The cache cleans up while it is used.
        cache.get(&CacheKey::from_client(&self.client.client_credentials().named("billing")));
        Ok(cache)
    }
}

struct Tokens;

#[async_trait]
impl Responder for Tokens {
    async fn respond(&self, _: http::Request<Bytes>) -> http::Response<Vec<u8>> {
        let token = long_token("tenant");
        let answer = format!(r#"{{"access_token":"{token}","token_type":"Bearer","expires_in":3600}}"#);
        http::Response::new(answer.into_bytes())
    }
}

/// How many bytes a client the heap has grown by.
fn grown<T>(work: impl FnOnce() -> T) -> (f64, T) {
    let region = Region::new(ALLOCATOR);
    let kept = work();
    let change = region.change();
    let bytes = |count: usize| f64::from(u32::try_from(count >> 10).unwrap_or(u32::MAX)) * 1024.0;
    ((bytes(change.bytes_allocated) - bytes(change.bytes_deallocated)) / f64::from(CLIENTS), kept)
}
