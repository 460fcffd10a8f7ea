//! A first configuration that is wrong in what no fingerprint tells: the corrected one takes its place.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use grantkit::credentials::{CredentialCache, Fingerprint, RefreshPolicy};
use grantkit::prelude::*;
use grantkit::store::{MemoryStore, StoreKey, StoreLease, StoreRecord, TokenStore};
use grantkit::time::TokioClock;
use tokio::time::advance;

/// A client whose address is no part of what it says of itself.
#[derive(Clone)]
struct Partner {
    address: &'static str,
    requests: Arc<AtomicUsize>,
}

#[async_trait]
impl OAuthClient for Partner {
    async fn get_token(&self) -> Result<OAuthToken> {
        self.requests.fetch_add(1, Ordering::SeqCst);
        match self.address {
            "right" => Ok(OAuthToken::new("t")?.with_expires_in(LIFE)),
            _ => Err(Error::configuration("there is nobody at this address")),
        }
    }

    fn fingerprint(&self) -> Fingerprint {
        let Self { address: _, requests: _ } = self;
        Fingerprint::new("partner", "acme")
    }
}

struct Stage {
    cache: CredentialCache,
    clock: TokioClock,
    requests: Arc<AtomicUsize>,
}

impl Stage {
    fn new() -> Self {
        Self { cache: CredentialCache::new(10, None), clock: TokioClock::new(), requests: Arc::default() }
    }

    fn builder(&self, address: &'static str) -> grantkit::credentials::CredentialsBuilder {
        let client = Partner { address, requests: Arc::clone(&self.requests) };
        Credentials::builder(client).cache(&self.cache).clock(self.clock)
    }

    fn requests(&self) -> usize {
        self.requests.load(Ordering::SeqCst)
    }
}

/// Longer than the pause after a first failure.
const PAUSE: Duration = Duration::from_secs(1);
/// A pause that no default has.
const PATIENCE: Duration = Duration::from_secs(1000);
/// That of a token, and how long before its end a policy of these tests gives it up: before it is renewed ahead by default.
const LIFE: Duration = Duration::from_mins(10);
const LEEWAY: Duration = Duration::from_mins(8);

