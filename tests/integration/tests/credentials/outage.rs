//! A failing endpoint is asked once for all who wait, then left alone for a while.

use grantkit::credentials::{CredentialCache, RefreshPolicy};
use grantkit::prelude::*;
use grantkit_testkit::{AuthorizationServer, Fault};

use crate::support::{ManualClock, Source, seconds, text};

fn unavailable() -> Error {
    Error::temporary("the server is being mended")
}

#[tokio::test]
async fn a_hundred_callers_wait_for_one_failure_once() {
    let source = Source::new().latency(seconds(0.1));
    source.fail(unavailable());
    let credentials = source.alone();
    let callers: Vec<_> = (0..100)
        .map(|_| {
            let credentials = credentials.clone();
            tokio::spawn(async move { credentials.token().await.unwrap_err() })
        })
        .collect();
    let mut errors = Vec::new();
    for caller in callers {
        errors.push(caller.await.unwrap());
    }
    // One latency, and not a hundred in a row.
    assert_eq!(source.requests(), 1);
    let waits: Vec<_> = errors.iter().map(Error::retry_after).collect();
    assert!(errors.iter().all(|error| error.is_retryable() && error.to_string().contains("is being mended")));
    assert!(waits[0].is_some() && waits.iter().all(|wait| *wait == waits[0]), "{waits:?}");
}

#[tokio::test]
async fn the_pause_is_served_from_memory_and_counts_down() {
    let (source, clock) = (Source::new(), ManualClock::new());
    source.fail(unavailable());
    let policy = RefreshPolicy::default().with_backoff(seconds(8.0), seconds(60.0));
    let credentials = source.builder().clock(clock.clone()).policy(policy).build();
    let mut last = credentials.token().await.unwrap_err().retry_after().unwrap();
    assert!((seconds(4.0)..=seconds(8.0)).contains(&last), "{last:?}");
    for _ in 0..3 {
        clock.advance(seconds(1.0));
        let next = credentials.token().await.unwrap_err().retry_after().unwrap();
        assert_eq!(next + seconds(1.0), last);
        last = next;
    }
    assert_eq!(source.requests(), 1);
    clock.advance(last);
    credentials.token().await.unwrap_err();
    assert_eq!(source.requests(), 2);
}

#[tokio::test]
async fn the_pauses_double_until_it_works_again() {
    let (source, clock) = (Source::new(), ManualClock::new());
    source.fail(unavailable());
    let policy = RefreshPolicy::default().with_backoff(seconds(1.0), seconds(16.0));
    let credentials = source.builder().clock(clock.clone()).policy(policy).build();
    for longest in [1.0, 2.0, 4.0, 8.0, 16.0, 16.0, 16.0] {
        let pause = credentials.token().await.unwrap_err().retry_after().unwrap();
        assert!((seconds(longest / 2.0)..=seconds(longest)).contains(&pause), "{pause:?} of {longest}");
        clock.advance(pause);
    }
    assert_eq!(source.requests(), 7);
    source.fail(None);
    assert_eq!(text(&credentials).await.unwrap(), "access-1");
    // The next outage starts over.
    clock.advance(seconds(4000.0));
    source.fail(unavailable());
    assert!(credentials.token().await.unwrap_err().retry_after().unwrap() <= seconds(1.0));
}

#[tokio::test]
async fn a_longer_retry_after_wins() {
    let (source, clock) = (Source::new(), ManualClock::new());
    source.fail(unavailable().with_retry_after(seconds(90.0)));
    let credentials = source.builder().clock(clock.clone()).build();
    let told = credentials.token().await.unwrap_err().retry_after().unwrap();
    assert!((seconds(90.0)..=seconds(99.0)).contains(&told), "{told:?}");
    clock.advance(told.saturating_sub(seconds(1.0)));
    assert_eq!(credentials.token().await.unwrap_err().retry_after(), Some(seconds(1.0)));
    assert_eq!(source.requests(), 1);
    clock.advance(seconds(1.0));
    source.fail(None);
    assert_eq!(text(&credentials).await.unwrap(), "access-1");
}

#[tokio::test]
async fn an_absurd_retry_after_does_no_harm() {
    let source = Source::new();
    source.fail(unavailable().with_retry_after(std::time::Duration::MAX));
    let credentials = source.alone();
    for _ in 0..2 {
        assert!(credentials.token().await.unwrap_err().to_string().contains("is being mended"));
    }
    source.fail(None);
    credentials.clear().await.unwrap();
    assert_eq!(text(&credentials).await.unwrap(), "access-1");
    assert_eq!(source.requests(), 2);
}

#[tokio::test]
async fn a_permanent_error_ends_when_its_cause_does() {
    let (source, clock) = (Source::new(), ManualClock::new());
    let credentials = source.builder().clock(clock.clone()).build();
    for permanent in [Error::configuration("no such client"), Error::login_required("no login")] {
        source.fail(permanent.clone());
        let error = credentials.token().await.unwrap_err();
        assert_eq!(
            (error.is_configuration(), error.needs_login()),
            (permanent.is_configuration(), permanent.needs_login())
        );
        clock.advance(error.retry_after().unwrap());
    }
    source.fail(None);
    assert_eq!(text(&credentials).await.unwrap(), "access-1");
}

#[tokio::test]
async fn a_login_ends_the_pause() {
    let source = Source::new();
    source.fail(Error::login_required("no login"));
    let credentials = source.alone();
    credentials.token().await.unwrap_err();
    credentials.put(OAuthToken::new("of-the-login").unwrap()).await.unwrap();
    assert_eq!(text(&credentials).await.unwrap(), "of-the-login");
}

#[tokio::test]
async fn a_real_server_that_asks_for_a_pause_gets_it() {
    let server = AuthorizationServer::builder().confidential_client("billing", "s3cret").start().await.unwrap();
    server.faults().next("/token", 1, Fault::status(503).header("retry-after", "20"));
    let client = Client::builder()
        .client_id("billing")
        .client_secret_basic("s3cret")
        .token_endpoint(&server.token_endpoint())
        .unwrap()
        .build();
    let clock = ManualClock::new();
    let credentials = Credentials::builder(client.client_credentials().named("billing"))
        .cache(&CredentialCache::new(1, None))
        .clock(clock.clone())
        .build();
    for _ in 0..3 {
        let error = credentials.token().await.unwrap_err();
        assert!(error.is_retryable(), "{error:?}");
        let told = error.retry_after().unwrap();
        assert!((seconds(20.0)..=seconds(22.0)).contains(&told), "{told:?}");
    }
    assert_eq!(server.counters().token_requests, 1);
    clock.advance(seconds(22.0));
    credentials.token().await.unwrap();
    assert_eq!(server.counters().token_requests, 2);
}
