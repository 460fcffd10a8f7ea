use std::fmt;
use std::sync::Arc;

use super::policy::RefreshPolicy;
use super::{OAuthClient, TokenStore};

/// Who gets an entry's token, and when: what one of its handles was made with.
#[derive(Clone)]
pub(super) struct Configuration {
    pub(super) client: Arc<dyn OAuthClient>,
    pub(super) policy: Arc<RefreshPolicy>,
}

/// That of a later handle, and its store: the same place, by another handle of it. A policy that it was not given stays what it is.
pub(super) struct Newer {
    pub(super) client: Arc<dyn OAuthClient>,
    pub(super) policy: Option<RefreshPolicy>,
    pub(super) store: Option<Arc<dyn TokenStore>>,
}

impl Configuration {
    pub(super) fn new(client: Arc<dyn OAuthClient>, policy: RefreshPolicy) -> Self {
        Self { client, policy: policy.into_shared() }
    }

    /// What takes its place.
    pub(super) fn replaced_by(&self, client: Arc<dyn OAuthClient>, policy: Option<RefreshPolicy>) -> Self {
        let policy = policy.map_or_else(|| Arc::clone(&self.policy), RefreshPolicy::into_shared);
        Self { client, policy }
    }
}

impl fmt::Debug for Newer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Newer").field("client", &self.client.name()).finish_non_exhaustive()
    }
}

impl fmt::Debug for Configuration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Configuration").field("client", &self.client.name()).finish_non_exhaustive()
    }
}
