//! A store of the program's own that does what a test wants of it.

use std::collections::BTreeSet;
use std::future::pending;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use grantkit::credentials::Fingerprint;
use grantkit::prelude::*;
use grantkit::store::{MemoryStore, StoreKey, StoreLease, StoreRecord, TokenStore};
use tokio::sync::{Barrier, Notify, Semaphore};

#[derive(Clone, Debug)]
pub(crate) struct OwnStore {
    store: MemoryStore,
    manner: Arc<Mutex<Manner>>,
    /// All that was put.
    pub(crate) put: Arc<Mutex<Vec<StoreRecord>>>,
    /// The keys of what is there.
    pub(crate) keys: Arc<Mutex<BTreeSet<String>>>,
}

#[derive(Clone, Debug)]
pub(crate) enum Manner {
    Works,
    /// Answers nothing.
    Hangs,
    /// Answers nothing about what it does not have.
    HangsForWhatIsNotThere,
    /// Answers when so many ask at once.
    AnswersTogether(Arc<Barrier>),
    /// Puts nothing before it may.
    Holds(Arc<Held>),
}

/// Where the test meets what is to be put.
#[derive(Debug)]
pub(crate) struct Held {
    pub(crate) has_come: Notify,
    pub(crate) may_go_on: Semaphore,
}

impl Default for Held {
    fn default() -> Self {
        Self { has_come: Notify::new(), may_go_on: Semaphore::new(0) }
    }
}

impl OwnStore {
    pub(crate) fn new() -> Self {
        Self {
            store: MemoryStore::new(),
            manner: Arc::new(Mutex::new(Manner::Works)),
            put: Arc::default(),
            keys: Arc::default(),
        }
    }

    pub(crate) fn now(&self, manner: Manner) {
        *self.manner.lock().unwrap() = manner;
    }

    fn manner(&self) -> Manner {
        self.manner.lock().unwrap().clone()
    }

    async fn unless_it_hangs(&self) {
        if matches!(self.manner(), Manner::Hangs) {
            pending::<()>().await;
        }
    }
}

#[async_trait]
impl TokenStore for OwnStore {
    fn identity(&self) -> Fingerprint {
        self.store.identity()
    }

    async fn get(&self, key: &StoreKey) -> Result<Option<StoreRecord>> {
        self.unless_it_hangs().await;
        let record = self.store.get(key).await?;
        match self.manner() {
            Manner::HangsForWhatIsNotThere if record.is_none() => pending().await,
            Manner::AnswersTogether(barrier) => {
                barrier.wait().await;
            }
            _ => {}
        }
        Ok(record)
    }

    async fn put_if_newer(&self, key: &StoreKey, record: &StoreRecord) -> Result<bool> {
        self.unless_it_hangs().await;
        if let Manner::Holds(held) = self.manner() {
            held.has_come.notify_one();
            drop(held.may_go_on.acquire().await);
        }
        self.put.lock().unwrap().push(record.clone());
        self.keys.lock().unwrap().insert(key.as_str().to_owned());
        self.store.put_if_newer(key, record).await
    }

    async fn remove(&self, key: &StoreKey) -> Result<()> {
        self.unless_it_hangs().await;
        self.keys.lock().unwrap().remove(key.as_str());
        self.store.remove(key).await
    }

    async fn lease(&self, key: &StoreKey, length: Duration) -> Result<Option<Box<dyn StoreLease>>> {
        self.unless_it_hangs().await;
        self.store.lease(key, length).await
    }

    fn call_timeout(&self) -> Duration {
        Duration::from_millis(300)
    }
}
