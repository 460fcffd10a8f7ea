use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

use crate::error::{Error, Fault, Result};
use crate::keys::sealing::SealingKey;
use crate::random::random_key;
use crate::store::local::{PrivateFolder, locked};

/// The key of the files, from a file; a new one if there is none yet. Blocks the thread.
pub(super) fn key_of_file(path: &Path) -> Result<SealingKey> {
    let name = path.file_name().and_then(|name| name.to_str()).ok_or_else(|| {
        Error::configuration(format!("{} is no name of a key file: end it in the name of a file", path.display()))
    })?;
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let folder = PrivateFolder::open(folder).map_err(with_cure)?;
    if let Some(key) = read(&folder, name)? {
        return Ok(key);
    }
    let _lock = locked(&folder, name)?;
    // Another process may have made it in the meantime.
    if let Some(key) = read(&folder, name)? {
        return Ok(key);
    }
    let key = random_key()?;
    let mut text = Zeroizing::new(String::with_capacity(64));
    STANDARD.encode_string(*key, &mut text);
    text.push('\n');
    // Atomically: a reader finds no key, or all of it.
    folder.replace(name, text.as_bytes())?;
    SealingKey::new(*key)
}

/// A mounted secret (Kubernetes) is a link to a file that a group can read, of another user. Whether its mode is as it should be is for the
/// orchestrator to see to: the program reads it.
fn with_cure(error: Error) -> Error {
    if !error.is_security() {
        return error;
    }
    error.with_cure(
        "where the key is a secret that an orchestrator mounts (Kubernetes), read it in the program: \
         `FileStore::open(folder, SealingKey::from_base64(fs::read_to_string(path)?)?)`",
    )
}

fn read(folder: &PrivateFolder, name: &str) -> Result<Option<SealingKey>> {
    let Some(text) = folder.read(name).map_err(with_cure)?.map(Zeroizing::new) else { return Ok(None) };
    let key = str::from_utf8(&text).ok().and_then(|text| SealingKey::from_base64(text).ok()).ok_or_else(|| {
        Error::new(
            Fault::Security,
            format!(
                "{} is no key file: it has 32 bytes in Base64, as from `openssl rand -base64 32`. Put the right one there, or \
                 remove it; what was kept with a key that is lost is lost with it",
                folder.path_of(name).display()
            ),
        )
    })?;
    Ok(Some(key))
}
