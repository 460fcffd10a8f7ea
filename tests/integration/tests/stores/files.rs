//! The same with files, of which each process has its own view.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use grantkit::keys::SealingKey;
use grantkit::store::FileStore;

use crate::issuer::Issuer;
use crate::source::text;

fn open(folder: &Path, key: u8) -> FileStore {
    FileStore::open(folder, SealingKey::new([key; 32]).unwrap()).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn copies_of_a_tool_that_are_started_together_make_one_refresh() {
    let (issuer, folder) = (Issuer::new().latency(Duration::from_millis(50)), tempfile::tempdir().unwrap());
    issuer.person().process(open(folder.path(), 1)).put(issuer.expired_login()).await.unwrap();
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..10 {
        let credentials = issuer.person().process(open(folder.path(), 1));
        tasks.spawn(async move { text(&credentials).await.unwrap() });
    }
    let tokens: BTreeSet<_> = tasks.join_all().await.into_iter().collect();
    assert_eq!(tokens, BTreeSet::from(["access-2".to_owned()]));
    assert_eq!((issuer.refreshes(), issuer.replays()), (1, 0));
}

#[tokio::test]
async fn a_login_that_another_key_has_sealed_can_be_cleared_and_nothing_else() {
    let (issuer, folder) = (Issuer::new(), tempfile::tempdir().unwrap());
    issuer.person().process(open(folder.path(), 1)).put(issuer.login()).await.unwrap();
    let credentials = issuer.person().process(open(folder.path(), 2));
    let error = text(&credentials).await.unwrap_err();
    assert!(error.is_configuration() || error.is_security(), "{error}");
    let error = credentials.put(issuer.login()).await.unwrap_err();
    assert!(error.is_configuration() || error.is_security(), "{error}");
    assert_eq!(text(&issuer.person().process(open(folder.path(), 1))).await.unwrap(), "access-1", "it is still there");

    credentials.clear().await.unwrap();
    credentials.put(issuer.login()).await.unwrap();
    assert_eq!(text(&issuer.person().process(open(folder.path(), 2))).await.unwrap(), "access-3");
}
