//! `settle`: what would be lost if the program ended now is waited for.

use std::time::Duration;

use grantkit::credentials::{CacheKey, CredentialCache};
use grantkit::prelude::*;

use crate::support::{Source, at_once, until};

#[tokio::test]
async fn settle_returns_at_once_where_nothing_is_under_way() {
    let source = Source::new();
    let credentials = source.alone();
    at_once(credentials.settle()).unwrap();
    credentials.token().await.unwrap();
    at_once(credentials.settle()).unwrap();
    assert_eq!(source.requests(), 1);
}

#[test]
fn settle_waits_for_the_successor_of_a_refresh_token() {
    let source = Source::new().with_refresh_tokens(true);
    let cache = CredentialCache::new(16, None);
    let credentials = Credentials::builder(source.clone()).cache(&cache).build();
    let program = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    program.block_on(async {
        credentials.token().await.unwrap();
        source.close();
        let caller = tokio::spawn({
            let credentials = credentials.clone();
            async move { credentials.refresh().await }
        });
        source.arrived(2).await;
        caller.abort();
        let opened = {
            let source = source.clone();
            tokio::spawn(async move {
                tokio::time::sleep(Duration::from_millis(20)).await;
                source.open();
            })
        };
        cache.settle(Duration::from_secs(30)).await.unwrap();
        opened.await.unwrap();
    });
    drop(program);
    // The next program goes on with the successor: the first refresh token is not sent again.
    let next = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    next.block_on(credentials.refresh()).unwrap();
    assert_eq!((source.gets(), source.refreshes(), source.most_spent()), (1, 2, 1));
}

#[tokio::test]
async fn settle_of_a_cache_ends_with_its_limit() {
    let source = Source::new();
    let cache = CredentialCache::new(16, None);
    let credentials = Credentials::builder(source.clone()).cache(&cache).build();
    source.close();
    let caller = tokio::spawn({
        let credentials = credentials.clone();
        async move { credentials.token().await.unwrap() }
    });
    source.arrived(1).await;
    let error = cache.settle(Duration::from_millis(10)).await.unwrap_err();
    assert!(error.is_timeout() && error.to_string().contains("under way"), "{error}");
    source.open();
    caller.await.unwrap();
    until(|| source.requests() == 1).await;
    cache.settle(Duration::from_secs(30)).await.unwrap();
}

/// It has fields and no fingerprint.
struct Nameless(Source);

#[async_trait]
impl OAuthClient for Nameless {
    async fn get_token(&self) -> Result<OAuthToken> {
        self.0.get_token().await
    }
}

#[tokio::test]
async fn settle_of_a_cache_waits_for_what_no_key_leads_to() {
    for has_name in [true, false] {
        let source = Source::new();
        let cache = CredentialCache::new(16, None);
        let credentials = if has_name {
            Credentials::builder(source.clone()).cache(&cache).build()
        } else {
            Credentials::builder(Nameless(source.clone())).cache(&cache).build()
        };
        source.close();
        let caller = tokio::spawn({
            let credentials = credentials.clone();
            async move { credentials.token().await.unwrap() }
        });
        source.arrived(1).await;
        cache.remove(&CacheKey::from_client(&source));
        assert!(cache.get(&CacheKey::from_client(&source)).is_none());
        let error = cache.settle(Duration::from_millis(10)).await.unwrap_err();
        assert!(error.is_timeout(), "{has_name}: {error}");
        source.open();
        caller.await.unwrap();
        cache.settle(Duration::from_secs(30)).await.unwrap();
    }
}
