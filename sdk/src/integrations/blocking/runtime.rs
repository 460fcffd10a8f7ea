//! The one runtime of blocking calls.

use std::cell::Cell;
use std::sync::OnceLock;

use tokio::runtime::{Builder, Handle, Runtime};

use crate::error::{Error, Result};

const THREADS: &str = "grantkit-blocking";

thread_local! {
    static IS_OURS: Cell<bool> = const { Cell::new(false) };
}

/// The runtime, started when it is first needed.
///
/// # Errors
///
/// [`is_configuration`](Error::is_configuration) on one of its own threads, and where the system starts no thread.
pub(super) fn handle() -> Result<&'static Handle> {
    static RUNTIME: OnceLock<Result<Runtime>> = OnceLock::new();
    if IS_OURS.get() {
        return Err(Error::configuration(
            "a blocking call on the thread that runs what blocking calls wait for would wait for itself: within an `OAuthClient` of \
             your own, or another callback of an async method, call the async method and `.await` it",
        ));
    }
    RUNTIME.get_or_init(start).as_ref().map(Runtime::handle).map_err(Clone::clone)
}

fn start() -> Result<Runtime> {
    // One is enough: what is asked for is run on the threads of the callers.
    let mut builder = Builder::new_multi_thread();
    let builder = builder.worker_threads(1).thread_name(THREADS).on_thread_start(|| IS_OURS.set(true)).enable_all();
    builder.build().map_err(|error| {
        Error::configuration("the runtime of blocking calls cannot be started: does the system allow another thread?")
            .with_source(error)
    })
}
