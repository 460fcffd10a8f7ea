use proptest::prelude::*;

use super::*;

/// The same by a list, the least recently used one first.
#[derive(Default)]
struct Model(Vec<(u8, u32, u32)>);

impl Model {
    fn insert(&mut self, key: u8, value: u32, weight: u32) {
        self.0.retain(|(known, ..)| *known != key);
        self.0.push((key, value, weight));
        while self.0.iter().map(|(.., weight)| weight).sum::<u32>() > MAX {
            self.0.remove(0);
        }
    }

    fn get_or_insert(&mut self, key: u8, value: u32, weight: u32) -> u32 {
        if let Some(place) = self.0.iter().position(|(known, ..)| *known == key) {
            let found = self.0.remove(place);
            self.0.push(found);
            return found.1;
        }
        self.insert(key, value, weight);
        value
    }
}

const MAX: u32 = 20;

proptest! {
    #[test]
    fn lru_cache_keeps_what_a_list_in_order_of_use_keeps(
        steps in prop::collection::vec((any::<bool>(), 0_u8..8, any::<u32>(), 0_u32..25), 0..60),
    ) {
        let (cache, mut model) = (LruCache::new(u64::from(MAX), None), Model::default());
        for (inserts, key, value, weight) in steps {
            if inserts {
                cache.insert(key, value, weight);
                model.insert(key, value, weight);
            } else {
                let found = cache.get_or_insert_with(&key, weight, || value);
                prop_assert_eq!(found, model.get_or_insert(key, value, weight));
            }
            let expected: Vec<_> = model.0.iter().map(|(_, value, _)| *value).collect();
            prop_assert_eq!(cache.values(), expected);
        }
    }
}

#[test]
fn what_goes_unused_is_evicted() {
    let (cache, start) = (LruCache::new(10, Some(Duration::from_mins(1))), Instant::now());
    let mut entries = cache.0.lock().unwrap();
    entries.evict_idle(start);
    entries.add("used", 1, 1);
    entries.add("unused", 2, 1);
    for seconds in [30, 60] {
        entries.evict_idle(start + Duration::from_secs(seconds));
        assert_eq!(entries.get(&"used"), Some(1));
    }
    entries.evict_idle(start + Duration::from_secs(61));
    assert_eq!((entries.get(&"used"), entries.get(&"unused")), (Some(1), None));
    assert_eq!((entries.weight, &entries.evicted[..]), (1, &[2][..]));
}

#[test]
fn an_evicted_value_may_use_the_cache_as_it_is_dropped() {
    struct Last(LruCache<u8, Option<Arc<Last>>>);
    impl Drop for Last {
        fn drop(&mut self) {
            self.0.insert(1, None, 1);
        }
    }
    let cache = LruCache::new(1, None);
    cache.insert(2, Some(Arc::new(Last(cache.clone()))), 1);
    cache.insert(3, None, 1);
    assert!(matches!(cache.values()[..], [None]));
}
