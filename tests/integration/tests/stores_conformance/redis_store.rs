//! What is in Redis, and who can read it.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use async_trait::async_trait;
use grantkit::keys::SealingKey;
use grantkit::store::{RedisStore, RedisStoreBuilder, StoreRecord, TokenStore};
use redis::{Commands as _, Connection, cmd};

use crate::kept::{Kept, kept, key, record, sealing_key};
use crate::redis_server::RedisServer;

/// A Redis of this test's own.
pub(crate) struct Fixture(RedisServer);

impl Fixture {
    pub(crate) fn start() -> Self {
        Self(RedisServer::start())
    }
}

#[async_trait]
impl Kept for Fixture {
    async fn open(&self) -> Arc<dyn TokenStore> {
        open(&self.0.url()).await
    }

    fn description(&self) -> String {
        format!("redis {}", self.0.url())
    }
}

pub(crate) async fn open(url: &str) -> Arc<dyn TokenStore> {
    Arc::new(patient(url, sealing_key()).connect().await.unwrap())
}

pub(crate) async fn store_at(server: &RedisServer) -> RedisStore {
    patient(server.url(), sealing_key()).connect().await.unwrap()
}

/// For a machine that is very busy.
const PATIENCE: Duration = Duration::from_mins(1);

/// One that waits for a Redis that is slow: of the usual limits, only tests of a Redis that does not answer have any use.
pub(crate) fn patient(url: impl AsRef<str>, key: SealingKey) -> RedisStoreBuilder {
    RedisStore::builder(url, key).connect_timeout(PATIENCE).response_timeout(PATIENCE)
}

fn all_keys(raw: &mut Connection) -> Vec<String> {
    let mut keys: Vec<String> = cmd("KEYS").arg("*").query(raw).unwrap();
    keys.sort();
    keys
}

#[tokio::test]
async fn nothing_secret_is_readable_in_redis() {
    let server = RedisServer::start();
    let store = store_at(&server).await;
    let lease = store.lease(&key("billing"), Duration::from_mins(1)).await.unwrap().unwrap();
    assert!(store.put_if_newer(&key("billing"), &record(1, "s3cret-token")).await.unwrap());
    let mut raw = server.raw();
    assert_eq!(all_keys(&mut raw), ["grantkit:lease:{billing}", "grantkit:token:{billing}"]);
    let kept: Vec<u8> = raw.get("grantkit:token:{billing}").unwrap();
    assert!(kept.starts_with(b"00000000000000000001"), "the version, for Redis to compare");
    assert!(!String::from_utf8_lossy(&kept).contains("s3cret"));
    // What it writes to its disk, neither.
    let files = std::fs::read_dir(server.folder().join("appendonlydir")).unwrap();
    let written: Vec<u8> = files.flat_map(|file| std::fs::read(file.unwrap().path()).unwrap()).collect();
    let written = String::from_utf8_lossy(&written);
    assert!(written.contains("grantkit:token:{billing}") && !written.contains("s3cret"));
    lease.release().await.unwrap();
    assert_eq!(all_keys(&mut raw), ["grantkit:token:{billing}"]);
    // Two of the same content do not show that they are.
    store.put_if_newer(&key("other"), &record(1, "s3cret-token")).await.unwrap();
    let other: Vec<u8> = raw.get("grantkit:token:{other}").unwrap();
    assert_ne!(other[40..], kept[40..]);
}

