//! What stays in the folder, and a key that is mounted into it.

use std::fs;
use std::os::unix::fs::symlink;
use std::time::{Duration, SystemTime};

use grantkit::keys::SealingKey;
use grantkit::store::{FileStore, TokenStore as _};

use crate::file_store::{Fixture, set_mode};
use crate::kept::{kept, key, record};
use crate::support;

#[tokio::test]
async fn files_of_records_that_are_over_are_deleted() {
    let place = Fixture::start();
    let day = Duration::from_hours(24);
    let (over, just_over) = (SystemTime::now() - 2 * day, SystemTime::now() - day / 2);
    let (first, kept_by) = (place.store(), place.store());
    let names = |ending: &str| {
        let all = fs::read_dir(place.path()).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<_> = all.filter_map(|name| Some(name.strip_suffix(ending)?.to_owned())).collect();
        names.sort();
        names
    };
    for (text, end) in [("a-ended", Some(over)), ("b-held", Some(over)), ("c-young", Some(just_over)), ("d-ever", None)]
    {
        assert!(first.put_if_newer(&key(text), &record(1, "it").with_expires_at(end)).await.unwrap());
    }
    drop(first.lease(&key("a-ended"), Duration::from_mins(1)).await.unwrap().unwrap());
    let held = first.lease(&key("b-held"), Duration::from_mins(1)).await.unwrap().unwrap();
    // Another process comes.
    assert!(kept_by.put_if_newer(&key("e-new"), &record(1, "it")).await.unwrap());
    let starts = |names: &[String], with: &[&str]| {
        names.len() == with.len() && names.iter().zip(with).all(|(name, with)| name.starts_with(with))
    };
    support::eventually("what is over is gone", async || {
        let (tokens, locks) = (names(".token"), names(".lock"));
        let is_swept = starts(&tokens, &["c-young", "d-ever", "e-new"]);
        (is_swept && starts(&locks, &["b-held", "c-young", "d-ever", "e-new"])).then_some(())
    })
    .await;
    assert!(starts(&names(".lease"), &["b-held"]));
    held.release().await.unwrap();
    assert!(kept_by.put_if_newer(&key("a-ended"), &record(1, "anew")).await.unwrap());
    assert_eq!(kept(&first, "a-ended").await, Some((1, "anew".to_owned())));
}

/// As Kubernetes mounts one: by a link, and for a group to read.
#[tokio::test]
async fn a_mounted_secret_is_refused_with_the_way_to_use_it() {
    let (place, mounted) = (Fixture::start(), Fixture::start());
    let data = mounted.path().join("..data");
    fs::write(&data, "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=").unwrap();
    let key_file = mounted.path().join("token-key");
    for is_link in [true, false] {
        if is_link {
            symlink(&data, &key_file).unwrap();
        } else {
            fs::remove_file(&key_file).unwrap();
            fs::copy(&data, &key_file).unwrap();
            set_mode(&key_file, 0o440);
        }
        let error = FileStore::with_key_file(place.path(), &key_file).await.unwrap_err();
        assert!(error.is_security() && error.to_string().contains("SealingKey::from_base64"), "{error}");
    }
    FileStore::open(place.path(), SealingKey::from_base64(fs::read_to_string(&data).unwrap()).unwrap()).unwrap();
}
