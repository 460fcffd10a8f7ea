//! Makes the time-out of a request cheap.
//!
//! Tokio wakes its I/O driver when a timer becomes the next one that is due: a write to an eventfd, and a turn of epoll for nothing, more
//! than all else that a call adds to a bare request. A program whose only timers are time-outs pays that for each of them. So while
//! requests go out, their runtime has a timer that is due sooner: a task that sleeps a second at a time, and ends when nothing has gone
//! out in one.

use std::cell::RefCell;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::runtime::{Handle, Id};

/// Shorter time-outs are on their own.
const BEAT: Duration = Duration::from_secs(1);

struct Anchor {
    runtime: Id,
    /// Since the last beat.
    was_used: AtomicBool,
    is_over: AtomicBool,
}

/// Sees to it that the runtime has the timer, for a request that goes out on it with this time-out.
#[inline]
pub(super) fn ensure(runtime: &Handle, timeout: Duration) {
    thread_local!(static LAST: RefCell<Option<Arc<Anchor>>> = const { RefCell::new(None) });
    if timeout > BEAT {
        let id = runtime.id();
        LAST.with_borrow_mut(|last| match last {
            Some(anchor) if anchor.holds(id) => {}
            _ => *last = Some(of_runtime(runtime, id)),
        });
    }
}

/// The anchor of the runtime, started if it has none.
#[cold]
fn of_runtime(runtime: &Handle, id: Id) -> Arc<Anchor> {
    static ALL: Mutex<Vec<Arc<Anchor>>> = Mutex::new(Vec::new());
    let mut all = ALL.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(anchor) = all.iter().find(|anchor| anchor.holds(id)) {
        return Arc::clone(anchor);
    }
    all.retain(|anchor| !anchor.is_over.load(Ordering::Relaxed));
    let anchor = Arc::new(Anchor { runtime: id, was_used: AtomicBool::new(true), is_over: AtomicBool::new(false) });
    all.push(Arc::clone(&anchor));
    drop(all);
    runtime.spawn(AnchorTask(Arc::clone(&anchor)).run());
    anchor
}

impl Anchor {
    fn holds(&self, runtime: Id) -> bool {
        if self.runtime != runtime || self.is_over.load(Ordering::Relaxed) {
            return false;
        }
        // Not written where nothing changes: threads would take the line from each other.
        if !self.was_used.load(Ordering::Relaxed) {
            self.was_used.store(true, Ordering::Relaxed);
        }
        true
    }
}

/// The task, which may also end with its runtime.
struct AnchorTask(Arc<Anchor>);

impl AnchorTask {
    async fn run(self) {
        while self.0.was_used.swap(false, Ordering::Relaxed) {
            tokio::time::sleep(BEAT).await;
        }
    }
}

impl Drop for AnchorTask {
    fn drop(&mut self) {
        self.0.is_over.store(true, Ordering::Relaxed);
    }
}
