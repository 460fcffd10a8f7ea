//! Which of two records stays.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use grantkit::credentials::{CredentialCache, RefreshPolicy};
use grantkit::store::StoreRecord;
use grantkit::{Client, Credentials, OAuthToken};

use crate::kept::{Kept, for_each_store, kept, key, record};

for_each_store!(
    a_record_is_there_for_every_process,
    the_newer_version_stays,
    of_two_of_the_same_version_the_first_stays,
    of_fifty_who_put_the_same_version_one_is_told_so,
    versions_are_told_apart_to_the_last_one,
    what_is_removed_is_forgotten_with_its_version,
    a_record_may_be_large_empty_and_binary,
    any_text_is_a_key_and_no_two_are_the_same,
    a_record_says_until_when_it_is_kept,
    a_login_whose_retention_is_over_is_none,
);

async fn a_record_is_there_for_every_process(place: &dyn Kept) {
    let (one, other) = (place.open().await, place.open().await);
    assert_eq!(kept(&*other, "billing").await, None);
    assert!(one.put_if_newer(&key("billing"), &record(1, "token")).await.unwrap());
    assert_eq!(kept(&*other, "billing").await, Some((1, "token".to_owned())));
    assert_eq!(kept(&*other, "reports").await, None);
    assert_eq!(kept(&*place.open().await, "billing").await, Some((1, "token".to_owned())));
}

async fn the_newer_version_stays(place: &dyn Kept) {
    let (one, other) = (place.open().await, place.open().await);
    assert!(one.put_if_newer(&key("billing"), &record(9, "old")).await.unwrap());
    assert!(other.put_if_newer(&key("billing"), &record(10, "new")).await.unwrap());
    assert!(!one.put_if_newer(&key("billing"), &record(9, "late")).await.unwrap());
    assert!(!one.put_if_newer(&key("billing"), &record(0, "later")).await.unwrap());
    assert_eq!(kept(&*one, "billing").await, Some((10, "new".to_owned())));
}

async fn of_two_of_the_same_version_the_first_stays(place: &dyn Kept) {
    let (one, other) = (place.open().await, place.open().await);
    assert!(one.put_if_newer(&key("billing"), &record(3, "first")).await.unwrap());
    assert!(!other.put_if_newer(&key("billing"), &record(3, "second")).await.unwrap());
    assert!(!other.put_if_newer(&key("billing"), &record(3, "first")).await.unwrap());
    assert_eq!(kept(&*one, "billing").await, Some((3, "first".to_owned())));
}

async fn of_fifty_who_put_the_same_version_one_is_told_so(place: &dyn Kept) {
    let stores = [place.open().await, place.open().await];
    for version in 1..4 {
        let tasks: Vec<_> = (0..50)
            .map(|number| {
                let store = stores[number % 2].clone();
                tokio::spawn(async move {
                    let content = number.to_string();
                    store.put_if_newer(&key("billing"), &record(version, &content)).await.unwrap().then_some(content)
                })
            })
            .collect();
        let mut told = Vec::new();
        for task in tasks {
            told.extend(task.await.unwrap());
        }
        assert_eq!(told.len(), 1, "{told:?}");
        assert_eq!(kept(&*stores[0], "billing").await, Some((version, told.remove(0))));
    }
}

async fn versions_are_told_apart_to_the_last_one(place: &dyn Kept) {
    let store = place.open().await;
    // A number of JavaScript or Lua ends at 2⁵³.
    for version in [0, 9, 10, 1 << 53, (1 << 53) + 1, u64::MAX - 1, u64::MAX] {
        assert!(store.put_if_newer(&key("billing"), &record(version, "it")).await.unwrap(), "{version}");
        assert!(!store.put_if_newer(&key("billing"), &record(version, "again")).await.unwrap(), "{version}");
        assert_eq!(kept(&*store, "billing").await, Some((version, "it".to_owned())));
    }
}

