//! Tokens that processes share: what of a login is in a store, and the way to a token that goes by it.

mod contents;
mod end;
mod errand;
mod hold;
mod in_store;
mod known;
mod override_all;
mod reach;
mod without_store;

use std::fmt;
use std::sync::Arc;

#[cfg(test)]
pub(super) use contents::Access;
pub(super) use errand::Errand;
pub(super) use known::{Known, Unsaved};

use super::{OAuthClient, StoreKey, TokenStore};
use reach::Reach;

/// The store in which a login is kept, and where in it.
pub(super) struct Shared {
    reach: Reach,
    /// Of the refresh token, and of the lease under which it is spent or a first one is got.
    login_key: StoreKey,
}

impl Shared {
    pub(super) fn new(store: Arc<dyn TokenStore>, client: &dyn OAuthClient) -> Self {
        let login_key = StoreKey::new(format!("login/{}", client.refresh_key()));
        Self { reach: Reach::new(store), login_key }
    }
}

impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shared").field("login_key", &self.login_key).finish_non_exhaustive()
    }
}
