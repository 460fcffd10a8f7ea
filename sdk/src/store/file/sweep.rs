use std::time::Duration;

use crate::error::Result;
use crate::store::header::{HEADER_LENGTH, Header};
use crate::store::local::{Locked, PrivateFolder, delete_free_lease};
use crate::time;

/// How long a record is left after its time, as Redis leaves it for a while: clocks may be set back.
const KEPT_LONGER: Duration = Duration::from_hours(24);

/// Deletes the files of records whose time is over, and those that a removed one has left: no process may ever ask for them again, as for
/// those of a web session. Blocks the thread.
pub(super) fn sweep(folder: &PrivateFolder) -> Result<()> {
    for name in folder.names(".lock")? {
        // What cannot be deleted now is for the next time.
        let _ = delete_if_over(folder, &name);
    }
    Ok(())
}

fn delete_if_over(folder: &PrivateFolder, name: &str) -> Result<()> {
    if !is_over(folder, name)? {
        return Ok(());
    }
    let Some(lock) = Locked::if_free(folder, name)? else { return Ok(()) };
    // Another record may have taken its place.
    if is_over(folder, name)? {
        folder.remove(&format!("{name}.token"))?;
        if delete_free_lease(folder, name, &lock)? {
            lock.delete(folder)?;
        }
    }
    Ok(())
}

/// Whether there is no record of that name, or its time was over long ago.
fn is_over(folder: &PrivateFolder, name: &str) -> Result<bool> {
    let Some(kept) = folder.read(&format!("{name}.token"))? else { return Ok(true) };
    let header = kept.first_chunk::<HEADER_LENGTH>().and_then(Header::read);
    let end = header.and_then(|header| header.expires_at?.checked_add(KEPT_LONGER));
    Ok(end.is_some_and(|end| end < time::wall_clock()))
}
