use std::fmt;
use std::fs::{File, TryLockError};
use std::io::{Read as _, Seek as _, Write as _};
use std::time::Duration;

use async_trait::async_trait;
use tokio::time::sleep;

use super::folder::failed;
use super::{Locked, PrivateFolder, blocking, locked};
use crate::error::Result;
use crate::random::random_id;
use crate::store::{StoreKey, StoreLease};
use crate::time;

/// A lease among processes: a locked file that says who has it and until when.
///
/// The system ends the lock with the process that holds it. A holder that lives but lets its time pass is not waited for (but on
/// Windows): who comes next puts another file in the place of the locked one.
pub(in crate::store) struct LocalLease {
    folder: PrivateFolder,
    name: String,
    holder: Holder,
    file: File,
}

/// As [`random_id`] makes it.
type Holder = String;

/// Who waits looks for himself, first soon, then more seldom.
const FIRST_LOOK: Duration = Duration::from_millis(5);
const MAX_POLL_INTERVAL: Duration = Duration::from_millis(100);

/// What a look at the lease shows.
enum LeaseState {
    Free,
    /// By a live process whose time is not over; unknown where a locked file cannot be read (Windows).
    HeldBy(Option<Holder>),
}

/// Takes it, or waits until its holder has released or lost it.
pub(in crate::store) async fn lease(
    folder: &PrivateFolder,
    key: &StoreKey,
    length: Duration,
) -> Result<Option<LocalLease>> {
    let name = PrivateFolder::name_of(key);
    let taken = {
        let (folder, name) = (folder.clone(), name.clone());
        blocking(move || take(&folder, &name, length)).await?
    };
    let holder = match taken {
        Ok(lease) => return Ok(Some(lease)),
        Err(holder) => holder,
    };
    let mut pause = FIRST_LOOK;
    loop {
        sleep(pause.mul_f64(0.5 + fastrand::f64())).await;
        let seen = {
            let (folder, name) = (folder.clone(), name.clone());
            blocking(move || look(&folder, &name, &locked(&folder, &name)?).map(|(seen, _)| seen)).await?
        };
        match seen {
            LeaseState::HeldBy(now) if now == holder => pause = MAX_POLL_INTERVAL.min(pause * 2),
            _ => return Ok(None),
        }
    }
}

/// Takes it, or tells who has it.
fn take(folder: &PrivateFolder, name: &str, length: Duration) -> Result<Result<LocalLease, Option<Holder>>> {
    let lock = locked(folder, name)?;
    let file = match look(folder, name, &lock)? {
        (LeaseState::HeldBy(holder), _) => return Ok(Err(holder)),
        (LeaseState::Free, Some(file)) => file,
        // Its holder has let the time pass, and has the file still.
        (LeaseState::Free, None) => another(folder, name, &lock)?,
    };
    let mut lease = LocalLease { folder: folder.clone(), name: name.to_owned(), holder: random_id()?, file };
    lease.write(length)?;
    Ok(Ok(lease))
}

/// The file comes with it, locked, if it is free.
fn look(folder: &PrivateFolder, name: &str, _lock: &Locked) -> Result<(LeaseState, Option<File>)> {
    let mut file = folder.open_or_create(&file_name(name))?;
    match file.try_lock() {
        Ok(()) => Ok((LeaseState::Free, Some(file))),
        Err(TryLockError::Error(error)) => Err(failed("cannot be locked", &folder.path_of(&file_name(name)), error)),
        Err(TryLockError::WouldBlock) => Ok(match read(&mut file) {
            Some((_, until)) if until <= now() => (LeaseState::Free, None),
            Some((holder, _)) => (LeaseState::HeldBy(Some(holder)), None),
            None => (LeaseState::HeldBy(None), None),
        }),
    }
}

/// Deletes the file of a lease that is free; whether it was.
#[cfg(all(unix, feature = "file"))]
pub(in crate::store) fn delete_free_lease(folder: &PrivateFolder, name: &str, lock: &Locked) -> Result<bool> {
    match look(folder, name, lock)? {
        (LeaseState::Free, Some(_locked)) => folder.remove(&file_name(name)).map(|()| true),
        _ => Ok(false),
    }
}

/// A new file, in place of the file that a holder has locked.
fn another(folder: &PrivateFolder, name: &str, _lock: &Locked) -> Result<File> {
    let name = file_name(name);
    folder.replace(&name, b"")?;
    let file = folder.open_or_create(&name)?;
    file.try_lock().map_err(|error| failed("cannot be locked", &folder.path_of(&name), error.into()))?;
    Ok(file)
}

fn file_name(name: &str) -> String {
    format!("{name}.lease")
}

/// Processes have the wall clock in common, milliseconds since the epoch.
fn now() -> u64 {
    let since_epoch = time::unix_time();
    u64::try_from(since_epoch.as_millis()).unwrap_or(u64::MAX)
}

/// The holder and the end of its time.
fn read(file: &mut File) -> Option<(Holder, u64)> {
    let mut text = String::new();
    file.rewind().ok()?;
    file.read_to_string(&mut text).ok()?;
    let (holder, until) = text.trim_end().split_once(' ')?;
    Some((holder.to_owned(), until.parse().ok()?))
}

impl LocalLease {
    fn write(&mut self, length: Duration) -> Result<()> {
        let until = now().saturating_add(u64::try_from(length.as_millis()).unwrap_or(u64::MAX));
        let text = format!("{} {until}\n", self.holder);
        let mut write = || {
            // At no time is it empty, not even on a full disk: who finds nothing in it cannot tell when its time is over.
            self.file.rewind()?;
            self.file.write_all(text.as_bytes())?;
            self.file.set_len(text.len() as u64)
        };
        write().map_err(|error| failed("cannot be written", &self.folder.path_of(&file_name(&self.name)), error))
    }

    /// Whether the file that it has is still the file at that path. On Windows, where a locked file cannot be read, no other takes
    /// its place.
    fn is_held(&mut self, _lock: &Locked) -> Result<bool> {
        if cfg!(windows) {
            return Ok(true);
        }
        let mut file = self.folder.open_or_create(&file_name(&self.name))?;
        Ok(read(&mut file).is_some_and(|(holder, _)| holder == self.holder))
    }

    fn renew_now(&mut self, length: Duration) -> Result<bool> {
        let lock = locked(&self.folder, &self.name)?;
        if !self.is_held(&lock)? {
            return Ok(false);
        }
        self.write(length)?;
        Ok(true)
    }

    /// By another handle on the same file: the lease's own may be dropped at any time.
    fn share(&self) -> Result<Self> {
        let path = self.folder.path_of(&file_name(&self.name));
        let file = self.file.try_clone().map_err(|error| failed("cannot be opened", &path, error))?;
        Ok(Self { folder: self.folder.clone(), name: self.name.clone(), holder: self.holder.clone(), file })
    }
}

#[async_trait]
impl StoreLease for LocalLease {
    async fn renew(&mut self, length: Duration) -> Result<bool> {
        let mut shared = self.share()?;
        blocking(move || shared.renew_now(length)).await
    }

    /// As when the lease is dropped: the system unlocks the file when it is closed. Windows may take its time for that.
    async fn release(self: Box<Self>) -> Result<()> {
        let path = self.folder.path_of(&file_name(&self.name));
        self.file.unlock().map_err(|error| failed("cannot be unlocked", &path, error))
    }
}

impl fmt::Debug for LocalLease {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LocalLease").field("name", &self.name).finish_non_exhaustive()
    }
}
