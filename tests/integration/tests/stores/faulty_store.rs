//! A store that fails as told.

use std::future::pending;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use grantkit::credentials::Fingerprint;
use grantkit::prelude::*;
use grantkit::store::{MemoryStore, StoreKey, StoreLease, StoreRecord, TokenStore};
use tokio::sync::watch;

/// The same store for all clones, and for everyone who holds the `MemoryStore` behind it.
#[derive(Clone, Debug)]
pub(crate) struct FaultyStore(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    behind: MemoryStore,
    calls: AtomicUsize,
    fault: Mutex<Fault>,
    stopped: watch::Sender<bool>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Fault {
    None,
    /// It cannot be reached.
    Away,
    /// Nothing comes of any call.
    Hangs,
    /// At this call, the process is killed: before it is done, or after.
    StopAt(usize, Step),
    /// This call fails, before it is done, or after.
    FailAt(usize, Step),
    /// This call, and all that follow, until something else is said.
    AwayFrom(usize, Step),
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Step {
    BeforeIt,
    AfterIt,
}

impl FaultyStore {
    pub(crate) fn new(behind: &MemoryStore) -> Self {
        Self(Arc::new(Inner {
            behind: behind.clone(),
            calls: AtomicUsize::new(0),
            fault: Mutex::new(Fault::None),
            stopped: watch::Sender::new(false),
        }))
    }

    /// From now on; calls are counted anew.
    pub(crate) fn set(&self, fault: Fault) {
        self.0.calls.store(0, Ordering::SeqCst);
        *self.0.fault.lock().unwrap() = fault;
    }

    pub(crate) fn calls(&self) -> usize {
        self.0.calls.load(Ordering::SeqCst)
    }

    /// Returns when the process is to be killed.
    pub(crate) async fn stopped(&self) {
        self.0.stopped.subscribe().wait_for(|stopped| *stopped).await.unwrap();
    }

    async fn call<T>(&self, done: impl Future<Output = Result<T>>) -> Result<T> {
        let number = self.0.calls.fetch_add(1, Ordering::SeqCst) + 1;
        let fault = *self.0.fault.lock().unwrap();
        let strikes = |step| match fault {
            Fault::None | Fault::Away | Fault::Hangs => false,
            Fault::StopAt(at, when) | Fault::FailAt(at, when) => at == number && step == when,
            Fault::AwayFrom(at, when) => at < number && step == Step::BeforeIt || at == number && step == when,
        };
        match fault {
            Fault::Away => return Err(away()),
            Fault::Hangs => pending().await,
            _ => {}
        }
        if strikes(Step::BeforeIt) {
            return self.strike(fault).await;
        }
        let outcome = done.await;
        if strikes(Step::AfterIt) {
            return self.strike(fault).await;
        }
        outcome
    }

    async fn strike<T>(&self, fault: Fault) -> Result<T> {
        if matches!(fault, Fault::StopAt(..)) {
            self.0.stopped.send_replace(true);
            pending::<()>().await;
        }
        Err(away())
    }
}

fn away() -> Error {
    Error::temporary("the store is away")
}

#[async_trait]
impl TokenStore for FaultyStore {
    fn identity(&self) -> Fingerprint {
        self.0.behind.identity()
    }

    async fn get(&self, key: &StoreKey) -> Result<Option<StoreRecord>> {
        self.call(self.0.behind.get(key)).await
    }

    async fn put_if_newer(&self, key: &StoreKey, record: &StoreRecord) -> Result<bool> {
        self.call(self.0.behind.put_if_newer(key, record)).await
    }

    async fn remove(&self, key: &StoreKey) -> Result<()> {
        self.call(self.0.behind.remove(key)).await
    }

    async fn lease(&self, key: &StoreKey, length: Duration) -> Result<Option<Box<dyn StoreLease>>> {
        let lease = self.call(self.0.behind.lease(key, length)).await?;
        Ok(lease.map(|lease| Box::new(FaultyLease { lease, store: self.clone() }) as _))
    }
}

#[derive(Debug)]
struct FaultyLease {
    lease: Box<dyn StoreLease>,
    store: FaultyStore,
}

#[async_trait]
impl StoreLease for FaultyLease {
    async fn renew(&mut self, length: Duration) -> Result<bool> {
        self.store.call(self.lease.renew(length)).await
    }

    async fn release(self: Box<Self>) -> Result<()> {
        self.store.call(self.lease.release()).await
    }
}
