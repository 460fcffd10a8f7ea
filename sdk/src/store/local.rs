//! What stores on one machine have in common: a folder that only its owner can write to, and locks in it that hold among
//! processes.

mod folder;
mod lease;
mod lock;

use tokio::runtime::Handle;

use crate::error::{Error, Result};

pub(super) use folder::PrivateFolder;
pub(super) use lease::lease;
pub(super) use lock::{Locked, locked};

/// Runs what waits for a disk or another process where it blocks nobody.
pub(super) async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    let runtime = Handle::try_current().map_err(|_| {
        Error::configuration("this store can be used within a Tokio runtime only: call from `#[tokio::main]`")
    })?;
    match runtime.spawn_blocking(work).await {
        Ok(result) => result,
        Err(_) => Err(Error::temporary("the runtime is ending")),
    }
}
