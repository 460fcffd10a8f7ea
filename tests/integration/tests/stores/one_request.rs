//! However many processes want one token, one request is made.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use grantkit::store::MemoryStore;
use grantkit::{Credentials, OAuthToken};
use grantkit_testkit::ManualClock;
use tokio::task::JoinSet;

use crate::issuer::{Issuer, LIFETIME, Party, policy};
use crate::source::text;
use crate::support::eventually;

const PROCESSES: usize = 20;
const TASKS: usize = 50;
const LIVES: usize = 6;

/// All tasks of all processes use the token for some lives of it. Those end, or become due for renewal, when all have seen the newest.
async fn used_by_many(party: &Party, login: Option<OAuthToken>) {
    let (store, clock) = (MemoryStore::new(), ManualClock::new());
    let process = || party.builder().policy(policy()).clock(clock.clone()).store(store.clone()).build();
    let processes: Vec<Credentials> = (0..PROCESSES).map(|_| process()).collect();
    if let Some(login) = login {
        processes[0].put(login).await.unwrap();
    }
    // The number of the last one that has expired.
    let expired = Arc::new(AtomicUsize::new(0));
    let seen: Vec<_> = (0..PROCESSES * TASKS).map(|_| Arc::new(AtomicUsize::new(0))).collect();
    let mut tasks = JoinSet::new();
    for (task, seen) in seen.iter().enumerate() {
        let (credentials, expired, seen) =
            (processes[task % PROCESSES].clone(), Arc::clone(&expired), Arc::clone(seen));
        tasks.spawn(async move {
            while seen.load(Ordering::SeqCst) < LIVES {
                let expired = expired.load(Ordering::SeqCst);
                let token = credentials.token().await.unwrap();
                let number: usize = token.access_token().secret().trim_start_matches("access-").parse().unwrap();
                assert!(number > expired, "an expired token is never handed out");
                seen.store(number, Ordering::SeqCst);
                tokio::time::sleep(Duration::from_millis(3)).await;
            }
        });
    }
    for life in 1..=LIVES {
        eventually("all have seen the newest", async || {
            seen.iter().all(|seen| seen.load(Ordering::SeqCst) == life).then_some(())
        })
        .await;
        if life % 2 == 0 {
            clock.advance(LIFETIME);
            expired.store(life, Ordering::SeqCst);
        } else {
            // Renewed when 65 to 75 % of its life, or all but some minutes of it, are over.
            clock.advance(LIFETIME - Duration::from_mins(3));
        }
    }
    while let Some(ended) = tasks.join_next().await {
        ended.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn twenty_processes_make_one_request_a_life() {
    let issuer = Issuer::new().latency(Duration::from_millis(50));
    used_by_many(&issuer.machine(), None).await;
    assert_eq!(issuer.requests().len(), LIVES);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn twenty_processes_spend_each_refresh_token_once() {
    let issuer = Issuer::new().latency(Duration::from_millis(50));
    let login = issuer.login();
    used_by_many(&issuer.person(), Some(login)).await;
    // The first token came with the login.
    assert_eq!((issuer.requests().len(), issuer.replays()), (LIVES - 1, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_login_serves_several_purposes_in_several_processes() {
    let issuer = Issuer::new().latency(Duration::from_millis(5));
    let store = MemoryStore::new();
    issuer.person().process(store.clone()).put(issuer.expired_login()).await.unwrap();
    let mut tasks = JoinSet::new();
    for number in 0..24 {
        let credentials = issuer.person().for_scope(["read", "write", "all"][number % 3]).process(store.clone());
        tasks.spawn(async move { text(&credentials).await.unwrap() });
    }
    let tokens: BTreeSet<_> = tasks.join_all().await.into_iter().collect();
    assert_eq!(tokens.len(), 3, "one for each purpose");
    assert_eq!((issuer.refreshes(), issuer.replays()), (3, 0));
}

/// The next process finds what an earlier one has left.
#[tokio::test]
async fn a_token_outlasts_the_process() {
    let (issuer, store) = (Issuer::new(), MemoryStore::new());
    let first = text(&issuer.machine().process(store.clone())).await.unwrap();
    assert_eq!(text(&issuer.machine().process(store)).await.unwrap(), first);
    assert_eq!(issuer.requests().len(), 1);
}

/// The slot is the near cache: a warm token costs no call of the store.
#[tokio::test]
async fn a_warm_token_is_read_without_the_store() {
    let (issuer, store) = (Issuer::new(), MemoryStore::new());
    let faulty = crate::faulty_store::FaultyStore::new(&store);
    let credentials = issuer.machine().process(faulty.clone());
    text(&credentials).await.unwrap();
    let calls = faulty.calls();
    for _ in 0..100 {
        credentials.headers().await.unwrap();
    }
    assert_eq!(faulty.calls(), calls);
}
