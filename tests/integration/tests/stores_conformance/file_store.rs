//! What is in the folder, who can read it, and what is refused.

use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use grantkit::keys::SealingKey;
use grantkit::store::{FileStore, TokenStore};
use tempfile::TempDir;

use crate::kept::{Kept, kept, key, record, sealing_key};

/// A folder of this test's own.
pub(crate) struct Fixture(TempDir);

impl Fixture {
    pub(crate) fn start() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn store(&self) -> FileStore {
        FileStore::open(self.path(), sealing_key()).unwrap()
    }

    /// The one file with this ending.
    fn file(&self, ending: &str) -> PathBuf {
        let files = fs::read_dir(self.path()).unwrap().map(|file| file.unwrap().path());
        let mut files = files.filter(|path| path.to_str().unwrap().ends_with(ending));
        let file = files.next().expect("it is there");
        assert_eq!(files.next(), None);
        file
    }
}

#[async_trait]
impl Kept for Fixture {
    async fn open(&self) -> Arc<dyn TokenStore> {
        Arc::new(self.store())
    }

    fn description(&self) -> String {
        format!("file {}", self.path().display())
    }
}

pub(crate) fn open(path: &str) -> Arc<dyn TokenStore> {
    Arc::new(FileStore::open(path, sealing_key()).unwrap())
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().mode() & 0o7777
}

pub(crate) fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

/// Nothing is read, nothing is written, and it is said what and where.
async fn is_refused(store: &FileStore, what: &str) {
    let get = store.get(&key("billing")).await.unwrap_err();
    let put = store.put_if_newer(&key("billing"), &record(100, "token")).await.unwrap_err();
    for error in [get, put] {
        assert!(error.is_security() && !error.is_retryable(), "{error}");
        assert!(error.to_string().contains(what), "{error}");
    }
}

#[tokio::test]
async fn files_are_the_owners_only_and_nothing_secret_is_readable_in_them() {
    let place = Fixture::start();
    let folder = place.path().join("made/by/it");
    let store = FileStore::open(&folder, sealing_key()).unwrap();
    assert!(store.put_if_newer(&key("billing"), &record(1, "s3cret-token")).await.unwrap());
    assert!(store.put_if_newer(&key("billing"), &record(2, "s3cret-token")).await.unwrap());
    let _lease = store.lease(&key("billing"), Duration::from_mins(1)).await.unwrap().unwrap();
    assert_eq!(mode(&folder), 0o700);
    let mut endings = Vec::new();
    for file in fs::read_dir(&folder).unwrap() {
        let path = file.unwrap().path();
        assert_eq!(mode(&path), 0o600, "{}", path.display());
        let content = String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
        assert!(!content.contains("s3cret"), "{}: {content}", path.display());
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        assert!(name.starts_with("billing-"), "{name}");
        endings.push(path.extension().unwrap().to_str().unwrap().to_owned());
    }
    endings.sort();
    assert_eq!(endings, ["lease", "lock", "token"], "and nothing that was in between");
    assert!(!format!("{store:?}").contains("s3cret"));
}

#[tokio::test]
async fn a_symbolic_link_is_refused_and_what_it_leads_to_is_left_alone() {
    let (place, elsewhere) = (Fixture::start(), Fixture::start());
    let store = place.store();
    assert!(store.put_if_newer(&key("billing"), &record(1, "token")).await.unwrap());
    let (file, target) = (place.file(".token"), elsewhere.path().join("target"));
    for content in [None, Some(fs::read(&file).unwrap())] {
        let _ = fs::remove_file(&file);
        symlink(&target, &file).unwrap();
        if let Some(content) = &content {
            fs::write(&target, content).unwrap();
            set_mode(&target, 0o600);
        }
        is_refused(&store, "symbolic link").await;
        assert_eq!(fs::read(&target).ok(), content);
    }
    // A lock that leads elsewhere, neither.
    let lock = place.file(".lock");
    fs::remove_file(&lock).unwrap();
    symlink(elsewhere.path().join("lock"), &lock).unwrap();
    assert!(store.put_if_newer(&key("billing"), &record(9, "token")).await.unwrap_err().is_security());
    assert!(store.lease(&key("billing"), Duration::from_secs(1)).await.unwrap_err().is_security());
    assert!(!elsewhere.path().join("lock").exists());
}

