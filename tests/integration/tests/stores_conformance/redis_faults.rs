//! Redis goes, comes back, forgets, stops answering; runtimes end.

use std::sync::Arc;
use std::time::{Duration, Instant};

use grantkit::store::{RedisStore, TokenStore};
use redis::{Connection, cmd};
use tokio::time::sleep;

use crate::kept::{kept, key, record, sealing_key};
use crate::leases::is_told_when_it_is_let_go;
use crate::redis_server::{RedisServer, free_port};
use crate::redis_store::{patient, store_at};
use crate::support::eventually;

const LONG: Duration = Duration::from_mins(10);

/// The documented second for each of four calls, and more, for a machine that is very busy; less than a patient store waits for one.
const BOUNDED: Duration = Duration::from_secs(50);

/// A store with the usual limits, for a Redis that does not answer.
async fn usual_store_at(server: &RedisServer) -> RedisStore {
    let store = RedisStore::builder(server.url(), sealing_key()).build().unwrap();
    comes_back(&store).await;
    store
}

async fn fails(store: &RedisStore) {
    let begin = Instant::now();
    let error = store.get(&key("billing")).await.unwrap_err();
    assert!(error.is_retryable(), "{error:?}");
    let error = store.put_if_newer(&key("billing"), &record(100, "lost")).await.unwrap_err();
    assert!(error.is_retryable(), "{error:?}");
    let error = store.remove(&key("billing")).await.unwrap_err();
    assert!(error.is_retryable(), "{error:?}");
    let error = store.lease(&key("billing"), LONG).await.unwrap_err();
    assert!(error.is_retryable(), "{error:?}");
    assert!(begin.elapsed() < BOUNDED, "{:?}", begin.elapsed());
}

/// A busy machine may take more than a call's time to start a process.
async fn comes_back(store: &RedisStore) {
    eventually("it comes back by itself", async || store.get(&key("billing")).await.ok()).await;
}

#[tokio::test]
async fn a_redis_that_is_away_is_an_error_at_once_and_found_again_by_itself() {
    let mut server = RedisServer::start();
    let store = store_at(&server).await;
    assert!(store.put_if_newer(&key("billing"), &record(1, "token")).await.unwrap());
    server.stop();
    fails(&store).await;
    fails(&store).await;
    server.restart();
    comes_back(&store).await;
    assert_eq!(kept(&store, "billing").await, Some((1, "token".to_owned())), "Redis had written it down");
}

#[tokio::test]
async fn a_restart_between_two_calls_is_not_noticed() {
    let mut server = RedisServer::start();
    let store = store_at(&server).await;
    for version in 1..4 {
        assert!(store.put_if_newer(&key("billing"), &record(version, "token")).await.unwrap());
        // The scripts are gone as well.
        server.restart();
        assert_eq!(kept(&store, "billing").await, Some((version, "token".to_owned())));
        server.restart();
    }
}

#[tokio::test]
async fn a_redis_that_does_not_answer_is_given_up_on_and_found_again() {
    let server = RedisServer::start();
    let store = usual_store_at(&server).await;
    server.freeze();
    fails(&store).await;
    server.thaw();
    comes_back(&store).await;
    // It may have been put by a call whose answer came too late.
    let mut version = 200;
    let put = eventually("it can be written to again", async || {
        version += 1;
        store.put_if_newer(&key("billing"), &record(version, "token")).await.ok()
    });
    assert!(put.await);
}

#[tokio::test]
async fn a_program_may_start_before_redis() {
    let port = free_port();
    let url = format!("redis://127.0.0.1:{port}");
    assert!(RedisStore::connect(&url, sealing_key()).await.unwrap_err().is_retryable());
    let store = patient(&url, sealing_key()).build().unwrap();
    fails(&store).await;
    let server = RedisServer::start();
    let store = RedisStore::builder(server.url(), sealing_key()).build().unwrap();
    comes_back(&store).await;
}

