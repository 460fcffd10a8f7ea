//! The end of a program, and the end of a login.

use std::sync::Arc;

use super::{MAX_FLIGHTS, TokenEntry};
use crate::credentials::cached_token::CachedToken;
use crate::credentials::leader;
use crate::credentials::refresh_token_state::RefreshPermit;
use crate::credentials::store_backed::PendingWrite;
use crate::credentials::sync;
use crate::error::Result;
use crate::token::{OAuthToken, RefreshToken};

/// What a login leaves behind at the server when it is forgotten here.
#[derive(Debug, Default)]
pub(crate) struct EndedLogin {
    pub(crate) refresh_token: Option<RefreshToken>,
    pub(crate) access_token: Option<OAuthToken>,
}

impl TokenEntry {
    /// Waits for a request that is under way, and puts into the store what that does not have yet, nor anything newer.
    pub(in crate::credentials) async fn settle(&self) -> Result<()> {
        for _ in 0..MAX_FLIGHTS {
            let under_way = self.state().under_way();
            let Some(mut outcome) = under_way else { break };
            // What came of it is told to waiting callers for a token.
            let max_wait = self.policy().max_wait();
            let landed = sync::within(max_wait, outcome.wait_for(Option::is_some)).await;
            if landed.is_none() {
                return Err(leader::overdue(max_wait));
            }
        }
        let Some(shared) = self.refresh.shared() else { return Ok(()) };
        let with = self.configuration();
        Box::pin(self.shared_refresh(&with, shared).settle()).await
    }

    /// The ID token that is here or in the store, expired or not. No token is requested for it.
    #[cfg(feature = "axum")]
    pub(in crate::credentials) async fn known_id_token(&self) -> Option<String> {
        let cached = self.cached.load_full().map(|cached| cached.token(self.now()));
        match (cached, self.refresh.shared()) {
            (Some(token), _) => token.id_token().map(str::to_owned),
            (None, Some(shared)) => Box::pin(self.shared_refresh(&self.configuration(), shared).id_token()).await,
            (None, None) => None,
        }
    }

    #[cfg(feature = "axum")]
    pub(in crate::credentials) fn holds(&self, token: &OAuthToken) -> bool {
        self.cached.load().as_deref().is_some_and(|cached| cached.holds(token))
    }

    /// Forgets the login, here and in the store, whatever happens, and gives the newest tokens of it that could be found.
    ///
    /// A renewal that is under way, here or in another process, is waited for: it brings the refresh token that is to be revoked.
    pub(in crate::credentials) async fn end_login(self: &Arc<Self>) -> (EndedLogin, Result<()>) {
        // Before it is forgotten.
        let cached = self.cached.load_full();
        let access_token = cached.as_deref().map(|cached| cached.token(self.now()));
        self.refresh.give_up_overdue_permit();
        let current = self.refresh.current();
        let with = self.configuration();
        let permit = self.refresh.permit(self.flow(&with)).await;
        if !permit.is_of_login(&current) {
            // Another has come while this waited for a renewal: it stays.
            let refresh_token = current.login.and_then(|login| login.token);
            return (EndedLogin { refresh_token, access_token }, Ok(()));
        }
        let (mut ended, forgotten) = if let Some(shared) = self.refresh.shared() {
            let forget = |over| self.forget(&permit, cached.as_ref(), over);
            Box::pin(self.shared_refresh(&with, shared).end(&permit, forget)).await
        } else {
            let refresh_token = self.known_refresh_token(&permit);
            (EndedLogin { refresh_token, access_token: None }, self.clear().await)
        };
        ended.access_token = access_token.or(ended.access_token);
        (ended, forgotten)
    }

    /// Forgets the login of this permit. Where another has come meanwhile, only the token that was here before is.
    fn forget(
        &self,
        permit: &RefreshPermit<'_>,
        before: Option<&Arc<CachedToken>>,
        over: PendingWrite,
    ) -> Option<PendingWrite> {
        let mut state = self.state();
        let over = permit.end_shared(over);
        let is_before =
            || self.cached.load().as_ref().zip(before).is_some_and(|(cached, before)| Arc::ptr_eq(cached, before));
        if over.is_some() || is_before() {
            state.clear();
            self.cached.store(None);
        }
        drop(state);
        self.handles.notify();
        over
    }

    fn known_refresh_token(&self, permit: &RefreshPermit<'_>) -> Option<RefreshToken> {
        let known = permit.known(|known| known.newest().map(|login| login.value.token.clone()));
        known.unwrap_or_else(|| self.newest_client().configured_refresh_token())
    }
}