#[tokio::test]
async fn a_file_that_others_could_read_or_write_is_refused() {
    let place = Fixture::start();
    let store = place.store();
    assert!(store.put_if_newer(&key("billing"), &record(1, "token")).await.unwrap());
    let file = place.file(".token");
    for wider in [0o640, 0o604, 0o620, 0o602, 0o777] {
        set_mode(&file, wider);
        is_refused(&store, "chmod 600").await;
        assert_eq!(mode(&file), wider, "it is not mended behind anybody's back");
    }
    set_mode(&file, 0o600);
    assert_eq!(kept(&store, "billing").await, Some((1, "token".to_owned())));
    fs::remove_file(&file).unwrap();
    fs::create_dir(&file).unwrap();
    assert!(store.get(&key("billing")).await.is_err());
    assert!(store.put_if_newer(&key("billing"), &record(9, "token")).await.is_err());
}

#[tokio::test]
async fn a_file_or_folder_of_another_user_is_refused() {
    let place = Fixture::start();
    let store = place.store();
    assert!(store.put_if_newer(&key("billing"), &record(1, "token")).await.unwrap());
    // Only root can give files away; every other user sees that root's are refused.
    let owner = fs::metadata(place.path()).unwrap().uid();
    if owner == 0 {
        std::os::unix::fs::chown(place.file(".token"), Some(12_345), None).unwrap();
        is_refused(&store, "another user").await;
        std::os::unix::fs::chown(place.path(), Some(12_345), None).unwrap();
        let error = FileStore::open(place.path(), sealing_key()).unwrap_err();
        assert!(error.is_security() && error.to_string().contains("another user"), "{error}");
        std::os::unix::fs::chown(place.path(), Some(0), None).unwrap();
    } else {
        let error = FileStore::open("/etc", sealing_key()).unwrap().get(&key("billing")).await;
        assert!(error.unwrap().is_none(), "root's folder can be read, and has no token");
        assert!(place.store().get(&key("billing")).await.unwrap().is_some());
    }
}

#[tokio::test]
async fn a_folder_that_others_can_write_to_is_refused() {
    let place = Fixture::start();
    for wider in [0o720, 0o702, 0o777, 0o1777] {
        set_mode(place.path(), wider);
        let error = FileStore::open(place.path(), sealing_key()).unwrap_err();
        assert!(error.is_security() && error.to_string().contains("chmod go-w"), "{error}");
    }
    set_mode(place.path(), 0o755);
    let store = FileStore::open(place.path(), sealing_key()).unwrap();
    // As when it is opened, so at each use.
    assert!(store.put_if_newer(&key("billing"), &record(1, "token")).await.unwrap());
    for wider in [0o720, 0o702, 0o777] {
        set_mode(place.path(), wider);
        is_refused(&store, "chmod go-w").await;
        assert!(store.remove(&key("billing")).await.unwrap_err().is_security());
        assert!(store.lease(&key("billing"), Duration::from_secs(1)).await.unwrap_err().is_security());
    }
    set_mode(place.path(), 0o755);
    assert_eq!(kept(&store, "billing").await, Some((1, "token".to_owned())));
    let file = place.path().join("file");
    fs::write(&file, "").unwrap();
    assert!(FileStore::open(&file, sealing_key()).unwrap_err().is_configuration());
    assert!(FileStore::open(file.join("below"), sealing_key()).unwrap_err().is_configuration());
}

#[tokio::test]
async fn a_link_in_the_place_of_the_folder_is_refused() {
    let (place, elsewhere) = (Fixture::start(), Fixture::start());
    let folder = place.path().join("tokens");
    // One that was there when it was opened is another name of the folder.
    symlink(elsewhere.path(), place.path().join("link")).unwrap();
    let by_link = FileStore::open(place.path().join("link"), sealing_key()).unwrap();
    assert!(by_link.put_if_newer(&key("billing"), &record(1, "token")).await.unwrap());
    let store = FileStore::open(&folder, sealing_key()).unwrap();
    assert!(store.put_if_newer(&key("billing"), &record(2, "token")).await.unwrap());
    fs::rename(&folder, place.path().join("moved")).unwrap();
    symlink(elsewhere.path(), &folder).unwrap();
    is_refused(&store, "symbolic link").await;
    fs::remove_file(&folder).unwrap();
    // Made again where it was removed.
    assert_eq!(kept(&store, "billing").await, None);
    assert!(store.put_if_newer(&key("billing"), &record(3, "token")).await.unwrap());
    assert_eq!(mode(&folder), 0o700);
    assert_eq!(kept(&by_link, "billing").await, Some((1, "token".to_owned())));
}

