//! What stores on one machine have in common: a folder that only its owner can write to, and locks in it that hold among
//! processes.

mod folder;
mod lease;
mod lock;

use crate::error::{Error, Result};
use crate::runtime;

pub(super) use folder::PrivateFolder;
#[cfg(all(unix, feature = "file"))]
pub(super) use lease::delete_free_lease;
pub(super) use lease::lease;
pub(super) use lock::{Locked, locked};

/// Runs blocking work, on a disk or waiting for another process, off the runtime's worker threads.
pub(super) async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    let runtime = runtime::current("this store can be used")?;
    match runtime.spawn_blocking(work).await {
        Ok(result) => result,
        Err(_) => Err(Error::temporary("the runtime is ending")),
    }
}
