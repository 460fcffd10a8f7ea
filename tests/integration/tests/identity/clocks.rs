//! Whose clock a token is judged by: by one that stands still a token is good that has expired by another.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use grantkit::Client;
use grantkit::credentials::{CacheKey, CredentialCache};
use grantkit::prelude::*;
use grantkit::store::MemoryStore;
use grantkit::time::{Clock, SystemClock, TokioClock};
use grantkit::transport::{Responder, Transport};
use grantkit_integration_tests::source::text;
use grantkit_testkit::ManualClock;

/// Each of its tokens is another one.
#[derive(Default)]
struct Server(AtomicUsize);

#[async_trait]
impl Responder for Server {
    async fn respond(&self, _: http::Request<Bytes>) -> http::Response<Vec<u8>> {
        let number = self.0.fetch_add(1, Ordering::SeqCst);
        let answer =
            serde_json::json!({ "access_token": number.to_string(), "token_type": "Bearer", "expires_in": 600 });
        http::Response::new(answer.to_string().into_bytes())
    }
}

fn transport() -> Transport {
    Transport::builder().responder(Arc::new(Server::default())).build().unwrap()
}

fn client(transport: &Transport, clock: Option<&ManualClock>) -> Client {
    let builder = Client::builder().client_id("billing").public().transport(transport.clone());
    let builder = clock.into_iter().fold(builder, |builder, clock| builder.clock(clock.clone()));
    builder.token_endpoint("https://as.example/token").unwrap().build().erased()
}

/// One that stood still, as of a test or a simulation in the same process, keeps its token for ever.
#[tokio::test]
async fn a_token_that_is_good_by_a_clock_standing_still_is_served_by_it_alone() {
    let (transport, cache) = (transport(), CredentialCache::new(10, None));
    let clock = ManualClock::at(SystemTime::now());
    let grant = || client(&transport, None).client_credentials().named("x");
    let by = |clock: &ManualClock| Credentials::builder(grant()).cache(&cache).clock(clock.clone()).build();
    assert_eq!(text(&by(&clock)).await.unwrap(), "0");
    let by_the_machine = Credentials::builder(grant()).cache(&cache).build();
    assert_eq!(text(&by_the_machine).await.unwrap(), "1");
    // The same clock again is the same token, and another one that stands still is another.
    assert_eq!(text(&by(&clock)).await.unwrap(), "0");
    assert_eq!(text(&by(&ManualClock::at(SystemTime::now()))).await.unwrap(), "2");
    clock.advance(Duration::from_mins(10));
    assert_eq!(text(&by(&clock)).await.unwrap(), "3");
    assert_eq!(text(&by_the_machine).await.unwrap(), "1");
}

#[tokio::test]
async fn the_clock_of_a_client_is_that_of_its_credentials() {
    let (transport, cache) = (transport(), CredentialCache::new(10, None));
    let clocks = [None, Some(ManualClock::new()), Some(ManualClock::new())];
    let clients = clocks.each_ref().map(|clock| client(&transport, clock.as_ref()));
    let mut all = HashSet::new();
    for client in &clients {
        let named = || client.client_credentials().named("x");
        let credentials = Credentials::builder(named()).cache(&cache).build();
        let token = text(&credentials).await.unwrap();
        assert_eq!(text(&cache.get(&CacheKey::from_client(&named())).unwrap()).await.unwrap(), token);
        // By the way without a builder, in the cache of the process.
        let here = text(&client.client_credentials().credentials("clocks")).await.unwrap();
        assert_eq!(text(&client.client_credentials().credentials("clocks")).await.unwrap(), here);
        all.extend([token, here]);
    }
    assert_eq!(all.len(), 6);
}

/// It is a matter of the process: in a store there is one token, which each process judges by its own clock.
#[tokio::test]
async fn a_store_has_one_token_whatever_the_clock() {
    let (transport, store) = (transport(), MemoryStore::new());
    for clock in [None, Some(ManualClock::new())] {
        let cache = CredentialCache::new(10, None);
        let grant = client(&transport, clock.as_ref()).client_credentials().named("x");
        assert_eq!(text(&Credentials::builder(grant).cache(&cache).store(store.clone()).build()).await.unwrap(), "0");
    }
}

#[test]
fn clones_of_a_clock_are_the_same_clock() {
    let (one, other) = (ManualClock::new(), ManualClock::new());
    assert_eq!(one.identity(), one.clone().identity());
    assert_ne!(one.identity(), other.identity());
    assert_eq!(SystemClock.identity(), SystemClock.identity());
    let tokio = TokioClock::new();
    assert_eq!(tokio.identity(), { tokio }.identity());
}