/// It is the store that cannot be used: clients that can do without it go on, and its message says what is wrong.
#[tokio::test]
async fn a_file_that_cannot_be_written_is_the_stores_trouble() {
    let place = Fixture::start();
    let store = place.store();
    assert!(store.put_if_newer(&key("billing"), &record(1, "token")).await.unwrap());
    // No user, root included, can rename a file over a folder that is not empty, nor make a file where one is.
    let file = place.file(".token");
    let new = format!("{}.new", file.display());
    fs::create_dir(&new).unwrap();
    fs::write(Path::new(&new).join("in the way"), "").unwrap();
    let error = store.put_if_newer(&key("billing"), &record(2, "token")).await.unwrap_err();
    assert!(error.is_retryable() && !error.is_configuration(), "{error:?}");
    assert!(
        error.to_string().contains(file.to_str().unwrap()) && error.to_string().contains("cannot be written"),
        "{error}"
    );
    assert_eq!(kept(&store, "billing").await, Some((1, "token".to_owned())));
    fs::remove_dir_all(&new).unwrap();
    assert!(store.put_if_newer(&key("billing"), &record(2, "token")).await.unwrap());
}

#[tokio::test]
async fn a_key_file_is_made_by_the_first_and_taken_by_the_others() {
    let place = Fixture::start();
    let (folder, key_file) = (place.path().join("tokens"), place.path().join("keys/token-key"));
    let opening: Vec<_> =
        (0..10).map(|_| tokio::spawn(FileStore::with_key_file(folder.clone(), key_file.clone()))).collect();
    for (version, store) in (1..).zip(opening) {
        let store = store.await.unwrap().unwrap();
        // Each reads what those before it have put: they have one key.
        let before = kept(&store, "billing").await;
        assert_eq!(before.map(|(version, _)| version), (version > 1).then(|| version - 1));
        assert!(store.put_if_newer(&key("billing"), &record(version, "s3cret")).await.unwrap());
    }
    assert_eq!((mode(&key_file), mode(key_file.parent().unwrap())), (0o600, 0o700));
    let text = fs::read_to_string(&key_file).unwrap();
    assert_eq!(text.len(), 45, "32 bytes in Base64, and the end of the line");

    let open = || FileStore::with_key_file(&folder, &key_file);
    for wider in [0o640, 0o604] {
        set_mode(&key_file, wider);
        let error = open().await.unwrap_err();
        assert!(error.is_security() && error.to_string().contains("chmod 600"), "{error}");
    }
    set_mode(&key_file, 0o600);
    for damaged in ["", "AAAA", "no key at all", &text[..40]] {
        fs::write(&key_file, damaged).unwrap();
        let error = open().await.unwrap_err();
        assert!(error.is_security() && error.to_string().contains("`openssl rand -base64 32`"), "{error}");
        assert_eq!(fs::read_to_string(&key_file).unwrap(), damaged, "it is not replaced: the tokens would be lost");
    }
    fs::write(&key_file, text.trim_end().trim_end_matches('=')).unwrap();
    assert!(kept(&open().await.unwrap(), "billing").await.is_some());
    fs::remove_file(&key_file).unwrap();
    symlink(place.path().join("elsewhere"), &key_file).unwrap();
    assert!(open().await.unwrap_err().is_security());
    assert!(FileStore::with_key_file(&folder, "/").await.unwrap_err().is_configuration());
}

#[tokio::test]
async fn a_damaged_file_is_an_error_and_stays_as_it_is() {
    let place = Fixture::start();
    let store = place.store();
    assert!(store.put_if_newer(&key("billing"), &record(1, "token")).await.unwrap());
    assert!(store.put_if_newer(&key("other"), &record(1, "token")).await.unwrap());
    let file = fs::read_dir(place.path()).unwrap().map(|file| file.unwrap().path());
    let mut files = file.filter(|path| path.extension().is_some_and(|ending| ending == "token"));
    let file = files.find(|path| path.file_name().unwrap().to_str().unwrap().starts_with("billing")).unwrap();
    let genuine = fs::read(&file).unwrap();
    let mut flipped = genuine.clone();
    *flipped.last_mut().unwrap() ^= 1;
    let raised = [b"00000000000000000009", &genuine[20..]].concat();
    let damaged =
        [Vec::new(), genuine[..10].to_vec(), genuine[..genuine.len() - 1].to_vec(), flipped, raised, vec![0; 4096]];
    for content in damaged {
        fs::write(&file, &content).unwrap();
        is_refused(&store, "with_previous_key").await;
        is_refused(&store, file.to_str().unwrap()).await;
        assert_eq!(fs::read(&file).unwrap(), content, "it is not overwritten");
    }
    assert_eq!(kept(&store, "other").await, Some((1, "token".to_owned())), "the others are whole");
    // Another client's token.
    let other = files.next().or_else(|| {
        let all = fs::read_dir(place.path()).unwrap().map(|file| file.unwrap().path());
        all.filter(|path| path.extension().is_some_and(|ending| ending == "token")).find(|path| *path != file)
    });
    fs::write(&file, fs::read(other.unwrap()).unwrap()).unwrap();
    is_refused(&store, "with_previous_key").await;
    store.remove(&key("billing")).await.unwrap();
    assert!(store.put_if_newer(&key("billing"), &record(1, "new")).await.unwrap());
}

