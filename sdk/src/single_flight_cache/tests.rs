use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::Notify;

use super::*;
use crate::error::{Error, Fault};

const LIMITS: Limits = Limits {
    max_bytes: 1000,
    min_weight: 10,
    max_stale: Duration::from_hours(24),
    cool_down: Duration::from_mins(1),
    failure_pause: Duration::from_secs(1),
};
const HOUR: Duration = Duration::from_hours(1);

type Cache = SingleFlightCache<u32, &'static str>;

fn new() -> (Cache, Time) {
    (Cache::new(LIMITS), Time::manual(1000))
}

async fn get(cache: &Cache, time: &Time, outcome: Result<&'static str>) -> Result<Arc<&'static str>> {
    cache.get(&1, time, || async { Ok(Fetched { value: outcome?, lifetime: HOUR, bytes: 10 }) }).await
}

fn down() -> Result<&'static str> {
    Err(Error::temporary("down"))
}

#[tokio::test]
async fn a_value_is_kept_for_its_lifetime_and_then_renewed() {
    let (cache, time) = new();
    assert_eq!(*get(&cache, &time, Ok("a")).await.unwrap(), "a");
    time.advance(HOUR.saturating_sub(Duration::from_secs(1)));
    assert_eq!(*get(&cache, &time, Ok("b")).await.unwrap(), "a");
    time.advance(Duration::from_secs(1));
    assert_eq!(*get(&cache, &time, Ok("c")).await.unwrap(), "c");
}

#[tokio::test]
async fn a_value_that_cannot_be_renewed_is_used_on_for_a_bounded_time() {
    let (cache, time) = new();
    get(&cache, &time, Ok("a")).await.unwrap();
    time.advance(HOUR);
    assert_eq!(*get(&cache, &time, down()).await.unwrap(), "a");
    assert_eq!(*get(&cache, &time, Ok("b")).await.unwrap(), "a", "the cool-down is not over");
    time.advance(LIMITS.max_stale);
    assert!(get(&cache, &time, down()).await.is_err());
}

#[tokio::test]
async fn a_failure_is_answered_to_all_until_its_pause_is_over() {
    let (cache, time) = new();
    assert!(get(&cache, &time, down()).await.is_err());
    assert!(get(&cache, &time, Ok("a")).await.is_err(), "the pause is not over");
    time.advance(LIMITS.failure_pause);
    assert_eq!(*get(&cache, &time, Ok("a")).await.unwrap(), "a");
}

#[tokio::test]
async fn a_server_that_names_a_pause_gets_it_within_bounds() {
    let (cache, time) = new();
    let busy = Error::temporary("busy").with_retry_after(HOUR);
    assert!(get(&cache, &time, Err(busy)).await.is_err());
    time.advance(LIMITS.cool_down.saturating_sub(Duration::from_secs(1)));
    assert!(get(&cache, &time, Ok("a")).await.is_err());
    time.advance(Duration::from_secs(1));
    assert_eq!(*get(&cache, &time, Ok("a")).await.unwrap(), "a");
}

#[tokio::test]
async fn a_failure_of_security_ends_the_old_value() {
    let (cache, time) = new();
    get(&cache, &time, Ok("a")).await.unwrap();
    time.advance(HOUR);
    let foreign = Err(Error::new(Fault::Security, "another's"));
    assert!(get(&cache, &time, foreign).await.unwrap_err().is_security());
    time.advance(LIMITS.failure_pause);
    assert!(get(&cache, &time, down()).await.is_err());
}

#[tokio::test]
async fn many_who_want_it_at_once_cause_one_fetch_whatever_becomes_of_it() {
    for fails in [false, true] {
        let ((cache, time), fetches) = (new(), Arc::new(AtomicUsize::new(0)));
        let fetch = || {
            let fetches = Arc::clone(&fetches);
            async move {
                fetches.fetch_add(1, Ordering::SeqCst);
                tokio::task::yield_now().await;
                if fails { Err(Error::temporary("down")) } else { Ok(Fetched { value: "a", lifetime: HOUR, bytes: 1 }) }
            }
        };
        let all = futures_util::future::join_all((0..50).map(|_| cache.get(&1, &time, fetch))).await;
        assert!(all.iter().all(|outcome| outcome.is_err() == fails));
        assert_eq!(fetches.load(Ordering::SeqCst), 1);
    }
}

