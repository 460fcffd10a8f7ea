//! What is in the keyring, and a file store whose key is there.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use grantkit::store::{FileStore, KeyringStore, TokenStore};

use crate::kept::{Kept, kept, key, record};
use crate::secret_service::{ADDRESS, SecretService, credentials};

const SERVICE: &str = "acme-cli";

/// A keyring of this test's own.
pub(crate) struct Fixture(SecretService);

impl Fixture {
    pub(crate) fn start() -> Self {
        Self(SecretService::start())
    }

    fn store(&self) -> KeyringStore {
        KeyringStore::with_credential_store(SERVICE, self.0.credentials(), self.0.folder().join("locks")).unwrap()
    }
}

#[async_trait]
impl Kept for Fixture {
    async fn open(&self) -> Arc<dyn TokenStore> {
        Arc::new(self.store())
    }

    fn description(&self) -> String {
        format!("keyring {} {}", self.0.folder().display(), self.0.address())
    }
}

pub(crate) fn open(description: &str) -> Arc<dyn TokenStore> {
    let (folder, address) = description.split_once(' ').unwrap();
    let locks = Path::new(folder).join("locks");
    Arc::new(KeyringStore::with_credential_store(SERVICE, credentials(address), locks).unwrap())
}

/// All that is in the folder and below.
fn files(folder: &Path, found: &mut Vec<u8>) {
    for file in fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let kind = fs::symlink_metadata(&path).unwrap().file_type();
        if kind.is_dir() {
            files(&path, found);
        } else if kind.is_file() {
            found.extend(fs::read(&path).unwrap());
        }
    }
}

/// As a program does it, with the session's bus in the environment.
fn in_session<T>(service: &SecretService, home: &Path, work: impl AsyncFnOnce() -> T) -> T {
    let variables = [(ADDRESS, Some(service.address())), ("HOME", home.to_str()), ("XDG_STATE_HOME", None)];
    temp_env::with_vars(variables, || {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        runtime.block_on(work())
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_secret_is_readable_outside_of_the_keyring() {
    let place = Fixture::start();
    let store = place.store();
    assert!(store.put_if_newer(&key("billing"), &record(1, "s3cret-token")).await.unwrap());
    let _lease = store.lease(&key("billing"), Duration::from_mins(1)).await.unwrap().unwrap();
    let mut all = Vec::new();
    files(place.0.folder(), &mut all);
    let all = String::from_utf8_lossy(&all);
    // In plain text, or as base64.
    assert!(!all.is_empty() && !all.contains("s3cret") && !all.contains("czNjcmV0"), "{all}");
    assert!(!format!("{store:?}").contains("s3cret"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_another_program_put_there_is_an_error_and_stays_as_it_is() {
    let place = Fixture::start();
    let store = place.store();
    assert!(store.put_if_newer(&key("billing"), &record(1, "token")).await.unwrap());
    let name = fs::read_dir(place.0.folder().join("locks")).unwrap().next().unwrap().unwrap().file_name();
    let name = name.to_str().unwrap().trim_end_matches(".lock").to_owned();
    let put = move |text: &'static str| {
        let (credentials, name) = (place.0.credentials(), name.clone());
        let entry = move || credentials.build(SERVICE, &name, None).unwrap().set_password(text).unwrap();
        async move { tokio::task::spawn_blocking(entry).await.unwrap() }
    };
    for text in ["", "s3cret of another program", "0000000000000000000100000000000000000000 no base64"] {
        put(text).await;
        for error in [
            store.get(&key("billing")).await.unwrap_err(),
            store.put_if_newer(&key("billing"), &record(9, "token")).await.unwrap_err(),
        ] {
            assert!(error.is_security() && !error.is_retryable(), "{error}");
            assert!(error.to_string().contains(SERVICE), "{error}");
            assert!(!format!("{error} {error:?}").contains("s3cret"), "{error:?}");
        }
    }
    store.remove(&key("billing")).await.unwrap();
    assert!(store.put_if_newer(&key("billing"), &record(1, "new")).await.unwrap());
    assert_eq!(kept(&store, "billing").await, Some((1, "new".to_owned())));
}

#[test]
fn a_program_finds_the_sessions_keyring_and_a_folder_for_its_locks() {
    let mut service = SecretService::start();
    let home = tempfile::tempdir().unwrap();
    in_session(&service, home.path(), async || {
        let store = KeyringStore::open(SERVICE).await.unwrap();
        assert!(store.put_if_newer(&key("billing"), &record(1, "token")).await.unwrap());
        let again = KeyringStore::open(SERVICE).await.unwrap();
        assert_eq!(kept(&again, "billing").await, Some((1, "token".to_owned())));
        let other = KeyringStore::open("other-cli").await.unwrap();
        assert_eq!(kept(&other, "billing").await, None);
        assert!(home.path().join(".local/state/acme-cli/tokens").is_dir());
    });
    let store = in_session(&service, home.path(), async || KeyringStore::open(SERVICE).await.unwrap());
    service.end_session();
    in_session(&service, home.path(), async || {
        assert!(store.get(&key("billing")).await.unwrap_err().is_retryable());
        let error = KeyringStore::open(SERVICE).await.unwrap_err();
        assert!(error.is_configuration() && error.to_string().contains("FileStore"), "{error}");
    });
}

#[test]
fn a_file_store_keeps_its_key_in_the_keyring() {
    let service = SecretService::start();
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("tokens");
    in_session(&service, home.path(), async || {
        // The first ones make the key, together.
        let stores: Vec<_> = (0..8).map(|_| tokio::spawn(FileStore::with_keyring(folder.clone(), SERVICE))).collect();
        for (version, store) in (1..).zip(stores) {
            let store = store.await.unwrap().unwrap();
            assert!(store.put_if_newer(&key("billing"), &record(version, "s3cret-token")).await.unwrap());
        }
        let store = FileStore::with_keyring(&folder, SERVICE).await.unwrap();
        assert_eq!(kept(&store, "billing").await, Some((8, "s3cret-token".to_owned())));
        let mut all = Vec::new();
        files(&folder, &mut all);
        assert!(!String::from_utf8_lossy(&all).contains("s3cret"));
        // Another program's key opens nothing.
        let other = FileStore::with_keyring(&folder, "other-cli").await.unwrap();
        assert!(other.get(&key("billing")).await.unwrap_err().is_security());
    });
}