#[tokio::test]
async fn what_is_changed_or_moved_in_redis_is_refused() {
    let server = RedisServer::start();
    let store = store_at(&server).await;
    assert!(store.put_if_newer(&key("billing"), &record(1, "token")).await.unwrap());
    let mut raw = server.raw();
    let genuine: Vec<u8> = raw.get("grantkit:token:{billing}").unwrap();
    let refused = async |changed: &[u8]| {
        let () = server.raw().set("grantkit:token:{billing}", changed).unwrap();
        let error = store.get(&key("billing")).await.unwrap_err();
        assert!(error.is_security() && !error.is_retryable(), "{error}");
        assert!(
            error.to_string().contains("with_previous_key") && error.to_string().contains("grantkit:token:{billing}"),
            "{error}"
        );
    };
    // A version raised, so that it were never overwritten; a bit; its end; something else.
    refused(&[b"00000000000000000002", &genuine[20..]].concat()).await;
    let mut changed = genuine.clone();
    *changed.last_mut().unwrap() ^= 1;
    refused(&changed).await;
    refused(&genuine[..genuine.len() - 1]).await;
    refused(b"").await;
    refused(b"something else").await;
    let error = store.put_if_newer(&key("billing"), &record(9, "token")).await.unwrap_err();
    assert!(error.is_security(), "{error}");
    let () = raw.set("grantkit:token:{other}", &genuine).unwrap();
    assert!(store.get(&key("other")).await.unwrap_err().is_security(), "another client's token");
    store.remove(&key("other")).await.unwrap();
    assert_eq!(kept(&store, "other").await, None);
    // The lists of another program.
    let _: i64 = raw.rpush("grantkit:token:{list}", "item").unwrap();
    let error = store.get(&key("list")).await.unwrap_err();
    assert!(error.is_retryable() && error.to_string().contains("`key_prefix`"), "{error}");
}

/// A version that nothing will ever be newer than must not read as "a newer version was put".
#[tokio::test]
async fn damaged_version_is_an_error_of_put_until_it_is_removed() {
    let server = RedisServer::start();
    let store = store_at(&server).await;
    assert!(store.put_if_newer(&key("billing"), &record(1, "token")).await.unwrap());
    let genuine: Vec<u8> = server.raw().get("grantkit:token:{billing}").unwrap();
    let damaged = [b"99999999999999999999", &genuine[20..]].concat();
    let () = server.raw().set("grantkit:token:{billing}", damaged).unwrap();
    let error = store.put_if_newer(&key("billing"), &record(2, "next")).await.unwrap_err();
    assert!(error.is_security() && error.to_string().contains("grantkit:token:{billing}"), "{error}");
    // What is no record does not count as an older one either.
    for other in ["!", "0", "00000000000000000x01 and more"] {
        let () = server.raw().set("grantkit:token:{billing}", other).unwrap();
        let error = store.put_if_newer(&key("billing"), &record(2, "next")).await.unwrap_err();
        assert!(error.is_security() && error.to_string().contains("something else"), "{other}: {error}");
    }
    store.remove(&key("billing")).await.unwrap();
    assert!(store.put_if_newer(&key("billing"), &record(2, "next")).await.unwrap());
    assert!(!store.put_if_newer(&key("billing"), &record(2, "late")).await.unwrap(), "a genuine one is only newer");
}

#[tokio::test]
async fn put_ends_when_as_many_replicas_have_it_as_are_waited_for() {
    let server = RedisServer::start();
    let port = server.port().to_string();
    // Where it is expected in vain, the replica is not waited for long.
    let waiting = |limit| patient(server.url(), sealing_key()).wait_for_replicas(1, limit);
    let (store, hasty) = (waiting(PATIENCE), waiting(Duration::from_millis(300)));
    let (store, hasty) = (store.connect().await.unwrap(), hasty.connect().await.unwrap());
    // None has joined yet.
    let error = hasty.put_if_newer(&key("billing"), &record(1, "token")).await.unwrap_err();
    assert!(error.is_retryable() && error.to_string().contains("0 of the 1 replicas"), "{error}");

    let replica = RedisServer::start_with(&["--replicaof", "127.0.0.1", &port]);
    assert!(store.put_if_newer(&key("billing"), &record(2, "token")).await.unwrap());
    let there: Vec<u8> = replica.raw().get("grantkit:token:{billing}").unwrap();
    assert!(there.starts_with(format!("{:020}", 2).as_bytes()), "the replica has it when the call is done");
    assert!(!store.put_if_newer(&key("billing"), &record(2, "late")).await.unwrap());
    // The script is loaded anew where Redis has forgotten it.
    let () = cmd("SCRIPT").arg("FLUSH").query(&mut server.raw()).unwrap();
    assert!(store.put_if_newer(&key("other"), &record(1, "token")).await.unwrap());
    replica.freeze();
    let error = hasty.put_if_newer(&key("billing"), &record(3, "token")).await.unwrap_err();
    assert!(error.is_retryable(), "{error}");
    replica.thaw();

    let cluster = waiting(PATIENCE).cluster(Vec::<String>::new()).build().unwrap_err();
    assert!(cluster.is_configuration() && cluster.to_string().contains("`wait_for_replicas`"), "{cluster}");
}