async fn what_is_removed_is_forgotten_with_its_version(place: &dyn Kept) {
    let store = place.open().await;
    store.remove(&key("billing")).await.unwrap();
    assert!(store.put_if_newer(&key("billing"), &record(7, "old")).await.unwrap());
    assert!(store.put_if_newer(&key("reports"), &record(7, "other")).await.unwrap());
    store.remove(&key("billing")).await.unwrap();
    assert_eq!(kept(&*store, "billing").await, None);
    assert_eq!(kept(&*store, "reports").await, Some((7, "other".to_owned())));
    assert!(store.put_if_newer(&key("billing"), &record(1, "new")).await.unwrap());
    assert_eq!(kept(&*store, "billing").await, Some((1, "new".to_owned())));
}

async fn a_record_may_be_large_empty_and_binary(place: &dyn Kept) {
    let store = place.open().await;
    let contents =
        [Vec::new(), (0..=255).collect(), (0..65_536_u32).map(|number| (number % 251) as u8).collect::<Vec<_>>()];
    for (version, content) in (1..).zip(contents) {
        let record = StoreRecord::new(version, content.clone());
        assert!(store.put_if_newer(&key("billing"), &record).await.unwrap());
        assert_eq!(store.get(&key("billing")).await.unwrap().unwrap().content(), content);
    }
}

async fn any_text_is_a_key_and_no_two_are_the_same(place: &dyn Kept) {
    let store = place.open().await;
    let long = "long ".repeat(200);
    let longer = format!("{long}.");
    let keys = [
        "",
        " ",
        ".",
        "..",
        "../billing",
        "/",
        "\\",
        "a/b",
        "a:b",
        "A",
        "a",
        "ä",
        "a\u{308}",
        "con",
        "%",
        "%25",
        "{}",
        "}{",
        "a}b",
        "a\nb",
        "a\0b",
        "*",
        "$(id)",
        "'\"",
        "🔑",
        &long,
        &longer,
    ];
    for text in keys {
        assert!(store.put_if_newer(&key(text), &record(1, text)).await.unwrap(), "{text:?}");
    }
    for text in keys {
        assert_eq!(kept(&*store, text).await, Some((1, text.to_owned())));
        store.lease(&key(text), Duration::from_mins(1)).await.unwrap().expect("nobody has it").release().await.unwrap();
        store.remove(&key(text)).await.unwrap();
        assert_eq!(kept(&*store, text).await, None, "{text:?}");
    }
}

async fn a_record_says_until_when_it_is_kept(place: &dyn Kept) {
    let store = place.open().await;
    let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis();
    let now = UNIX_EPOCH + Duration::from_millis(u64::try_from(since_epoch).unwrap());
    let times = [None, Some(now + Duration::from_hours(1)), Some(now + Duration::from_hours(100 * 365 * 24))];
    for (version, time) in (1..).zip(times) {
        let record = record(version, "it").with_expires_at(time);
        assert!(store.put_if_newer(&key("billing"), &record).await.unwrap());
        assert_eq!(store.get(&key("billing")).await.unwrap().unwrap().expires_at(), time);
    }
}

/// However long a store has its record.
async fn a_login_whose_retention_is_over_is_none(place: &dyn Kept) {
    // A path of its own, as circuits are kept by path in the process.
    let nowhere = format!("http://127.0.0.1:9/{}", fastrand::u64(..));
    let client = Client::builder().client_id("app").public().token_endpoint(&nowhere).unwrap().build();
    for (retention, is_kept) in [(Duration::from_hours(1), true), (Duration::ZERO, false)] {
        let policy = RefreshPolicy::default().with_refresh_token_retention(retention);
        let mut processes = Vec::<Credentials>::new();
        for _ in 0..2 {
            let login = client.stored_login("alice").credentials_builder().policy(policy);
            processes.push(login.cache(&CredentialCache::new(1, None)).store(place.open().await).build());
        }
        let login = OAuthToken::new("t").unwrap().with_expires_at(UNIX_EPOCH).with_refresh_token("r");
        processes[0].put(login).await.unwrap();
        // It is sent where it is kept, to a server that is not there.
        let error = processes[1].token().await.unwrap_err();
        assert_eq!((error.is_connect(), error.needs_login()), (is_kept, !is_kept), "{retention:?}: {error:?}");
    }
}
