//! A client that panics.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::support::{ManualClock, Source, at_once, seconds, text, until};

#[tokio::test]
async fn who_waits_gets_an_error_and_the_next_call_works() {
    let (source, clock) = (Source::new(), ManualClock::new());
    source.panic(true);
    let credentials = source.builder().clock(clock.clone()).build();
    let callers: Vec<_> = (0..10)
        .map(|_| {
            let credentials = credentials.clone();
            tokio::spawn(async move { credentials.token().await.unwrap_err() })
        })
        .collect();
    for caller in callers {
        let error = caller.await.unwrap();
        assert!(error.to_string().contains("panicked"), "{error}");
    }
    assert_eq!(source.requests(), 1);
    source.panic(false);
    clock.advance(seconds(1.0));
    assert_eq!(text(&credentials).await.unwrap(), "access-1");
}

#[tokio::test]
async fn a_panicking_renewal_leaves_the_token() {
    let (source, clock) = (Source::new(), ManualClock::new());
    let credentials = source.builder().clock(clock.clone()).build();
    credentials.token().await.unwrap();
    source.panic(true);
    clock.advance(seconds(3400.0));
    assert_eq!(text(&credentials).await.unwrap(), "access-1");
    source.arrived(2).await;
    source.panic(false);
    clock.advance(seconds(1.0));
    until(|| at_once(text(&credentials)).unwrap() == "access-2").await;
    assert_eq!(source.requests(), 3);
}

#[tokio::test]
async fn a_refresh_token_that_was_being_spent_is_spent_once_more() {
    let (source, clock) = (Source::new().with_refresh_tokens(true), ManualClock::new());
    let credentials = source.builder().clock(clock.clone()).build();
    credentials.token().await.unwrap();
    clock.advance(seconds(3600.0));
    source.panic(true);
    credentials.token().await.unwrap_err();
    source.panic(false);
    clock.advance(seconds(1.0));
    assert_eq!(text(&credentials).await.unwrap(), "access-2");
    assert_eq!((source.gets(), source.refreshes(), source.most_spent()), (1, 2, 2));
}

/// A runtime that is dropped because its own program panics: the flight is lost, and the client is not to blame.
#[test]
fn a_program_that_panics_under_a_flight_leaves_no_failure_behind() {
    let source = Source::new();
    let credentials = source.alone();
    source.close();
    let panicked = catch_unwind(AssertUnwindSafe(|| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let credentials = credentials.clone();
            tokio::spawn(async move { credentials.token().await });
            source.arrived(1).await;
            panic!("the program panics, as told");
        })
    }));
    panicked.unwrap_err();
    source.open();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    // At once: there is no pause after a failure of the client.
    assert_eq!(runtime.block_on(text(&credentials)).unwrap(), "access-1");
}
