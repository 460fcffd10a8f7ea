//! A cache that evicts what was used least recently, bounded by the weight of its values and by how long one may go unused.
//!
//! One lock: for what is looked up at a network's pace.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// A clone is the same cache.
pub(crate) struct LruCache<K, V>(Arc<Mutex<Entries<K, V>>>);

struct Entries<K, V> {
    by_key: HashMap<K, Entry<V>>,
    /// The least recently used key first.
    by_use: BTreeMap<u64, K>,
    uses: u64,
    weight: u64,
    max_weight: u64,
    max_idle: Option<Duration>,
    /// Of the use under way, where it matters.
    now: Option<Instant>,
    /// Evicted values, for their owner to drop without the lock: a value's end may lead here again.
    evicted: Vec<V>,
}

struct Entry<V> {
    value: V,
    weight: u32,
    /// Its place in `by_use`.
    last_use: u64,
    used_at: Option<Instant>,
}

impl<K: Hash + Eq + Clone, V: Clone> LruCache<K, V> {
    /// For values of so much weight together, none of which goes unused for longer than `max_idle`.
    pub(crate) fn new(max_weight: u64, max_idle: Option<Duration>) -> Self {
        Self(Arc::new(Mutex::new(Entries {
            by_key: HashMap::new(),
            by_use: BTreeMap::new(),
            uses: 0,
            weight: 0,
            max_weight,
            max_idle,
            now: None,
            evicted: Vec::new(),
        })))
    }

    /// In place of any value under this key. A value that is heavier than the whole cache may weigh is not kept.
    pub(crate) fn insert(&self, key: K, value: V, weight: u32) {
        self.with(|entries| {
            entries.remove(&key);
            entries.add(key, value, weight);
        });
    }

    /// The value under this key, made first where there is none.
    pub(crate) fn get_or_insert_with(&self, key: &K, weight: u32, make: impl FnOnce() -> V) -> V {
        self.with(|entries| {
            if let Some(value) = entries.get(key) {
                return value;
            }
            let value = make();
            entries.add(key.clone(), value.clone(), weight);
            value
        })
    }

    #[cfg(not(feature = "memory"))]
    pub(crate) fn get(&self, key: &K) -> Option<V> {
        self.with(|entries| entries.get(key))
    }

    #[cfg(not(feature = "memory"))]
    pub(crate) fn remove(&self, key: &K) {
        self.with(|entries| entries.remove(key));
    }

    #[cfg(test)]
    pub(crate) fn values(&self) -> Vec<V> {
        self.with(|entries| entries.by_use.values().map(|key| entries.by_key[key].value.clone()).collect())
    }

    fn with<T>(&self, act: impl FnOnce(&mut Entries<K, V>) -> T) -> T {
        let (outcome, evicted) = {
            let mut entries: MutexGuard<'_, _> = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            if entries.max_idle.is_some() {
                entries.evict_idle(Instant::now());
            }
            (act(&mut entries), std::mem::take(&mut entries.evicted))
        };
        drop(evicted);
        outcome
    }
}

impl<K: Hash + Eq + Clone, V: Clone> Entries<K, V> {
    fn get(&mut self, key: &K) -> Option<V> {
        let entry = self.by_key.get_mut(key)?;
        entry.used_at = self.now;
        // The key that was used last is so already: often there is one.
        if entry.last_use != self.uses {
            let key = self.by_use.remove(&entry.last_use)?;
            self.uses += 1;
            entry.last_use = self.uses;
            self.by_use.insert(self.uses, key);
        }
        Some(entry.value.clone())
    }

    fn add(&mut self, key: K, value: V, weight: u32) {
        self.uses += 1;
        self.weight += u64::from(weight);
        self.by_use.insert(self.uses, key.clone());
        self.by_key.insert(key, Entry { value, weight, last_use: self.uses, used_at: self.now });
        while self.weight > self.max_weight && self.evict_first() {}
    }

    fn remove(&mut self, key: &K) {
        if let Some(entry) = self.by_key.remove(key) {
            self.by_use.remove(&entry.last_use);
            self.weight -= u64::from(entry.weight);
            self.evicted.push(entry.value);
        }
    }

    fn evict_idle(&mut self, now: Instant) {
        let Some(max_idle) = self.max_idle else { return };
        self.now = Some(now);
        let is_idle = |entry: &Entry<V>| entry.used_at.is_some_and(|used| now.duration_since(used) > max_idle);
        while self.by_use.first_key_value().and_then(|(_, key)| self.by_key.get(key)).is_some_and(is_idle) {
            self.evict_first();
        }
    }

    fn evict_first(&mut self) -> bool {
        let Some((_, key)) = self.by_use.pop_first() else { return false };
        self.remove(&key);
        true
    }
}

impl<K, V> Clone for LruCache<K, V> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}
