use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::watch;

/// How many hold an entry, and who wants to know what becomes of it.
#[derive(Default)]
pub(super) struct HandleCount {
    count: AtomicUsize,
    changed: OnceLock<watch::Sender<()>>,
}

impl HandleCount {
    pub(super) fn increment(&self) {
        self.count.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn decrement(&self) {
        if self.count.fetch_sub(1, Ordering::AcqRel) == 1 {
            self.notify();
        }
    }

    pub(super) fn is_zero(&self) -> bool {
        self.count.load(Ordering::Acquire) == 0
    }

    /// Says when the token, a flight or the handles have changed.
    pub(super) fn watch(&self) -> watch::Receiver<()> {
        self.changed.get_or_init(|| watch::Sender::new(())).subscribe()
    }

    pub(super) fn notify(&self) {
        if let Some(changed) = self.changed.get() {
            changed.send_replace(());
        }
    }
}
