//! However many processes want one token, one request is made.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use grantkit::store::MemoryStore;
use grantkit::{Credentials, OAuthToken};

use crate::issuer::{Issuer, Party, text};

const PROCESSES: usize = 20;
const TASKS: usize = 50;
const LIFETIME: Duration = Duration::from_secs(1);
const TIME: Duration = Duration::from_secs(4);

/// All tasks of all processes use the token for some lives of it.
async fn used_by_many(party: &Party, login: Option<OAuthToken>) -> BTreeSet<String> {
    let store = MemoryStore::new();
    let processes: Vec<Credentials> = (0..PROCESSES).map(|_| party.process(store.clone())).collect();
    if let Some(login) = login {
        processes[0].put(login).await.unwrap();
    }
    let ends = Instant::now() + TIME;
    let mut tasks = tokio::task::JoinSet::new();
    for credentials in processes {
        for _ in 0..TASKS {
            let credentials = credentials.clone();
            tasks.spawn(async move {
                let mut seen = BTreeSet::new();
                while Instant::now() < ends {
                    let token = credentials.token().await.unwrap();
                    assert!(!token.is_expired(Duration::ZERO), "an expired token is never handed out");
                    seen.insert(token.access_token().secret().to_owned());
                    tokio::time::sleep(Duration::from_millis(3)).await;
                }
                seen
            });
        }
    }
    let mut seen = BTreeSet::new();
    while let Some(of_task) = tasks.join_next().await {
        seen.extend(of_task.unwrap());
    }
    seen
}

fn one_a_life(issuer: &Issuer, seen: &BTreeSet<String>) {
    let requests = issuer.requests();
    assert!(requests.len() >= 4, "{}", requests.len());
    // Renewed when 65 to 75 % of its life are over.
    for pair in requests.windows(2) {
        let gap = pair[1].duration_since(pair[0]);
        assert!(gap >= LIFETIME.mul_f64(0.5), "{gap:?} between two of {} requests", requests.len());
    }
    assert!(seen.len() >= 4);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn twenty_processes_make_one_request_a_life() {
    let issuer = Issuer::new().lifetime(LIFETIME).latency(Duration::from_millis(50));
    let seen = used_by_many(&issuer.machine(), None).await;
    one_a_life(&issuer, &seen);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn twenty_processes_spend_each_refresh_token_once() {
    let issuer = Issuer::new().lifetime(LIFETIME).latency(Duration::from_millis(50));
    let login = issuer.login();
    let seen = used_by_many(&issuer.person(), Some(login)).await;
    one_a_life(&issuer, &seen);
    assert_eq!(issuer.replays(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_login_serves_several_purposes_in_several_processes() {
    let issuer = Issuer::new().latency(Duration::from_millis(5));
    let store = MemoryStore::new();
    issuer.person().process(store.clone()).put(issuer.expired_login()).await.unwrap();
    let mut tasks = tokio::task::JoinSet::new();
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
