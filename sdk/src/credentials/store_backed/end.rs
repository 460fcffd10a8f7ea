use std::future::Future;

use tokio::time::Instant;

use super::heartbeat::while_renewing;
use super::shared_refresh::{FAR_FUTURE, SharedRefresh};
use super::store_client::LEASE;
use crate::credentials::refresh_token_state::RefreshPermit;
use crate::credentials::token_entry::EndedLogin;
use crate::error::Result;

impl SharedRefresh<'_> {
    /// The newest tokens of the login, before all is forgotten: under the lease, so that no other process renews them meanwhile.
    /// Where the store does not answer, those that this process knows.
    pub(in crate::credentials) async fn end(
        &self,
        permit: &RefreshPermit<'_>,
        forget: impl Future<Output = Result<()>>,
    ) -> (EndedLogin, Result<()>) {
        let until = Instant::now() + (self.flow.policy.request_timeout() / 2).min(FAR_FUTURE).max(LEASE);
        let lease = loop {
            match self.shared.reach.lease(&self.shared.login_key, until).await {
                Ok(None) => {}
                Ok(lease) => break lease,
                Err(_) => break None,
            }
        };
        let work = async { (self.newest_tokens(permit).await, forget.await) };
        match lease {
            Some(lease) => while_renewing(lease, self.shared.reach.call_timeout(), work).await,
            None => work.await,
        }
    }

    async fn newest_tokens(&self, permit: &RefreshPermit<'_>) -> EndedLogin {
        let now = self.flow.time.now();
        let stored = self.shared.reach.login(&self.shared.login_key).await.ok().flatten();
        let known = permit.known(|known| known.newest().cloned());
        let newest = stored.into_iter().chain(known).max_by_key(|login| login.version);
        let refresh_token = match newest {
            Some(login) => login.value.token.clone(),
            None => self.flow.client.configured_refresh_token(),
        };
        let access = self.shared.reach.access(&self.access_key, now).await.ok();
        let access_token = access.and_then(|access| access.value.usable(now, self.flow.policy, false));
        EndedLogin { refresh_token, access_token: access_token.map(|token| token.access_token().clone()) }
    }
}
