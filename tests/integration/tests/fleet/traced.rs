//! A store and a client as they are, whose steps are said.

use std::sync::Arc;
use std::time::Duration;

use grantkit::credentials::{Fingerprint, InnerClient};
use grantkit::prelude::*;
use grantkit::store::{StoreKey, StoreLease, StoreRecord, TokenStore};

use crate::job::PATIENCE;
use crate::trace::Trace;

#[derive(Clone, Debug)]
pub(crate) struct TracedStore {
    pub(crate) behind: Arc<dyn TokenStore>,
    pub(crate) trace: Trace,
}

#[async_trait]
impl TokenStore for TracedStore {
    fn identity(&self) -> Fingerprint {
        self.behind.identity()
    }

    async fn get(&self, key: &StoreKey) -> Result<Option<StoreRecord>> {
        self.trace.step("get", key.as_str(), self.behind.get(key)).await
    }

    async fn put_if_newer(&self, key: &StoreKey, record: &StoreRecord) -> Result<bool> {
        let is_mark = String::from_utf8_lossy(record.content()).contains(r#""spending":{"#);
        let call = if is_mark { "mark" } else { "put" };
        self.trace.step(call, key.as_str(), self.behind.put_if_newer(key, record)).await
    }

    async fn remove(&self, key: &StoreKey) -> Result<()> {
        self.trace.step("remove", key.as_str(), self.behind.remove(key)).await
    }

    async fn lease(&self, key: &StoreKey, length: Duration) -> Result<Option<Box<dyn StoreLease>>> {
        let lease = self.trace.step("lease", key.as_str(), self.behind.lease(key, length)).await?;
        Ok(lease.map(|behind| Box::new(TracedLease { behind, key: key.clone(), trace: self.trace.clone() }) as _))
    }

    /// Those that are to give up sooner do so by themselves.
    fn call_timeout(&self) -> Duration {
        PATIENCE
    }
}

#[derive(Debug)]
struct TracedLease {
    behind: Box<dyn StoreLease>,
    key: StoreKey,
    trace: Trace,
}

#[async_trait]
impl StoreLease for TracedLease {
    async fn renew(&mut self, length: Duration) -> Result<bool> {
        self.trace.step("renew", self.key.as_str(), self.behind.renew(length)).await
    }

    async fn release(self: Box<Self>) -> Result<()> {
        self.trace.step("release", self.key.as_str(), self.behind.release()).await
    }
}

pub(crate) struct TracedClient<C> {
    pub(crate) behind: C,
    pub(crate) trace: Trace,
}

#[async_trait]
impl<C: OAuthClient> OAuthClient for TracedClient<C> {
    fn name(&self) -> &str {
        self.behind.name()
    }

    async fn get_token(&self) -> Result<OAuthToken> {
        self.trace.step("get_token", self.name(), self.behind.get_token()).await
    }

    async fn refresh_token(&self, refresh_token: &RefreshToken) -> Result<OAuthToken> {
        self.trace.step("refresh", self.name(), self.behind.refresh_token(refresh_token)).await
    }

    fn inner(&self) -> Option<InnerClient<'_>> {
        Some(InnerClient::from(&self.behind))
    }

    fn fingerprint(&self) -> Fingerprint {
        self.behind.fingerprint()
    }
}