#[test]
fn redis_without_tls_is_on_this_machine_unless_it_is_allowed_by_name() {
    let builder = |url: &str| RedisStore::builder(url, sealing_key());
    for url in ["redis://redis.example", "redis://user:s3cret@10.0.0.7:6379/1", "redis://[2001:db8::1]"] {
        let error = builder(url).build().unwrap_err();
        assert!(error.is_configuration() && error.to_string().contains("`rediss://`"), "{url}: {error}");
        assert!(
            error.to_string().contains("`.danger_allow_plaintext()`") && !error.to_string().contains("s3cret"),
            "{error}"
        );
        builder(url).danger_allow_plaintext().build().unwrap();
    }
    let error = builder("redis://localhost").cluster(["redis://node-2.example"]).build().unwrap_err();
    assert!(error.is_configuration() && error.to_string().contains("node-2.example"), "{error}");
    for url in
        ["redis://127.0.0.1", "redis://127.8.9.1", "redis://[::1]:7000", "redis://LOCALHOST", "rediss://redis.example"]
    {
        builder(url).build().unwrap_or_else(|error| panic!("{url}: {error}"));
    }
}

#[tokio::test]
async fn a_key_can_be_changed_without_losing_a_token() {
    let server = RedisServer::start();
    let (old, new) = (SealingKey::new([1; 32]).unwrap(), SealingKey::new([2; 32]).unwrap());
    let with = async |key: SealingKey| patient(server.url(), key).connect().await.unwrap();
    assert!(with(old.clone()).await.put_if_newer(&key("billing"), &record(1, "token")).await.unwrap());
    assert!(with(new.clone()).await.get(&key("billing")).await.unwrap_err().is_security());
    let both = with(new.clone().with_previous_key(&old)).await;
    assert_eq!(kept(&both, "billing").await, Some((1, "token".to_owned())));
    assert!(both.put_if_newer(&key("billing"), &record(2, "next")).await.unwrap());
    assert_eq!(kept(&with(new).await, "billing").await, Some((2, "next".to_owned())));
}

#[tokio::test]
async fn redis_forgets_what_is_of_no_more_use() {
    let server = RedisServer::start();
    let store = store_at(&server).await;
    let record = |version, expires_at| StoreRecord::new(version, *b"token").with_expires_at(expires_at);
    let in_an_hour = SystemTime::now() + Duration::from_hours(1);
    assert!(store.put_if_newer(&key("billing"), &record(1, Some(in_an_hour))).await.unwrap());
    let mut raw = server.raw();
    let left: i64 = raw.ttl("grantkit:token:{billing}").unwrap();
    // A minute more, for clocks that differ.
    assert!((3600..=3660).contains(&left), "{left}");
    assert!(store.put_if_newer(&key("billing"), &record(2, None)).await.unwrap());
    assert_eq!(raw.ttl::<_, i64>("grantkit:token:{billing}").unwrap(), -1);
    assert!(store.put_if_newer(&key("billing"), &record(3, Some(SystemTime::UNIX_EPOCH))).await.unwrap());
    let left: i64 = raw.ttl("grantkit:token:{billing}").unwrap();
    assert!((0..=60).contains(&left), "{left}");
    let _lease = store.lease(&key("billing"), Duration::from_secs(30)).await.unwrap().unwrap();
    let left: i64 = raw.ttl("grantkit:lease:{billing}").unwrap();
    assert!((1..=30).contains(&left), "a lease ends by itself: {left}");
}

