//! Redis answers, and refuses: each refusal is told apart, whichever version words it, and names its cure.

use std::time::Duration;

use grantkit::Error;
use grantkit::store::{RedisStore, StoreRecord, TokenStore};
use redis::cmd;

use crate::kept::{kept, key, record, sealing_key};
use crate::redis_server::RedisServer;
use crate::scripted_redis::ScriptedRedis;

const LONG: Duration = Duration::from_mins(10);

/// Of each method, as clients that can do without the store go on.
async fn errors(store: &RedisStore) -> [Error; 4] {
    [
        store.get(&key("billing")).await.unwrap_err(),
        store.put_if_newer(&key("billing"), &record(1, "token")).await.unwrap_err(),
        store.remove(&key("billing")).await.unwrap_err(),
        store.lease(&key("billing"), LONG).await.unwrap_err(),
    ]
}

/// What is the store's own trouble: whatever needs no store goes on.
#[track_caller]
fn is_trouble_of_the_store(error: &Error, said: &str) {
    assert!(error.is_retryable() && !error.is_configuration() && !error.needs_login(), "{error:?}");
    assert!(error.to_string().contains(said), "{error}");
    // It quotes commands, and with them what is secret.
    assert!(!format!("{error} {error:?}").contains("s3cret"), "{error:?}");
}

const NO_RIGHT: &str = "ACL does not allow";
const FULL: &str = "`maxmemory`: raise that";
const NO_DISK: &str = "see its log, the disk's free space";
const REPLICA: &str = "URL lead to the primary";

/// What Redis 6, 7.0, 7.2, 8 and Valkey say of it.
const REFUSALS: [(&str, &str); 33] = [
    ("-NOPERM this user has no permissions to run the 'get' command or its subcommand", NO_RIGHT),
    ("-NOPERM User app has no permissions to run the 'evalsha' command", NO_RIGHT),
    ("-NOPERM No permissions to access a key s3cret", NO_RIGHT),
    (
        "-ERR Error running script (call to f_d3c2): @user_script:2: @user_script: 2: The user executing the script can't run this command or subcommand",
        NO_RIGHT,
    ),
    (
        "-ERR Error running script (call to f_d3c2): @user_script:2: @user_script: 2: The user executing the script can't access at least one of the keys mentioned in the command arguments",
        NO_RIGHT,
    ),
    (
        "-ERR The user executing the script can't run this command or subcommand script: d3c2, on @user_script:2.",
        NO_RIGHT,
    ),
    (
        "-ERR The user executing the script can't access at least one of the keys mentioned in the command arguments script: d3c2, on @user_script:2.",
        NO_RIGHT,
    ),
    (
        "-ERR ACL failure in script: User app has no permissions to run the 'getrange' command script: d3c2, on @user_script:2.",
        NO_RIGHT,
    ),
    (
        "-ERR ACL failure in script: User app has no permissions to access the 'grantkit:s3cret' key script: d3c2, on @user_script:2.",
        NO_RIGHT,
    ),
    ("-ERR ACL failure in script: No permissions to access database", NO_RIGHT),
    ("-NOAUTH Authentication required.", "user or the password"),
    ("-WRONGPASS invalid username-password pair or user is disabled.", "user or the password"),
    ("-ERR unknown command `EVALSHA`, with args beginning with: `d3c2`, `1`, `s3cret`, ", "disabled or renamed"),
    ("-ERR unknown command 'EVALSHA', with args beginning with: 'd3c2' '1' 's3cret' ", "disabled or renamed"),
    (
        "-DENIED Redis is running in protected mode because protected mode is enabled and no password is set for the default user.",
        "protected mode",
    ),
    ("-WRONGTYPE Operation against a key holding the wrong kind of value", "`key_prefix`"),
    (
        "-ERR Error running script (call to f_d3c2): @user_script:2: WRONGTYPE Operation against a key holding the wrong kind of value",
        "`key_prefix`",
    ),
    ("-NOSCRIPT No matching script. Please use EVAL.", "connect the store to Redis itself"),
    ("-READONLY You can't write against a read only replica.", REPLICA),
    ("-READONLY You can't write against a read only replica. script: d3c2, on @user_script:2.", REPLICA),
    (
        "-ERR Error running script (call to f_d3c2): @user_script:2: @user_script: 2: -READONLY You can't write against a read only replica. ",
        REPLICA,
    ),
    ("-MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.", REPLICA),
    ("-LOADING Valkey is loading the dataset in memory", "reads its data"),
    ("-BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.", "`SCRIPT KILL`"),
    ("-OOM command not allowed when used memory > 'maxmemory'.", FULL),
    (
        "-ERR Error running script (call to f_d3c2): @user_script:2: @user_script: 2: -OOM command not allowed when used memory > 'maxmemory'. ",
        FULL,
    ),
    ("-MISCONF Redis is configured to save RDB snapshots, but it's currently unable to persist to disk.", NO_DISK),
    (
        "-ERR Error running script (call to f_d3c2): @user_script:2: @user_script: 2: -MISCONF Errors writing to the AOF file: No space left on device ",
        NO_DISK,
    ),
    ("-CLUSTERDOWN Hash slot not served", "`CLUSTER INFO`"),
    (
        "-ERR Script attempted to execute a command while the cluster is down script: d3c2, on @user_script:2.",
        "`CLUSTER INFO`",
    ),
    ("-NOREPLICAS Not enough good replicas to write.", "`min-replicas-to-write`"),
    ("-TRYAGAIN Multiple keys request during rehashing of slot", "another node"),
    ("-ERR max number of clients reached", "`maxclients`"),
];

