//! The store is away, or does not answer, or comes back empty.

use std::time::Duration;

use grantkit::store::{MemoryStore, TokenStore};
use grantkit::time::TokioClock;
use grantkit_testkit::ManualClock;

use crate::faulty_store::{Fault, FaultyStore};
use crate::issuer::{Failure, Issuer, policy};
use crate::source::text;
use crate::support::eventually;

#[tokio::test]
async fn valid_tokens_are_served_and_client_credentials_go_on_in_an_outage() {
    let (issuer, faulty) = (Issuer::new(), FaultyStore::new(&MemoryStore::new()));
    let credentials = issuer.machine().process(faulty.clone());
    faulty.set(Fault::Away);
    assert_eq!(text(&credentials).await.unwrap(), "access-1");
    let refused = credentials.headers().await.unwrap();
    let renewed = credentials.refresh_rejected_token(&refused).await.unwrap().unwrap();
    assert_eq!(renewed.authorization(), "Bearer access-2");
    faulty.set(Fault::None);
    let renewed = credentials.refresh_rejected_token(&renewed).await.unwrap().unwrap();
    assert_eq!(renewed.authorization(), "Bearer access-3");
    assert_eq!(text(&issuer.machine().process(faulty)).await.unwrap(), "access-3", "it is shared again");
}

#[tokio::test(start_paused = true)]
async fn a_store_that_hangs_is_waited_for_no_longer_than_it_says() {
    let (issuer, faulty) = (Issuer::new(), FaultyStore::new(&MemoryStore::new()));
    faulty.set(Fault::Hangs);
    let started = tokio::time::Instant::now();
    assert_eq!(text(&issuer.machine().process(faulty.clone())).await.unwrap(), "access-1");
    assert!(started.elapsed() <= faulty.call_timeout() + Duration::from_secs(1), "{:?}", started.elapsed());

    let error = text(&issuer.person().process(faulty)).await.unwrap_err();
    assert!(error.is_retryable() && !error.needs_login(), "{error}");
}

#[tokio::test]
async fn a_rotating_refresh_token_waits_for_the_store() {
    let (issuer, store) = (Issuer::new(), MemoryStore::new());
    let faulty = FaultyStore::new(&store);
    let credentials = issuer.person().process(faulty.clone());
    credentials.put(issuer.expired_login()).await.unwrap();
    faulty.set(Fault::Away);
    for _ in 0..3 {
        let error = text(&credentials).await.unwrap_err();
        assert!(error.is_retryable() && !error.needs_login(), "{error}");
    }
    assert_eq!(issuer.refreshes(), 0);

    faulty.set(Fault::None);
    assert_eq!(text(&credentials).await.unwrap(), "access-2");
    assert_eq!(issuer.refreshes(), 1);
}

#[tokio::test]
async fn one_that_the_server_leaves_is_used_without_the_store() {
    let (issuer, faulty) = (Issuer::new().leaving_refresh_tokens(), FaultyStore::new(&MemoryStore::new()));
    let credentials = issuer.person().process(faulty.clone());
    credentials.put(issuer.expired_login()).await.unwrap();
    text(&credentials).await.unwrap();
    // One refresh says nothing of the next one: a server may replace refresh tokens only sometimes.
    for _ in 1..20 {
        faulty.set(Fault::Away);
        credentials.refresh_rejected_token(&credentials.headers().await.unwrap()).await.unwrap_err();
        faulty.set(Fault::None);
        credentials.refresh_rejected_token(&credentials.headers().await.unwrap()).await.unwrap().unwrap();
    }
    // From here on the server is known to leave it.
    faulty.set(Fault::Away);
    assert!(credentials.refresh_rejected_token(&credentials.headers().await.unwrap()).await.unwrap().is_some());
    assert_eq!((issuer.refreshes(), issuer.replays()), (21, 0));
}

