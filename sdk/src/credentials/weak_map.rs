use std::collections::HashMap;
use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hash};
use std::sync::{Arc, PoisonError, Weak};

use super::sync::{Mutex, MutexGuard};

/// Values by their key, for as long as they are held elsewhere.
pub(super) struct WeakMap<K, V> {
    shards: [Mutex<Shard<K, V>>; SHARDS],
    hasher: RandomState,
}

struct Shard<K, V> {
    values: HashMap<K, Weak<V>>,
    /// The dead are swept out when there are twice as many as were alive last time.
    sweep_at: usize,
}

const SHARDS: usize = 16;
const FIRST_SWEEP: usize = 64;

impl<K: Hash + Eq + Clone, V> WeakMap<K, V> {
    pub(super) fn new() -> Self {
        let shard = || Mutex::new(Shard { values: HashMap::new(), sweep_at: FIRST_SWEEP });
        Self { shards: std::array::from_fn(|_| shard()), hasher: RandomState::new() }
    }

    /// The value, with which something is done before it can be removed.
    pub(super) fn get_and(&self, key: &K, then: impl FnOnce(&Arc<V>)) -> Option<Arc<V>> {
        let shard = self.shard(key);
        let value = shard.values.get(key)?.upgrade()?;
        then(&value);
        Some(value)
    }

    /// All values that are held at this moment.
    pub(super) fn all(&self) -> Vec<Arc<V>> {
        let alive = |shard: &Mutex<Shard<K, V>>| {
            let shard = shard.lock().unwrap_or_else(PoisonError::into_inner);
            shard.values.values().filter_map(Weak::upgrade).collect::<Vec<_>>()
        };
        self.shards.iter().flat_map(alive).collect()
    }

    /// Forgets the value, and does the rest before another can be read or inserted. Gives the value if it is held.
    pub(super) fn remove_and(&self, key: &K, then: impl FnOnce()) -> Option<Arc<V>> {
        let mut shard = self.shard(key);
        let removed = shard.values.remove(key).and_then(|value| value.upgrade());
        then();
        removed
    }

    /// A value that is there already, under a key that no other has.
    pub(super) fn insert(&self, key: K, value: &Arc<V>) {
        self.shard(&key).insert(key, Arc::downgrade(value));
    }

    pub(super) fn get_or_insert_with(&self, key: &K, make: impl FnOnce() -> V) -> Arc<V> {
        self.get_or_insert_and(key, make, |_| ())
    }

    /// The value, with which something is done before it can be removed.
    pub(super) fn get_or_insert_and(&self, key: &K, make: impl FnOnce() -> V, then: impl FnOnce(&Arc<V>)) -> Arc<V> {
        let mut shard = self.shard(key);
        let value = shard.values.get(key).and_then(Weak::upgrade).unwrap_or_else(|| {
            let value = Arc::new(make());
            shard.insert(key.clone(), Arc::downgrade(&value));
            value
        });
        then(&value);
        value
    }

    fn shard(&self, key: &K) -> MutexGuard<'_, Shard<K, V>> {
        let [first, ..] = &self.shards;
        let number = usize::try_from(self.hasher.hash_one(key) % SHARDS as u64).unwrap_or_default();
        self.shards.get(number).unwrap_or(first).lock().unwrap_or_else(PoisonError::into_inner)
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
    fn a_value_that_is_held_is_the_one() {
        shuttle::check_random(held_is_the_one, 1);
    }

    fn held_is_the_one() {
        let weak_map = WeakMap::new();
        let held = weak_map.get_or_insert_with(&1, || 10);
        assert!(Arc::ptr_eq(&held, &weak_map.get_or_insert_with(&1, || 11)));
        assert!(Arc::ptr_eq(&held, &weak_map.get_and(&1, |_| ()).unwrap()));
        drop(held);
        assert!(weak_map.get_and(&1, |_| ()).is_none());
        assert_eq!(*weak_map.get_or_insert_with(&1, || 11), 11);
    }

    #[test]
    fn values_without_a_holder_are_swept_out() {
        shuttle::check_random(not_held_is_swept_out, 1);
    }

    fn not_held_is_swept_out() {
        let weak_map = WeakMap::new();
        for key in 0..4_000 {
            weak_map.get_or_insert_with(&key, || key);
        }
        let listed: usize = weak_map.shards.iter().map(|shard| shard.lock().unwrap().values.len()).sum();
        assert!(listed <= SHARDS * FIRST_SWEEP, "{listed}");
    }
}
