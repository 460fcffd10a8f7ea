//! Tokens that processes share: what of a login is in a store, and the way to a token that goes by it.

mod contents;
mod end;
mod heartbeat;
mod in_store;
mod local_replica;
mod publish;
mod shared_refresh;
mod store_client;
mod without_store;

use std::fmt;
use std::sync::Arc;

#[cfg(test)]
pub(super) use contents::Access;
pub(super) use local_replica::{LocalReplica, PendingWrite};
pub(super) use shared_refresh::SharedRefresh;

use super::{OAuthClient, StoreKey, TokenStore};
use store_client::StoreClient;

/// The store in which a login is kept, and where in it.
pub(super) struct StoreBacked {
    reach: StoreClient,
    /// Of the refresh token, and of the lease under which it is spent or a first one is got.
    login_key: StoreKey,
}

impl StoreBacked {
    pub(super) fn new(store: Arc<dyn TokenStore>, client: &dyn OAuthClient) -> Self {
        let login_key = StoreKey::new(format!("login/{}", client.refresh_key()));
        Self { reach: StoreClient::new(store), login_key }
    }

    pub(super) fn store(&self) -> &Arc<dyn TokenStore> {
        self.reach.store()
    }
}

impl fmt::Debug for StoreBacked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoreBacked").field("login_key", &self.login_key).finish_non_exhaustive()
    }
}