#[tokio::test]
async fn what_a_crash_left_behind_does_no_harm() {
    let place = Fixture::start();
    let store = place.store();
    assert!(store.put_if_newer(&key("billing"), &record(1, "token")).await.unwrap());
    let file = place.file(".token");
    let new = PathBuf::from(format!("{}.new", file.display()));
    let lease = PathBuf::from(file.to_str().unwrap().replace(".token", ".lease"));
    fs::write(&new, "half a fil").unwrap();
    fs::write(&lease, "half a lea").unwrap();
    set_mode(&lease, 0o600);
    assert_eq!(kept(&store, "billing").await, Some((1, "token".to_owned())));
    assert!(store.put_if_newer(&key("billing"), &record(2, "next")).await.unwrap());
    assert_eq!(kept(&store, "billing").await, Some((2, "next".to_owned())));
    assert!(!new.exists());
    store.lease(&key("billing"), Duration::from_mins(1)).await.unwrap().unwrap().release().await.unwrap();

    // A link in the place of the file in between is not written through.
    let elsewhere = Fixture::start();
    symlink(elsewhere.path().join("target"), &new).unwrap();
    assert!(store.put_if_newer(&key("billing"), &record(3, "last")).await.unwrap());
    assert!(!elsewhere.path().join("target").exists());
}

#[tokio::test]
async fn a_key_can_be_changed_without_losing_a_token() {
    let place = Fixture::start();
    let (old, new) = (SealingKey::new([1; 32]).unwrap(), SealingKey::new([2; 32]).unwrap());
    let with = |key: SealingKey| FileStore::open(place.path(), key).unwrap();
    assert!(with(old.clone()).put_if_newer(&key("billing"), &record(1, "token")).await.unwrap());
    is_refused(&with(new.clone()), "with_previous_key").await;
    let both = with(new.clone().with_previous_key(&old));
    assert_eq!(kept(&both, "billing").await, Some((1, "token".to_owned())));
    assert!(both.put_if_newer(&key("billing"), &record(2, "next")).await.unwrap());
    assert_eq!(kept(&with(new), "billing").await, Some((2, "next".to_owned())));
}

/// A store that waits for another process blocks no task of the runtime.
#[tokio::test(flavor = "current_thread")]
async fn waiting_blocks_no_other_task() {
    let place = Fixture::start();
    let store = place.store();
    assert!(store.put_if_newer(&key("billing"), &record(1, "token")).await.unwrap());
    let lock = fs::File::open(place.file(".lock")).unwrap();
    lock.lock().unwrap();
    let waiting = tokio::spawn({
        let store = store.clone();
        async move { store.put_if_newer(&key("billing"), &record(2, "next")).await.unwrap() }
    });
    for _ in 0..20 {
        tokio::time::sleep(Duration::from_millis(5)).await;
        assert!(!waiting.is_finished());
    }
    assert_eq!(kept(&store, "billing").await, Some((1, "token".to_owned())), "who reads does not wait");
    lock.unlock().unwrap();
    assert!(waiting.await.unwrap());
}

#[test]
fn a_runtime_that_ends_takes_nothing_with_it() {
    let place = Fixture::start();
    let store = place.store();
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let held = runtime().block_on(async {
        assert!(store.put_if_newer(&key("billing"), &record(1, "token")).await.unwrap());
        store.lease(&key("billing"), Duration::from_mins(10)).await.unwrap().unwrap()
    });
    runtime().block_on(async {
        assert_eq!(kept(&store, "billing").await, Some((1, "token".to_owned())));
        held.release().await.unwrap();
        assert!(store.lease(&key("billing"), Duration::from_mins(10)).await.unwrap().is_some());
    });
}

#[test]
fn the_default_folder_is_the_systems() {
    temp_env::with_vars([("HOME", Some("/home/ada")), ("XDG_STATE_HOME", None)], || {
        let folder = FileStore::default_folder("acme-cli").unwrap();
        let expected = if cfg!(target_os = "macos") {
            "Library/Application Support/acme-cli/tokens"
        } else {
            ".local/state/acme-cli/tokens"
        };
        assert_eq!(folder, Path::new("/home/ada").join(expected));
    });
    for name in ["", "..", "../other", "a/b", ".hidden", "a\0b"] {
        assert!(FileStore::default_folder(name).unwrap_err().is_configuration(), "{name:?}");
    }
}
