//! A token that an API refused is renewed once, however many report it.

use grantkit::credentials::RefreshPolicy;
use grantkit::prelude::*;
use grantkit::store::MemoryStore;

use crate::support::{ManualClock, Source, at_once, seconds, text};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hundred_refusals_of_one_token_lead_to_one_renewal() {
    let source = Source::new().latency(seconds(0.02));
    let credentials = source.alone();
    let refused = credentials.headers().await.unwrap();
    let reports: Vec<_> = (0..100)
        .map(|_| {
            let (credentials, refused) = (credentials.clone(), refused.clone());
            tokio::spawn(async move { credentials.refresh_rejected_token(&refused).await.unwrap().unwrap() })
        })
        .collect();
    for report in reports {
        assert_eq!(report.await.unwrap().authorization(), "Bearer access-2");
    }
    assert_eq!(source.requests(), 2);
}

#[tokio::test]
async fn a_late_refusal_of_an_old_token_gets_the_new_one() {
    let (source, clock) = (Source::new(), ManualClock::new());
    let credentials = source.builder().clock(clock.clone()).build();
    let old = credentials.headers().await.unwrap();
    clock.advance(seconds(3600.0));
    credentials.token().await.unwrap();
    for _ in 0..3 {
        let replacement = at_once(credentials.refresh_rejected_token(&old)).unwrap().unwrap();
        assert_eq!(replacement.authorization(), "Bearer access-2");
    }
    assert_eq!(source.requests(), 2);
    assert_eq!(text(&credentials).await.unwrap(), "access-2");
}

#[tokio::test]
async fn fresh_token_rejected_too_is_refreshed_after_the_interval_only() {
    let (source, clock) = (Source::new(), ManualClock::new());
    let policy = RefreshPolicy::default().with_min_forced_refresh_interval(seconds(30.0));
    let credentials = source.builder().clock(clock.clone()).policy(policy).build();
    let first = credentials.headers().await.unwrap();
    let second = credentials.refresh_rejected_token(&first).await.unwrap().unwrap();
    clock.advance(seconds(29.0));
    for _ in 0..10 {
        assert!(at_once(credentials.refresh_rejected_token(&second)).unwrap().is_none());
    }
    assert_eq!(text(&credentials).await.unwrap(), "access-2", "the API may have been mistaken");
    clock.advance(seconds(1.0));
    let third = credentials.refresh_rejected_token(&second).await.unwrap().unwrap();
    assert_eq!(third.authorization(), "Bearer access-3");
    assert!(at_once(credentials.refresh_rejected_token(&third)).unwrap().is_none());
    assert_eq!(source.requests(), 3);
}

#[tokio::test]
async fn readers_go_on_with_the_rejected_token_until_there_is_another() {
    let source = Source::new();
    let credentials = source.alone();
    let refused = credentials.headers().await.unwrap();
    source.close();
    let report = tokio::spawn({
        let credentials = credentials.clone();
        async move { credentials.refresh_rejected_token(&refused).await }
    });
    source.arrived(2).await;
    assert_eq!(at_once(text(&credentials)).unwrap(), "access-1");
    source.open();
    report.await.unwrap().unwrap().unwrap();
    assert_eq!(at_once(text(&credentials)).unwrap(), "access-2");
}

#[tokio::test]
async fn a_renewal_that_fails_leaves_the_token_and_says_why() {
    let source = Source::new();
    let credentials = source.alone();
    let refused = credentials.headers().await.unwrap();
    source.fail(Error::temporary("down"));
    assert!(credentials.refresh_rejected_token(&refused).await.unwrap_err().is_retryable());
    assert_eq!(text(&credentials).await.unwrap(), "access-1");
    assert_eq!(source.requests(), 2);
}

/// The API need not be called until the token expires to be told the same.
#[tokio::test]
async fn a_rejected_token_whose_login_is_over_is_served_no_more() {
    let source = Source::new();
    let credentials = source.alone();
    let refused = credentials.headers().await.unwrap();
    source.fail(over());
    assert!(credentials.refresh_rejected_token(&refused).await.unwrap_err().needs_login());
    for _ in 0..3 {
        assert!(at_once(text(&credentials)).unwrap_err().needs_login());
        assert!(at_once(credentials.headers()).unwrap_err().needs_login());
        assert!(at_once(credentials.authorization_header()).unwrap_err().needs_login());
        assert!(at_once(credentials.refresh_rejected_token(&refused)).unwrap_err().needs_login());
    }
    assert_eq!(source.requests(), 2);
    credentials.put(login("put")).await.unwrap();
    assert_eq!(at_once(text(&credentials)).unwrap(), "put");
}

#[tokio::test]
async fn a_rejected_token_of_a_client_that_is_refused_ends_until_corrected() {
    let (source, clock) = (Source::new(), ManualClock::new());
    let credentials = source.builder().clock(clock.clone()).build();
    let refused = credentials.headers().await.unwrap();
    source.fail(Error::configuration("invalid_client: the secret has expired"));
    assert!(credentials.refresh_rejected_token(&refused).await.unwrap_err().is_configuration());
    let error = at_once(text(&credentials)).unwrap_err();
    assert!(error.is_configuration());
    source.fail(None);
    clock.advance(error.retry_after().unwrap());
    assert_eq!(text(&credentials).await.unwrap(), "access-2");
}