#[tokio::test]
async fn connections_that_are_cut_are_made_again() {
    let server = RedisServer::start();
    let store = Arc::new(store_at(&server).await);
    let held = store.lease(&key("billing"), LONG).await.unwrap().unwrap();
    let waiting = tokio::spawn({
        let store = store.clone();
        async move { store.lease(&key("billing"), LONG).await.unwrap() }
    });
    let mut raw = server.raw();
    listeners(&mut raw, 1).await;
    for kind in ["normal", "pubsub"] {
        let _: i64 = cmd("CLIENT").arg("KILL").arg("TYPE").arg(kind).query(&mut raw).unwrap();
        assert_eq!(kept(&*store, "billing").await, None);
    }
    // The connection that listens, too.
    listeners(&mut raw, 1).await;
    assert!(!waiting.is_finished());
    held.release().await.unwrap();
    assert!(waiting.await.unwrap().is_none());
    // No caller waits, no connection listens.
    listeners(&mut raw, 0).await;
}

/// Waits until so many connections listen for the lease.
async fn listeners(raw: &mut Connection, count: i64) {
    let what = format!("{count} listen");
    eventually(&what, async || {
        let channel = "grantkit:released:{billing}";
        let (_, now): (String, i64) = cmd("PUBSUB").arg("NUMSUB").arg(channel).query(raw).unwrap();
        (now == count).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn all_who_wait_share_one_connection_and_look_seldom() {
    let server = RedisServer::start();
    let store = Arc::new(store_at(&server).await);
    let held = store.lease(&key("billing"), LONG).await.unwrap().unwrap();
    let waiting: Vec<_> = (0..50)
        .map(|_| {
            let store = store.clone();
            tokio::spawn(async move { store.lease(&key("billing"), LONG).await.unwrap() })
        })
        .collect();
    let mut raw = server.raw();
    listeners(&mut raw, 1).await;
    let clients: String = cmd("CLIENT").arg("LIST").query(&mut raw).unwrap();
    assert_eq!(clients.lines().count(), 3, "the store's, the one that listens, this test's:\n{clients}");
    held.release().await.unwrap();
    for waiting in waiting {
        assert!(waiting.await.unwrap().is_none());
    }
}

#[tokio::test]
async fn who_waits_is_told_without_messages_too() {
    let server = RedisServer::start();
    let mut acl = cmd("ACL");
    acl.arg(&["SETUSER", "app", "on", ">s3cret", "~*", "resetchannels", "+@all"]);
    let () = acl.query(&mut server.raw()).unwrap();
    let url = format!("redis://app:s3cret@127.0.0.1:{}", server.port());
    let store: Arc<dyn TokenStore> = Arc::new(patient(&url, sealing_key()).connect().await.unwrap());
    is_told_when_it_is_let_go(&store, &store).await;
}

#[tokio::test]
async fn an_emptied_redis_ends_leases_and_forgets_versions() {
    let server = RedisServer::start();
    let store = Arc::new(store_at(&server).await);
    assert!(store.put_if_newer(&key("billing"), &record(7, "token")).await.unwrap());
    let mut held = store.lease(&key("billing"), LONG).await.unwrap().unwrap();
    let waiting = tokio::spawn({
        let store = store.clone();
        async move { store.lease(&key("billing"), LONG).await.unwrap() }
    });
    let () = cmd("FLUSHALL").query(&mut server.raw()).unwrap();
    assert!(!held.renew(LONG).await.unwrap());
    // Told that it is free, or free when it asked.
    waiting.await.unwrap();
    assert_eq!(kept(&*store, "billing").await, None);
    assert!(store.put_if_newer(&key("billing"), &record(1, "token")).await.unwrap());
    held.release().await.unwrap();
}

#[tokio::test]
async fn waiting_ends_in_an_error_when_redis_goes() {
    let mut server = RedisServer::start();
    let store = Arc::new(store_at(&server).await);
    let held = store.lease(&key("billing"), LONG).await.unwrap().unwrap();
    let waiting = tokio::spawn({
        let store = store.clone();
        async move { store.lease(&key("billing"), LONG).await }
    });
    sleep(Duration::from_millis(100)).await;
    server.stop();
    assert!(waiting.await.unwrap().unwrap_err().is_retryable());
    assert!(held.release().await.unwrap_err().is_retryable());
}

#[test]
fn a_runtime_that_ends_takes_nothing_with_it() {
    let server = RedisServer::start();
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let first = runtime();
    let store = Arc::new(first.block_on(store_at(&server)));
    let held = first.block_on(async {
        assert!(store.put_if_newer(&key("billing"), &record(1, "token")).await.unwrap());
        let held = store.lease(&key("billing"), LONG).await.unwrap().unwrap();
        let waiting = tokio::spawn({
            let store = store.clone();
            async move { store.lease(&key("billing"), LONG).await.map(drop) }
        });
        sleep(Duration::from_millis(100)).await;
        waiting.abort();
        held
    });
    drop(first);
    for _ in 0..3 {
        runtime().block_on(async {
            assert_eq!(kept(&*store, "billing").await, Some((1, "token".to_owned())));
        });
    }
    runtime().block_on(async {
        let store_too = store.clone();
        let waiting = tokio::spawn(async move { store_too.lease(&key("billing"), LONG).await.unwrap() });
        listeners(&mut server.raw(), 1).await;
        held.release().await.unwrap();
        assert!(waiting.await.unwrap().is_none());
    });
}

/// A thread per core, each with a runtime: they share what one needs, and the last finds it as the first did.
#[test]
fn many_runtimes_share_a_connection() {
    let server = RedisServer::start();
    let store = Arc::new(patient(server.url(), sealing_key()).build().unwrap());
    let mut raw = server.raw();
    let mut received = || {
        let stats: String = cmd("INFO").arg("stats").query(&mut raw).unwrap();
        let received = stats.lines().find_map(|line| line.strip_prefix("total_connections_received:")).unwrap();
        received.parse::<u32>().unwrap()
    };
    let before = received();
    let runtimes: Vec<_> =
        (0..40).map(|_| tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()).collect();
    for round in 1..4 {
        for runtime in &runtimes {
            runtime.block_on(store.put_if_newer(&key("billing"), &record(round, "token"))).unwrap();
            assert_eq!(runtime.block_on(kept(&*store, "billing")), Some((round, "token".to_owned())));
        }
    }
    let made = received() - before;
    assert!(made <= 3, "{made} connections");
}

/// Redis took the lease after the caller had given up on it: the next caller must not wait for its end.
#[tokio::test]
async fn a_lease_that_a_standing_redis_takes_late_is_let_go_of() {
    let server = RedisServer::start();
    let store = usual_store_at(&server).await;
    server.freeze();
    let error = store.lease(&key("billing"), LONG).await.unwrap_err();
    assert!(error.is_retryable(), "{error}");
    // And one that does not wait for the answer.
    let dropped = tokio::time::timeout(Duration::from_millis(50), store.lease(&key("other"), LONG)).await;
    assert!(dropped.is_err());
    server.thaw();
    comes_back(&store).await;
    for name in ["billing", "other"] {
        // It waits for as long as the lease is held.
        let lease = async {
            loop {
                if let Ok(Some(lease)) = store.lease(&key(name), LONG).await {
                    break lease;
                }
            }
        };
        let lease = tokio::time::timeout(Duration::from_mins(2), lease).await;
        drop(lease.expect("nobody holds it"));
    }
}

#[test]
fn redis_store_needs_no_runtime_of_the_programs() {
    struct Wake(std::thread::Thread);
    impl std::task::Wake for Wake {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }
    let store = RedisStore::builder("redis://127.0.0.1:1", sealing_key()).build().unwrap();
    let (done, outcome) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let waker = std::task::Waker::from(Arc::new(Wake(std::thread::current())));
        let mut future = std::pin::pin!(async { store.get(&key("billing")).await });
        loop {
            match future.as_mut().poll(&mut std::task::Context::from_waker(&waker)) {
                std::task::Poll::Ready(outcome) => return done.send(outcome.unwrap_err()).unwrap(),
                std::task::Poll::Pending => std::thread::park(),
            }
        }
    });
    assert!(outcome.recv().unwrap().is_retryable());
}
