//! A store whose disk or administrator has damaged it: who can go on does, and logging in again mends it.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use grantkit::keys::SealingKey;
use grantkit::store::FileStore;

use crate::issuer::Issuer;
use crate::source::text;

fn open(folder: &Path) -> Arc<FileStore> {
    Arc::new(FileStore::open(folder, SealingKey::new([1; 32]).unwrap()).unwrap())
}

fn tokens(folder: &Path) -> Vec<PathBuf> {
    let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    files.filter(|path| path.extension().is_some_and(|ending| ending == "token")).collect()
}

#[tokio::test]
async fn a_login_takes_the_place_of_a_damaged_record() {
    let (issuer, folder) = (Issuer::new(), tempfile::tempdir().unwrap());
    let process = || issuer.person().process(open(folder.path()));
    process().put(issuer.login()).await.unwrap();
    let genuine: Vec<_> =
        tokens(folder.path()).into_iter().map(|path| (path.clone(), fs::read(path).unwrap())).collect();
    let cut_off = |content: &[u8]| content[..30].to_vec();
    let raised = |content: &[u8]| [b"99999999999999999999", &content[20..]].concat();
    for damage in [&cut_off as &dyn Fn(&[u8]) -> Vec<u8>, &raised, &|_| Vec::new()] {
        for (path, content) in &genuine {
            fs::write(path, damage(content)).unwrap();
        }
        let error = text(&process()).await.unwrap_err();
        assert!(error.is_security() && error.to_string().contains("log in again"), "{error}");
        process().put(issuer.login()).await.unwrap();
        text(&process()).await.unwrap();
    }
    assert_eq!((issuer.refreshes(), issuer.replays()), (0, 0));
}

#[tokio::test]
async fn a_machines_token_needs_no_store_that_can_be_read_or_written() {
    let (issuer, folder) = (Issuer::new(), tempfile::tempdir().unwrap());
    let process = || issuer.machine().process(open(folder.path()));
    text(&process()).await.unwrap();
    for path in tokens(folder.path()) {
        fs::write(path, "damaged").unwrap();
    }
    text(&process()).await.unwrap();
    // Neither can be made, whichever user runs this: a folder is in the place of each.
    for file in fs::read_dir(folder.path()).unwrap() {
        let path = file.unwrap().path();
        fs::remove_file(&path).unwrap();
        fs::create_dir(&path).unwrap();
    }
    text(&process()).await.unwrap();
}

/// A damaged record is of no use: the next renewal takes its place, and the others have that.
#[tokio::test]
async fn the_next_renewal_takes_the_place_of_a_damaged_access_token() {
    let (issuer, folder) = (Issuer::new(), tempfile::tempdir().unwrap());
    let process = || issuer.machine().process(open(folder.path()));
    text(&process()).await.unwrap();
    for path in tokens(folder.path()) {
        fs::write(path, "damaged").unwrap();
    }
    let renewed = text(&process()).await.unwrap();
    assert_eq!(text(&process()).await.unwrap(), renewed, "it is shared again");
    assert_eq!(issuer.requests().len(), 2);
}
