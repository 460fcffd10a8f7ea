use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use zeroize::Zeroizing;

use crate::error::Result;
use crate::keys::sealing::SealingKey;
use crate::random::random_key;
use crate::store::keyring::{Entry, of_this_system};
use crate::store::local::{PrivateFolder, locked};

/// Of the keyring's entry, and of the lock with which one process makes it.
const NAME: &str = "sealing-key";

/// The key of the files, from the keyring; a new one if there is none yet. Blocks the thread.
pub(super) fn keyring_key(folder: &PrivateFolder, service: &str) -> Result<SealingKey> {
    let entry = Entry::new(&of_this_system()?, service, NAME)?;
    if let Some(key) = read(&entry)? {
        return Ok(key);
    }
    let _lock = locked(folder, NAME)?;
    // Another process may have made it in the meantime.
    if let Some(key) = read(&entry)? {
        return Ok(key);
    }
    let key = random_key()?;
    entry.write(Zeroizing::new(STANDARD_NO_PAD.encode(*key)).as_bytes())?;
    SealingKey::new(*key)
}

fn read(entry: &Entry) -> Result<Option<SealingKey>> {
    let Some(text) = entry.read()? else { return Ok(None) };
    let text = str::from_utf8(&text).map_err(|_| entry.damaged())?;
    SealingKey::from_base64(text).map(Some).map_err(|_| entry.damaged())
}
