use std::sync::Arc;

use crate::credentials::store_call::answer_in_time;
use crate::credentials::token_store::{StoreKey, StoreRecord, TokenStore};
use crate::error::Result;

/// A store, which may be the program's own, as requests see it: one that hangs holds each call up for its
/// [`call_timeout`](TokenStore::call_timeout), and no longer.
#[derive(Clone)]
pub(super) struct BoundedStore(Arc<dyn TokenStore>);

impl BoundedStore {
    pub(super) fn new(store: Arc<dyn TokenStore>) -> Self {
        Self(store)
    }

    pub(super) async fn get(&self, key: &StoreKey) -> Result<Option<StoreRecord>> {
        answer_in_time(&*self.0, self.0.get(key)).await
    }

    pub(super) async fn put_if_newer(&self, key: &StoreKey, record: &StoreRecord) -> Result<bool> {
        answer_in_time(&*self.0, self.0.put_if_newer(key, record)).await
    }

    pub(super) async fn remove(&self, key: &StoreKey) -> Result<()> {
        answer_in_time(&*self.0, self.0.remove(key)).await
    }
}
