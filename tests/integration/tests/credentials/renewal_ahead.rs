//! A token is renewed before it expires, and no caller waits for that.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier, Mutex};
use std::thread::{self, ThreadId};
use std::time::Duration;

use grantkit::credentials::RefreshPolicy;
use grantkit::prelude::*;
use grantkit::time::{Clock, ClockReading};

use crate::support::{ManualClock, Source, at_once, seconds, text, until};

/// More than five lifetimes of two seconds, in steps of a clock: no caller waits, and each token is asked for once for all. How many
/// calls a second that makes is for the benchmark `short_lived` to say.
#[tokio::test]
async fn a_token_of_two_seconds_is_renewed_and_no_caller_waits() {
    let (source, clock) = (Source::new().lifetime(seconds(2.0)), ManualClock::new());
    let credentials = source.builder().clock(clock.clone()).build();
    let mut token = text(&credentials).await.unwrap();
    for _ in 0..110 {
        clock.advance(seconds(0.1));
        for _ in 0..64 {
            assert_eq!(at_once(text(&credentials)).unwrap(), token);
        }
        // A renewal that is due has its turn now.
        tokio::task::yield_now().await;
        token = format!("access-{}", source.requests());
        until(|| at_once(text(&credentials)).unwrap() == token).await;
    }
    // Each after 65 to 75 % of its life.
    assert!((7..=9).contains(&source.requests()), "{} requests", source.requests());
}

#[tokio::test]
async fn readers_keep_the_old_token_while_the_new_one_is_fetched() {
    let (source, clock) = (Source::new(), ManualClock::new());
    let credentials = source.builder().clock(clock.clone()).build();
    credentials.token().await.unwrap();
    source.close();
    clock.advance(seconds(3400.0));
    for _ in 0..1000 {
        assert_eq!(at_once(text(&credentials)).unwrap(), "access-1");
        assert_eq!(at_once(credentials.headers()).unwrap().authorization(), "Bearer access-1");
    }
    source.arrived(2).await;
    clock.advance(seconds(150.0));
    assert_eq!(at_once(text(&credentials)).unwrap(), "access-1");
    source.open();
    until(|| at_once(text(&credentials)).unwrap() == "access-2").await;
    assert_eq!(source.requests(), 2);
}

#[tokio::test]
async fn token_is_refreshed_neither_early_nor_late() {
    for (lifetime, early, late) in [(3600.0, 3299.0, 3361.0), (60.0, 38.9, 45.1), (2.0, 1.29, 1.51)] {
        let (source, clock) = (Source::new().lifetime(seconds(lifetime)), ManualClock::new());
        let credentials = source.builder().clock(clock.clone()).build();
        credentials.token().await.unwrap();
        clock.advance(seconds(early));
        credentials.token().await.unwrap();
        tokio::task::yield_now().await;
        assert_eq!(source.requests(), 1, "{lifetime}");
        clock.advance(seconds(late - early));
        assert_eq!(text(&credentials).await.unwrap(), "access-1");
        source.arrived(2).await;
    }
}

#[tokio::test]
async fn renewals_are_spread() {
    let clock = ManualClock::new();
    let sources: Vec<_> = (0..40).map(|_| Source::new()).collect();
    let credentials: Vec<_> = sources.iter().map(|source| source.builder().clock(clock.clone()).build()).collect();
    for credentials in &credentials {
        credentials.token().await.unwrap();
    }
    // Half of the minute over which they are spread.
    clock.advance(seconds(3330.0));
    for credentials in &credentials {
        credentials.token().await.unwrap();
    }
    tokio::time::sleep(seconds(0.05)).await;
    let renewed = sources.iter().filter(|source| source.requests() == 2).count();
    assert!((5..=35).contains(&renewed), "{renewed} of 40");
}

#[tokio::test]
async fn a_failed_renewal_leaves_the_token_and_is_tried_again_after_a_pause() {
    let (source, clock) = (Source::new(), ManualClock::new());
    let policy = RefreshPolicy::default().with_backoff(seconds(10.0), seconds(10.0));
    let credentials = source.builder().clock(clock.clone()).policy(policy).build();
    credentials.token().await.unwrap();
    source.fail(Error::temporary("busy"));
    clock.advance(seconds(3370.0));
    for tried in 2..7 {
        for _ in 0..50 {
            assert_eq!(at_once(text(&credentials)).unwrap(), "access-1");
            tokio::task::yield_now().await;
        }
        assert_eq!(source.requests(), tried, "one request a pause");
        clock.advance(seconds(10.0));
    }
    source.fail(None);
    until(|| at_once(text(&credentials)).unwrap() == "access-2").await;
}

