use std::time::Duration;

use futures_util::FutureExt as _;
use httpmock::Mock;
use httpmock::prelude::*;
use serde_json::json;

use super::*;
use crate::keys::test_keys::Signer;
use crate::transport::{DOCUMENT_LIMIT, guard_tests};
use crate::wire::{AddressScope, PlainHttp};

/// What a failing server sees of one fetch: a `GET` that ends in a status of 500 and above is repeated at once, once.
const A_FETCH: usize = 2;

fn cache(server: &MockServer, clock: &Time) -> KeySetCache {
    let url = EndpointUrl::parse("jwks_uri", &server.url("/jwks"), PlainHttp::LoopbackOnly).unwrap();
    KeySetCache::with_time(url, "client", &Transport::builder().build().unwrap(), clock.clone())
}

async fn serve<'a>(server: &'a MockServer, key_id: &str) -> Mock<'a> {
    serve_for(server, key_id, "max-age=600").await
}

async fn serve_for<'a>(server: &'a MockServer, key_id: &str, cache_control: &str) -> Mock<'a> {
    let body = json!({ "keys": [Signer::ed25519().jwk(key_id)] }).to_string();
    server
        .mock_async(|when, then| {
            when.method(GET).path("/jwks").header("accept", "application/json");
            then.status(200)
                .header("content-type", "application/jwk-set+json")
                .header("cache-control", cache_control)
                .delay(Duration::from_millis(50))
                .body(body);
        })
        .await
}

async fn fail(server: &MockServer, status: u16) -> Mock<'_> {
    server
        .mock_async(|when, then| {
            when.path("/jwks");
            then.status(status).delay(Duration::from_millis(50)).body("down");
        })
        .await
}

/// Calls all at once, and waits for all.
async fn all<T: Send + 'static, F: Future<Output = T> + Send + 'static>(many: usize, call: impl Fn() -> F) -> Vec<T> {
    let tasks: Vec<_> = (0..many).map(|_| tokio::spawn(call())).collect();
    let mut answers = Vec::new();
    for task in tasks {
        answers.push(task.await.unwrap());
    }
    answers
}

