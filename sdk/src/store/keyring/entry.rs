use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use keyring_core::CredentialStore;
use keyring_core::error::Error as KeyringError;
use zeroize::Zeroizing;

use crate::error::{Error, Fault, Incident, Result};
use crate::store::StoreRecord;
use crate::store::header::{HEADER_LENGTH, Header};

/// An entry of a keyring. It holds text: some keyrings (`KWallet`) keep nothing else.
pub(in crate::store) struct Entry {
    entry: keyring_core::Entry,
    /// For people who look into their keyring.
    place: String,
}

impl Entry {
    pub(in crate::store) fn new(credentials: &Arc<CredentialStore>, service: &str, user: &str) -> Result<Self> {
        let entry = credentials.build(service, user, None).map_err(|error| failed(&error))?;
        Ok(Self { entry, place: format!("the keyring's entry `{user}` of `{service}`") })
    }

    /// The bytes in it; `None` where there is no entry.
    pub(in crate::store) fn read(&self) -> Result<Option<Zeroizing<Vec<u8>>>> {
        match self.entry.get_secret() {
            Ok(secret) => Ok(Some(Zeroizing::new(secret))),
            Err(KeyringError::NoEntry) => Ok(None),
            Err(error) => Err(failed(&error)),
        }
    }

    pub(in crate::store) fn write(&self, text: &[u8]) -> Result<()> {
        self.entry.set_secret(text).map_err(|error| failed(&error))
    }

    pub(super) fn remove(&self) -> Result<()> {
        match self.entry.delete_credential() {
            Ok(()) | Err(KeyringError::NoEntry) => Ok(()),
            Err(error) => Err(failed(&error)),
        }
    }

    pub(super) fn record(&self) -> Result<Option<StoreRecord>> {
        let Some(text) = self.read()? else { return Ok(None) };
        record_of(&text).map(Some).ok_or_else(|| self.damaged())
    }

    pub(super) fn set_record(&self, record: &StoreRecord) -> Result<()> {
        let header = Header::of(record).to_text();
        // All the room at once, so that nothing is moved with the secrets in it.
        let mut text = Zeroizing::new(String::with_capacity(header.len() + record.content().len() * 4 / 3 + 4));
        text.push_str(&header);
        STANDARD_NO_PAD.encode_string(record.content(), &mut text);
        self.write(text.as_bytes())
    }

    /// It holds something else than was put there.
    pub(in crate::store) fn damaged(&self) -> Error {
        Error::new(
            Fault::Security,
            format!(
                "{} was changed by another program and cannot be read: remove it there and see who wrote it",
                self.place
            ),
        )
        .with_incident(Incident::Damaged)
    }
}

fn record_of(text: &[u8]) -> Option<StoreRecord> {
    let (header, content) = text.split_first_chunk::<HEADER_LENGTH>()?;
    let content = Zeroizing::new(STANDARD_NO_PAD.decode(content).ok()?);
    Some(Header::read(header)?.record(&content))
}

/// The keyring that this system has.
pub(in crate::store) fn of_this_system() -> Result<Arc<CredentialStore>> {
    #[cfg(any(target_os = "macos", target_os = "ios"))]
    let store = apple_native_keyring_store::keychain::Store::new();
    #[cfg(target_os = "windows")]
    let store = windows_native_keyring_store::Store::new();
    #[cfg(all(unix, not(any(target_os = "macos", target_os = "ios", target_os = "android"))))]
    let store = zbus_secret_service_keyring_store::Store::new();
    #[cfg(not(any(
        target_os = "macos",
        target_os = "ios",
        target_os = "windows",
        all(unix, not(target_os = "android"))
    )))]
    let store: keyring_core::Result<Arc<keyring_core::mock::Store>> = Err(KeyringError::NoDefaultStore);
    match store {
        Ok(store) => Ok(store),
        Err(error) => Err(Error::configuration(format!(
            "this machine has no keyring ({}); without a desktop, keep tokens in a `FileStore::with_key_file`",
            said(&error)
        ))),
    }
}

/// The keyring's error is not kept: some hold what they read.
fn failed(error: &KeyringError) -> Error {
    match error {
        KeyringError::TooLong(what, limit) => Error::configuration(format!(
            "the token is too long for this system's keyring, which takes {limit} bytes ({what}): keep tokens in a \
             `FileStore::with_keyring`, and only its key in the keyring"
        )),
        KeyringError::NoStorageAccess(_) => {
            Error::temporary(format!("the keyring is locked, or its unlocking was refused ({})", said(error)))
        }
        KeyringError::PlatformFailure(_) => Error::temporary(format!("the keyring failed ({})", said(error))),
        KeyringError::Ambiguous(_) => Error::configuration(
            "the keyring has several entries of the same service and name: remove those that are too many",
        ),
        KeyringError::BadEncoding(_) | KeyringError::BadDataFormat(..) | KeyringError::BadStoreFormat(_) => {
            Error::new(Fault::Security, "the keyring's entry was changed by another program and cannot be read")
        }
        _ => Error::configuration(format!("the keyring cannot be used ({})", said(error))),
    }
}

/// What it says without what it read.
fn said(error: &KeyringError) -> String {
    match error {
        KeyringError::PlatformFailure(cause) | KeyringError::NoStorageAccess(cause) => cause.to_string(),
        KeyringError::Invalid(..) | KeyringError::NoDefaultStore | KeyringError::NotSupportedByStore(_) => {
            error.to_string()
        }
        _ => "no more is said".to_owned(),
    }
}
