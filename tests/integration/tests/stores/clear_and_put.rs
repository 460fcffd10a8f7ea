//! A login that is put, or cleared, while others are at it.

use std::time::Duration;

use grantkit::store::MemoryStore;

use crate::faulty_store::{Fault, FaultyStore, Step};
use crate::issuer::Issuer;
use crate::source::text;

#[tokio::test]
async fn a_login_of_one_process_is_found_by_the_others() {
    let (issuer, store) = (Issuer::new(), MemoryStore::new());
    let [one, other] = [(); 2].map(|()| issuer.person().process(store.clone()));
    assert!(text(&other).await.unwrap_err().needs_login());
    one.put(issuer.login()).await.unwrap();
    assert_eq!(text(&other).await.unwrap(), "access-1");
    assert!(other.token().await.unwrap().refresh_token().is_none(), "it is kept apart from the access token");
}

#[tokio::test]
async fn what_one_process_has_cleared_is_gone_for_all() {
    let (issuer, store) = (Issuer::new(), MemoryStore::new());
    let [one, other] = [(); 2].map(|()| issuer.person().process(store.clone()));
    one.put(issuer.login()).await.unwrap();
    one.clear().await.unwrap();
    for credentials in [&one, &other] {
        assert!(text(credentials).await.unwrap_err().needs_login());
    }
    assert_eq!(issuer.refreshes(), 0);
    other.put(issuer.login()).await.unwrap();
    assert_eq!(text(&one).await.unwrap(), "access-2");
}

/// A flight that is under way in another process does not bring the login back.
#[tokio::test(start_paused = true)]
async fn login_cleared_while_another_process_refreshes_stays_cleared() {
    let (issuer, store) = (Issuer::new().latency(Duration::from_secs(1)), MemoryStore::new());
    let [one, other] = [(); 2].map(|()| issuer.person().process(store.clone()));
    one.put(issuer.expired_login()).await.unwrap();
    let under_way = tokio::spawn(async move { text(&other).await });
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert_eq!(issuer.refreshes(), 1);
    one.clear().await.unwrap();
    assert_eq!(under_way.await.unwrap().unwrap(), "access-2", "whoever waits for it gets it");
    let error = text(&issuer.person().process(store)).await.unwrap_err();
    assert!(error.needs_login(), "{error}");
    assert_eq!(issuer.replays(), 0);
}

/// The same with another login in its place.
#[tokio::test(start_paused = true)]
async fn a_login_that_is_put_while_another_process_refreshes_the_old_one_wins() {
    let (issuer, store) = (Issuer::new().latency(Duration::from_secs(1)), MemoryStore::new());
    let [one, other] = [(); 2].map(|()| issuer.person().process(store.clone()));
    one.put(issuer.expired_login()).await.unwrap();
    let under_way = tokio::spawn(async move { text(&other).await });
    tokio::time::sleep(Duration::from_millis(500)).await;
    one.put(issuer.login()).await.unwrap();
    assert_eq!(under_way.await.unwrap().unwrap(), "access-3", "the loser takes the winner's result");
    assert_eq!(text(&issuer.person().process(store)).await.unwrap(), "access-3");
    let renewed = one.refresh_rejected_token(&one.headers().await.unwrap()).await.unwrap().unwrap();
    assert_eq!(renewed.authorization(), "Bearer access-4");
    assert_eq!(issuer.replays(), 0);
}

/// Puts, clears and refreshes at random, in several processes: in the end there is the last login, and nothing was replayed.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn races_between_logins_and_refreshes_replay_nothing() {
    let (issuer, store) = (Issuer::new().latency(Duration::from_millis(1)), MemoryStore::new());
    let mut tasks = tokio::task::JoinSet::new();
    for number in 0..6_u64 {
        let (issuer, credentials) = (issuer.clone(), issuer.person().process(store.clone()));
        tasks.spawn(async move {
            let mut random = number;
            for _ in 0..200 {
                // Knuth's generator: the same numbers in each run.
                random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                match (random >> 33) % 20 {
                    0 => credentials.put(issuer.login()).await.unwrap(),
                    1 | 2 => credentials.put(issuer.expired_login()).await.unwrap(),
                    3 => credentials.clear().await.unwrap(),
                    _ => {
                        if let Ok(headers) = credentials.headers().await {
                            let _ = credentials.refresh_rejected_token(&headers).await;
                        }
                    }
                }
            }
        });
    }
    while let Some(done) = tasks.join_next().await {
        done.unwrap();
    }
    assert!(issuer.refreshes() > 50, "{}", issuer.refreshes());
    assert_eq!(issuer.replays(), 0);
    let last = issuer.person().process(store.clone());
    last.put(issuer.login()).await.unwrap();
    let last = text(&last).await.unwrap();
    assert_eq!(text(&issuer.person().process(store)).await.unwrap(), last);
}

