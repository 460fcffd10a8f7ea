//! A process ends at each step of a refresh, and the store fails at each step.

use std::time::Duration;

use grantkit::store::MemoryStore;

use crate::faulty_store::{Fault, FaultyStore, Step};
use crate::issuer::Issuer;
use crate::source::text;
use crate::support::eventually;

const STEPS: [Step; 2] = [Step::BeforeIt, Step::AfterIt];

/// One process finds an expired token, and is killed at its n-th call of the store. What the next process finds.
async fn after_a_crash(fault: Fault) -> (Issuer, grantkit::Result<String>) {
    let (issuer, store) = (Issuer::new(), MemoryStore::new());
    let faulty = FaultyStore::new(&store);
    issuer.person().process(store.clone()).put(issuer.expired_login()).await.unwrap();

    faulty.set(fault);
    let (first, watched) = (issuer.person().process(faulty.clone()), faulty.clone());
    let killed = tokio::task::spawn_blocking(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        runtime.block_on(async {
            tokio::select! {
                token = first.token() => token.map(|_| ()).unwrap(),
                () = watched.stopped() => {}
            }
        });
        // The flight ends with its runtime, and the lease with it.
    });
    killed.await.unwrap();
    let second = text(&issuer.person().process(store)).await;
    (issuer, second)
}

/// Whatever step a process is killed at, a login is lost only where the server had acted, and its answer was lost.
#[tokio::test]
async fn crash_at_any_step_loses_a_login_only_if_the_server_had_acted() {
    let mut outcomes = Vec::new();
    // An undisturbed refresh takes so many calls.
    let calls = {
        let (issuer, faulty) = (Issuer::new(), FaultyStore::new(&MemoryStore::new()));
        let credentials = issuer.person().process(faulty.clone());
        credentials.put(issuer.expired_login()).await.unwrap();
        faulty.set(Fault::None);
        text(&credentials).await.unwrap();
        faulty.calls()
    };
    assert!(calls >= 8, "{calls}");
    for call in 1..=calls {
        for step in STEPS {
            let (issuer, token) = after_a_crash(Fault::StopAt(call, step)).await;
            assert_eq!(issuer.replays(), usize::from(token.is_err()), "{call} {step:?}");
            outcomes.push(match token {
                Ok(token) => (token, issuer.refreshes()),
                Err(error) => {
                    assert!(error.needs_login(), "{call} {step:?}: {error}");
                    // A person logs in, and all goes on.
                    let credentials = issuer.person().process(MemoryStore::new());
                    credentials.put(issuer.login()).await.unwrap();
                    ("needs login".into(), issuer.refreshes())
                }
            });
        }
    }
    // Until the server has acted, the old token is good, marked or not. Then it is lost until the successor is stored. Then the
    // new refresh token is good, and from the next step on the new access token as well.
    let old = |(token, refreshes): &&(String, usize)| token == "access-2" && *refreshes == 1;
    let expected = outcomes.iter().take_while(old).count();
    let lost = outcomes.iter().skip(expected).take_while(|(token, _)| token == "needs login").count();
    let new_refresh = outcomes.iter().skip(expected + lost).take_while(|(token, _)| token == "access-3").count();
    let new_access = outcomes.iter().skip(expected + lost + new_refresh).take_while(old).count();
    assert_eq!(expected + lost + new_refresh + new_access, outcomes.len(), "{outcomes:?}");
    // About to be put.
    assert_eq!((lost, new_refresh), (1, 2), "{outcomes:?}");
    assert!(expected >= 7 && new_access >= 3, "{outcomes:?}");
}

