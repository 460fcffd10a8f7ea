//! Tokens in files.

mod key_file;
#[cfg(feature = "keyring")]
mod keyring_key;

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;

use super::local::{self, PrivateFolder, blocking, locked};
use super::sealed_record::RecordSealer;
use crate::credentials::{StoreKey, StoreLease, StoreRecord, TokenStore};
use crate::error::Result;
use crate::fingerprint::Fingerprint;
use crate::sealing::SealingKey;

/// Keeps tokens in files, for command-line tools: what one call gets, the next one finds, and ten that are started together
/// make one request.
///
/// Each token is a file of its own, so that a damaged one is the only one that is lost, and clients do not wait for each other:
/// `<client>-<digest>.token`, beside it `.lock` and `.lease`, which hold nothing and stay. It is encrypted with the
/// [`SealingKey`], readable by its owner only (0600), and replaced in one step, durably. A symbolic link, a wider mode,
/// another owner, or a folder that others can write to are refused at each use ([`is_security`](crate::Error::is_security)); on
/// Windows, where they are a matter of the profile's folder, only links are. Where the folder cannot be written to (a full disk, one
/// that was remounted read-only), each call fails with [`is_retryable`](crate::Error::is_retryable): clients that need no store go on. A file that cannot be opened, because the key has changed
/// or it is damaged, is an error and stays as it is until a person logs in again; a damaged access token is replaced by the next one. One that is of no more use stays until another takes its place.
///
/// The folder is to be on a disk of this machine: locks of network file systems cannot be relied on.
///
/// ```
/// use grantkit::{FileStore, SealingKey};
///
/// # fn example(key: [u8; 32]) -> grantkit::Result<()> {
/// let folder = FileStore::default_folder("acme-cli")?; // as ~/.local/state/acme-cli/tokens
/// let store = FileStore::open(folder, SealingKey::new(key)?)?;
/// # Ok(())
/// # }
/// ```
///
/// With the feature `keyring`, the key can be kept in the operating system's keyring: `FileStore::with_keyring`; on a machine
/// that has none, in a file of its own: [`with_key_file`](Self::with_key_file).
#[derive(Clone)]
pub struct FileStore {
    shared: Arc<Shared>,
}

struct Shared {
    folder: PrivateFolder,
    sealer: RecordSealer,
}

impl FileStore {
    /// Opens the folder, or makes it, for its owner only.
    ///
    /// # Errors
    ///
    /// [`is_security`](crate::Error::is_security) where others can write to it, [`is_configuration`](crate::Error::is_configuration)
    /// where it cannot be made or read.
    pub fn open(folder: impl AsRef<Path>, key: SealingKey) -> Result<Self> {
        Ok(Self::of(PrivateFolder::open(folder.as_ref())?, key))
    }

    /// The same with a key that is kept in the operating system's keyring, under this name of a service: as a rule, the
    /// program's. The first call makes it.
    ///
    /// Where the keyring has lost the key, the tokens are lost with it, and reading them is an error that says so.
    ///
    /// ```no_run
    /// use grantkit::FileStore;
    ///
    /// # async fn example() -> grantkit::Result<()> {
    /// let store = FileStore::with_keyring(FileStore::default_folder("acme-cli")?, "acme-cli").await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open), and [`is_configuration`](crate::Error::is_configuration) where there is no keyring, as on a
    /// machine without a desktop.
    #[cfg(feature = "keyring")]
    pub async fn with_keyring(folder: impl AsRef<Path>, service: impl Into<String>) -> Result<Self> {
        let (folder, service) = (folder.as_ref().to_owned(), service.into());
        blocking(move || {
            let folder = PrivateFolder::open(folder)?;
            let key = keyring_key::keyring_key(&folder, &service)?;
            Ok(Self::of(folder, key))
        })
        .await
    }

