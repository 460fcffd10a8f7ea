//! Tokens in the operating system's keyring.

mod entry;

use std::fmt;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use keyring_core::CredentialStore;

use super::local::{self, PrivateFolder, blocking, locked};
use crate::error::Result;
use crate::fingerprint::Fingerprint;
use crate::store::{StoreKey, StoreLease, StoreRecord, TokenStore};
#[cfg(feature = "file")]
pub(super) use entry::Entry;
#[cfg(not(feature = "file"))]
use entry::Entry;
pub(super) use entry::of_this_system;

/// Stores tokens in the operating system's keyring: the Secret Service (GNOME Keyring, `KWallet`, `KeePassXC`) on Linux and other
/// systems, the Keychain on macOS, the Credential Manager on Windows.
///
/// Each token is one entry under the service's name, which the system encrypts. Keyrings have neither compare-and-swap nor leases: both
/// are done by locks on files in a folder of the user, which contain no token.
///
/// Windows limits an entry to 2,560 bytes, which is too little for many tokens; a longer one is
/// [`is_configuration`](crate::Error::is_configuration). `FileStore::with_keyring`, which stores only a key in the keyring, has no
/// such limit.
///
/// ```no_run
/// use grantkit::store::KeyringStore;
///
/// # async fn example() -> grantkit::Result<()> {
/// let store = KeyringStore::open("acme-cli").await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct KeyringStore {
    shared: Arc<Shared>,
}

struct Shared {
    service: String,
    credentials: Arc<CredentialStore>,
    locks: PrivateFolder,
}

impl KeyringStore {
    /// Opens the user's keyring under this service name, usually the program's.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](crate::Error::is_configuration) if there is no keyring, as on a machine without a desktop.
    pub async fn open(service: impl Into<String>) -> Result<Self> {
        let service = service.into();
        blocking(move || {
            let folder = PrivateFolder::default_path(&service)?;
            Self::with_credential_store(service, of_this_system()?, folder)
        })
        .await
    }

    /// Uses another keyring (see [`keyring_core`]), such as the Linux kernel's, and a folder for the locks, which all processes
    /// share.
    ///
    /// # Errors
    ///
    /// [`is_security`](crate::Error::is_security) if others can write to the folder.
    pub fn with_credential_store(
        service: impl Into<String>,
        credentials: Arc<CredentialStore>,
        lock_folder: impl AsRef<Path>,
    ) -> Result<Self> {
        let locks = PrivateFolder::open(lock_folder.as_ref())?;
        Ok(Self { shared: Arc::new(Shared { service: service.into(), credentials, locks }) })
    }

    async fn blocking<T: Send + 'static>(
        &self,
        key: &StoreKey,
        work: impl FnOnce(&Entry, &Shared, &str) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (shared, name) = (self.shared.clone(), PrivateFolder::name_of(key));
        blocking(move || work(&Entry::new(&shared.credentials, &shared.service, &name)?, &shared, &name)).await
    }
}

#[async_trait]
impl TokenStore for KeyringStore {
    fn identity(&self) -> Fingerprint {
        let Shared { service, credentials, locks } = &*self.shared;
        Fingerprint::builder()
            .parameter("service", service)
            .parameter("keyring", credentials.vendor())
            .parameter("locks", locks.canonical().to_string_lossy())
            .build()
    }

    async fn get(&self, key: &StoreKey) -> Result<Option<StoreRecord>> {
        self.blocking(key, |entry, _, _| entry.record()).await
    }

    async fn put_if_newer(&self, key: &StoreKey, record: &StoreRecord) -> Result<bool> {
        let record = record.clone();
        self.blocking(key, move |entry, shared, name| {
            let _lock = locked(&shared.locks, name)?;
            if entry.record()?.is_some_and(|kept| kept.version() >= record.version()) {
                return Ok(false);
            }
            entry.set_record(&record)?;
            Ok(true)
        })
        .await
    }

    async fn remove(&self, key: &StoreKey) -> Result<()> {
        self.blocking(key, |entry, shared, name| {
            let _lock = locked(&shared.locks, name)?;
            entry.remove()
        })
        .await
    }

    async fn lease(&self, key: &StoreKey, length: Duration) -> Result<Option<Box<dyn StoreLease>>> {
        Ok(local::lease(&self.shared.locks, key, length).await?.map(|lease| Box::new(lease) as _))
    }
}

impl fmt::Debug for KeyringStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyringStore").field("service", &self.shared.service).finish_non_exhaustive()
    }
}
