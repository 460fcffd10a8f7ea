//! An expired token is never served, whichever clock says so.

use std::time::{Duration, Instant, UNIX_EPOCH};

use grantkit::prelude::*;

use crate::support::{ManualClock, Source, seconds, text};

const LIFE: Duration = Duration::from_hours(1);

/// A token, then what the clocks do; returns what the next caller gets while the source fails.
async fn after(change: impl FnOnce(&ManualClock)) -> Result<String> {
    let (source, clock) = (Source::new(), ManualClock::new());
    let credentials = source.builder().clock(clock.clone()).build();
    credentials.token().await.unwrap();
    source.fail(Error::temporary("down"));
    change(&clock);
    text(&credentials).await
}

#[tokio::test]
async fn token_is_served_until_its_last_second() {
    assert_eq!(after(|clock| clock.advance(seconds(3598.5))).await.unwrap(), "access-1");
}

#[tokio::test]
async fn token_has_expired_when_both_clocks_say_so() {
    assert!(after(|clock| clock.advance(LIFE)).await.is_err());
}

#[tokio::test]
async fn a_wall_clock_that_was_set_back_does_not_revive_it() {
    assert!(
        after(|clock| {
            clock.set_back_wall(Duration::from_hours(24));
            clock.advance_monotonic(LIFE);
        })
        .await
        .is_err()
    );
}

#[tokio::test]
async fn a_wall_clock_that_was_set_back_does_not_end_it() {
    assert!(after(|clock| clock.set_back_wall(Duration::from_hours(24))).await.is_ok());
}

#[tokio::test]
async fn a_night_asleep_ends_it() {
    // The monotonic clock stands still while the machine sleeps.
    assert!(after(|clock| clock.advance_wall(LIFE)).await.is_err());
}

#[tokio::test]
async fn a_wall_clock_that_stands_still_does_not_keep_it() {
    assert!(after(|clock| clock.advance_monotonic(LIFE)).await.is_err());
}

#[tokio::test]
async fn token_is_fetched_anew_when_it_has_expired() {
    let (source, clock) = (Source::new(), ManualClock::new());
    let credentials = source.builder().clock(clock.clone()).build();
    for number in 1..10 {
        assert_eq!(text(&credentials).await.unwrap(), format!("access-{number}"));
        clock.advance(LIFE);
    }
    assert_eq!(source.requests(), 9);
}

#[tokio::test]
async fn a_token_with_an_absolute_expiry_ends_then() {
    let (source, clock) = (Source::new(), ManualClock::new());
    let credentials = source.builder().clock(clock.clone()).build();
    let end = UNIX_EPOCH + grantkit::time::Clock::now(&clock).wall + seconds(100.0);
    credentials.put(OAuthToken::new("absolute").unwrap().with_expires_at(end)).await.unwrap();
    clock.advance(seconds(60.0));
    assert_eq!(text(&credentials).await.unwrap(), "absolute");
    clock.advance(seconds(40.0));
    assert_eq!(text(&credentials).await.unwrap(), "access-1");
}

#[tokio::test]
async fn a_token_that_was_kept_elsewhere_is_not_younger_for_it() {
    // By the machine's clock, which says when the token began. The longer ones where a machine stands still for so long.
    for lifetime in [0.5, 5.0, 30.0].map(seconds) {
        let credentials = Source::new().alone();
        let (kept, began) = (OAuthToken::new("kept").unwrap().with_expires_in(lifetime), Instant::now());
        tokio::time::sleep(lifetime.mul_f64(0.6)).await;
        let put = credentials.put(kept).await;
        let served = text(&credentials).await;
        if began.elapsed() > lifetime.mul_f64(0.9) {
            continue;
        }
        put.unwrap();
        assert_eq!(served.unwrap(), "kept");
        tokio::time::sleep(lifetime.mul_f64(0.5)).await;
        return assert_eq!(text(&credentials).await.unwrap(), "access-1");
    }
    panic!("this machine is too slow");
}

/// A caller that is woken long after its token arrived gets another.
#[tokio::test]
async fn a_waiter_that_comes_too_late_gets_the_next_token() {
    let (source, clock) = (Source::new(), ManualClock::new());
    let credentials = source.builder().clock(clock.clone()).build();
    source.close();
    let mut late = Box::pin(text(&credentials));
    std::future::poll_fn(|context| {
        assert!(late.as_mut().poll(context).is_pending());
        std::task::Poll::Ready(())
    })
    .await;
    source.open();
    assert_eq!(text(&credentials).await.unwrap(), "access-1");
    clock.advance(LIFE);
    assert_eq!(late.await.unwrap(), "access-2");
}

#[tokio::test(start_paused = true)]
async fn time_that_a_test_has_paused_does_not_keep_a_token() {
    // The longer ones where a machine takes longer than such a token lives to hand it out.
    for lifetime in [0.2, 2.0, 20.0] {
        let source = Source::new().lifetime(seconds(lifetime));
        let credentials = source.alone();
        let Ok(first) = text(&credentials).await else { continue };
        std::thread::sleep(seconds(lifetime));
        match text(&credentials).await {
            Ok(second) => return assert_ne!(second, first),
            Err(error) => assert!(error.is_invalid_response(), "{error}"),
        }
    }
    panic!("no token is handed out");
}
