use std::sync::Arc;

use async_trait::async_trait;
use grantkit::store::{MemoryStore, TokenStore};

use crate::kept::Kept;

/// A store in memory: its clones are the same one.
pub(crate) struct Fixture(MemoryStore);

impl Fixture {
    pub(crate) fn start() -> Self {
        Self(MemoryStore::new())
    }
}

#[async_trait]
impl Kept for Fixture {
    async fn open(&self) -> Arc<dyn TokenStore> {
        Arc::new(self.0.clone())
    }

    fn description(&self) -> String {
        unreachable!("no other process sees it")
    }
}
