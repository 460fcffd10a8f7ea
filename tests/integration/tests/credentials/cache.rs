//! One name and fingerprint, one slot.

use grantkit::credentials::{CacheKey, CredentialCache, Fingerprint};
use grantkit::prelude::*;

use crate::support::{Source, at_once, text};

fn build(source: impl OAuthClient, cache: &CredentialCache) -> Credentials {
    Credentials::builder(source).cache(cache).build()
}

#[tokio::test]
async fn the_same_name_and_fingerprint_share_a_token() {
    let cache = CredentialCache::new(16, None);
    let (first, second) = (Source::new(), Source::new());
    assert_eq!(text(&build(first.clone(), &cache)).await.unwrap(), "access-1");
    assert_eq!(at_once(text(&build(second.clone(), &cache))).unwrap(), "access-1");
    assert_eq!((first.requests(), second.requests()), (1, 0));
}

#[tokio::test]
async fn another_name_or_another_fingerprint_does_not() {
    let cache = CredentialCache::new(16, None);
    let source = Source::new();
    let other_name = Source::new().named("other");
    let mut keys = Vec::new();
    for client in [build(source.clone(), &cache), build(source.other_tenant("two"), &cache), build(other_name, &cache)]
    {
        keys.push(client.token().await.unwrap().access_token().secret().to_owned());
    }
    assert_eq!(keys, ["access-1", "access-2", "access-1"]);
    assert_ne!(CacheKey::from_client(&source), CacheKey::from_client(&source.other_tenant("two")));
    assert_eq!(CacheKey::from_client(&source.other_tenant("two")), CacheKey::from_client(&source.other_tenant("two")));
}

/// As when its secret has changed: the old client would go on being refused.
#[tokio::test]
async fn what_was_removed_is_set_up_anew() {
    let cache = CredentialCache::new(16, None);
    let (old, new) = (Source::new(), Source::new());
    let held = build(old.clone(), &cache);
    assert_eq!(text(&held).await.unwrap(), "access-1");
    cache.remove(&CacheKey::from_client(&old));
    let renewed = build(new.clone(), &cache);
    assert_eq!(text(&renewed).await.unwrap(), "access-1");
    assert_eq!((old.requests(), new.requests()), (1, 1));
    // Who holds the old ones goes on with them, and everyone else has the new ones.
    assert_eq!(at_once(text(&held)).unwrap(), "access-1");
    build(Source::new(), &cache).token().await.unwrap();
    assert_eq!((old.requests(), new.requests()), (1, 1));
}

#[tokio::test]
async fn caches_are_apart() {
    let source = Source::new();
    assert_eq!(text(&source.alone()).await.unwrap(), "access-1");
    assert_eq!(text(&source.alone()).await.unwrap(), "access-2");
}

mod one {
    pub(super) struct Partner;
}
mod two {
    pub(super) struct Partner;
}

#[async_trait]
impl OAuthClient for one::Partner {
    async fn get_token(&self) -> Result<OAuthToken> {
        OAuthToken::new("of-one")
    }
}

#[async_trait]
impl OAuthClient for two::Partner {
    async fn get_token(&self) -> Result<OAuthToken> {
        OAuthToken::new("of-two")
    }
}

#[tokio::test]
async fn two_types_of_one_short_name_do_not_share() {
    assert_eq!((one::Partner.name(), two::Partner.name()), ("Partner", "Partner"));
    let cache = CredentialCache::new(16, None);
    assert_eq!(text(&build(one::Partner, &cache)).await.unwrap(), "of-one");
    assert_eq!(text(&build(two::Partner, &cache)).await.unwrap(), "of-two");
}

