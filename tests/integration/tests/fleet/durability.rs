//! What each setting of Redis may lose of what was stored last, and what becomes of the login: with a Redis that is killed within the
//! second, and with a replica that takes over.

use std::fs;
use std::path::Path;
use std::time::Duration;

use grantkit_testkit::AuthorizationServer;

use crate::commander::{Worker, until};
use crate::each_step::{once, outcomes};
use crate::job::{AfterLostResponse, Event, Job, Place, Verdict, Work};
use crate::login::{lifetime, log_in, no_replay, server};
use crate::redis_server::RedisServer;
use crate::relay::Relay;

/// Long enough that a new process finds the access token, if it finds the login.
const LONG: Duration = Duration::from_hours(1);
/// Short enough to be renewed while a test waits for it.
const SHORT_LIVES: u32 = 2;

/// What one new process is handed.
async fn token(server: &AuthorizationServer, place: &Place, login: &str) -> Result<String, Verdict> {
    outcomes(once(server, place, [login.to_owned()], None)).await.remove(login).unwrap()
}

fn place(url: String) -> Place {
    Place::Redis { url, is_patient: true }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn redis_everysec_crash_loses_nothing_and_machine_loss_the_unsynced() {
    let mut redis = RedisServer::start_with(&["--appendfsync", "everysec"]);
    let (server, place) = (server(LONG).await, place(redis.url()));
    for name in ["first", "second"] {
        log_in(&server, &place, name, true).await;
        let mut process = once(&server, &place, [name.to_owned()], None);
        // `kill -9` as soon as the successor counts as stored.
        until("it has a token", || process.has_said(|event| matches!(event, Event::Outcome { .. }))).await;
        redis.stop();
        let got = process.events().into_iter().find_map(|event| match event {
            Event::Outcome { token, .. } => Some(token),
            _ => None,
        });
        process.end();
        redis.restart();
        assert_eq!(Some(token(&server, &place, name).await), got);
    }
    assert_eq!(server.counters().refresh_token, 2);
    no_replay(&server);

    // The machine ends, and comes back with what was synced before the refresh.
    log_in(&server, &place, "third", true).await;
    let (written, synced) = (redis.folder().join("appendonlydir"), redis.folder().join("synced"));
    copy(&written, &synced);
    token(&server, &place, "third").await.unwrap();
    redis.stop();
    fs::remove_dir_all(&written).unwrap();
    copy(&synced, &written);
    redis.restart();
    // A process that knows nothing newer cannot tell.
    assert_eq!(token(&server, &place, "third").await, Err(Verdict::NeedsLogin));
    assert_eq!(server.counters().reused_refresh_tokens, 1);
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    for file in fs::read_dir(from).unwrap().map(Result::unwrap) {
        fs::copy(file.path(), to.join(file.file_name())).unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_appendonly_a_crash_of_redis_loses_the_login_without_a_replay() {
    let mut redis = RedisServer::start_with(&["--appendonly", "no"]);
    let (server, place) = (server(LONG).await, place(redis.url()));
    log_in(&server, &place, "alice", true).await;
    token(&server, &place, "alice").await.unwrap();
    redis.stop();
    redis.restart();
    assert_eq!(token(&server, &place, "alice").await, Err(Verdict::NeedsLogin));
    assert_eq!(server.counters().refresh_token, 1);
    no_replay(&server);
}

/// A Redis, its replica, and the address by which programs know whichever of them serves.
struct Pair {
    first: RedisServer,
    replica: RedisServer,
    replication: Relay,
    address: Relay,
}

impl Pair {
    async fn start() -> Self {
        let first = RedisServer::start_with(&["--repl-diskless-sync-delay", "0"]);
        let (replication, address) = (Relay::to(first.port()).await, Relay::to(first.port()).await);
        let port = replication.port().to_string();
        // On a thread of its own: this runtime passes on what the two say to each other.
        let replica =
            tokio::task::spawn_blocking(move || RedisServer::start_with(&["--replicaof", "127.0.0.1", &port]));
        let pair = Self { first, replica: replica.await.unwrap(), replication, address };
        pair.is_in_touch().await;
        pair
    }

    fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.address.port())
    }

    /// The replica has all that was written until now.
    async fn is_in_touch(&self) {
        let mut first = self.first.raw();
        until("the replica has it", || {
            let () = redis::cmd("SET").arg("now").arg("written").query(&mut first).unwrap();
            redis::cmd("WAIT").arg(1).arg(100).query::<u32>(&mut first).unwrap() == 1
        })
        .await;
    }

    /// The replica gets no more of what is written.
    async fn fall_behind(&self) {
        self.is_in_touch().await;
        self.replication.hold();
    }

    fn fail_over(&mut self) {
        self.first.stop();
        let () = redis::cmd("REPLICAOF").arg("NO").arg("ONE").query(&mut self.replica.raw()).unwrap();
        self.address.lead_to(self.replica.port());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_failover_to_a_replica_that_lags_behind_loses_the_login() {
    let (mut pair, server) = (Pair::start().await, server(LONG).await);
    let place = place(pair.url());
    log_in(&server, &place, "alice", true).await;
    pair.fall_behind().await;
    token(&server, &place, "alice").await.unwrap();
    pair.fail_over();
    // A process that knows nothing newer cannot tell.
    assert_eq!(token(&server, &place, "alice").await, Err(Verdict::NeedsLogin));
    assert_eq!((server.counters().refresh_token, server.counters().reused_refresh_tokens), (2, 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn process_puts_back_its_login_after_failover_to_a_lagging_replica() {
    let (mut pair, server) = (Pair::start().await, server(SHORT_LIVES * lifetime()).await);
    let place = place(pair.url());
    log_in(&server, &place, "alice", true).await;
    pair.fall_behind().await;
    let (issuer, work) = (server.issuer(), Work::Try { login: "alice".to_owned() });
    let job = Job { place: place.clone(), issuer, work, after_lost_response: AfterLostResponse::Default };
    let mut knowing = Worker::start(&job);
    let tokens = |process: &Worker| {
        let tokens = process.events().into_iter().filter_map(|event| match event {
            Event::Outcome { token, .. } => token.ok(),
            _ => None,
        });
        let mut tokens: Vec<_> = tokens.collect();
        tokens.dedup();
        tokens
    };
    until("it has a token", || tokens(&knowing).len() == 1).await;
    server.set_access_token_lifetime(LONG);
    pair.fail_over();
    until("it has renewed it ahead of its end", || tokens(&knowing).len() == 2).await;
    assert_eq!(token(&server, &place, "alice").await.ok(), tokens(&knowing).pop());
    knowing.end();
    no_replay(&server);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn with_wait_a_failover_loses_nothing_that_counts_as_stored() {
    let (mut pair, server) = (Pair::start().await, server(LONG).await);
    let place = Place::ReplicatedRedis { url: pair.url(), is_patient: true };
    log_in(&server, &place, "alice", true).await;
    let got = token(&server, &place, "alice").await.unwrap();
    pair.fail_over();
    // Of its own it has none, which is what the rest of the fleet is told until there is one.
    let now = self::place(pair.url());
    assert_eq!(token(&server, &now, "alice").await, Ok(got));
    assert_eq!(server.counters().refresh_token, 1);
    no_replay(&server);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn with_wait_nothing_is_spent_whose_successor_a_failover_could_lose() {
    let (mut pair, server) = (Pair::start().await, server(LONG).await);
    let place = |is_patient| Place::ReplicatedRedis { url: pair.url(), is_patient };
    log_in(&server, &place(true), "alice", true).await;
    let place = place(false);
    pair.fall_behind().await;
    assert_eq!(token(&server, &place, "alice").await, Err(Verdict::Retryable));
    assert_eq!(server.counters().refresh_token, 0, "nothing is spent");
    pair.fail_over();
    token(&server, &self::place(pair.url()), "alice").await.unwrap();
    assert_eq!(server.counters().refresh_token, 1);
    no_replay(&server);
}
