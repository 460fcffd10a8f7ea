//! Tokens in files.

mod key_file;
#[cfg(feature = "keyring")]
mod keyring_key;
// Elsewhere a file that is open may not be deleted.
#[cfg(unix)]
mod sweep;

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use async_trait::async_trait;

use super::local::{self, PrivateFolder, blocking, locked};
use super::sealed_record::RecordSealer;
use crate::error::Result;
use crate::fingerprint::Fingerprint;
use crate::keys::sealing::SealingKey;
use crate::store::{StoreKey, StoreLease, StoreRecord, TokenStore};

/// Stores tokens in files, for command-line tools: the next run finds the token of the last one, and ten runs that are started
/// together make one request.
///
/// Each token has a file of its own, `<client>-<digest>.token`, so that clients do not wait for each other and a damaged file costs
/// one token. Beside it stand `.lock` and `.lease`, which contain no token. A token file is encrypted with the [`SealingKey`], readable by its
/// owner only (mode 0600), and replaced atomically and durably. All three are deleted a day after the token is of no more use (on Windows
/// they stay), when a process next puts one.
///
/// | fault | result |
/// |---|---|
/// | a symbolic link, a wider mode, another owner, a folder that others can write to (on Windows: links only) | refused at each use, [`is_security`](crate::Error::is_security) |
/// | the folder cannot be written to: a full disk, remounted read-only | [`is_retryable`](crate::Error::is_retryable), as a store that is unavailable: clients that need no store go on |
/// | the record of a login is damaged, or encrypted with another key | an error; the file stays until a person logs in again or out |
/// | the record of an access token is damaged | the next token replaces it |
///
/// The folder must be on a local disk: locks of network file systems are not reliable.
///
/// ```
/// use grantkit::keys::SealingKey;
/// use grantkit::store::FileStore;
///
/// # fn example(key: [u8; 32]) -> grantkit::Result<()> {
/// let folder = FileStore::default_folder("acme-cli")?; // as ~/.local/state/acme-cli/tokens
/// let store = FileStore::open(folder, SealingKey::new(key)?)?;
/// # Ok(())
/// # }
/// ```
///
/// With the feature `keyring`, the key can be in the operating system's keyring: `FileStore::with_keyring`. On a machine without a
/// keyring, it can be in a key file: [`with_key_file`](Self::with_key_file).
#[derive(Clone)]
pub struct FileStore {
    shared: Arc<Shared>,
}

struct Shared {
    folder: PrivateFolder,
    sealer: RecordSealer,
    /// When this process last deleted what was over.
    swept: Mutex<Option<Instant>>,
}

/// Between two looks for what is over.
const SWEEP_INTERVAL: Duration = Duration::from_hours(1);

impl FileStore {
    /// Opens the folder, or creates it, for its owner only.
    ///
    /// # Errors
    ///
    /// [`is_security`](crate::Error::is_security) if others can write to it, [`is_configuration`](crate::Error::is_configuration)
    /// if it cannot be created or read.
    pub fn open(folder: impl AsRef<Path>, key: SealingKey) -> Result<Self> {
        Ok(Self::of(PrivateFolder::open(folder.as_ref())?, key))
    }

    /// Opens the folder with a key from the operating system's keyring, under this service name, usually the program's. The first
    /// call creates the key.
    ///
    /// If the keyring loses the key, the tokens are lost with it, and reading them is an error that says so.
    ///
    /// ```no_run
    /// use grantkit::store::FileStore;
    ///
    /// # async fn example() -> grantkit::Result<()> {
    /// let store = FileStore::with_keyring(FileStore::default_folder("acme-cli")?, "acme-cli").await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open), and [`is_configuration`](crate::Error::is_configuration) if there is no keyring, as on a machine
    /// without a desktop.
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

    /// Opens the folder with a key from a key file, for machines without a keyring: a server, a container, a build machine. The first
    /// process creates it, for its owner only (mode 0600); processes that start at the same time use that key.
    ///
    /// A reader of the key file can read the tokens. Encryption protects a copy of the folder alone, as in a backup or an image, so
    /// keep the key in another place than the tokens.
    ///
    /// ```no_run
    /// use grantkit::store::FileStore;
    ///
    /// # async fn example() -> grantkit::Result<()> {
    /// let store = FileStore::with_key_file(FileStore::default_folder("acme-cli")?, "/etc/acme-cli/token-key").await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open), for the folder of the key file too; [`is_security`](crate::Error::is_security) if others can read
    /// the key file, it is a symbolic link, or it contains no key. A secret that Kubernetes mounts is both: give [`open`](Self::open) a
    /// [`SealingKey::from_base64`] of its text.
    pub async fn with_key_file(folder: impl AsRef<Path>, key_file: impl AsRef<Path>) -> Result<Self> {
        let (folder, key_file) = (folder.as_ref().to_owned(), key_file.as_ref().to_owned());
        blocking(move || Ok(Self::of(PrivateFolder::open(folder)?, key_file::key_of_file(&key_file)?))).await
    }

    fn of(folder: PrivateFolder, key: SealingKey) -> Self {
        // No place: only the owner writes to the folder, and may mount it elsewhere.
        let shared = Shared { folder, sealer: RecordSealer::new("file", "", key), swept: Mutex::default() };
        Self { shared: Arc::new(shared) }
    }

    /// The usual folder for the tokens of a program of this name: `$XDG_STATE_HOME/<program>/tokens` (`~/.local/state/…`) on Linux and
    /// other systems, `~/Library/Application Support/<program>/tokens` on Apple's, `%LOCALAPPDATA%\<program>\tokens` on Windows.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](crate::Error::is_configuration) if the user has no home, or the name is not valid for a folder.
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

    /// Deletes what is over, now and then; no caller waits for it.
    fn sweep(&self) {
        if cfg!(unix) && self.shared.is_to_be_swept() {
            let shared = self.shared.clone();
            let sweeping = blocking(move || shared.sweep());
            if let Ok(runtime) = tokio::runtime::Handle::try_current() {
                runtime.spawn(sweeping);
            }
        }
    }
}

impl Shared {
    fn is_to_be_swept(&self) -> bool {
        let mut swept = self.swept.lock().unwrap_or_else(PoisonError::into_inner);
        let is_due = swept.is_none_or(|last| last.elapsed() >= SWEEP_INTERVAL);
        if is_due {
            *swept = Some(Instant::now());
        }
        is_due
    }

    #[cfg(unix)]
    fn sweep(&self) -> Result<()> {
        sweep::sweep(&self.folder)
    }

    #[cfg(not(unix))]
    #[allow(clippy::unnecessary_wraps, clippy::unused_self, reason = "as elsewhere")]
    fn sweep(&self) -> Result<()> {
        Ok(())
    }

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
        let Shared { folder, sealer, swept: _ } = &*self.shared;
        let folder = Fingerprint::builder().parameter("folder", folder.canonical().to_string_lossy());
        folder.parameter("sealing", sealer.key_id()).build()
    }

    async fn get(&self, key: &StoreKey) -> Result<Option<StoreRecord>> {
        self.blocking(key, Shared::read).await
    }

    async fn put_if_newer(&self, key: &StoreKey, record: &StoreRecord) -> Result<bool> {
        self.sweep();
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
