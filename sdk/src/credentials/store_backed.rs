//! Tokens that processes share: what of a login is in a store, and the way to a token that goes by it.

mod contents;
mod end_login;
mod heartbeat;
mod in_store;
mod local_replica;
mod publish;
mod shared_refresh;
mod store_client;
mod unsaved;
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
    store_client: StoreClient,
    /// Of the refresh token, and of the lease under which it is spent or a first one is got.
    login_key: StoreKey,
}

impl StoreBacked {
    pub(super) fn new(store: Arc<dyn TokenStore>, client: &dyn OAuthClient) -> Self {
        // A refresh token that is bound to a key is of no use without it (RFC 9449 §5).
        let bound_to = client.dpop_key().map(|key| format!("/{}", key.thumbprint())).unwrap_or_default();
        let login_key = StoreKey::new(format!("login/{}{bound_to}", client.refresh_key()));
        Self { store_client: StoreClient::new(store), login_key }
    }

    pub(super) fn store(&self) -> Arc<dyn TokenStore> {
        self.store_client.store()
    }

    /// Goes on by another handle of the same place.
    pub(super) fn take_over(&self, store: Arc<dyn TokenStore>) {
        self.store_client.take_over(store);
    }
}

impl fmt::Debug for StoreBacked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoreBacked").field("login_key", &self.login_key).finish_non_exhaustive()
    }
}