#[tokio::test]
async fn stores_of_other_prefixes_know_nothing_of_each_other() {
    let server = RedisServer::start();
    let with = async |prefix: &str| patient(server.url(), sealing_key()).key_prefix(prefix).connect().await.unwrap();
    let (one, other) = (with("one").await, with("{other}").await);
    assert!(one.put_if_newer(&key("billing"), &record(1, "token")).await.unwrap());
    let _lease = one.lease(&key("billing"), Duration::from_mins(1)).await.unwrap().unwrap();
    assert_eq!(kept(&other, "billing").await, None);
    // Nor does what someone copies from one to the other, with the same key.
    let mut raw = server.raw();
    let copied: Vec<u8> = raw.get("one:token:{billing}").unwrap();
    let () = raw.set("%7Bother%7D:token:{billing}", copied).unwrap();
    let error = other.get(&key("billing")).await.unwrap_err();
    assert!(error.is_security(), "{error}");
    assert!(other.lease(&key("billing"), Duration::from_mins(1)).await.unwrap().is_some());
}

#[tokio::test]
async fn a_user_with_the_documented_rights_can_do_all_of_it() {
    let server = RedisServer::start();
    let rights = "~grantkit:* &grantkit:* +get +set +del +getrange +pexpire +evalsha +script|load +publish +subscribe \
                  +unsubscribe +ping";
    let mut acl = cmd("ACL");
    acl.arg("SETUSER").arg("app").arg("on").arg(">s3cret");
    for right in rights.split_whitespace() {
        acl.arg(right);
    }
    let () = acl.query(&mut server.raw()).unwrap();
    let url = format!("redis://app:s3cret@127.0.0.1:{}", server.port());
    let store = Arc::new(patient(&url, sealing_key()).connect().await.unwrap());
    assert!(store.put_if_newer(&key("billing"), &record(1, "token")).await.unwrap());
    assert_eq!(kept(&*store, "billing").await, Some((1, "token".to_owned())));
    let mut held = store.lease(&key("billing"), Duration::from_mins(1)).await.unwrap().unwrap();
    let waiting = tokio::spawn({
        let store = store.clone();
        async move { store.lease(&key("billing"), Duration::from_mins(1)).await.unwrap() }
    });
    assert!(held.renew(Duration::from_mins(1)).await.unwrap());
    held.release().await.unwrap();
    assert!(waiting.await.unwrap().is_none());
    store.remove(&key("billing")).await.unwrap();

    // With less, what is missing is said, without the password.
    let _: String = cmd("ACL").arg("SETUSER").arg("app").arg("-get").query(&mut server.raw()).unwrap();
    let error = store.get(&key("billing")).await.unwrap_err();
    assert!(error.to_string().contains("ACL") && !format!("{error} {error:?}").contains("s3cret"), "{error:?}");
    // It is the store that cannot be used, and may be again: clients that can do without it go on.
    assert!(error.is_retryable() && !error.is_configuration(), "{error:?}");
    let () = cmd("ACL").arg("SETUSER").arg("app").arg("resetpass").arg(">other").query(&mut server.raw()).unwrap();
    let _: i64 = cmd("CLIENT").arg("KILL").arg("USER").arg("app").query(&mut server.raw()).unwrap();
    let error = store.get(&key("billing")).await.unwrap_err();
    assert!(error.is_retryable() && error.to_string().contains("password"), "{error:?}");
}

#[tokio::test]
async fn a_wrong_url_or_password_is_a_matter_of_configuration() {
    let server = RedisServer::start_with(&["--requirepass", "s3cret-password"]);
    let connect = async |url: &str| patient(url, sealing_key()).connect().await;
    let at = format!("127.0.0.1:{}", server.port());
    let wrong = [
        format!("redis://{at}"),
        format!("redis://:wr0ng-password@{at}"),
        format!("http://:wr0ng-password@{at}"),
        format!("rediss://:wr0ng-password@{at}/#insecure"),
        String::new(),
    ];
    for url in wrong {
        let error = connect(&url).await.unwrap_err();
        assert!(error.is_configuration() && !error.is_retryable(), "{url}: {error:?}");
        assert!(!format!("{error} {error:?}").contains("wr0ng"), "{error:?}");
    }
    let store = connect(&format!("redis://:s3cret-password@{at}")).await.unwrap();
    let builder = RedisStore::builder(format!("redis://:s3cret-password@{at}"), sealing_key());
    assert!(!format!("{store:?} {builder:?}").contains("s3cret"));
}