#[tokio::test]
async fn a_program_may_choose_to_spend_a_rotating_one_without_the_store() {
    let (issuer, store) = (Issuer::new(), MemoryStore::new());
    let faulty = FaultyStore::new(&store);
    let policy = policy().danger_spend_refresh_token_without_store();
    let credentials = issuer.person().process_with(faulty.clone(), policy);
    credentials.put(issuer.expired_login()).await.unwrap();
    faulty.set(Fault::Away);
    assert_eq!(text(&credentials).await.unwrap(), "access-2");
    let headers = credentials.headers().await.unwrap();
    assert_eq!(credentials.refresh_rejected_token(&headers).await.unwrap().unwrap().authorization(), "Bearer access-3");

    // What was got meanwhile is put into the store before anything else happens.
    faulty.set(Fault::None);
    let headers = credentials.headers().await.unwrap();
    assert_eq!(credentials.refresh_rejected_token(&headers).await.unwrap().unwrap().authorization(), "Bearer access-4");
    let other = issuer.person().process(store);
    assert_eq!(text(&other).await.unwrap(), "access-4");
    let headers = other.headers().await.unwrap();
    assert_eq!(other.refresh_rejected_token(&headers).await.unwrap().unwrap().authorization(), "Bearer access-5");
    assert_eq!((issuer.refreshes(), issuer.replays()), (4, 0));
}

/// What the store still has is older than what was refused: it is spent.
#[tokio::test]
async fn a_spent_token_is_not_sent_after_its_successor_was_refused() {
    let (issuer, clock) = (Issuer::new(), ManualClock::new());
    let faulty = FaultyStore::new(&MemoryStore::new());
    let policy = policy().danger_spend_refresh_token_without_store();
    let builder = issuer.person().builder().policy(policy).clock(clock.clone());
    let credentials = builder.store(faulty.clone()).build();
    credentials.put(issuer.expired_login()).await.unwrap();
    faulty.set(Fault::Away);
    assert_eq!(text(&credentials).await.unwrap(), "access-2");
    clock.advance(Duration::from_hours(2));
    issuer.fail(Failure::Revoked);
    text(&credentials).await.unwrap_err();
    faulty.set(Fault::None);
    clock.advance(Duration::from_mins(10));
    text(&credentials).await.unwrap_err();
    assert_eq!((issuer.refreshes(), issuer.replays()), (2, 0));
}

/// What a process remembers may have been spent by another since: it is not sent.
#[tokio::test]
async fn a_store_that_comes_back_empty_needs_a_login_and_no_replay() {
    let (issuer, store) = (Issuer::new(), MemoryStore::new());
    let [one, other] = [(); 2].map(|()| issuer.person().process(store.clone()));
    one.put(issuer.expired_login()).await.unwrap();
    text(&one).await.unwrap();
    let (headers, empty) = (one.headers().await.unwrap(), Emptied(store.clone()));
    // The other one spends what the first one remembers.
    text(&other).await.unwrap();
    other.refresh_rejected_token(&other.headers().await.unwrap()).await.unwrap();
    empty.all().await;
    let error = one.refresh_rejected_token(&headers).await.unwrap_err();
    assert!(error.needs_login(), "{error}");
    assert_eq!(issuer.replays(), 0);

    one.put(issuer.login()).await.unwrap();
    assert_eq!(text(&other).await.unwrap(), "access-3", "its own is good");
    let renewed = other.refresh_rejected_token(&other.headers().await.unwrap()).await.unwrap().unwrap();
    assert_eq!(renewed.authorization(), "Bearer access-4", "of the new login");
    assert_eq!(issuer.replays(), 0);
}

/// Restored from a snapshot, or failed over to a replica that lags behind: what the process knows is put back, and what the store
/// has is not sent.
#[tokio::test]
async fn a_store_that_goes_back_in_time_gets_back_what_a_process_knows() {
    for is_emptied in [false, true] {
        let (issuer, store, clock) = (Issuer::new(), MemoryStore::new(), ManualClock::new());
        let key = grantkit::store::StoreKey::new("login/party:refresh");
        let process = || issuer.person().builder().policy(policy()).clock(clock.clone()).store(store.clone()).build();
        let one = process();
        one.put(issuer.expired_login()).await.unwrap();
        let before = store.get(&key).await.unwrap().unwrap();
        assert_eq!(text(&one).await.unwrap(), "access-2");
        let newest = store.get(&key).await.unwrap().unwrap();
        Emptied(store.clone()).all().await;
        if !is_emptied {
            assert!(store.put_if_newer(&key, &before).await.unwrap());
        }
        // It renews ahead of the end of its token.
        clock.advance(Duration::from_mins(57));
        assert_eq!(text(&one).await.unwrap(), "access-2");
        eventually("it is renewed", async || text(&one).await.ok().filter(|token| token == "access-3")).await;
        assert!(store.get(&key).await.unwrap().is_some_and(|record| record.version() >= newest.version() + 2));
        assert_eq!(text(&process()).await.unwrap(), "access-3");
        assert_eq!((issuer.refreshes(), issuer.replays()), (2, 0), "emptied: {is_emptied}");
    }
}

