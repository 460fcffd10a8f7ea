//! The entries that are kept without a handle: moka's cache, whose readers do not wait for each other; without the feature `memory`, a
//! map behind one lock.

use std::hash::Hash;
use std::time::Duration;

#[cfg(not(feature = "memory"))]
use crate::lru_cache::LruCache;

/// At most so many values, each for as long as it is used.
pub(super) struct BoundedMap<K, V> {
    #[cfg(feature = "memory")]
    map: moka::sync::Cache<K, V>,
    #[cfg(not(feature = "memory"))]
    map: LruCache<K, V>,
}

#[cfg(feature = "memory")]
impl<K: Hash + Eq + Send + Sync + 'static, V: Clone + Send + Sync + 'static> BoundedMap<K, V> {
    pub(super) fn new(max: u64, max_idle: Option<Duration>) -> Self {
        let map = moka::sync::Cache::builder().max_capacity(max);
        let map = match max_idle {
            Some(idle) => map.time_to_idle(idle).build(),
            None => map.build(),
        };
        Self { map }
    }

    #[inline]
    pub(super) fn get(&self, key: &K) -> Option<V> {
        self.map.get(key)
    }

    pub(super) fn insert(&self, key: K, value: V) {
        self.map.insert(key, value);
    }

    pub(super) fn remove(&self, key: &K) {
        self.map.invalidate(key);
    }

    #[cfg(test)]
    pub(super) fn max_idle(&self) -> Option<Duration> {
        self.map.policy().time_to_idle()
    }
}

#[cfg(not(feature = "memory"))]
impl<K: Hash + Eq + Clone, V: Clone> BoundedMap<K, V> {
    pub(super) fn new(max: u64, max_idle: Option<Duration>) -> Self {
        Self { map: LruCache::new(max, max_idle) }
    }

    pub(super) fn get(&self, key: &K) -> Option<V> {
        self.map.get(key)
    }

    pub(super) fn insert(&self, key: K, value: V) {
        self.map.insert(key, value, 1);
    }

    pub(super) fn remove(&self, key: &K) {
        self.map.remove(key);
    }
}
