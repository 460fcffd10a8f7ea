use std::sync::Arc;

use async_trait::async_trait;
use grantkit::keys::SealingKey;
use grantkit::store::{StoreKey, StoreRecord, TokenStore};

/// A place where tokens are kept, and that ends with the test.
#[async_trait]
pub(crate) trait Kept: Send + Sync {
    /// The store as another process would open it.
    async fn open(&self) -> Arc<dyn TokenStore>;

    /// How another process finds it: for [`open_described`].
    fn description(&self) -> String;
}

/// The sealing key of all processes of a program.
pub(crate) fn sealing_key() -> SealingKey {
    SealingKey::new([7; 32]).unwrap()
}

/// In the process that was given the description.
pub(crate) async fn open_described(description: &str) -> Arc<dyn TokenStore> {
    let (kind, place) = description.split_once(' ').unwrap();
    match kind {
        "file" => crate::file_store::open(place),
        "keyring" => crate::keyring_store::open(place),
        "redis" => crate::redis_store::open(place).await,
        _ => panic!("no such store: {kind}"),
    }
}

pub(crate) fn key(text: &str) -> StoreKey {
    StoreKey::new(text)
}

pub(crate) fn record(version: u64, content: &str) -> StoreRecord {
    StoreRecord::new(version, content.as_bytes())
}

/// The version and the content under a key.
pub(crate) async fn kept(store: &dyn TokenStore, at: &str) -> Option<(u64, String)> {
    let record = store.get(&key(at)).await.unwrap()?;
    Some((record.version(), String::from_utf8(record.content().to_vec()).unwrap()))
}

/// Each of the cases as a test of each store.
macro_rules! for_each_store {
    ($($case:ident),+ $(,)?) => {
        crate::kept::for_each_store!(@ memory, crate::memory_store::Fixture::start, $($case),+);
        crate::kept::for_each_store_among_processes!($($case),+);
    };
    (@ $store:ident, $start:path, $($case:ident),+) => {
        mod $store {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $case() {
                    super::$case(&$start()).await;
                }
            )+
        }
    };
}

/// The same, without the store that is seen in one process alone.
macro_rules! for_each_store_among_processes {
    ($($case:ident),+ $(,)?) => {
        crate::kept::for_each_store!(@ file, crate::file_store::Fixture::start, $($case),+);
        crate::kept::for_each_store!(@ keyring, crate::keyring_store::Fixture::start, $($case),+);
        crate::kept::for_each_store!(@ redis, crate::redis_store::Fixture::start, $($case),+);
    };
}

pub(crate) use {for_each_store, for_each_store_among_processes};
