//! What is in the records, and what happens when something else is.

use std::time::{Duration, SystemTime};

use grantkit::store::{MemoryStore, StoreKey, StoreRecord, TokenStore};
use serde_json::{Value, json};

use crate::issuer::{Issuer, policy};
use crate::outage::access_key;
use crate::source::text;

const LOGIN: &str = "login/party:refresh";

async fn record(store: &MemoryStore, key: &str) -> StoreRecord {
    store.get(&StoreKey::new(key)).await.unwrap().unwrap()
}

fn json(record: &StoreRecord) -> Value {
    serde_json::from_slice(record.content()).unwrap()
}

/// Other versions of this crate, and the stores' other users, depend on it.
#[tokio::test]
async fn records_are_json_each_with_its_own_time() {
    let (issuer, store) = (Issuer::new(), MemoryStore::new());
    let policy = policy().with_refresh_token_retention(Duration::from_hours(48));
    let credentials = issuer.person().process_with(store.clone(), policy);
    credentials.put(issuer.login()).await.unwrap();
    let (login, access) = (record(&store, LOGIN).await, record(&store, &access_key()).await);
    let mut of_login = json(&login);
    assert!(of_login.as_object_mut().unwrap().remove("family").is_some_and(|family| family.is_u64()));
    assert_eq!(of_login, json!({ "refresh_token": "refresh-1", "unchanged": 0 }));
    let token = json(&access);
    assert_eq!(token["token"]["access_token"], "access-1");
    assert_eq!(token["lifetime"], 3600.0);
    assert!(token["token"].get("refresh_token").is_none(), "{token}");

    let left = |record: &StoreRecord| record.expires_at().unwrap().duration_since(SystemTime::now()).unwrap();
    assert!(left(&access) <= Duration::from_hours(1) && left(&access) > Duration::from_mins(59));
    assert!(left(&login) <= Duration::from_hours(48) && left(&login) > Duration::from_hours(47));

    credentials.clear().await.unwrap();
    assert_eq!(json(&record(&store, LOGIN).await), json!({ "unchanged": 0 }));
    assert_eq!(json(&record(&store, &access_key()).await), json!({}));
}

#[tokio::test]
async fn each_record_follows_the_one_before() {
    let (issuer, store) = (Issuer::new(), MemoryStore::new());
    let credentials = issuer.person().process(store.clone());
    credentials.put(issuer.expired_login()).await.unwrap();
    let before = record(&store, LOGIN).await.version();
    text(&credentials).await.unwrap();
    let after = record(&store, LOGIN).await.version();
    assert!(after >= before + 2, "the mark and the successor: {before} {after}");
    // Small enough for a store whose numbers are doubles.
    assert!(after < 1 << 53);
}

#[tokio::test]
async fn an_access_token_that_cannot_be_read_is_replaced() {
    for damage in ["", "{", "[]", r#"{"token":{"access_token":""}}"#, r#"{"token":{"access_token":"a b"}}"#] {
        let (issuer, store) = (Issuer::new(), MemoryStore::new());
        let key = StoreKey::new(access_key());
        assert!(store.put_if_newer(&key, &StoreRecord::new(u64::MAX / 4, damage.as_bytes())).await.unwrap());
        assert_eq!(text(&issuer.machine().process(store.clone())).await.unwrap(), "access-1");
        assert_eq!(text(&issuer.machine().process(store)).await.unwrap(), "access-1", "{damage}");
    }
}

/// It may say that the refresh token is spent.
#[tokio::test]
async fn an_unreadable_login_is_an_error_until_log_in_or_log_out() {
    let (issuer, store) = (Issuer::new(), MemoryStore::new());
    let key = StoreKey::new(LOGIN);
    let damaged = StoreRecord::new(u64::MAX / 4, "canary-refresh-token".as_bytes());
    assert!(store.put_if_newer(&key, &damaged).await.unwrap());
    let credentials = issuer.person().process(store.clone());
    let error = text(&credentials).await.unwrap_err();
    assert!(error.is_configuration(), "{error}");
    assert!(!crate::support::all_said(&error).contains("canary"), "{error:?}");
    credentials.put(issuer.login()).await.unwrap();
    assert_eq!(text(&issuer.person().process(store)).await.unwrap(), "access-1");
}

#[tokio::test]
async fn nothing_secret_is_shown() {
    let (issuer, store) = (Issuer::new(), MemoryStore::new());
    let credentials = issuer.person().process(store.clone());
    credentials.put(issuer.login()).await.unwrap();
    let shown = format!(
        "{credentials:?} {store:?} {:?} {:#?}",
        record(&store, LOGIN).await,
        record(&store, &access_key()).await
    );
    assert!(!shown.contains("refresh-1") && !shown.contains("access-1"), "{shown}");
}
