//! A driver renews ahead of expiry without a request, and only as long as a request could come.

use std::time::Duration;

use grantkit::credentials::{BackgroundRefresh, CredentialCache, RefreshPolicy};
use grantkit::prelude::*;
use grantkit::time::TokioClock;
use tokio::task::JoinHandle;
use tokio::time::sleep;

use crate::support::{ManualClock, Source, at_once, seconds, text};

/// Tokens of an hour, in Tokio's time.
fn credentials(source: &Source) -> Credentials {
    let policy = RefreshPolicy::default().with_backoff(seconds(10.0), seconds(60.0));
    source.builder().clock(std::sync::Arc::new(TokioClock::new())).policy(policy).build()
}

async fn driven(source: &Source) -> (Credentials, grantkit::credentials::BackgroundRefreshHandle, JoinHandle<()>) {
    let credentials = credentials(source);
    credentials.token().await.unwrap();
    let driver = credentials.keep_fresh();
    let control = driver.control();
    (credentials, control, tokio::spawn(driver.run()))
}

const HOUR: Duration = Duration::from_hours(1);

#[tokio::test(start_paused = true)]
async fn a_day_without_a_caller_and_the_token_is_there_at_once() {
    let source = Source::new();
    let (credentials, _control, _running) = driven(&source).await;
    for _ in 0..24 {
        sleep(HOUR).await;
        at_once(text(&credentials)).unwrap();
    }
    // An hour less a lead of four to five minutes each.
    assert!((26..=28).contains(&source.requests()), "{}", source.requests());
}

#[tokio::test(start_paused = true)]
async fn nothing_is_done_before_it_runs_nor_after_it_is_dropped() {
    let source = Source::new();
    let credentials = credentials(&source);
    credentials.token().await.unwrap();
    let driver = credentials.keep_fresh();
    sleep(HOUR * 3).await;
    assert_eq!(source.requests(), 1);
    let running = tokio::spawn(driver.run());
    sleep(seconds(1.0)).await;
    assert_eq!(source.requests(), 2, "what has expired meanwhile is renewed");
    running.abort();
    sleep(HOUR * 3).await;
    assert_eq!(source.requests(), 2);
}

#[tokio::test(start_paused = true)]
async fn background_refresh_is_paused_resumed_and_stopped() {
    let source = Source::new();
    let (_credentials, control, running) = driven(&source).await;
    control.pause();
    sleep(HOUR * 3).await;
    assert_eq!(source.requests(), 1);
    control.resume();
    sleep(seconds(1.0)).await;
    assert_eq!(source.requests(), 2);
    control.stop();
    running.await.unwrap();
    control.resume();
    sleep(HOUR * 3).await;
    assert_eq!(source.requests(), 2);
}

/// The cache still holds the token; it is not for its sake that it is renewed.
#[tokio::test(start_paused = true)]
async fn background_refresh_ends_with_the_last_of_the_credentials() {
    let cache = CredentialCache::new(16, None);
    let credentials = Credentials::builder(Source::new()).cache(&cache).build();
    credentials.token().await.unwrap();
    let running = tokio::spawn(credentials.keep_fresh().run());
    let clone = credentials.clone();
    drop(credentials);
    sleep(seconds(1.0)).await;
    assert!(!running.is_finished());
    drop(clone);
    tokio::time::timeout(seconds(1.0), running).await.unwrap().unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_cleared_token_is_left_to_the_next_caller() {
    let source = Source::new();
    let (credentials, _control, _running) = driven(&source).await;
    credentials.clear().await.unwrap();
    sleep(HOUR * 3).await;
    assert_eq!(source.requests(), 1);
    credentials.token().await.unwrap();
    sleep(HOUR * 3).await;
    assert!(source.requests() >= 5, "{}", source.requests());
}

#[tokio::test(start_paused = true)]
async fn a_token_that_is_put_is_renewed_when_its_time_comes() {
    let source = Source::new();
    let (credentials, _control, _running) = driven(&source).await;
    let short = OAuthToken::new("short").unwrap().with_expires_in(seconds(20.0));
    credentials.put(short).await.unwrap();
    sleep(seconds(10.0)).await;
    assert_eq!(at_once(text(&credentials)).unwrap(), "short");
    sleep(seconds(10.0)).await;
    assert_eq!(at_once(text(&credentials)).unwrap(), "access-2");
}

#[tokio::test(start_paused = true)]
async fn background_refresh_backs_off_from_a_failing_server_and_recovers() {
    let source = Source::new();
    let (credentials, _control, _running) = driven(&source).await;
    source.fail(Error::temporary("down"));
    sleep(HOUR * 2).await;
    // At least half a minute between two, once the pauses have grown.
    assert!((60..=150).contains(&source.requests()), "{}", source.requests());
    source.fail(None);
    sleep(seconds(61.0)).await;
    at_once(text(&credentials)).unwrap();
}

#[tokio::test(start_paused = true)]
async fn where_only_a_person_can_help_it_waits_for_them() {
    let source = Source::new();
    let (credentials, _control, _running) = driven(&source).await;
    source.fail(Error::login_required("log in"));
    sleep(HOUR * 5).await;
    assert_eq!(source.requests(), 2);
    source.fail(None);
    let login = OAuthToken::new("of-the-login").unwrap().with_expires_in(HOUR);
    credentials.put(login).await.unwrap();
    sleep(HOUR).await;
    assert_eq!(at_once(text(&credentials)).unwrap(), "access-2");
}

/// Timers stand still while a machine is asleep, and so does the monotonic clock.
#[tokio::test(start_paused = true)]
async fn after_a_night_asleep_it_renews_within_a_minute() {
    let (source, clock) = (Source::new(), ManualClock::new());
    let credentials = source.builder().clock(clock.clone()).build();
    credentials.token().await.unwrap();
    let _running = tokio::spawn(credentials.keep_fresh().run());
    sleep(seconds(1.0)).await;
    clock.advance_wall(HOUR * 8);
    sleep(seconds(61.0)).await;
    assert_eq!(source.requests(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_token_without_an_expiry_is_left_alone() {
    let source = Source::new().lifetime(None);
    let (_credentials, _control, _running) = driven(&source).await;
    sleep(HOUR * 1000).await;
    assert_eq!(source.requests(), 1);
}

#[tokio::test(start_paused = true)]
async fn one_drives_many_and_ends_with_the_last() {
    let sources: Vec<_> = (0..100).map(|_| Source::new()).collect();
    let all: Vec<_> = sources.iter().map(credentials).collect();
    for one in &all {
        one.token().await.unwrap();
    }
    let running = tokio::spawn(BackgroundRefresh::new(&all).run());
    sleep(HOUR * 2).await;
    assert!(sources.iter().all(|source| (3..=4).contains(&source.requests())));
    drop(all);
    tokio::time::timeout(seconds(1.0), running).await.unwrap().unwrap();
}
