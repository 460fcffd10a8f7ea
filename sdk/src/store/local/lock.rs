use std::fs::{File, TryLockError};
use std::time::{Duration, Instant};

use super::PrivateFolder;
use super::folder::failed;
use crate::error::{Error, Result};

/// The lock of a key, for as long as it takes to read and write a file. The system ends it with the process.
pub(in crate::store) struct Locked {
    _file: File,
}

/// The holder writes one file; a process that was stopped in the middle of it is no reason to wait for ever.
const LOCK_TIMEOUT: Duration = Duration::from_secs(10);

/// Waits for the lock; blocks the thread.
///
/// The files that are locked stay: removing one that another process is about to lock would give the lock to two.
pub(in crate::store) fn locked(folder: &PrivateFolder, name: &str) -> Result<Locked> {
    let name = format!("{name}.lock");
    let file = folder.open_or_create(&name)?;
    let gives_up = Instant::now() + LOCK_TIMEOUT;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(Locked { _file: file }),
            Err(TryLockError::WouldBlock) if Instant::now() < gives_up => {
                std::thread::sleep(Duration::from_micros(fastrand::u64(500..3_000)));
            }
            Err(TryLockError::WouldBlock) => {
                let path = folder.path_of(&name);
                return Err(Error::temporary(format!("another process has held {} for too long", path.display())));
            }
            Err(TryLockError::Error(error)) => return Err(failed("cannot be locked", &folder.path_of(&name), error)),
        }
    }
}
