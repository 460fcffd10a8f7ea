//! Lifetimes that servers should not give, and do.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use grantkit::prelude::*;

use crate::support::{ManualClock, Source, at_once, seconds, text};

#[tokio::test]
async fn a_token_that_has_expired_on_arrival_is_an_error() {
    let source = Source::new().lifetime(Duration::ZERO);
    let error = source.alone().token().await.unwrap_err();
    assert!(error.is_invalid_response() && error.to_string().contains("expired when it arrived"), "{error}");
    assert_eq!(source.requests(), 1);
}

#[tokio::test]
async fn a_token_that_took_longer_than_it_lives_is_an_error() {
    let source = Source::new().latency(seconds(0.2)).lifetime(seconds(0.1));
    assert!(source.alone().token().await.unwrap_err().is_invalid_response());
}

#[tokio::test]
async fn a_token_without_an_expiry_is_never_renewed() {
    let (source, clock) = (Source::new().lifetime(None), ManualClock::new());
    let credentials = source.builder().clock(clock.clone()).build();
    credentials.token().await.unwrap();
    clock.advance(Duration::from_hours(100 * 365 * 24));
    assert_eq!(at_once(text(&credentials)).unwrap(), "access-1");
    tokio::task::yield_now().await;
    assert_eq!(source.requests(), 1);
}

#[tokio::test]
async fn enormous_lifetimes_do_no_harm() {
    for lifetime in [Duration::MAX, Duration::from_secs(u64::MAX), Duration::from_secs(u64::from(u32::MAX) * 1000)] {
        let (source, clock) = (Source::new().lifetime(lifetime), ManualClock::new());
        let credentials = source.builder().clock(clock.clone()).build();
        credentials.token().await.unwrap();
        clock.advance(Duration::from_hours(50 * 365 * 24));
        assert_eq!(at_once(text(&credentials)).unwrap(), "access-1", "{lifetime:?}");
    }
}

#[tokio::test]
async fn expiries_before_the_epoch_do_no_harm() {
    let credentials = Source::new().alone();
    for end in [UNIX_EPOCH, UNIX_EPOCH - seconds(1.0), SystemTime::now() - seconds(1.0)] {
        let token = OAuthToken::new("old").unwrap().with_expires_at(end);
        assert!(credentials.put(token).await.unwrap_err().is_invalid_response());
    }
}

#[tokio::test]
async fn the_shortest_lifetimes_are_served() {
    for lifetime in [0.1, 0.25, 1.0] {
        let source = Source::new().lifetime(seconds(lifetime));
        let credentials = source.builder().clock(ManualClock::new()).build();
        assert_eq!(text(&credentials).await.unwrap(), "access-1", "{lifetime}");
    }
}
