use std::ops::Deref;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use tokio::sync::watch;

use super::slot::Slot;

/// A slot in the hands of somebody who uses it: the cache holds it too, and flights do, but they use nothing.
pub(super) struct Held(Arc<Slot>);

/// How many hold a slot, and who wants to know what becomes of it.
#[derive(Default)]
pub(super) struct Holders {
    count: AtomicUsize,
    changed: OnceLock<watch::Sender<()>>,
}

impl Held {
    pub(super) fn new(slot: Arc<Slot>) -> Self {
        slot.holders().count.fetch_add(1, Ordering::Relaxed);
        Self(slot)
    }
}

impl Clone for Held {
    fn clone(&self) -> Self {
        Self::new(Arc::clone(&self.0))
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let holders = self.0.holders();
        if holders.count.fetch_sub(1, Ordering::AcqRel) == 1 {
            holders.notify();
        }
    }
}

impl Deref for Held {
    type Target = Arc<Slot>;

    #[inline]
    fn deref(&self) -> &Arc<Slot> {
        &self.0
    }
}

impl Holders {
    pub(super) fn are_gone(&self) -> bool {
        self.count.load(Ordering::Acquire) == 0
    }

    /// Says when the token, a flight or the holders have changed.
    pub(super) fn watch(&self) -> watch::Receiver<()> {
        self.changed.get_or_init(|| watch::Sender::new(())).subscribe()
    }

    pub(super) fn notify(&self) {
        if let Some(changed) = self.changed.get() {
            changed.send_replace(());
        }
    }
}