#[tokio::test]
async fn a_caller_that_gives_up_does_not_end_the_fetch() {
    let ((cache, time), go) = (new(), Arc::new(Notify::new()));
    let wait = Arc::clone(&go);
    let slow = cache.get(&1, &time, || async move {
        wait.notified().await;
        Ok(Fetched { value: "first", lifetime: HOUR, bytes: 1 })
    });
    tokio::select! {
        biased;
        _ = slow => unreachable!("it was not let end"),
        () = tokio::task::yield_now() => {}
    }
    go.notify_one();
    assert_eq!(*get(&cache, &time, Ok("second")).await.unwrap(), "first");
}

#[test]
fn a_runtime_that_goes_away_takes_nothing_with_it() {
    let (cache, time) = new();
    let runtime = || tokio::runtime::Builder::new_current_thread().build().unwrap();
    let gone = runtime();
    gone.block_on(async {
        tokio::select! {
            biased;
            _ = cache.get(&1, &time, std::future::pending) => unreachable!("it never ends"),
            () = tokio::task::yield_now() => {}
        }
    });
    drop(gone);
    assert_eq!(*runtime().block_on(get(&cache, &time, Ok("a"))).unwrap(), "a");
}

/// A runtime of another thread that has begun a fetch, and is not driven any more.
fn undriven(cache: &Cache, time: &Time) -> tokio::runtime::Runtime {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        tokio::select! {
            biased;
            _ = cache.get(&1, time, std::future::pending) => unreachable!("it never ends"),
            () = tokio::task::yield_now() => {}
        }
    });
    runtime
}

#[test]
fn undriven_fetch_is_taken_over_by_those_who_wait() {
    let (cache, time) = new();
    let _kept = undriven(&cache, &time);
    let driven = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
    let taken_over = async {
        let waiting = (0..3).map(|_| get(&cache, &time, Ok("a")));
        tokio::time::timeout(entry::MAX_FLIGHT * 4, futures_util::future::join_all(waiting)).await
    };
    let all = driven.block_on(taken_over).expect("none waits for ever");
    assert!(all.into_iter().all(|value| *value.unwrap() == "a"));
}

#[test]
fn a_stale_value_is_renewed_after_a_fetch_that_is_not_driven() {
    let (cache, time) = new();
    let driven = tokio::runtime::Builder::new_current_thread().build().unwrap();
    driven.block_on(get(&cache, &time, Ok("a"))).unwrap();
    time.advance(HOUR);
    let kept = undriven(&cache, &time);
    assert_eq!(*driven.block_on(get(&cache, &time, Ok("b"))).unwrap(), "a", "a fetch is under way");
    time.advance(entry::MAX_FLIGHT);
    assert_eq!(*driven.block_on(get(&cache, &time, Ok("b"))).unwrap(), "b");
    drop(kept);
    assert_eq!(*driven.block_on(get(&cache, &time, Ok("c"))).unwrap(), "b");
}

#[test]
fn a_fetch_that_was_given_up_changes_nothing_when_it_ends() {
    let ((cache, time), go) = (new(), Arc::new(Notify::new()));
    let kept = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let wait = Arc::clone(&go);
    let mut late = Box::pin(cache.get(&1, &time, || async move {
        wait.notified().await;
        Ok(Fetched { value: "late", lifetime: HOUR, bytes: 1 })
    }));
    kept.block_on(async {
        tokio::select! {
            biased;
            _ = &mut late => unreachable!("it was not let end"),
            () = tokio::task::yield_now() => {}
        }
    });
    time.advance(entry::MAX_FLIGHT);
    let driven = tokio::runtime::Builder::new_current_thread().build().unwrap();
    assert_eq!(*driven.block_on(get(&cache, &time, Ok("a"))).unwrap(), "a");
    go.notify_one();
    assert_eq!(*kept.block_on(late).unwrap(), "late");
    assert_eq!(*driven.block_on(get(&cache, &time, Ok("b"))).unwrap(), "a");
}

#[tokio::test]
async fn values_are_weighed_by_their_bytes_and_bounded() {
    let (cache, time) = new();
    for key in 0..100 {
        let fetch = || async { Ok(Fetched { value: "a", lifetime: HOUR, bytes: 100 }) };
        cache.get(&key, &time, fetch).await.unwrap();
    }
    let kept = cache.kept_bytes();
    assert!((100..=1000).contains(&kept), "{kept}");
}