async fn current(cache: KeySetCache) -> Result<Arc<KeySet>> {
    cache.current().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_callers_share_one_fetch() {
    let server = MockServer::start_async().await;
    let jwks = serve(&server, "a").await;
    let cache = cache(&server, &Time::manual(1000));
    let sets = all(100, || current(cache.clone())).await;
    assert!(sets.iter().all(|set| Arc::ptr_eq(set.as_ref().unwrap(), sets[0].as_ref().unwrap())));
    assert_eq!(jwks.calls_async().await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_callers_share_one_failure_and_the_next_try_waits() {
    let server = MockServer::start_async().await;
    let jwks = fail(&server, 500).await;
    let clock = Time::manual(1000);
    let cache = cache(&server, &clock);
    for set in all(100, || current(cache.clone())).await {
        let failure = set.unwrap_err();
        assert!(failure.is_retryable() && failure.to_string().contains("/jwks"), "{failure}");
    }
    assert!(cache.current().await.is_err());
    assert_eq!(jwks.calls_async().await, A_FETCH);

    jwks.delete_async().await;
    let jwks = serve(&server, "a").await;
    clock.advance(SHORT_PAUSE);
    cache.current().await.unwrap();
    assert_eq!(jwks.calls_async().await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_set_is_kept_as_long_as_the_server_says() {
    let server = MockServer::start_async().await;
    let jwks = serve_for(&server, "a", "max-age=600").await;
    let clock = Time::manual(1000);
    let cache = cache(&server, &clock);
    let first = cache.current().await.unwrap();
    clock.advance(Duration::from_secs(599));
    assert!(Arc::ptr_eq(&first, &cache.current().await.unwrap()));
    clock.advance(Duration::from_secs(1));
    assert!(!Arc::ptr_eq(&first, &cache.current().await.unwrap()));
    assert_eq!(jwks.calls_async().await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_old_set_goes_on_while_it_cannot_be_renewed_but_not_for_ever() {
    let server = MockServer::start_async().await;
    let jwks = serve(&server, "a").await;
    let clock = Time::manual(1000);
    let cache = cache(&server, &clock);
    let first = cache.current().await.unwrap();
    jwks.delete_async().await;
    let down = fail(&server, 503).await;

    clock.advance(Duration::from_mins(10));
    for set in all(100, || current(cache.clone())).await {
        assert!(Arc::ptr_eq(&first, &set.unwrap()));
    }
    assert_eq!(down.calls_async().await, A_FETCH);
    clock.advance(LIMITS.cool_down);
    assert!(Arc::ptr_eq(&first, &cache.current().await.unwrap()));
    assert_eq!(down.calls_async().await, 2 * A_FETCH);

    clock.advance(LIMITS.max_stale);
    assert!(cache.current().await.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flood_of_misses_is_one_fetch_a_minute() {
    let server = MockServer::start_async().await;
    let jwks = serve(&server, "a").await;
    let clock = Time::manual(1000);
    let cache = cache(&server, &clock);
    let mut set = cache.current().await.unwrap();
    for minute in 1..=3 {
        for _ in 0..5 {
            let missed = set.clone();
            let call = || {
                let (cache, missed) = (cache.clone(), missed.clone());
                async move { cache.after_miss(&missed, KeyUse::Posted).await }
            };
            for newer in all(50, call).await {
                set = newer.unwrap();
            }
            clock.advance(Duration::from_secs(1));
        }
        assert_eq!(jwks.calls_async().await, 1 + minute);
        clock.advance(LIMITS.cool_down);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flood_at_one_client_keeps_no_new_key_from_another() {
    let server = MockServer::start_async().await;
    let jwks = serve(&server, "a").await;
    let transport = Transport::builder().build().unwrap();
    let url = || EndpointUrl::parse("jwks_uri", &server.url("/jwks"), PlainHttp::LoopbackOnly).unwrap();
    let clock = Time::manual(1000);
    let [flooded, other, again] =
        ["flooded", "other", "flooded"].map(|client| KeySetCache::with_time(url(), client, &transport, clock.clone()));
    let mut set = flooded.current().await.unwrap();
    for _ in 0..100 {
        set = flooded.after_miss(&set, KeyUse::Posted).await.unwrap();
        set = again.after_miss(&set, KeyUse::Posted).await.unwrap();
    }
    assert_eq!(jwks.calls_async().await, 2, "a client that is made anew has the same cool-down");
    jwks.delete_async().await;
    let renewed = serve(&server, "b").await;
    let newer = other.after_miss(&set, KeyUse::Posted).await.unwrap();
    assert!(!Arc::ptr_eq(&newer, &set));
    assert_eq!(renewed.calls_async().await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_fetch_after_a_miss_keeps_the_old_set() {
    let server = MockServer::start_async().await;
    let jwks = serve(&server, "a").await;
    let clock = Time::manual(1000);
    let cache = cache(&server, &clock);
    let set = cache.current().await.unwrap();
    jwks.delete_async().await;
    let down = fail(&server, 500).await;
    assert!(cache.after_miss(&set, KeyUse::Posted).await.is_err());
    assert!(Arc::ptr_eq(&set, &cache.after_miss(&set, KeyUse::Posted).await.unwrap()));
    assert!(Arc::ptr_eq(&set, &cache.current().await.unwrap()));
    assert_eq!(down.calls_async().await, A_FETCH);
}

#[tokio::test(flavor = "multi_thread")]
async fn callers_that_give_up_do_not_end_the_fetch() {
    let server = MockServer::start_async().await;
    let jwks = serve(&server, "a").await;
    let cache = cache(&server, &Time::manual(1000));
    assert!(cache.current().now_or_never().is_none());
    let set = cache.current().await.unwrap();
    assert_eq!(jwks.calls_async().await, 1);

    let missed = || cache.after_miss(&set, KeyUse::Posted);
    assert!(missed().now_or_never().is_none());
    assert!(!Arc::ptr_eq(&set, &missed().await.unwrap()));
    assert_eq!(jwks.calls_async().await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn key_set_is_shared_by_clients_of_one_issuer_and_one_transport() {
    let server = MockServer::start_async().await;
    let jwks = serve(&server, "a").await;
    let url = || EndpointUrl::parse("jwks_uri", &server.url("/jwks"), PlainHttp::LoopbackOnly).unwrap();
    let transport = Transport::builder().build().unwrap();
    let clock = Time::manual(1000);
    let sets = [&transport, &transport, &Transport::builder().build().unwrap()]
        .map(|transport| KeySetCache::with_time(url(), "client", transport, clock.clone()));
    let [first, second, elsewhere] = futures_util::future::join_all(sets.iter().map(KeySetCache::current))
        .await
        .into_iter()
        .map(Result::unwrap)
        .collect::<Vec<_>>()
        .try_into()
        .unwrap();
    assert!(Arc::ptr_eq(&first, &second) && !Arc::ptr_eq(&first, &elsewhere));
    assert_eq!(jwks.calls_async().await, 2);
}

/// What a guarded transport was refused is no news for others, and what others have fetched is not for it.
#[tokio::test]
async fn key_set_is_not_shared_by_a_guarded_transport_and_another() {
    let body = json!({ "keys": [Signer::ed25519().jwk("a")] }).to_string();
    let server = guard_tests::Server::start(move |_| ("200 OK".to_owned(), body.clone())).await;
    let transport = guard_tests::transport_to(server.address, [("as.example", vec!["10.0.0.1"])]);
    let uri = format!("http://as.example:{}/jwks", server.address.port());
    let clock = Time::manual(1000);
    let of = |transport: &Transport| {
        let url = EndpointUrl::parse("jwks_uri", &uri, PlainHttp::Anywhere).unwrap();
        KeySetCache::with_time(url, "client", transport, clock.clone())
    };
    let guarded = transport.guarded(AddressScope::Public);
    assert!(of(&guarded).current().await.unwrap_err().is_security());
    of(&transport).current().await.unwrap();
    clock.advance(SHORT_PAUSE);
    assert!(of(&guarded).current().await.unwrap_err().is_security());
    of(&transport).current().await.unwrap();
    assert_eq!(server.asked(), ["/jwks"]);
}

/// One whose address is sought over another network may be another.
#[tokio::test(flavor = "multi_thread")]
async fn key_set_that_is_sought_over_another_transport_is_another() {
    struct At(EndpointUrl, Transport);

    #[async_trait]
    impl JwksUriFinder for At {
        async fn jwks_uri(&self) -> Result<EndpointUrl> {
            Ok(self.0.clone())
        }

        fn document_key(&self) -> Option<DocumentKey> {
            Some(self.1.document_key())
        }
    }

    let server = MockServer::start_async().await;
    let jwks = serve(&server, "a").await;
    let [one, other] = [(); 2].map(|()| Transport::builder().build().unwrap());
    let clock = Time::manual(1000);
    for finding in [&one, &other, &one] {
        let url = EndpointUrl::parse("jwks_uri", &server.url("/jwks"), PlainHttp::LoopbackOnly).unwrap();
        let finder = At(url, finding.clone());
        KeySetCache::with_finder("https://as.example", finder, "client", &one, clock.clone()).current().await.unwrap();
    }
    assert_eq!(jwks.calls_async().await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_is_no_jwk_set_or_too_large_is_refused() {
    let too_large = format!(r#"{{"keys":[],"padding":"{}"}}"#, "x".repeat(DOCUMENT_LIMIT));
    for body in ["<html>".to_owned(), "{}".to_owned(), too_large] {
        let server = MockServer::start_async().await;
        server
            .mock_async(|when, then| {
                when.path("/jwks");
                then.status(200).body(body);
            })
            .await;
        let failure = cache(&server, &Time::manual(1000)).current().await.unwrap_err();
        assert!(failure.is_invalid_response(), "{failure}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_redirect_is_not_followed() {
    let server = MockServer::start_async().await;
    let elsewhere = server
        .mock_async(|when, then| {
            when.path("/elsewhere");
            then.status(200).body(r#"{"keys":[]}"#);
        })
        .await;
    let target = server.url("/elsewhere");
    server
        .mock_async(|when, then| {
            when.path("/jwks");
            then.status(302).header("location", target);
        })
        .await;
    assert!(cache(&server, &Time::manual(1000)).current().await.is_err());
    assert_eq!(elsewhere.calls_async().await, 0);
}
