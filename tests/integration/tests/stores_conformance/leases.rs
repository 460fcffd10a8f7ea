//! Who may go in, and who is told that it is free again.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use grantkit::store::{StoreKey, StoreLease, TokenStore};
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

use crate::kept::{Kept, for_each_store, key};

/// Longer than any test.
const LONG: Duration = Duration::from_mins(10);
const SHORT: Duration = Duration::from_millis(200);
/// What no store tells, as that a caller has begun to wait by now, is given this time, and more of it where a machine takes longer.
const TIMES: [Duration; 5] =
    [SHORT, Duration::from_secs(1), Duration::from_secs(4), Duration::from_secs(16), Duration::from_mins(1)];

for_each_store!(
    one_of_fifty_has_it_at_a_time,
    who_waits_is_told_when_it_is_let_go,
    leases_of_other_keys_are_other_leases,
    a_holder_that_does_nothing_loses_it_when_its_time_is_over,
    a_holder_that_renews_keeps_it,
    who_has_lost_it_is_told_so_and_takes_nothing_from_the_next,
    what_is_dropped_is_let_go,
    waiting_can_be_given_up,
);

type Lease = Box<dyn StoreLease>;

/// Asks until it has it.
async fn lease(store: &dyn TokenStore, key: &StoreKey, length: Duration) -> Lease {
    loop {
        if let Some(lease) = store.lease(key, length).await.unwrap() {
            return lease;
        }
    }
}

/// Asks once; whether it was told that it is free. Otherwise it came late, had it, and has let go of it.
fn wait(store: &Arc<dyn TokenStore>) -> JoinHandle<bool> {
    let store = store.clone();
    tokio::spawn(async move { store.lease(&key("billing"), LONG).await.unwrap().is_none() })
}

/// A caller that waits at one of the stores for what is held at the other is told when it is let go.
pub(crate) async fn is_told_when_it_is_let_go(holding: &Arc<dyn TokenStore>, waiting: &Arc<dyn TokenStore>) {
    for time in TIMES {
        let held = lease(&**holding, &key("billing"), LONG).await;
        let waiting = [wait(waiting), wait(holding)];
        sleep(time).await;
        assert!(waiting.iter().all(|waiting| !waiting.is_finished()));
        held.release().await.unwrap();
        let mut all_are_told = true;
        for waiting in waiting {
            all_are_told &= waiting.await.unwrap();
        }
        if all_are_told {
            return;
        }
    }
    panic!("who waits is not told");
}

async fn one_of_fifty_has_it_at_a_time(place: &dyn Kept) {
    let stores = [place.open().await, place.open().await];
    let (is_taken, times) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
    let tasks: Vec<_> = (0..50)
        .map(|number| {
            let (store, is_taken, times) = (stores[number % 2].clone(), is_taken.clone(), times.clone());
            tokio::spawn(async move {
                let lease = lease(&*store, &key("billing"), LONG).await;
                assert!(!is_taken.swap(true, Ordering::SeqCst), "two have it");
                times.fetch_add(1, Ordering::SeqCst);
                tokio::task::yield_now().await;
                assert!(is_taken.swap(false, Ordering::SeqCst));
                lease.release().await.unwrap();
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!(times.load(Ordering::SeqCst), 50);
}

async fn who_waits_is_told_when_it_is_let_go(place: &dyn Kept) {
    let (one, other) = (place.open().await, place.open().await);
    is_told_when_it_is_let_go(&one, &other).await;
    assert!(other.lease(&key("billing"), LONG).await.unwrap().is_some());
}

async fn leases_of_other_keys_are_other_leases(place: &dyn Kept) {
    let store = place.open().await;
    let held = [lease(&*store, &key("a"), LONG).await, lease(&*store, &key("b"), LONG).await];
    assert_eq!(held.len(), 2);
}

async fn a_holder_that_does_nothing_loses_it_when_its_time_is_over(place: &dyn Kept) {
    let (one, other) = (place.open().await, place.open().await);
    let mut held = lease(&*one, &key("billing"), SHORT).await;
    // Told that it is free, or free by the time that it asks.
    let next = lease(&*other, &key("billing"), LONG).await;
    assert!(!held.renew(LONG).await.unwrap());
    next.release().await.unwrap();
    assert!(!held.renew(LONG).await.unwrap(), "what is lost is lost");
}

async fn a_holder_that_renews_keeps_it(place: &dyn Kept) {
    let (one, other) = (place.open().await, place.open().await);
    for length in &TIMES[1..] {
        let mut held = lease(&*one, &key("billing"), *length).await;
        if !held.renew(LONG).await.unwrap() {
            // It was over before.
            continue;
        }
        let waiting = wait(&other);
        sleep(*length).await;
        assert!(!waiting.is_finished());
        assert!(held.renew(LONG).await.unwrap());
        held.release().await.unwrap();
        waiting.await.unwrap();
        return;
    }
    panic!("a lease cannot be renewed");
}

async fn who_has_lost_it_is_told_so_and_takes_nothing_from_the_next(place: &dyn Kept) {
    let (one, other) = (place.open().await, place.open().await);
    let late = lease(&*one, &key("billing"), SHORT).await;
    let mut next = lease(&*other, &key("billing"), LONG).await;
    late.release().await.unwrap();
    assert!(next.renew(LONG).await.unwrap());
    let waiting = wait(&one);
    sleep(SHORT).await;
    assert!(!waiting.is_finished());
    next.release().await.unwrap();
    waiting.await.unwrap();
}

async fn what_is_dropped_is_let_go(place: &dyn Kept) {
    let (one, other) = (place.open().await, place.open().await);
    drop(lease(&*one, &key("billing"), LONG).await);
    lease(&*other, &key("billing"), LONG).await.release().await.unwrap();
}

async fn waiting_can_be_given_up(place: &dyn Kept) {
    let (one, other) = (place.open().await, place.open().await);
    let held = lease(&*one, &key("billing"), LONG).await;
    for _ in 0..3 {
        assert!(timeout(SHORT, other.lease(&key("billing"), LONG)).await.is_err());
    }
    held.release().await.unwrap();
    // The callers that gave up have not got it either.
    lease(&*other, &key("billing"), LONG).await.release().await.unwrap();
}