#[tokio::test]
async fn each_refusal_is_temporary_and_names_its_cure() {
    let redis = ScriptedRedis::start().await;
    let store = redis.store();
    for (line, said) in REFUSALS {
        redis.answers(line);
        for error in errors(&store).await {
            is_trouble_of_the_store(&error, said);
        }
    }
    redis.answers("-ERR internal error of s3cret");
    for error in errors(&store).await {
        is_trouble_of_the_store(&error, "error ERR");
    }
    redis.answers("-something s3cret that is no code");
    for error in errors(&store).await {
        is_trouble_of_the_store(&error, "refuses");
    }
    // That only the program can mend.
    redis.answers("-MOVED 3999 127.0.0.1:6381");
    for error in errors(&store).await {
        assert!(error.is_configuration() && error.to_string().contains("`.cluster([])`"), "{error}");
    }
}

/// What passes by itself or with an operator's help is no wrong configuration when the program starts either.
#[tokio::test]
async fn connect_tells_configuration_from_what_may_pass() {
    let redis = ScriptedRedis::start().await;
    let connect = async |line: &str| {
        redis.answers(line);
        RedisStore::connect(redis.url(), sealing_key()).await.unwrap_err()
    };
    for line in
        ["-NOPERM no ping", "-NOAUTH Authentication required.", "-DENIED protected", "-ERR unknown command 'PING'"]
    {
        let error = connect(line).await;
        assert!(error.is_configuration() && !error.is_retryable(), "{line}: {error}");
    }
    for line in [
        "-LOADING Redis is loading the dataset in memory",
        "-BUSY Redis is busy running a script.",
        "-MISCONF Errors writing to the AOF file: No space left on device",
        "-MASTERDOWN Link with MASTER is down",
        "-ERR max number of clients reached",
        "-CLUSTERDOWN The cluster is down",
    ] {
        let error = connect(line).await;
        assert!(error.is_retryable() && !error.is_configuration(), "{line}: {error}");
    }
}

/// By a name or an address that leads elsewhere after a failover.
#[tokio::test]
async fn a_replica_is_left_for_what_the_url_leads_to_next() {
    let redis = ScriptedRedis::start().await;
    let store = redis.store();
    for line in [
        "-READONLY You can't write against a read only replica. script: d3c2, on @user_script:2.",
        "-ERR Error running script (call to f_d3c2): @user_script: 2: -READONLY You can't write against a read only replica. ",
        "-MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.",
        "-NOAUTH Authentication required.",
    ] {
        redis.answers(line);
        store.get(&key("billing")).await.unwrap_err();
        let before = redis.connections();
        store.get(&key("billing")).await.unwrap_err();
        assert_eq!(redis.connections(), before + 1, "{line}");
    }
    redis.answers("-OOM command not allowed when used memory > 'maxmemory'.");
    store.get(&key("billing")).await.unwrap_err();
    let before = redis.connections();
    store.get(&key("billing")).await.unwrap_err();
    assert_eq!(redis.connections(), before, "another connection would not help");
}

fn ask(server: &RedisServer, command: &str) {
    let mut words = command.split_whitespace();
    let mut asked = cmd(words.next().unwrap());
    let _: redis::Value = words.fold(&mut asked, |asked, word| asked.arg(word)).query(&mut server.raw()).unwrap();
}

