use std::sync::Arc;
use std::time::Duration;

use tokio::runtime::Id;

use super::{Pools, Recipe};
use crate::lru_cache::LruCache;

/// Programs have one runtime, a few, or one for each core; tests have one each, one after the other. A runtime more than this would
/// set up TLS and connect for each of its requests.
const RUNTIMES: u64 = 256;
/// After a runtime has not asked for a client in this time, setting up TLS again is no great loss.
const IDLE: Duration = Duration::from_hours(1);

/// The HTTP clients that a whole process shares, for each runtime its own: a connection ends with the runtime that opened it, and a
/// request that is under way on it is lost, a spent refresh token with it.
pub(crate) struct PerRuntime {
    pools: LruCache<Option<Id>, Arc<Pools>>,
    recipe: fn() -> Recipe,
}

impl PerRuntime {
    pub(crate) fn new(recipe: fn() -> Recipe) -> Self {
        Self { pools: LruCache::new(RUNTIMES, Some(IDLE)), recipe }
    }

    /// Those of a runtime, or of what is set up outside of any.
    pub(crate) fn of(&self, runtime: Option<Id>) -> Arc<Pools> {
        self.pools.get_or_insert_with(&runtime, 1, || Arc::new(Pools::new((self.recipe)())))
    }
}
