use std::fs::{File, TryLockError};
use std::time::{Duration, Instant};

use super::PrivateFolder;
use super::folder::failed;
use crate::error::{Error, Result};

/// The lock of a key, for as long as it takes to read and write a file. The system ends it with the process.
pub(in crate::store) struct Locked {
    /// Locked while it is open.
    _file: File,
    #[allow(dead_code, reason = "nothing is deleted on Windows, or without the feature `file`")]
    name: String,
}

/// The holder writes one file; a process that was stopped in the middle of it is no reason to wait for ever.
const LOCK_TIMEOUT: Duration = Duration::from_secs(10);

/// Waits for the lock; blocks the thread.
///
/// Its holder may delete the file, by which another process may wait already: that one finds that it has locked a file which is gone, and
/// takes the next.
pub(in crate::store) fn locked(folder: &PrivateFolder, name: &str) -> Result<Locked> {
    let name = format!("{name}.lock");
    let mut file = folder.open_or_create(&name)?;
    let gives_up = Instant::now() + LOCK_TIMEOUT;
    loop {
        match file.try_lock() {
            Ok(()) if folder.is_at(&name, &file)? => return Ok(Locked { _file: file, name }),
            Ok(()) => file = folder.open_or_create(&name)?,
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

#[cfg(all(unix, feature = "file"))]
impl Locked {
    /// The lock, if no other process has it at this moment.
    pub(in crate::store) fn if_free(folder: &PrivateFolder, name: &str) -> Result<Option<Self>> {
        let name = format!("{name}.lock");
        let file = folder.open_or_create(&name)?;
        match file.try_lock() {
            Ok(()) => Ok(folder.is_at(&name, &file)?.then_some(Self { _file: file, name })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(failed("cannot be locked", &folder.path_of(&name), error)),
        }
    }

    /// Ends the lock, and deletes its file.
    pub(in crate::store) fn delete(self, folder: &PrivateFolder) -> Result<()> {
        folder.remove(&self.name)
    }
}

#[cfg(all(test, unix, feature = "file"))]
mod tests {
    use super::*;

    #[test]
    fn lock_whose_file_is_deleted_has_one_holder_at_a_time() {
        const THREADS: usize = 8;
        const ROUNDS: usize = 50;
        let place = tempfile::tempdir().unwrap();
        let folder = PrivateFolder::open(place.path()).unwrap();
        let counter = place.path().join("counter");
        std::fs::write(&counter, "0").unwrap();
        std::thread::scope(|threads| {
            for _ in 0..THREADS {
                threads.spawn(|| {
                    for round in 0..ROUNDS {
                        let lock = locked(&folder, "billing").unwrap();
                        let count: usize = std::fs::read_to_string(&counter).unwrap().parse().unwrap();
                        std::fs::write(&counter, (count + 1).to_string()).unwrap();
                        if round % 3 == 0 {
                            lock.delete(&folder).unwrap();
                        }
                    }
                });
            }
        });
        assert_eq!(std::fs::read_to_string(&counter).unwrap(), (THREADS * ROUNDS).to_string());
    }
}
