//! A lease that a caller has asked for and given up, or whose holder has gone: it is let go of, behind the request for it and until
//! Redis has heard of it.

use std::time::Duration;

use grantkit::store::{RedisStore, TokenStore};
use tokio::net::TcpListener;
use tokio::time::{sleep, timeout};

use crate::kept::{key, sealing_key};
use crate::redis_server::RedisServer;
use crate::redis_store::store_at;
use crate::scripted_redis::ScriptedRedis;

const LONG: Duration = Duration::from_mins(10);

/// On another connection it could overtake the request for the lease, which would be held then until its end.
#[tokio::test]
async fn abandoned_lease_is_released_on_its_own_connection() {
    let redis = ScriptedRedis::start().await;
    let store = RedisStore::builder(redis.url(), sealing_key()).build().unwrap();
    let error = store.lease(&key("billing"), LONG).await.unwrap_err();
    assert!(error.is_retryable(), "{error}");
    let asked = timeout(Duration::from_mins(1), async {
        loop {
            let asked = redis.asked();
            if asked.len() >= 2 {
                break asked;
            }
            sleep(Duration::from_millis(10)).await;
        }
    });
    let asked = asked.await.expect("it is let go of");
    let (taken_on, take) = &asked[0];
    let (released_on, release) = &asked[1];
    // The holder that was to be is the first argument of both.
    assert_eq!((&take[0], &take[4]), (&"EVALSHA".to_owned(), &release[4]), "{asked:?}");
    assert!(release.iter().any(|argument| argument.starts_with("grantkit:released:")), "{asked:?}");
    assert_eq!(taken_on, released_on);
}

/// Its holder goes while Redis is down, which has it written down.
#[tokio::test]
async fn lease_dropped_while_redis_is_down_is_released_later() {
    let mut server = RedisServer::start();
    let store = store_at(&server).await;
    let held = store.lease(&key("billing"), LONG).await.unwrap().unwrap();
    server.stop();
    {
        let in_its_place = TcpListener::bind(("127.0.0.1", server.port())).await.unwrap();
        drop(held);
        // It tries, and what is there hangs up.
        timeout(Duration::from_mins(1), in_its_place.accept()).await.expect("it tries").unwrap();
    }
    server.restart();
    is_free(&server).await;
}

/// Redis is down when its holder has done what it took the lease for.
#[tokio::test]
async fn lease_whose_release_failed_is_released_later() {
    let mut server = RedisServer::start();
    let store = store_at(&server).await;
    let held = store.lease(&key("billing"), LONG).await.unwrap().unwrap();
    server.stop();
    assert!(held.release().await.unwrap_err().is_retryable());
    server.restart();
    is_free(&server).await;
}

async fn is_free(server: &RedisServer) {
    let patient = RedisStore::builder(server.url(), sealing_key()).response_timeout(Duration::from_secs(10));
    let other = patient.connect().await.unwrap();
    let lease = async {
        loop {
            if let Some(lease) = other.lease(&key("billing"), LONG).await.unwrap() {
                break lease;
            }
        }
    };
    timeout(Duration::from_mins(1), lease).await.expect("no process waits for its end").release().await.unwrap();
}