#[tokio::test]
async fn when_all_renewals_have_failed_the_token_ends_and_the_error_is_shown() {
    let (source, clock) = (Source::new(), ManualClock::new());
    let credentials = source.builder().clock(clock.clone()).build();
    credentials.token().await.unwrap();
    source.fail(Error::temporary("busy").with_retry_after(seconds(1000.0)));
    clock.advance(seconds(3400.0));
    credentials.token().await.unwrap();
    source.arrived(2).await;
    tokio::task::yield_now().await;
    clock.advance(seconds(200.0));
    let error = credentials.token().await.unwrap_err();
    let told = error.retry_after().unwrap();
    assert!((seconds(800.0)..=seconds(860.0)).contains(&told), "{error}");
    assert_eq!(source.requests(), 2);
}

/// Threads that read without a pause see a renewal start once, however they meet.
#[test]
fn busy_threads_start_one_renewal() {
    let clock = ManualClock::new();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    for _ in 0..50 {
        let source = Source::new();
        let credentials = source.builder().clock(clock.clone()).build();
        runtime.block_on(credentials.token()).unwrap();
        let reads = AtomicUsize::new(0);
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    let _inside = runtime.enter();
                    while at_once(text(&credentials)).unwrap() == "access-1" {
                        reads.fetch_add(1, Ordering::Relaxed);
                    }
                });
            }
            clock.advance(seconds(3400.0));
        });
        thread::sleep(Duration::from_millis(1));
        assert_eq!(source.requests(), 2);
    }
}

/// A clock that keeps one thread waiting between its look at the token and its look at the time.
#[derive(Debug)]
struct SlowClock {
    clock: ManualClock,
    slow: Mutex<Option<ThreadId>>,
    meeting: Barrier,
}

impl Clock for SlowClock {
    fn now(&self) -> ClockReading {
        let is_slow = *self.slow.lock().unwrap() == Some(thread::current().id());
        if is_slow {
            *self.slow.lock().unwrap() = None;
            self.meeting.wait();
            self.meeting.wait();
        }
        Clock::now(&self.clock)
    }
}

#[test]
fn a_reader_of_a_token_that_was_replaced_meanwhile_starts_no_renewal() {
    let (source, clock) = (Source::new(), ManualClock::new());
    let slow = Arc::new(SlowClock { clock: clock.clone(), slow: Mutex::default(), meeting: Barrier::new(2) });
    let credentials = source.builder().clock(Arc::clone(&slow) as Arc<dyn Clock>).build();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let refused = runtime.block_on(credentials.headers()).unwrap();
    clock.advance(seconds(3400.0));
    thread::scope(|scope| {
        scope.spawn(|| {
            let _inside = runtime.enter();
            *slow.slow.lock().unwrap() = Some(thread::current().id());
            assert_eq!(at_once(text(&credentials)).unwrap(), "access-1");
        });
        slow.meeting.wait();
        runtime.block_on(credentials.refresh_rejected_token(&refused)).unwrap().unwrap();
        slow.meeting.wait();
    });
    thread::sleep(seconds(0.02));
    assert_eq!(source.requests(), 2);
}

/// Over a thousand expiries, with a server that takes its time, each call has its token at its first poll.
#[tokio::test(start_paused = true)]
async fn under_steady_load_no_caller_ever_waits() {
    let source = Source::new().lifetime(seconds(2.0)).latency(seconds(0.2));
    let credentials = source.builder().clock(Arc::new(grantkit::time::TokioClock::new())).build();
    credentials.token().await.unwrap();
    for _ in 0..200_000 {
        at_once(credentials.headers()).unwrap();
        tokio::time::sleep(seconds(0.01)).await;
    }
    // After 1.3 to 1.5 of 2 seconds, and the 0.2 that it takes.
    assert!((1000..=1600).contains(&source.requests()), "{}", source.requests());
}
