//! A client that never answers, and a runtime that is not driven, keep no caller waiting for ever.

use std::time::{Duration, UNIX_EPOCH};

use grantkit::credentials::RefreshPolicy;
use grantkit::prelude::*;
use grantkit::time::TokioClock;
use grantkit_integration_tests::support::eventually;
use tokio::runtime::Builder;
use tokio::time::{Instant, sleep, timeout};

use crate::support::{Source, seconds, text};

/// What only ends here where something waits for ever.
const LONG: Duration = Duration::from_mins(1);

fn credentials(source: &Source) -> Credentials {
    source.builder().clock(std::sync::Arc::new(TokioClock::new())).build()
}

#[tokio::test(start_paused = true)]
async fn everyone_who_waits_gets_an_error_after_a_minute() {
    let source = Source::new();
    source.close();
    let credentials = credentials(&source);
    let start = Instant::now();
    let callers: Vec<_> = (0..10)
        .map(|_| {
            tokio::spawn({
                let credentials = credentials.clone();
                async move { credentials.token().await.unwrap_err() }
            })
        })
        .collect();
    for caller in callers {
        let error = caller.await.unwrap();
        assert!(error.is_timeout() && error.is_retryable() && error.retry_after().is_some(), "{error:?}");
    }
    assert!((seconds(60.0)..seconds(61.0)).contains(&start.elapsed()), "{:?}", start.elapsed());
    assert_eq!(source.requests(), 1);
    source.open();
    sleep(seconds(1.0)).await;
    assert_eq!(text(&credentials).await.unwrap(), "access-1");
}

#[tokio::test(start_paused = true)]
async fn a_renewal_that_never_ends_leaves_the_token_and_is_tried_again() {
    let source = Source::new();
    let credentials = credentials(&source);
    credentials.token().await.unwrap();
    source.close();
    sleep(Duration::from_secs(3500)).await;
    assert_eq!(text(&credentials).await.unwrap(), "access-1");
    source.arrived(2).await;
    sleep(seconds(62.0)).await;
    source.open();
    assert_eq!(text(&credentials).await.unwrap(), "access-1");
    source.arrived(3).await;
    sleep(seconds(1.0)).await;
    assert_eq!(text(&credentials).await.unwrap(), "access-2");
}

#[tokio::test(start_paused = true)]
async fn a_refresh_that_never_ends_is_one_whose_answer_was_lost() {
    let source = Source::new().with_refresh_tokens(true);
    let credentials = credentials(&source);
    credentials.token().await.unwrap();
    sleep(Duration::from_hours(1)).await;
    source.close();
    source.fail(Error::login_required("nobody is there"));
    for sent in [1, 2] {
        assert!(credentials.token().await.unwrap_err().is_timeout());
        assert_eq!((source.refreshes(), source.most_spent()), (sent, sent));
        sleep(seconds(2.0)).await;
    }
    source.open();
    assert!(credentials.token().await.unwrap_err().needs_login());
    assert_eq!((source.refreshes(), source.most_spent()), (2, 2));
}

/// A current-thread runtime that is kept and not driven: its tasks neither go on nor end.
#[test]
fn a_runtime_that_is_not_driven_holds_no_caller_up() {
    for with_refresh_tokens in [false, true] {
        let source = if with_refresh_tokens { Source::new().with_refresh_tokens(true) } else { Source::new() };
        let policy =
            RefreshPolicy::default().with_request_timeout(seconds(0.3)).with_backoff(seconds(0.05), seconds(0.05));
        let credentials = source.builder().policy(policy).build();
        let kept = Builder::new_current_thread().enable_all().build().unwrap();
        let driven = Builder::new_current_thread().enable_all().build().unwrap();
        if with_refresh_tokens {
            // One that has expired already is where to go on from.
            let login = OAuthToken::new("login").unwrap().with_expires_at(UNIX_EPOCH).with_refresh_token("refresh-0");
            driven.block_on(credentials.put(login)).unwrap();
        }
        source.close();
        kept.block_on(async { timeout(seconds(0.1), credentials.token()).await.unwrap_err() });
        assert_eq!(source.requests(), 1, "a request is under way, and nobody goes on with it");
        source.open();

        let first = driven.block_on(async { timeout(LONG, credentials.token()).await.expect("it ends") });
        // Who comes late, on a machine that stood still, does not wait for it at all.
        let error = first.err();
        assert!(error.as_ref().is_none_or(Error::is_timeout), "{error:?}");
        driven.block_on(eventually("it is served", async || credentials.token().await.ok()));
        drop(kept);
    }
}

/// Also where no caller has the patience to wait for the limit.
#[test]
fn impatient_callers_are_served_when_the_limit_is_over() {
    let source = Source::new();
    let policy = RefreshPolicy::default().with_request_timeout(seconds(0.3));
    let credentials = source.builder().policy(policy).build();
    let kept = Builder::new_current_thread().enable_all().build().unwrap();
    let driven = Builder::new_current_thread().enable_all().build().unwrap();
    source.close();
    kept.block_on(async { timeout(seconds(0.05), credentials.token()).await.unwrap_err() });
    source.open();
    let served = driven.block_on(async {
        for attempt in 1..100 {
            if timeout(seconds(0.05), credentials.token()).await.is_ok() {
                return attempt;
            }
        }
        100
    });
    assert!(served < 100, "at the attempt {served}");
    assert_eq!(source.requests(), 2, "one that nobody went on with, and one after the limit");
    drop(kept);
}

/// Two scopes of one login, with different limits: one of them being short does not end the other's turn.
#[tokio::test(start_paused = true)]
async fn a_shorter_limit_of_another_slot_ends_no_refresh() {
    let source = Source::new().with_refresh_tokens(true);
    let cache = grantkit::credentials::CredentialCache::new(4, None);
    let clock = std::sync::Arc::new(TokioClock::new());
    let of = |tenant, limit| {
        let policy = RefreshPolicy::default().with_request_timeout(limit).with_backoff(Duration::ZERO, Duration::ZERO);
        let client = source.other_tenant(tenant);
        Credentials::builder(client).cache(&cache).clock(clock.clone()).policy(policy).build()
    };
    let (patient, hasty) = (of("patient", seconds(60.0)), of("hasty", seconds(1.0)));
    let login = OAuthToken::new("login").unwrap().with_expires_in(seconds(1.0)).with_refresh_token("refresh-0");
    patient.put(login).await.unwrap();
    sleep(seconds(2.0)).await;
    source.close();
    let waiting = tokio::spawn(async move { text(&patient).await });
    source.arrived(1).await;
    for _ in 0..5 {
        assert!(hasty.token().await.unwrap_err().is_timeout());
    }
    source.open();
    waiting.await.unwrap().unwrap();
    hasty.token().await.unwrap();
    assert_eq!((source.refreshes(), source.most_spent()), (2, 1));
}
