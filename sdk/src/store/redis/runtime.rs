use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::runtime::{Builder, Handle};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::error::{Error, Result};

/// A thread with a Tokio runtime of the store's own, on which all of its connections live.
///
/// A connection ends with the runtime that opened it, and stalls if that runtime is not driven. On a runtime of the store's own, all
/// runtimes of a program share two connections, and none takes them along. The thread ends with this value.
pub(super) struct StoreRuntime {
    handle: Handle,
    /// Dropping it ends the thread, without waiting for it: that may happen on any thread, its own included.
    _ends: oneshot::Sender<()>,
}

impl StoreRuntime {
    /// # Errors
    ///
    /// [`is_retryable`](Error::is_retryable) where the machine has no thread or file descriptor left.
    pub(super) fn start() -> Result<Self> {
        let failed =
            |error| Error::temporary("the thread for the connections to Redis cannot be started").with_source(error);
        let runtime = Builder::new_current_thread().enable_all().build().map_err(failed)?;
        let handle = runtime.handle().clone();
        let (ends, ended) = oneshot::channel::<()>();
        let run = move || {
            let _ = runtime.block_on(ended);
            runtime.shutdown_background();
        };
        std::thread::Builder::new().name("grantkit-redis".to_owned()).spawn(run).map_err(failed)?;
        Ok(Self { handle, _ends: ends })
    }

    pub(super) fn handle(&self) -> &Handle {
        &self.handle
    }

    /// Runs it there. What is dropped before it is done is cancelled: what it holds is dropped there, too.
    pub(super) fn run<T: Send + 'static>(&self, work: impl Future<Output = Result<T>> + Send + 'static) -> Running<T> {
        Running(self.handle.spawn(work))
    }
}

/// Work on the runtime; cancelled when it is dropped.
pub(super) struct Running<T>(JoinHandle<Result<T>>);

impl<T> Future for Running<T> {
    type Output = Result<T>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.0).poll(context).map(|done| {
            done.unwrap_or_else(|error| Err(Error::temporary("the connections to Redis have ended").with_source(error)))
        })
    }
}

impl<T> Drop for Running<T> {
    fn drop(&mut self) {
        self.0.abort();
    }
}
