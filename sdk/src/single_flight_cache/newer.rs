use std::hash::Hash;
use std::sync::Arc;

use super::{Fetched, SingleFlightCache};
use crate::error::Result;
use crate::time::Time;

impl<K, T> SingleFlightCache<K, T>
where
    K: Hash + Eq + Clone + Send + Sync + 'static,
    T: Send + Sync + 'static,
{
    /// A value newer than `seen`, or `seen` again within the cool-down of this asker. Each asker has a cool-down of its own.
    pub(crate) async fn newer_than<F>(
        &self,
        seen: &Arc<T>,
        asker: u64,
        key: &K,
        time: &Time,
        fetch: impl FnOnce() -> F,
    ) -> Result<Arc<T>>
    where
        F: Future<Output = Result<Fetched<T>>> + Send + 'static,
    {
        let entry = self.entry(key);
        let ended = entry.ended();
        match entry.value() {
            Some(value) if !Arc::ptr_eq(&value, seen) => return Ok(value),
            _ => {}
        }
        let mut flight = entry.lock().await;
        let now = time.now().monotonic;
        if entry.ended() != ended {
            let outcome = entry.last_outcome(&flight);
            let pause = if outcome.is_ok() { self.limits.cool_down } else { self.limits.failure_pause };
            flight.set_next_try_of(asker, now, pause);
            return outcome;
        }
        if flight.next_tries.get(&asker).is_some_and(|next_try| now < *next_try) {
            return Ok(Arc::clone(seen));
        }
        // Set before the request: the runtime may go away while it is under way.
        flight.set_next_try_of(asker, now, self.limits.failure_pause);
        self.run(key, &entry, flight, ended, Some(asker), time, fetch).await
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::single_flight_cache::Limits;

    const HOUR: Duration = Duration::from_hours(1);
    const LIMITS: Limits = Limits {
        max_bytes: 1000,
        min_weight: 10,
        max_stale: Duration::from_hours(24),
        cool_down: Duration::from_mins(1),
        failure_pause: Duration::from_secs(1),
    };

    #[tokio::test]
    async fn each_asker_for_a_newer_value_has_a_cool_down_of_its_own() {
        let (cache, time) = (SingleFlightCache::new(LIMITS), Time::manual(1000));
        let newer = |seen: Arc<&'static str>, asker: u64, value: &'static str| {
            let (cache, time) = (&cache, &time);
            async move {
                let fetch = || async move { Ok(Fetched { value, lifetime: HOUR, bytes: 1 }) };
                cache.newer_than(&seen, asker, &1, time, fetch).await.unwrap()
            }
        };
        let first = || async { Ok(Fetched { value: "a", lifetime: HOUR, bytes: 1 }) };
        let a = cache.get(&1, &time, first).await.unwrap();
        let b = newer(a.clone(), 0, "b").await;
        assert_eq!(*b, "b");
        assert_eq!(*newer(a, 0, "c").await, "b", "there is a newer one already");
        assert_eq!(*newer(b.clone(), 0, "c").await, "b", "the cool-down is not over");
        let c = newer(b, 1, "c").await;
        assert_eq!(*c, "c");
        time.advance(LIMITS.cool_down);
        assert_eq!(*newer(c, 0, "d").await, "d");
    }
}
