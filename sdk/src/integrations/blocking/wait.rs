use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

use tokio::task::coop::unconstrained;

use super::runtime;
use crate::error::Error;

/// Blocks this thread until the future is ready, and returns what it gives: for every async method of this crate.
///
/// The [module](super) says on which runtime it relies and where it may be called.
///
/// ```no_run
/// use grantkit::integrations::blocking::wait;
/// use grantkit::prelude::*;
///
/// # fn main() -> Result<()> {
/// let client = wait(Client::builder().client_id("tool").public().discover("https://as.example"))?;
/// # let _ = client;
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// Those of the future; [`is_configuration`](Error::is_configuration) where the runtime cannot be started, and on one of its own threads.
pub fn wait<T, E: From<Error>>(future: impl IntoFuture<Output = Result<T, E>>) -> Result<T, E> {
    // Sockets and timers belong to that runtime, whichever this thread is in.
    let _context = runtime::handle()?.enter();
    // A task that has used up its share would be told to wait for its next turn, which cannot come while it blocks.
    let mut future = pin!(unconstrained(future.into_future()));
    // A token that is cached is there at once.
    if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        return output;
    }
    let parked = Arc::new(Parked { thread: thread::current(), is_woken: AtomicBool::new(false) });
    let waker = Waker::from(Arc::clone(&parked));
    let mut context = Context::from_waker(&waker);
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
        // A thread is unparked for other reasons, too, and a blocking call within this one may take the signal of this one.
        while !parked.is_woken.swap(false, Ordering::Acquire) {
            thread::park();
        }
    }
}

struct Parked {
    thread: Thread,
    is_woken: AtomicBool,
}

impl Wake for Parked {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.is_woken.store(true, Ordering::Release);
        self.thread.unpark();
    }
}

#[cfg(test)]
mod tests;