    /// The same with a key that is kept in a file, for machines without a keyring: a server, a container, a build machine. The first
    /// process makes it, for its owner only (0600); others that are started with it take that one.
    ///
    /// Whoever can read the key file can read the tokens: that they are encrypted helps where the folder alone is copied, as
    /// into a backup or an image. So keep the key in another place than the tokens.
    ///
    /// ```no_run
    /// use grantkit::FileStore;
    ///
    /// # async fn example() -> grantkit::Result<()> {
    /// let store = FileStore::with_key_file(FileStore::default_folder("acme-cli")?, "/etc/acme-cli/token-key").await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open), for the folder of the key file too; [`is_security`](crate::Error::is_security) where others can read
    /// the key file, it is a symbolic link, or no key is in it.
    pub async fn with_key_file(folder: impl AsRef<Path>, key_file: impl AsRef<Path>) -> Result<Self> {
        let (folder, key_file) = (folder.as_ref().to_owned(), key_file.as_ref().to_owned());
        blocking(move || Ok(Self::of(PrivateFolder::open(folder)?, key_file::key_of_file(&key_file)?))).await
    }

    fn of(folder: PrivateFolder, key: SealingKey) -> Self {
        Self { shared: Arc::new(Shared { folder, sealer: RecordSealer::new("file", key) }) }
    }

    /// Where a program of this name keeps its tokens: `$XDG_STATE_HOME/<program>/tokens` (`~/.local/state/…`) on Linux and other
    /// systems, `~/Library/Application Support/<program>/tokens` on Apple's, `%LOCALAPPDATA%\<program>\tokens` on Windows.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](crate::Error::is_configuration) where the user has no home, or the name is no name of a folder.
    pub fn default_folder(program: impl AsRef<str>) -> Result<PathBuf> {
        PrivateFolder::default_path(program.as_ref())
    }

    async fn blocking<T: Send + 'static>(
        &self,
        key: &StoreKey,
        work: impl FnOnce(&Shared, &StoreKey) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (shared, key) = (self.shared.clone(), key.clone());
        blocking(move || work(&shared, &key)).await
    }
}

impl Shared {
    fn read(&self, key: &StoreKey) -> Result<Option<StoreRecord>> {
        let name = file_name(key);
        let kept = self.folder.read(&name)?;
        kept.map(|kept| self.sealer.open(key, &kept, &self.folder.path_of(&name).display().to_string())).transpose()
    }
}

fn file_name(key: &StoreKey) -> String {
    format!("{}.token", PrivateFolder::name_of(key))
}

#[async_trait]
impl TokenStore for FileStore {
    fn identity(&self) -> Fingerprint {
        let Shared { folder, sealer } = &*self.shared;
        let folder = Fingerprint::builder().parameter("folder", folder.canonical().to_string_lossy());
        folder.parameter("sealing", sealer.key_id()).finish()
    }

    async fn get(&self, key: &StoreKey) -> Result<Option<StoreRecord>> {
        self.blocking(key, Shared::read).await
    }

    async fn put_if_newer(&self, key: &StoreKey, record: &StoreRecord) -> Result<bool> {
        let record = record.clone();
        self.blocking(key, move |shared, key| {
            let _lock = locked(&shared.folder, &PrivateFolder::name_of(key))?;
            if shared.read(key)?.is_some_and(|kept| kept.version() >= record.version()) {
                return Ok(false);
            }
            shared.folder.replace(&file_name(key), &shared.sealer.seal(key, &record)?)?;
            Ok(true)
        })
        .await
    }

    async fn remove(&self, key: &StoreKey) -> Result<()> {
        self.blocking(key, |shared, key| {
            let _lock = locked(&shared.folder, &PrivateFolder::name_of(key))?;
            shared.folder.remove(&file_name(key))
        })
        .await
    }

    async fn lease(&self, key: &StoreKey, length: Duration) -> Result<Option<Box<dyn StoreLease>>> {
        Ok(local::lease(&self.shared.folder, key, length).await?.map(|lease| Box::new(lease) as _))
    }
}

impl fmt::Debug for FileStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FileStore").field("folder", &self.shared.folder.path_of("")).finish_non_exhaustive()
    }
}