#[tokio::test]
async fn a_login_that_the_store_did_not_take_is_an_error_and_put_later() {
    let (issuer, store) = (Issuer::new(), MemoryStore::new());
    let faulty = FaultyStore::new(&store);
    let credentials = issuer.person().process(faulty.clone());
    faulty.set(Fault::Away);
    let error = credentials.put(issuer.login()).await.unwrap_err();
    assert!(error.is_retryable(), "{error}");
    assert_eq!(text(&credentials).await.unwrap(), "access-1", "this process has it all the same");

    faulty.set(Fault::None);
    credentials.refresh_rejected_token(&credentials.headers().await.unwrap()).await.unwrap().unwrap();
    assert_eq!(text(&issuer.person().process(store)).await.unwrap(), "access-2");
    assert_eq!((issuer.refreshes(), issuer.replays()), (1, 0));
}

#[tokio::test]
async fn a_login_that_the_store_did_not_forget_is_an_error_and_forgotten_later() {
    let (issuer, store) = (Issuer::new(), MemoryStore::new());
    let faulty = FaultyStore::new(&store);
    let credentials = issuer.person().process(faulty.clone());
    credentials.put(issuer.login()).await.unwrap();
    faulty.set(Fault::Away);
    assert!(credentials.clear().await.unwrap_err().is_retryable());
    faulty.set(Fault::None);
    assert!(text(&credentials).await.unwrap_err().needs_login(), "not the old one, which the store still has");
    assert!(text(&issuer.person().process(store)).await.unwrap_err().needs_login());
}

/// Whatever call of the store fails while a login is cleared, or replaced, no caller gets its access token afterwards.
#[tokio::test]
async fn access_token_of_an_ended_login_stays_away_after_a_store_failure() {
    for replaces in [false, true] {
        for (call, step) in (1..=4).flat_map(|call| [Step::BeforeIt, Step::AfterIt].map(|step| (call, step))) {
            let (issuer, store) = (Issuer::new(), MemoryStore::new());
            let faulty = FaultyStore::new(&store);
            let credentials = issuer.person().process(faulty.clone());
            credentials.put(issuer.login()).await.unwrap();
            faulty.set(Fault::FailAt(call, step));
            let told = if replaces { credentials.put(issuer.expired_login()).await } else { credentials.clear().await };
            assert!(told.unwrap_err().is_retryable(), "{call} {step:?}");
            faulty.set(Fault::None);
            let after = [text(&credentials).await, text(&issuer.person().process(store)).await];
            for token in after {
                match token {
                    Ok(token) => assert!(replaces && token == "access-3", "{call} {step:?}: {token}"),
                    Err(error) => assert!(!replaces && error.needs_login(), "{call} {step:?}: {error}"),
                }
            }
            assert_eq!(issuer.replays(), 0);
        }
    }
}

/// The same client without a store has a token of its own, and what it has does not get into a store by itself.
#[tokio::test]
async fn a_login_gets_into_a_store_by_being_put_there() {
    let (issuer, store) = (Issuer::new(), MemoryStore::new());
    let cache = grantkit::credentials::CredentialCache::new(16, None);
    let builder = || grantkit::Credentials::builder(issuer.person()).cache(&cache);
    let without = builder().build();
    without.put(issuer.expired_login()).await.unwrap();
    let with = builder().store(store.clone()).build();
    assert!(text(&with).await.unwrap_err().needs_login());
    with.put(without.token().await.unwrap()).await.unwrap();
    assert_eq!(text(&with).await.unwrap(), "access-2");
    assert_eq!(text(&without).await.unwrap(), "access-2");
    assert_eq!(text(&issuer.person().process(store)).await.unwrap(), "access-2");
}