/// No API has rejected it so far.
#[tokio::test]
async fn a_token_whose_login_is_over_is_served_until_it_is_rejected() {
    let source = Source::new();
    let credentials = source.alone();
    let refused = credentials.headers().await.unwrap();
    source.fail(over());
    assert!(credentials.refresh().await.unwrap_err().needs_login());
    assert_eq!(at_once(text(&credentials)).unwrap(), "access-1");
    assert!(at_once(credentials.refresh_rejected_token(&refused)).unwrap_err().needs_login());
    assert!(at_once(text(&credentials)).unwrap_err().needs_login());
}

/// Whichever renewal finds out.
#[tokio::test]
async fn a_token_that_was_rejected_ends_when_a_later_renewal_is_refused() {
    let (source, clock) = (Source::new(), ManualClock::new());
    let credentials = source.builder().clock(clock.clone()).build();
    let refused = credentials.headers().await.unwrap();
    source.fail(Error::temporary("down"));
    let error = credentials.refresh_rejected_token(&refused).await.unwrap_err();
    assert_eq!(at_once(text(&credentials)).unwrap(), "access-1");
    source.fail(over());
    clock.advance(error.retry_after().unwrap());
    assert!(credentials.refresh().await.unwrap_err().needs_login());
    assert!(at_once(text(&credentials)).unwrap_err().needs_login());
}

/// The store has the rejected token too, until a person has logged in anywhere.
#[tokio::test]
async fn a_rejected_token_does_not_come_back_from_the_store() {
    let (source, store) = (Source::new(), MemoryStore::new());
    let [here, elsewhere] = [(); 2].map(|()| source.builder().store(store.clone()).build());
    let refused = here.headers().await.unwrap();
    source.fail(over());
    assert!(here.refresh_rejected_token(&refused).await.unwrap_err().needs_login());
    for _ in 0..3 {
        assert!(text(&here).await.unwrap_err().needs_login());
    }
    assert_eq!(source.requests(), 2);
    elsewhere.put(login("put")).await.unwrap();
    assert_eq!(text(&here).await.unwrap(), "put");
}

fn over() -> Error {
    Error::login_required("invalid_grant: the login has ended")
}

fn login(text: &str) -> OAuthToken {
    OAuthToken::new(text).unwrap().with_expires_in(seconds(3600.0))
}

#[tokio::test]
async fn a_refusal_joins_a_renewal_that_is_under_way() {
    let (source, clock) = (Source::new(), ManualClock::new());
    let credentials = source.builder().clock(clock.clone()).build();
    let refused = credentials.headers().await.unwrap();
    clock.advance(seconds(3400.0));
    source.close();
    credentials.token().await.unwrap();
    source.arrived(2).await;
    let report = tokio::spawn({
        let credentials = credentials.clone();
        async move { credentials.refresh_rejected_token(&refused).await }
    });
    tokio::task::yield_now().await;
    source.open();
    assert_eq!(report.await.unwrap().unwrap().unwrap().authorization(), "Bearer access-2");
    assert_eq!(source.requests(), 2);
}

#[test]
fn a_forced_renewal_that_is_lost_with_its_runtime_is_made_on_the_next() {
    let source = Source::new();
    let credentials = source.alone();
    let first = tokio::runtime::Runtime::new().unwrap();
    let refused = first.block_on(credentials.headers()).unwrap();
    source.close();
    first.spawn({
        let (credentials, refused) = (credentials.clone(), refused.clone());
        async move { credentials.refresh_rejected_token(&refused).await }
    });
    first.block_on(source.arrived(2));
    drop(first);
    source.open();
    let second = tokio::runtime::Runtime::new().unwrap();
    let replacement = second.block_on(credentials.refresh_rejected_token(&refused)).unwrap();
    assert_eq!(replacement.unwrap().authorization(), "Bearer access-2");
}

/// Tokens of two seconds, at an API that counts whole ones: each may be refused before its end, and the next one helps.
#[tokio::test]
async fn a_short_lived_token_is_renewed_each_time_that_it_is_refused() {
    let (source, clock) = (Source::new().lifetime(seconds(2.0)), ManualClock::new());
    let credentials = source.builder().clock(clock.clone()).build();
    let mut headers = credentials.headers().await.unwrap();
    for _ in 0..5 {
        clock.advance(seconds(1.0));
        headers = credentials.refresh_rejected_token(&headers).await.unwrap().expect("another token");
    }
    // Not each time that a storm of refusals says so.
    assert!(credentials.refresh_rejected_token(&headers).await.unwrap().is_none());
    assert_eq!(source.requests(), 6);
}

/// Or it is not handed out in its last second at all.
#[tokio::test]
async fn a_leeway_keeps_a_token_back_before_its_end() {
    let (source, clock) = (Source::new().lifetime(seconds(2.0)), ManualClock::new());
    let policy = RefreshPolicy::default().with_leeway(seconds(1.0));
    let credentials = source.builder().policy(policy).clock(clock.clone()).build();
    let first = text(&credentials).await.unwrap();
    clock.advance(seconds(0.5));
    assert_eq!(text(&credentials).await.unwrap(), first);
    clock.advance(seconds(0.6));
    assert_ne!(text(&credentials).await.unwrap(), first);
}
