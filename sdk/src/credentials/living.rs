use std::collections::HashMap;
use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hash};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use moka::sync::Cache;

/// A moka cache that never has two values for one key: a value that moka has let go, and that somebody still holds,
/// comes back as the same one.
pub(super) struct LivingCache<K, V> {
    kept: Cache<K, Arc<V>>,
    living: [Mutex<Shard<K, V>>; SHARDS],
    hasher: RandomState,
}

struct Shard<K, V> {
    values: HashMap<K, Weak<V>>,
    /// The dead are swept out when there are twice as many as were alive last time.
    sweep_at: usize,
}

const SHARDS: usize = 16;
const FIRST_SWEEP: usize = 64;

impl<K, V> LivingCache<K, V>
where
    K: Hash + Eq + Clone + Send + Sync + 'static,
    V: Send + Sync + 'static,
{
    pub(super) fn new(max_capacity: u64, time_to_idle: Option<Duration>) -> Self {
        let builder = Cache::builder().max_capacity(max_capacity);
        let kept = match time_to_idle {
            Some(idle) => builder.time_to_idle(idle).build(),
            None => builder.build(),
        };
        let shard = || Mutex::new(Shard { values: HashMap::new(), sweep_at: FIRST_SWEEP });
        Self { kept, living: std::array::from_fn(|_| shard()), hasher: RandomState::new() }
    }

    pub(super) fn get(&self, key: &K) -> Option<Arc<V>> {
        self.kept.get(key).or_else(|| {
            let value = self.with_shard(key, |shard| shard.values.get(key).and_then(Weak::upgrade))?;
            self.kept.insert(key.clone(), Arc::clone(&value));
            Some(value)
        })
    }

    pub(super) fn get_or_insert_with(&self, key: &K, make: impl FnOnce() -> V) -> Arc<V> {
        if let Some(value) = self.kept.get(key) {
            return value;
        }
        let value = self.with_shard(key, |shard| match shard.values.get(key).and_then(Weak::upgrade) {
            Some(value) => value,
            None => {
                let value = Arc::new(make());
                shard.insert(key.clone(), Arc::downgrade(&value));
                value
            }
        });
        self.kept.insert(key.clone(), Arc::clone(&value));
        value
    }

    fn with_shard<T>(&self, key: &K, work: impl FnOnce(&mut Shard<K, V>) -> T) -> T {
        let [first, ..] = &self.living;
        let number = usize::try_from(self.hasher.hash_one(key) % SHARDS as u64).unwrap_or_default();
        let shard = self.living.get(number).unwrap_or(first);
        work(&mut shard.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl<K: Hash + Eq, V> Shard<K, V> {
    fn insert(&mut self, key: K, value: Weak<V>) {
        if self.values.len() >= self.sweep_at {
            self.values.retain(|_, value| value.strong_count() > 0);
            self.sweep_at = (self.values.len() * 2).max(FIRST_SWEEP);
        }
        self.values.insert(key, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_evicted_value_that_is_held_comes_back_as_itself() {
        let cache = LivingCache::<u32, u32>::new(1, None);
        let held = cache.get_or_insert_with(&1, || 10);
        cache.kept.invalidate_all();
        cache.kept.run_pending_tasks();
        assert!(Arc::ptr_eq(&held, &cache.get_or_insert_with(&1, || 11)));
        assert!(Arc::ptr_eq(&held, &cache.get(&1).unwrap()));
    }

    #[test]
    fn values_that_nobody_holds_are_swept_out() {
        let cache = LivingCache::<u32, u32>::new(1, None);
        for key in 0..10_000 {
            cache.get_or_insert_with(&key, || key);
            cache.kept.run_pending_tasks();
        }
        let listed: usize = cache.living.iter().map(|shard| shard.lock().unwrap().values.len()).sum();
        assert!(listed <= SHARDS * FIRST_SWEEP, "{listed}");
    }
}
