//! Three nodes that share the keys among them.

use std::sync::Arc;
use std::time::{Duration, Instant};

use grantkit::store::{RedisStore, TokenStore};
use redis::cmd;

use crate::kept::{kept, key, record, sealing_key};
use crate::redis_server::RedisServer;
use crate::redis_store::patient;

/// Of a cluster, numbered from 0.
const SLOTS: u16 = 16_384;

fn cluster() -> Vec<RedisServer> {
    let nodes: Vec<_> = (0..3).map(|_| RedisServer::start_with(&["--cluster-enabled", "yes"])).collect();
    let share = SLOTS / 3 + 1;
    for (node, first) in nodes.iter().zip((0..SLOTS).step_by(share.into())) {
        let mut slots = cmd("CLUSTER");
        slots.arg("ADDSLOTSRANGE").arg(first).arg((first + share - 1).min(SLOTS - 1));
        let () = slots.query(&mut node.raw()).unwrap();
        let () = cmd("CLUSTER").arg("MEET").arg("127.0.0.1").arg(nodes[0].port()).query(&mut node.raw()).unwrap();
    }
    let gives_up = Instant::now() + Duration::from_mins(1);
    for node in &nodes {
        let is_ready = || {
            let info: String = cmd("CLUSTER").arg("INFO").query(&mut node.raw()).unwrap();
            info.contains("cluster_state:ok") && info.contains("cluster_known_nodes:3")
        };
        while !is_ready() {
            assert!(Instant::now() < gives_up, "the nodes do not find each other");
            std::thread::sleep(Duration::from_millis(50));
        }
    }
    nodes
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cluster_keeps_each_token_where_it_belongs() {
    let nodes = cluster();
    let connect = async || {
        let others = nodes[1..].iter().map(RedisServer::url);
        Arc::new(patient(nodes[0].url(), sealing_key()).cluster(others).connect().await.unwrap())
    };
    let (one, other) = (connect().await, connect().await);
    for number in 0..30 {
        let name = format!("client-{number}");
        assert!(one.put_if_newer(&key(&name), &record(1, &name)).await.unwrap());
        assert!(!other.put_if_newer(&key(&name), &record(1, "late")).await.unwrap());
        assert_eq!(kept(&*other, &name).await, Some((1, name.clone())));

        let mut held = one.lease(&key(&name), Duration::from_mins(1)).await.unwrap().unwrap();
        let waiting = tokio::spawn({
            let (store, name) = (other.clone(), name.clone());
            async move { store.lease(&key(&name), Duration::from_mins(1)).await.unwrap() }
        });
        assert!(held.renew(Duration::from_mins(1)).await.unwrap());
        tokio::time::sleep(Duration::from_millis(20)).await;
        held.release().await.unwrap();
        // Told that it is free, or free when it asked.
        if let Some(lease) = waiting.await.unwrap() {
            lease.release().await.unwrap();
        }
    }
    for node in &nodes {
        let keys: i64 = cmd("DBSIZE").query(&mut node.raw()).unwrap();
        assert!((1..30).contains(&keys), "{keys} of 30 at one node");
    }

    // One who does not know that it is a cluster is told.
    let single = patient(nodes[0].url(), sealing_key()).connect().await.unwrap();
    let mut told = 0;
    for number in 0..30 {
        if let Err(error) = single.get(&key(&format!("client-{number}"))).await {
            assert!(error.is_configuration() && error.to_string().contains("cluster"), "{error}");
            told += 1;
        }
    }
    assert!(told > 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cluster_user_needs_one_right_more_and_is_told_what_is_wrong() {
    let nodes = cluster();
    let change = |rights: &str| {
        for node in &nodes {
            let mut acl = cmd("ACL");
            rights.split_whitespace().fold(acl.arg("SETUSER").arg("app"), |acl, right| acl.arg(right));
            let () = acl.query(&mut node.raw()).unwrap();
        }
    };
    change(
        "on >s3cret ~grantkit:* &grantkit:* +get +set +del +getrange +pexpire +evalsha +script|load +publish +subscribe \
         +unsubscribe +ping +cluster|slots",
    );
    let connect = async |password: &str| {
        let url = |node: &RedisServer| format!("redis://app:{password}@127.0.0.1:{}", node.port());
        let store = RedisStore::builder(url(&nodes[0]), sealing_key()).cluster(nodes[1..].iter().map(url));
        store.connect_timeout(Duration::from_secs(10)).response_timeout(Duration::from_secs(10)).connect().await
    };
    let store = connect("s3cret").await.unwrap();
    for number in 0..10 {
        let name = format!("client-{number}");
        assert!(store.put_if_newer(&key(&name), &record(1, &name)).await.unwrap());
        assert_eq!(kept(&store, &name).await, Some((1, name.clone())));
        let mut held = store.lease(&key(&name), Duration::from_mins(1)).await.unwrap().unwrap();
        assert!(held.renew(Duration::from_mins(1)).await.unwrap());
        held.release().await.unwrap();
        store.remove(&key(&name)).await.unwrap();
    }

    let error = connect("wr0ng").await.unwrap_err();
    assert!(error.is_configuration() && error.to_string().contains("password"), "{error:?}");
    assert!(!format!("{error} {error:?}").contains("wr0ng"), "{error:?}");
    change("-cluster|slots");
    let error = connect("s3cret").await.unwrap_err();
    assert!(error.is_configuration() && error.to_string().contains("ACL"), "{error:?}");
    change("+cluster|slots -get");
    let error = connect("s3cret").await.unwrap().get(&key("client-0")).await.unwrap_err();
    assert!(error.is_retryable() && error.to_string().contains("ACL"), "{error:?}");
}