/// The store fails at one call, or from one call on, whether or not it has done what it was asked: the process that lives on
/// gets its token when the store is back, and so do the others.
#[tokio::test(start_paused = true)]
async fn a_process_that_lives_recovers_from_a_store_that_fails_at_any_step() {
    for call in 1..=10 {
        for step in STEPS {
            for fault in [Fault::FailAt(call, step), Fault::AwayFrom(call, step)] {
                let (issuer, store) = (Issuer::new(), MemoryStore::new());
                let faulty = FaultyStore::new(&store);
                let (first, second) = (issuer.person().process(faulty.clone()), issuer.person().process(store));
                second.put(issuer.expired_login()).await.unwrap();
                faulty.set(fault);
                if let Err(error) = first.token().await {
                    assert!(error.is_retryable(), "{fault:?}: {error}");
                }
                faulty.set(Fault::None);
                let of_first = text(&first).await.unwrap_or_else(|error| panic!("{fault:?}: {error}"));
                let of_second = text(&second).await.unwrap_or_else(|error| panic!("{fault:?}: {error}"));
                assert_eq!(issuer.replays(), 0, "{fault:?}");
                assert!(issuer.refreshes() <= 2, "{fault:?}: {}", issuer.refreshes());
                // Only where the access token could not be put does the other process get one of its own.
                assert!(of_first == of_second || issuer.refreshes() == 2, "{fault:?}: {of_first} {of_second}");
            }
        }
    }
}

/// Rule 9: no caller gets a new access token before its refresh token is safe.
#[tokio::test(start_paused = true)]
async fn an_access_token_is_held_back_until_its_refresh_token_is_stored() {
    let (issuer, store) = (Issuer::new(), MemoryStore::new());
    let faulty = FaultyStore::new(&store);
    let credentials = issuer.person().process(faulty.clone());
    credentials.put(issuer.expired_login()).await.unwrap();
    // get, lease, get, get, put the mark, put the successor.
    faulty.set(Fault::AwayFrom(6, Step::BeforeIt));
    let error = text(&credentials).await.unwrap_err();
    assert!(error.is_retryable(), "{error}");
    assert_eq!(issuer.refreshes(), 1, "the server has answered");
    assert!(text(&credentials).await.unwrap_err().is_retryable());

    // Without another request.
    faulty.set(Fault::None);
    assert_eq!(text(&credentials).await.unwrap(), "access-2");
    assert_eq!(text(&issuer.person().process(store)).await.unwrap(), "access-2");
    assert_eq!((issuer.refreshes(), issuer.replays()), (1, 0));
}

/// The same while the server is at it: whether it has acted is unknown, and it is asked once more.
#[tokio::test]
async fn kill_while_a_strict_server_works_needs_a_login() {
    let (issuer, store) = (Issuer::new(), MemoryStore::new());
    issuer.person().process(store.clone()).put(issuer.expired_login()).await.unwrap();
    let (first, watched) =
        (issuer.clone().latency(Duration::from_hours(1)).person().process(store.clone()), issuer.clone());
    let killed = tokio::task::spawn_blocking(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        runtime.block_on(async {
            let is_at_work = eventually("the server works", async || (watched.refreshes() == 1).then_some(()));
            tokio::select! {
                token = first.token() => panic!("{token:?}"),
                () = is_at_work => {}
            }
        });
    });
    killed.await.unwrap();
    let error = text(&issuer.clone().latency(Duration::ZERO).person().process(store)).await.unwrap_err();
    assert!(error.needs_login(), "{error}");
    assert_eq!((issuer.refreshes(), issuer.replays()), (2, 1));
}

/// A runtime that ends takes no login with it where the process knows that nothing was sent.
#[tokio::test]
async fn a_runtime_that_ends_before_the_request_costs_no_login() {
    let (issuer, store) = (Issuer::new(), MemoryStore::new());
    let faulty = FaultyStore::new(&store);
    let credentials = issuer.person().process(faulty.clone());
    credentials.put(issuer.expired_login()).await.unwrap();
    // get, lease, get, get, put the mark.
    faulty.set(Fault::StopAt(5, Step::AfterIt));
    let (first, watched) = (credentials.clone(), faulty.clone());
    let ended = tokio::task::spawn_blocking(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        runtime.block_on(async {
            tokio::select! {
                token = first.token() => panic!("{token:?}"),
                () = watched.stopped() => {}
            }
        });
    });
    ended.await.unwrap();
    faulty.set(Fault::None);
    assert_eq!(
        text(&issuer.person().process(store)).await.unwrap(),
        "access-2",
        "another process cannot know, and asks"
    );
    assert_eq!(text(&credentials).await.unwrap(), "access-2");
    assert_eq!((issuer.refreshes(), issuer.replays()), (1, 0));
}