#[tokio::test(start_paused = true)]
async fn a_corrected_client_takes_the_place_of_one_that_failed() {
    let stage = Stage::new();
    let wrong = stage.builder("wrong").build();
    assert!(wrong.token().await.unwrap_err().is_configuration());
    let corrected = stage.builder("right").build();
    // The pause is served: who makes a handle for each call does not call a failing server each time.
    assert!(corrected.token().await.unwrap_err().retry_after().is_some());
    assert_eq!(stage.requests(), 1);
    advance(PAUSE).await;
    assert_eq!(corrected.token().await.unwrap().access_token().secret(), "t");
    // One token, also for the handle that was there before.
    assert_eq!(wrong.token().await.unwrap().access_token().secret(), "t");
    assert_eq!(stage.requests(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_corrected_client_may_be_there_before_the_first_has_failed() {
    let stage = Stage::new();
    let (wrong, corrected) = (stage.builder("wrong").build(), stage.builder("right").build());
    assert!(wrong.token().await.is_err());
    advance(PAUSE).await;
    corrected.token().await.unwrap();
    assert_eq!(stage.requests(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_client_that_has_a_token_keeps_its_place() {
    let stage = Stage::new();
    let right = stage.builder("right").build();
    right.token().await.unwrap();
    let wrong = stage.builder("wrong").build();
    wrong.token().await.unwrap();
    wrong.refresh().await.unwrap();
    assert_eq!(stage.requests(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_corrected_policy_is_kept_to() {
    let stage = Stage::new();
    let forever = RefreshPolicy::default().with_backoff(PAUSE, PAUSE);
    let patient = RefreshPolicy::default().with_backoff(Duration::from_secs(1000), Duration::from_secs(1000));
    let first = stage.builder("wrong").policy(forever).build();
    assert!(first.token().await.is_err());
    let second = stage.builder("wrong").policy(patient).build();
    advance(PAUSE * 2).await;
    let pause = second.token().await.unwrap_err().retry_after().unwrap();
    assert!(pause >= Duration::from_secs(400), "{pause:?}");
}

/// Made for a call, as handles are, and without a policy: that of the first stays, also where its own client takes the place of the first.
#[tokio::test(start_paused = true)]
async fn a_corrected_client_without_a_policy_keeps_that_of_the_first() {
    let patient = RefreshPolicy::default().with_backoff(PATIENCE, PATIENCE).with_leeway(LEEWAY);
    for failed_before in [true, false] {
        let stage = Stage::new();
        let first = stage.builder("wrong").policy(patient).build();
        if failed_before {
            assert!(first.token().await.is_err());
        }
        let second = stage.builder("wrong").build();
        if !failed_before {
            assert!(first.token().await.is_err());
        }
        advance(PATIENCE).await;
        let pause = second.token().await.unwrap_err().retry_after().unwrap();
        assert!(pause >= PATIENCE / 2, "{failed_before}: {pause:?}");
        let corrected = stage.builder("right").build();
        advance(PATIENCE).await;
        corrected.token().await.unwrap();
        let requests = stage.requests();
        // Its leeway: the token is used no longer than that before its end.
        advance(LIFE.saturating_sub(LEEWAY)).await;
        corrected.token().await.unwrap();
        assert_eq!(stage.requests(), requests + 1, "{failed_before}");
    }
}

/// Of several that come while the first is asked, the last client counts, and the last policy that was given.
#[tokio::test(start_paused = true)]
async fn a_policy_that_was_given_meanwhile_is_kept_for_a_later_client() {
    let stage = Stage::new();
    let first = stage.builder("wrong").build();
    let patient = RefreshPolicy::default().with_backoff(PATIENCE, PATIENCE);
    let second = stage.builder("wrong").policy(patient).build();
    let third = stage.builder("wrong").build();
    assert!(first.token().await.is_err());
    advance(PAUSE).await;
    for credentials in [second, third] {
        let pause = credentials.token().await.unwrap_err().retry_after().unwrap();
        assert!(pause >= PATIENCE / 4, "{pause:?}");
    }
}

/// A handle of a store that does not get in: its password is no part of where it is.
#[derive(Debug)]
struct LockedOut(MemoryStore);

fn locked_out<T>() -> Result<T> {
    Err(Error::configuration("the password is wrong"))
}

#[async_trait]
impl TokenStore for LockedOut {
    fn identity(&self) -> Fingerprint {
        let Self(behind) = self;
        behind.identity()
    }

    async fn get(&self, _: &StoreKey) -> Result<Option<StoreRecord>> {
        locked_out()
    }

    async fn put_if_newer(&self, _: &StoreKey, _: &StoreRecord) -> Result<bool> {
        locked_out()
    }

    async fn remove(&self, _: &StoreKey) -> Result<()> {
        locked_out()
    }

    async fn lease(&self, _: &StoreKey, _: Duration) -> Result<Option<Box<dyn StoreLease>>> {
        locked_out()
    }
}

#[tokio::test(start_paused = true)]
async fn a_corrected_handle_of_the_store_takes_the_place_of_one_locked_out() {
    let (stage, store) = (Stage::new(), MemoryStore::new());
    let wrong = stage.builder("right").store(LockedOut(store.clone())).build();
    assert!(wrong.token().await.unwrap_err().is_configuration());
    let corrected = stage.builder("right").store(store.clone()).build();
    advance(PAUSE).await;
    corrected.token().await.unwrap();
    // Another process finds it there.
    let elsewhere = Stage::new();
    elsewhere.builder("right").store(store).build().token().await.unwrap();
    assert_eq!(elsewhere.requests(), 0);
}