/// The Redis that is here, whatever its version says.
#[tokio::test]
async fn real_redis_without_writes_names_the_cure() {
    let server = RedisServer::start_with(&["--appendonly", "no", "--save", "3600 1"]);
    let store = RedisStore::connect(server.url(), sealing_key()).await.unwrap();
    let mut version = 0;
    let troubles = [
        ("CONFIG SET maxmemory 1", "CONFIG SET maxmemory 0", FULL),
        ("CONFIG SET min-replicas-to-write 1", "CONFIG SET min-replicas-to-write 0", "`min-replicas-to-write`"),
        ("REPLICAOF 127.0.0.1 1", "REPLICAOF NO ONE", REPLICA),
    ];
    for (trouble, mend, said) in troubles {
        ask(&server, trouble);
        let error = store.put_if_newer(&key("billing"), &record(100, "token")).await.unwrap_err();
        is_trouble_of_the_store(&error, said);
        is_trouble_of_the_store(&store.lease(&key("billing"), LONG).await.unwrap_err(), said);
        ask(&server, mend);
        version += 1;
        assert!(store.put_if_newer(&key("billing"), &record(version, "token")).await.unwrap(), "{mend}");
        store.lease(&key("billing"), LONG).await.unwrap().unwrap().release().await.unwrap();
    }

    // A disk that cannot be written to.
    std::fs::remove_dir_all(server.folder()).unwrap();
    let error = async {
        loop {
            // Where one is under way, Redis says so.
            let _ = cmd("BGSAVE").query::<redis::Value>(&mut server.raw());
            version += 1;
            if let Err(error) = store.put_if_newer(&key("billing"), &record(version, "token")).await {
                break error;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    let error = tokio::time::timeout(Duration::from_mins(1), error).await.expect("Redis notices it");
    is_trouble_of_the_store(&error, NO_DISK);
    std::fs::create_dir(server.folder()).unwrap();
}

/// What is said of `maxmemory-policy`: a login has an end, far away, and is among what a full Redis makes room with.
#[tokio::test]
async fn full_redis_forgets_logins_only_if_it_evicts() {
    let server = RedisServer::start();
    let store = RedisStore::connect(server.url(), sealing_key()).await.unwrap();
    for (policy, is_kept) in [("noeviction", true), ("volatile-lru", false), ("allkeys-lru", false)] {
        let in_a_year = std::time::SystemTime::now() + Duration::from_hours(365 * 24);
        let login = StoreRecord::new(1, *b"login").with_expires_at(Some(in_a_year));
        store.remove(&key("login")).await.unwrap();
        assert!(store.put_if_newer(&key("login"), &login).await.unwrap());
        ask(&server, &format!("CONFIG SET maxmemory-policy {policy}"));
        ask(&server, "CONFIG SET maxmemory 1");
        is_trouble_of_the_store(&store.put_if_newer(&key("new"), &login).await.unwrap_err(), FULL);
        assert_eq!(kept(&store, "login").await.is_some(), is_kept, "{policy}");
        ask(&server, "CONFIG SET maxmemory 0");
    }
}

/// What a script may not do Redis says in other words than what a command may not.
#[tokio::test]
async fn a_right_that_a_script_lacks_is_said_to_be_missing() {
    let server = RedisServer::start();
    ask(&server, "ACL SETUSER app on >s3cret ~grantkit:* &grantkit:* +@all");
    let store =
        RedisStore::connect(format!("redis://app:s3cret@127.0.0.1:{}", server.port()), sealing_key()).await.unwrap();
    let mut lease = store.lease(&key("billing"), LONG).await.unwrap().unwrap();
    for right in ["getrange", "evalsha", "set"] {
        ask(&server, &format!("ACL SETUSER app -{right}"));
        let error = store.put_if_newer(&key("billing"), &record(1, "token")).await.unwrap_err();
        is_trouble_of_the_store(&error, NO_RIGHT);
        ask(&server, &format!("ACL SETUSER app +{right}"));
    }
    ask(&server, "ACL SETUSER app -pexpire");
    is_trouble_of_the_store(&lease.renew(LONG).await.unwrap_err(), NO_RIGHT);
    ask(&server, "ACL SETUSER app +pexpire");
    assert!(lease.renew(LONG).await.unwrap());
    ask(&server, "ACL SETUSER app -set");
    is_trouble_of_the_store(&store.lease(&key("other"), LONG).await.unwrap_err(), NO_RIGHT);
    ask(&server, "ACL SETUSER app +set -del");
    is_trouble_of_the_store(&lease.release().await.unwrap_err(), NO_RIGHT);
    ask(&server, "ACL SETUSER app +del resetkeys ~other:*");
    is_trouble_of_the_store(&store.get(&key("billing")).await.unwrap_err(), NO_RIGHT);
    ask(&server, "ACL SETUSER app ~grantkit:*");
    assert!(store.put_if_newer(&key("billing"), &record(1, "token")).await.unwrap());
}

/// `wait_for_replicas` sends two commands together.
#[tokio::test]
async fn the_first_failure_of_a_pipeline_says_why() {
    let server = RedisServer::start();
    ask(&server, "ACL SETUSER app on >s3cret ~grantkit:* &grantkit:* +@all -wait");
    let url = format!("redis://app:s3cret@127.0.0.1:{}", server.port());
    let store = RedisStore::builder(url, sealing_key()).wait_for_replicas(1, Duration::from_millis(100));
    let store = store.connect().await.unwrap();
    let put = async |version| store.put_if_newer(&key("billing"), &record(version, "token")).await.unwrap_err();
    is_trouble_of_the_store(&put(1).await, NO_RIGHT);
    ask(&server, "ACL SETUSER app -getrange");
    is_trouble_of_the_store(&put(2).await, NO_RIGHT);
    ask(&server, "ACL SETUSER app +@all");
    ask(&server, "CONFIG SET maxmemory 1");
    is_trouble_of_the_store(&put(3).await, FULL);
    ask(&server, "CONFIG SET maxmemory 0");
    ask(&server, "CONFIG SET min-replicas-to-write 1");
    is_trouble_of_the_store(&put(4).await, "`min-replicas-to-write`");
}
