//! What no handle holds any more ends.

use std::sync::{Arc, Weak};

use grantkit::credentials::{CacheKey, CredentialCache, Fingerprint};
use grantkit::prelude::*;
use grantkit::time::TokioClock;

use crate::support::{Source, seconds, text, until};

/// A source that tells when it is dropped.
struct Witness {
    source: Source,
    _alive: Arc<()>,
}

#[async_trait]
impl OAuthClient for Witness {
    fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of_type::<Self>()
    }

    async fn get_token(&self) -> Result<OAuthToken> {
        self.source.get_token().await
    }
}

fn witness(source: &Source) -> (Witness, Weak<()>) {
    let alive = Arc::new(());
    let weak = Arc::downgrade(&alive);
    (Witness { source: source.clone(), _alive: alive }, weak)
}

#[tokio::test(start_paused = true)]
async fn the_last_handle_and_the_cache_take_the_slot_with_them() {
    let source = Source::new().lifetime(seconds(60.0));
    let cache = CredentialCache::new(16, None);
    let (client, alive) = witness(&source);
    let credentials = Credentials::builder(client).cache(&cache).clock(TokioClock::new()).build();
    credentials.token().await.unwrap();
    drop(cache);
    assert_eq!(text(&credentials).await.unwrap(), "access-1");
    drop(credentials);
    until(|| alive.strong_count() == 0).await;
    tokio::time::sleep(seconds(90.0)).await;
    assert_eq!(source.requests(), 1, "nobody renews for nobody");
    assert_eq!(tokio::runtime::Handle::current().metrics().num_alive_tasks(), 0);
}

#[tokio::test]
async fn a_flight_without_waiters_ends_with_its_answer() {
    let source = Source::new();
    source.close();
    let (client, alive) = witness(&source);
    let caller = tokio::spawn({
        let credentials = Credentials::builder(client).cache(&CredentialCache::new(16, None)).build();
        async move { credentials.token().await }
    });
    source.arrived(1).await;
    caller.abort();
    caller.await.unwrap_err();
    assert_eq!(alive.strong_count(), 1, "the request goes on");
    source.open();
    until(|| alive.strong_count() == 0).await;
    assert_eq!(tokio::runtime::Handle::current().metrics().num_alive_tasks(), 0);
}

#[tokio::test]
async fn what_is_idle_and_not_held_is_dropped() {
    let cache = CredentialCache::new(16, Some(seconds(0.05)));
    let (client, alive) = witness(&Source::new());
    Credentials::builder(client).cache(&cache).build().token().await.unwrap();
    // The cache cleans up while it is used.
    until(|| {
        cache.get(&CacheKey::new("other", Fingerprint::builder().build()));
        alive.strong_count() == 0
    })
    .await;
}