/// A process that knows that others have gone on from there sends nothing: they may put it back.
#[tokio::test]
async fn what_others_have_gone_on_from_is_not_put_back() {
    for is_rejected in [false, true] {
        let (issuer, store) = (Issuer::new(), MemoryStore::new());
        let [one, other] = [(); 2].map(|()| issuer.person().process(store.clone()));
        one.put(issuer.expired_login()).await.unwrap();
        let key = grantkit::store::StoreKey::new("login/party:refresh");
        let before = store.get(&key).await.unwrap().unwrap();
        text(&one).await.unwrap();
        text(&other).await.unwrap();
        other.refresh_rejected_token(&other.headers().await.unwrap()).await.unwrap().unwrap();
        assert_eq!(one.refresh().await.unwrap().access_token().secret(), "access-3", "it has that of the other one");
        Emptied(store.clone()).all().await;
        assert!(store.put_if_newer(&key, &before).await.unwrap());
        let error = if is_rejected {
            one.refresh_rejected_token(&one.headers().await.unwrap()).await.unwrap_err()
        } else {
            one.refresh().await.unwrap_err()
        };
        assert!(error.needs_login(), "rejected: {is_rejected}: {error}");
        assert_eq!((issuer.refreshes(), issuer.replays()), (2, 0), "rejected: {is_rejected}");
    }
}

/// What only a store could say that has forgotten it: the limit of what can be kept.
#[tokio::test]
async fn what_another_got_just_before_a_store_forgot_it_is_not_known() {
    let (issuer, store) = (Issuer::new(), MemoryStore::new());
    let [one, other] = [(); 2].map(|()| issuer.person().process(store.clone()));
    one.put(issuer.expired_login()).await.unwrap();
    text(&one).await.unwrap();
    text(&other).await.unwrap();
    other.refresh().await.unwrap();
    Emptied(store.clone()).all().await;
    assert!(one.refresh().await.unwrap_err().needs_login());
    assert_eq!((issuer.refreshes(), issuer.replays()), (3, 1));
}

struct Emptied(MemoryStore);

impl Emptied {
    async fn all(&self) {
        for key in ["login/party:refresh".to_owned(), access_key()] {
            self.0.remove(&grantkit::store::StoreKey::new(key)).await.unwrap();
        }
    }
}

pub(crate) fn access_key() -> String {
    use grantkit::OAuthClient;
    use grantkit::credentials::Fingerprint;
    let party = Issuer::new().person();
    let fingerprint: Fingerprint = party.fingerprint();
    format!("access/{}/{fingerprint}", party.access_key())
}

/// The server is down: each process asks once a pause, and the login is as good as it was.
#[tokio::test]
async fn a_server_that_is_busy_costs_no_login() {
    let (issuer, store) = (Issuer::new(), MemoryStore::new());
    let processes: Vec<_> = (0..5).map(|_| issuer.person().process(store.clone())).collect();
    processes[0].put(issuer.expired_login()).await.unwrap();
    issuer.fail(Failure::Busy);
    for credentials in &processes {
        let error = text(credentials).await.unwrap_err();
        assert!(error.is_retryable(), "{error}");
    }
    issuer.fail(None);
    for credentials in &processes {
        assert_eq!(text(credentials).await.unwrap(), "access-2");
    }
    assert_eq!((issuer.refreshes(), issuer.replays()), (6, 0));
}

/// A lease ends by itself: a process that is killed with it delays the others by ten seconds.
#[tokio::test(start_paused = true)]
async fn the_lease_of_a_dead_process_ends() {
    let (issuer, store) = (Issuer::new(), MemoryStore::new());
    let credentials = issuer.machine().process(store.clone());
    let key = grantkit::store::StoreKey::new("login/party:refresh");
    let dead = store.lease(&key, Duration::from_secs(10)).await.unwrap().unwrap();
    std::mem::forget(dead);
    let started = tokio::time::Instant::now();
    text(&credentials).await.unwrap();
    assert!(started.elapsed() >= Duration::from_secs(10) && started.elapsed() < Duration::from_secs(11));
}

