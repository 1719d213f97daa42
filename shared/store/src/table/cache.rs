//! What a warm function remembers, for a while.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// More entries than this and the cache starts afresh: it bounds memory, a hit rate matters less.
const CAPACITY: usize = 1_000;

/// A map whose entries are forgotten after a time. Absent things are never remembered.
pub(crate) struct Cache<K, V> {
    trust: Duration,
    entries: Mutex<HashMap<K, (Instant, V)>>,
}

impl<K: Eq + Hash, V: Clone> Cache<K, V> {
    pub(crate) fn new(trust: Duration) -> Self {
        Self { trust, entries: Mutex::new(HashMap::new()) }
    }

    pub(crate) fn get(&self, key: &K) -> Option<V> {
        let entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        entries.get(key).filter(|(at, _)| at.elapsed() < self.trust).map(|(_, value)| value.clone())
    }

    pub(crate) fn put(&self, key: K, value: V) {
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        if entries.len() >= CAPACITY {
            entries.clear();
        }
        entries.insert(key, (Instant::now(), value));
    }
}

impl<K, V> std::fmt::Debug for Cache<K, V> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Cache")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_old_is_forgotten() {
        let fresh = Cache::new(Duration::from_secs(60));
        fresh.put("key", 1);
        fresh.put("key", 2);
        assert_eq!((fresh.get(&"key"), fresh.get(&"other")), (Some(2), None));
        let stale = Cache::new(Duration::ZERO);
        stale.put("key", 1);
        assert_eq!(stale.get(&"key"), None);
    }

    #[test]
    fn it_never_grows_beyond_its_capacity() {
        let cache = Cache::new(Duration::from_secs(60));
        for key in 0..=CAPACITY {
            cache.put(key, key);
        }
        assert_eq!(cache.get(&CAPACITY), Some(CAPACITY));
        assert!(cache.entries.lock().unwrap().len() <= CAPACITY);
    }
}
