//! Where logins and secrets are kept: encrypted files, whose key is in the keyring, or in a key file where there is none.

use std::path::{Path, PathBuf};
use std::{env, fs};

use grantkit::SecretString;
use grantkit::store::{FileStore, StoreKey, StoreRecord, TokenStore as _};
use secrecy::ExposeSecret as _;

use crate::failure::Failure;
use crate::profile_file;

const PROGRAM: &str = "grantkit";

const WITH_KEY_FILE: &str = "tokens-with-key-file";

/// The store of this user, which all copies of the program share.
#[derive(Clone, Debug)]
pub(crate) struct Vault {
    store: FileStore,
    place: String,
}

impl Vault {
    /// Opens it. Where a key file has been made, or `GRANTKIT_KEY_FILE` names one, that is used; else the keyring; and where there is
    /// no keyring, a key file is made.
    pub(crate) async fn open() -> Result<Self, Failure> {
        let folder = FileStore::default_folder(PROGRAM)?;
        let given = env::var_os("GRANTKIT_KEY_FILE").filter(|path| !path.is_empty()).map(PathBuf::from);
        let key_file = match &given {
            Some(path) => path.clone(),
            None => profile_file::folder()?.join("token-key"),
        };
        if given.is_some() || key_file.exists() {
            return Self::with_key_file(&folder, &key_file).await;
        }
        match keyring(&folder).await {
            Ok(store) => Ok(Self { store, place: "encrypted files, with their key in the keyring".to_owned() }),
            Err(error) if error.is_configuration() && has_tokens(&folder) => {
                let failure = Failure::configuration("the keyring has the key of what is stored, and cannot be opened");
                Err(failure
                    .caused_by(&error)
                    .or_next("unlock the keyring; or GRANTKIT_KEY_FILE=<a file>, and log in anew"))
            }
            Err(error) if error.is_configuration() => Self::with_key_file(&folder, &key_file).await,
            Err(error) => Err(error.into()),
        }
    }

    /// Whether something may have been kept: without it, opening it would make a key.
    pub(crate) fn is_there() -> Result<bool, Failure> {
        let folder = FileStore::default_folder(PROGRAM)?;
        Ok(folder.exists() || folder.with_file_name(WITH_KEY_FILE).exists())
    }

    /// In a folder of its own: what the keyring's key has sealed, this one cannot read.
    async fn with_key_file(folder: &Path, key_file: &Path) -> Result<Self, Failure> {
        let folder = folder.with_file_name(WITH_KEY_FILE);
        let store = FileStore::with_key_file(folder, key_file).await?;
        Ok(Self { store, place: format!("encrypted files, with their key in {}", key_file.display()) })
    }

    pub(crate) fn store(&self) -> FileStore {
        self.store.clone()
    }

    /// For people.
    pub(crate) fn place(&self) -> &str {
        &self.place
    }

    pub(crate) async fn secret(&self, profile: &str, name: &str) -> Result<Option<SecretString>, Failure> {
        let Some(content) = self.get(profile, name).await? else { return Ok(None) };
        let text = std::str::from_utf8(content.content());
        Ok(text.ok().map(SecretString::from))
    }

    pub(crate) async fn put_secret(&self, profile: &str, name: &str, secret: &SecretString) -> Result<(), Failure> {
        self.put(profile, name, secret.expose_secret().as_bytes()).await
    }

    pub(crate) async fn get(&self, profile: &str, name: &str) -> Result<Option<StoreRecord>, Failure> {
        Ok(self.store.get(&key(profile, name)).await?)
    }

    /// In place of what is there.
    pub(crate) async fn put(&self, profile: &str, name: &str, content: &[u8]) -> Result<(), Failure> {
        self.change(profile, name, |_| content.to_vec()).await
    }

    /// What is made of what is there; of nothing, where nothing is.
    pub(crate) async fn change(
        &self,
        profile: &str,
        name: &str,
        change: impl Fn(&[u8]) -> Vec<u8>,
    ) -> Result<(), Failure> {
        loop {
            let before = self.get(profile, name).await?;
            let version = before.as_ref().map_or(1, |record| record.version() + 1);
            let content = change(before.as_ref().map_or(&[], StoreRecord::content));
            // Another copy may have been faster: then it is made of that one's.
            if self.put_version(profile, name, version, &content).await? {
                return Ok(());
            }
        }
    }

    /// Unless there is something; whether it did.
    pub(crate) async fn put_first(&self, profile: &str, name: &str, content: &[u8]) -> Result<bool, Failure> {
        self.put_version(profile, name, 1, content).await
    }

    async fn put_version(&self, profile: &str, name: &str, version: u64, content: &[u8]) -> Result<bool, Failure> {
        Ok(self.store.put_if_newer(&key(profile, name), &StoreRecord::new(version, content)).await?)
    }

    pub(crate) async fn remove(&self, profile: &str, name: &str) -> Result<(), Failure> {
        Ok(self.store.remove(&key(profile, name)).await?)
    }
}

fn key(profile: &str, name: &str) -> StoreKey {
    StoreKey::new(format!("grantkit-cli:{profile}:{name}"))
}

#[cfg(feature = "keyring")]
async fn keyring(folder: &Path) -> grantkit::Result<FileStore> {
    FileStore::with_keyring(folder, PROGRAM).await
}

#[cfg(not(feature = "keyring"))]
async fn keyring(_: &Path) -> grantkit::Result<FileStore> {
    Err(grantkit::Error::unsupported("this build has no keyring (the feature `keyring` is off)"))
}

fn has_tokens(folder: &Path) -> bool {
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    files.map(|file| file.path()).any(|path| path.extension().is_some_and(|extension| extension == "token"))
}