/// A request that takes longer than the lease keeps it: there are signs of life.
#[tokio::test(start_paused = true)]
async fn the_lease_is_held_for_as_long_as_a_request_takes() {
    let (issuer, store) = (Issuer::new().latency(Duration::from_secs(29)), MemoryStore::new());
    let tokens = tokio::join!(async { text(&issuer.machine().process(store.clone())).await.unwrap() }, async {
        text(&issuer.machine().process(store.clone())).await.unwrap()
    },);
    assert_eq!(tokens.0, tokens.1);
    assert_eq!(issuer.requests().len(), 1);
}

#[tokio::test]
async fn an_expired_token_in_the_store_is_not_used() {
    let (issuer, store, clock) = (Issuer::new(), MemoryStore::new(), ManualClock::new());
    let process = || issuer.machine().builder().clock(clock.clone()).store(store.clone()).build();
    assert_eq!(text(&process()).await.unwrap(), "access-1");
    clock.advance(Duration::from_hours(1));
    assert_eq!(text(&process()).await.unwrap(), "access-2");
}

/// A process is cut off from the store in the middle of a request, and loses the lease. Its answer is not lost.
#[tokio::test(start_paused = true)]
async fn a_lease_that_is_lost_on_the_way_loses_no_answer() {
    let (issuer, store) = (Issuer::new().latency(Duration::from_secs(25)), MemoryStore::new());
    let faulty = FaultyStore::new(&store);
    let policy = policy().with_after_lost_response(grantkit::credentials::AfterLostResponse::Never);
    let cut_off = issuer.person().process_with(faulty.clone(), policy);
    let other = issuer.person().process_with(store, policy);
    other.put(issuer.expired_login()).await.unwrap();
    let cut_off = tokio::spawn(async move { text(&cut_off).await });
    tokio::time::sleep(Duration::from_secs(1)).await;
    faulty.set(Fault::Away);
    let error = text(&other).await.unwrap_err();
    assert!(error.needs_login(), "it looks as if the answer was lost: {error}");
    faulty.set(Fault::None);
    assert_eq!(cut_off.await.unwrap().unwrap(), "access-2");
    assert_eq!(text(&other).await.unwrap(), "access-2", "and it was not");
    assert_eq!((issuer.refreshes(), issuer.replays()), (1, 0));
}

/// Where nothing is spent, the other one asks for itself, and the loser takes the winner's result.
#[tokio::test(start_paused = true)]
async fn a_process_that_loses_the_lease_takes_the_result_of_its_holder() {
    let (issuer, store) = (Issuer::new().latency(Duration::from_secs(29)), MemoryStore::new());
    let faulty = FaultyStore::new(&store);
    let (cut_off, other) = (issuer.machine().process(faulty.clone()), issuer.machine().process(store));
    let cut_off = tokio::spawn(async move { text(&cut_off).await.unwrap() });
    tokio::time::sleep(Duration::from_secs(1)).await;
    faulty.set(Fault::Away);
    let other = tokio::spawn(async move { text(&other).await.unwrap() });
    tokio::time::sleep(Duration::from_secs(15)).await;
    assert_eq!(issuer.requests().len(), 2, "the lease ended after ten seconds");
    faulty.set(Fault::None);
    let (cut_off, other) = (cut_off.await.unwrap(), other.await.unwrap());
    assert_eq!(cut_off, other);
}

/// Its outcome, good or bad, goes to all who wait: they do not ask in vain one after the other. In paused time all wait by then.
#[tokio::test(start_paused = true)]
async fn a_failure_goes_to_all_processes_that_wait() {
    let (issuer, store) = (Issuer::new().latency(Duration::from_millis(300)), MemoryStore::new());
    issuer.fail(Failure::Busy);
    let clock = TokioClock::new();
    let process = || issuer.machine().builder().policy(policy()).clock(clock).store(store.clone()).build();
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..20 {
        let credentials = process();
        tasks.spawn(async move { text(&credentials).await.unwrap_err() });
    }
    while let Some(error) = tasks.join_next().await {
        let error = error.unwrap();
        assert!(error.is_retryable() && error.retry_after() >= Some(Duration::from_mins(6)), "{error}");
    }
    assert_eq!(issuer.requests().len(), 1);
    // Who comes later asks anew.
    issuer.fail(None);
    text(&process()).await.unwrap();
}
