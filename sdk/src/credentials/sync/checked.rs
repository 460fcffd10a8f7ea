//! The same under `shuttle`, which runs all threads and tasks on one and decides at each point who goes on. What it has
//! no model of (`ArcSwap`, `watch`) is the real thing with a point before each call: it is the entry that is
//! checked, not they.

use std::cell::{Cell, RefCell};
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::Arc;
use std::task::{Poll, Waker};
use std::time::Duration;

use shuttle::future::JoinHandle;
pub(in crate::credentials) use shuttle::sync::atomic::AtomicU64;
use shuttle::sync::atomic::{AtomicBool, Ordering};
pub(in crate::credentials) use shuttle::sync::{Mutex, MutexGuard};

thread_local!(static ONLY_LOCKS: Cell<bool> = const { Cell::new(false) });

/// Only locks, and the atomics of a token, are points from here on: so few that every order can be tried.
pub(in crate::credentials) fn only_locks_are_points(only: bool) {
    ONLY_LOCKS.set(only);
}

/// A thread may be overtaken here. Between two points it is one step to all others.
fn point() {
    if !ONLY_LOCKS.get() {
        AtomicBool::new(false).load(Ordering::SeqCst);
    }
}

fn after_a_point<T>(act: impl FnOnce() -> T) -> T {
    point();
    act()
}

pub(in crate::credentials) struct ArcSwapOption<T>(arc_swap::ArcSwapOption<T>);

impl<T> ArcSwapOption<T> {
    pub(in crate::credentials) fn empty() -> Self {
        Self(arc_swap::ArcSwapOption::empty())
    }

    pub(in crate::credentials) fn load(&self) -> arc_swap::Guard<Option<Arc<T>>> {
        after_a_point(|| self.0.load())
    }

    pub(in crate::credentials) fn load_full(&self) -> Option<Arc<T>> {
        after_a_point(|| self.0.load_full())
    }

    pub(in crate::credentials) fn store(&self, value: Option<Arc<T>>) {
        after_a_point(|| self.0.store(value));
    }
}

pub(in crate::credentials) mod watch {
    use tokio::sync::watch;
    use tokio::sync::watch::error::RecvError;

    use super::{after_a_point, point};

    #[derive(Clone, Debug)]
    pub(in crate::credentials) struct Sender<T>(watch::Sender<T>);

    #[derive(Clone, Debug)]
    pub(in crate::credentials) struct Receiver<T>(watch::Receiver<T>);

    pub(in crate::credentials) fn channel<T>(value: T) -> (Sender<T>, Receiver<T>) {
        let (sender, receiver) = watch::channel(value);
        (Sender(sender), Receiver(receiver))
    }

    impl<T> Sender<T> {
        pub(in crate::credentials) fn subscribe(&self) -> Receiver<T> {
            after_a_point(|| Receiver(self.0.subscribe()))
        }

        pub(in crate::credentials) fn send_replace(&self, value: T) -> T {
            after_a_point(|| self.0.send_replace(value))
        }

        pub(in crate::credentials) fn send_if_modified(&self, modify: impl FnOnce(&mut T) -> bool) -> bool {
            after_a_point(|| self.0.send_if_modified(modify))
        }
    }

    impl<T> Sender<T> {
        pub(in crate::credentials) fn receiver_count(&self) -> usize {
            self.0.receiver_count()
        }
    }

    impl<T> Receiver<T> {
        pub(in crate::credentials) async fn wait_for(
            &mut self,
            condition: impl FnMut(&T) -> bool,
        ) -> Result<watch::Ref<'_, T>, RecvError> {
            point();
            self.0.wait_for(condition).await
        }
    }
}

/// The runtime of all threads of a check.
#[derive(Clone, Debug)]
pub(in crate::credentials) struct Handle;

thread_local!(static TASKS: RefCell<Vec<JoinHandle<()>>> = const { RefCell::new(Vec::new()) });

impl Handle {
    #[expect(clippy::unnecessary_wraps, reason = "as the real one")]
    pub(in crate::credentials) fn try_current() -> Result<Self, tokio::runtime::TryCurrentError> {
        Ok(Self)
    }

    #[expect(clippy::unused_self, reason = "as the real one")]
    pub(in crate::credentials) fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        let task = after_a_point(|| shuttle::future::spawn(task));
        TASKS.with_borrow_mut(|tasks| tasks.push(task));
    }

    /// Waits for all tasks to end.
    pub(in crate::credentials) async fn idle() {
        while let Some(task) = TASKS.with_borrow_mut(Vec::pop) {
            let _ = task.await;
        }
    }

    /// The runtime goes away with all its tasks, and another takes its place.
    pub(in crate::credentials) async fn shut_down() {
        let tasks = TASKS.take();
        tasks.iter().for_each(JoinHandle::abort);
        for task in tasks {
            let _ = task.await;
        }
    }
}

thread_local! {
    static ALARMS: RefCell<Vec<Duration>> = const { RefCell::new(Vec::new()) };
    static WAITING: RefCell<Vec<Waker>> = const { RefCell::new(Vec::new()) };
}

/// All limits of time are over for waiting callers now.
pub(in crate::credentials) fn ring() {
    ring_for_limits_up_to(Duration::MAX);
}

/// These limits of time are over for waiting callers now, and longer ones are not.
pub(in crate::credentials) fn ring_for_limits_up_to(longest: Duration) {
    point();
    ALARMS.with_borrow_mut(|alarms| alarms.push(longest));
    WAITING.take().into_iter().for_each(Waker::wake);
}

/// Those of an earlier run are gone.
pub(in crate::credentials) fn forget_waiting() {
    WAITING.take();
    ALARMS.take();
}

/// The future's output, unless the bell [rings](ring) before.
pub(in crate::credentials) async fn within<T>(limit: Duration, future: impl Future<Output = T>) -> Option<T> {
    let before = ALARMS.with_borrow(Vec::len);
    let is_over = || ALARMS.with_borrow(|alarms| alarms.iter().skip(before).any(|longest| limit <= *longest));
    let mut future = pin!(future);
    poll_fn(|context| match future.as_mut().poll(context) {
        Poll::Ready(brought) => Poll::Ready(Some(brought)),
        Poll::Pending if is_over() => Poll::Ready(None),
        Poll::Pending => {
            WAITING.with_borrow_mut(|waiting| waiting.push(context.waker().clone()));
            Poll::Pending
        }
    })
    .await
}

/// Time is no point of overtaking by itself; a thread that pauses may be overtaken.
pub(in crate::credentials) async fn pause(_length: Duration) {
    shuttle::future::yield_now().await;
}