#[tokio::test]
async fn what_is_evicted_and_held_comes_back_as_the_same_slot() {
    let cache = CredentialCache::new(2, None);
    let sources: Vec<_> = (0..50).map(|number| Source::new().named(&number.to_string())).collect();
    let held: Vec<_> = sources.iter().map(|source| build(source.clone(), &cache)).collect();
    for credentials in &held {
        credentials.token().await.unwrap();
    }
    for _ in 0..3 {
        for source in &sources {
            at_once(build(source.clone(), &cache).token()).unwrap();
            at_once(cache.get(&CacheKey::from_client(source)).unwrap().token()).unwrap();
        }
    }
    assert!(sources.iter().all(|source| source.requests() == 1));
    drop(held);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn entry_is_one_also_if_many_build_it_while_it_is_evicted() {
    let cache = CredentialCache::new(1, None);
    let sources: Vec<_> = (0..8).map(|number| Source::new().named(&number.to_string())).collect();
    let held: Vec<_> = sources.iter().map(|source| build(source.clone(), &cache)).collect();
    let tasks: Vec<_> = (0..8)
        .map(|_| {
            let (sources, cache) = (sources.clone(), cache.clone());
            tokio::spawn(async move {
                for round in 0..200 {
                    build(sources[round % 8].clone(), &cache).token().await.unwrap();
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    assert!(sources.iter().all(|source| source.requests() == 1));
    drop(held);
}

#[test]
fn a_key_is_found_by_its_parts() {
    let cache = CredentialCache::new(16, None);
    let fingerprint = Fingerprint::builder().parameter("tenant", "one").build();
    let key = CacheKey::new("source:access", fingerprint);
    assert!(cache.get(&key).is_none());
    let source = Source::new();
    assert_eq!(key, CacheKey::from_client(&source));
    let _held = build(source, &cache);
    assert_eq!(cache.get(&key).unwrap().name(), "source");
    assert!(cache.clone().get(&key).is_some(), "a clone is the same cache");
}

#[tokio::test]
async fn an_arc_of_a_client_is_that_client() {
    let cache = CredentialCache::new(16, None);
    let source = Source::new();
    let shared: std::sync::Arc<dyn OAuthClient> = std::sync::Arc::new(source.clone());
    assert_eq!(CacheKey::from_client(&shared), CacheKey::from_client(&source));
    assert_eq!(text(&build(shared, &cache)).await.unwrap(), "access-1");
    assert_eq!(at_once(text(&build(source, &cache))).unwrap(), "access-1");
}

/// As a program does that keeps no handles: one for each request of a tenant.
#[tokio::test]
async fn credentials_of_a_grant_made_anew_share_its_entry() {
    let client = Client::builder().client_id("billing").client_secret_basic("s3cret");
    let client = client.token_endpoint("https://as.example/made-anew").unwrap().build();
    let other = Client::builder().client_id("billing").client_secret_basic("another");
    let other = other.token_endpoint("https://as.example/made-anew").unwrap().build();
    let grant = || client.client_credentials().scope("read");
    let put = async |credentials: Credentials, token: &str| {
        credentials.put(OAuthToken::new(token).unwrap()).await.unwrap();
        // Held, so that the next is not one that starts anew.
        credentials
    };
    let held = [
        put(grant().credentials("one"), "of-one").await,
        put(grant().credentials("two"), "of-two").await,
        put(grant().scope("write").credentials("one"), "of-write").await,
        put(grant().parameter("tenant", "other").credentials("one"), "of-tenant").await,
        put(grant().audience("https://api.example").credentials("one"), "of-audience").await,
        put(other.client_credentials().scope("read").credentials("one"), "of-another-secret").await,
        put(client.extension_grant("urn:example:grant").scope("read").credentials("one"), "of-another-grant").await,
    ];
    let again = [
        grant().credentials("one"),
        grant().credentials("two"),
        grant().scope("write").credentials("one"),
        grant().parameter("tenant", "other").credentials("one"),
        grant().audience("https://api.example").credentials("one"),
        other.client_credentials().scope("read").credentials("one"),
        client.extension_grant("urn:example:grant").scope("read").credentials("one"),
    ];
    let mut seen = std::collections::HashSet::new();
    for (held, again) in held.iter().zip(&again) {
        let token = at_once(text(again)).unwrap();
        assert_eq!(token, at_once(text(held)).unwrap());
        assert!(seen.insert(token));
    }
    // However the key is made.
    let by_key = |name: &str| CredentialCache::global().get(&CacheKey::from_client(&grant().named(name))).unwrap();
    assert_eq!(at_once(text(&by_key("one"))).unwrap(), "of-one");
    assert_eq!(at_once(text(&Credentials::new(grant().named("two")))).unwrap(), "of-two");
}
