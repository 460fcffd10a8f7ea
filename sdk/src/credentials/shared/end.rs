use std::future::Future;

use tokio::time::Instant;

use super::errand::{ENDLESS, Errand};
use super::hold::holding;
use super::reach::LEASE;
use crate::credentials::refresh::Turn;
use crate::credentials::slot::EndedLogin;
use crate::error::Result;

impl Errand<'_> {
    /// The newest tokens of the login, before all is forgotten: under the lease, so that no other process renews them meanwhile.
    /// Where the store does not answer, those that this process knows.
    pub(in crate::credentials) async fn end(
        &self,
        turn: &Turn<'_>,
        forget: impl Future<Output = Result<()>>,
    ) -> (EndedLogin, Result<()>) {
        let until = Instant::now() + (self.flow.policy.request_limit() / 2).min(ENDLESS).max(LEASE);
        let lease = loop {
            match self.shared.reach.lease(&self.shared.login_key, until).await {
                Ok(None) => {}
                Ok(lease) => break lease,
                Err(_) => break None,
            }
        };
        let work = async { (self.newest_tokens(turn).await, forget.await) };
        match lease {
            Some(lease) => holding(lease, self.shared.reach.time_limit(), work).await,
            None => work.await,
        }
    }

    async fn newest_tokens(&self, turn: &Turn<'_>) -> EndedLogin {
        let now = self.flow.time.now();
        let stored = self.shared.reach.login(&self.shared.login_key).await.ok().flatten();
        let known = turn.known(|known| known.newest().cloned());
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
