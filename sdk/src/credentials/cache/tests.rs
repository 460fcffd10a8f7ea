use async_trait::async_trait;
use shuttle::scheduler::{PctScheduler, RandomScheduler};
use shuttle::{Config, Runner};

use super::*;
use crate::token::OAuthToken;

struct Client;

#[async_trait]
impl OAuthClient for Client {
    async fn get_token(&self) -> Result<OAuthToken> {
        Err(Error::temporary("it is not asked"))
    }
}

#[test]
fn the_cache_of_the_process_drops_what_was_idle_for_a_day() {
    // Its locks are the model checker's.
    shuttle::check_random(
        || assert_eq!(CredentialCache::global().0.kept.max_idle(), Some(Duration::from_hours(24))),
        1,
    );
}

/// Two callers build the same credentials, and the entry is removed meanwhile: one that was found before it was removed is not kept
/// afterwards, where callers would go on finding it beside its successor.
#[test]
fn an_entry_removed_while_others_add_it_is_not_kept() {
    let scenario = || {
        let cache = CredentialCache::new(4, None);
        let key = CacheKey::from_client(&Client);
        let adding = [(); 2].map(|()| {
            let cache = cache.clone();
            shuttle::thread::spawn(move || Credentials::builder(Client).cache(&cache).build())
        });
        cache.remove(&key);
        let held = adding.map(|adding| adding.join().unwrap());
        let kept = cache.0.kept.get(&key.entry);
        let found = cache.0.weak_map.get_and(&key.entry, |_| ());
        assert!(kept.is_none_or(|kept| found.is_some_and(|found| Arc::ptr_eq(&kept, &found))), "it came back");
        drop(held);
    };
    in_many_orders(scenario);
}

/// An entry that was evicted and that a handle holds is found again, and is removed meanwhile: between the look into the map and the use of
/// what was found, it must not become one that is kept.
#[test]
fn an_entry_removed_while_others_find_it_is_not_kept() {
    in_many_orders(|| {
        let cache = CredentialCache::new(4, None);
        let held = Credentials::builder(Client).cache(&cache).build();
        let key = CacheKey::from_client(&Client);
        cache.0.kept.remove(&key.entry);
        let finding = [(); 2].map(|()| {
            let (cache, key) = (cache.clone(), key.clone());
            shuttle::thread::spawn(move || cache.get(&key))
        });
        cache.remove(&key);
        let found = finding.map(|finding| finding.join().unwrap());
        assert!(cache.get(&key).is_none(), "it came back");
        drop((held, found));
    });
}

/// What is built after a removal is another entry, also where other callers have just found the removed one, and a handle holds it.
#[test]
fn an_entry_built_after_a_removal_is_another() {
    in_many_orders(|| {
        let cache = CredentialCache::new(4, None);
        let held = Credentials::builder(Client).cache(&cache).build();
        let key = CacheKey::from_client(&Client);
        let removed = cache.0.get(&key.entry).unwrap();
        cache.0.kept.remove(&key.entry);
        let building = [(); 2].map(|()| {
            let cache = cache.clone();
            shuttle::thread::spawn(move || Credentials::builder(Client).cache(&cache).build())
        });
        cache.remove(&key);
        let built = Credentials::builder(Client).cache(&cache).build();
        let others = building.map(|building| building.join().unwrap());
        let there = cache.0.get(&key.entry).unwrap();
        assert!(!Arc::ptr_eq(&there, &removed), "the removed one came back");
        drop((held, built, others));
    });
}

fn in_many_orders(scenario: impl Fn() + Copy + Send + Sync + 'static) {
    let config = || {
        let mut config = Config::new();
        config.stack_size = 256 * 1024;
        config.silence_warnings = true;
        config
    };
    Runner::new(RandomScheduler::new(600), config()).run(scenario);
    Runner::new(PctScheduler::new(4, 600), config()).run(scenario);
}
