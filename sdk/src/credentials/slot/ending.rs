//! The end of a program, and the end of a login.

use std::sync::Arc;

use super::{MOST_FLIGHTS, Slot};
use crate::credentials::flight;
use crate::credentials::refresh::Turn;
use crate::credentials::shared::Unsaved;
use crate::credentials::sync;
use crate::credentials::warm::Warm;
use crate::error::Result;
use crate::token::{AccessToken, RefreshToken};

/// What a login leaves behind at the server when it is forgotten here.
#[derive(Debug, Default)]
pub(crate) struct EndedLogin {
    pub(crate) refresh_token: Option<RefreshToken>,
    pub(crate) access_token: Option<AccessToken>,
}

impl Slot {
    /// Waits for a request that is under way, and puts into the store what that does not have yet.
    pub(in crate::credentials) async fn settle(&self) -> Result<()> {
        for _ in 0..MOST_FLIGHTS {
            let under_way = self.state().under_way();
            let Some(mut outcome) = under_way else { break };
            // What came of it is told to those who wait for a token.
            let landed = sync::within(self.policy.longest_wait(), outcome.wait_for(Option::is_some)).await;
            if landed.is_none() {
                return Err(flight::overdue(self.policy.longest_wait()));
            }
        }
        self.publish().await
    }

    /// Forgets the login, here and in the store, whatever happens, and gives the newest tokens of it that could be found.
    ///
    /// A renewal that is under way, here or in another process, is waited for: it brings the refresh token that is to be revoked.
    pub(in crate::credentials) async fn end_login(self: &Arc<Self>) -> (EndedLogin, Result<()>) {
        // Before it is forgotten.
        let warm = self.warm.load_full();
        let access_token = warm.as_deref().map(|warm| warm.token(self.now()).access_token().clone());
        self.refresh.give_up_overdue_turn();
        let current = self.refresh.current();
        let turn = self.refresh.turn(self.flow()).await;
        if !turn.is_of_login(&current) {
            // Another has come while this waited for a renewal: it stays.
            let refresh_token = current.login.and_then(|login| login.token);
            return (EndedLogin { refresh_token, access_token }, Ok(()));
        }
        let (mut ended, forgotten) = if let Some(shared) = self.refresh.shared() {
            let forget = |over| self.forget(&turn, warm.as_ref(), over);
            Box::pin(self.errand(shared).end(&turn, forget)).await
        } else {
            let refresh_token = self.known_refresh_token(&turn);
            (EndedLogin { refresh_token, access_token: None }, self.clear().await)
        };
        ended.access_token = access_token.or(ended.access_token);
        (ended, forgotten)
    }

    /// Forgets the login of this turn. Where another has come meanwhile, only the token that was here before is.
    fn forget(&self, turn: &Turn<'_>, before: Option<&Arc<Warm>>, over: Unsaved) -> Option<Unsaved> {
        let mut state = self.state();
        let over = turn.end_shared(over);
        let is_before =
            || self.warm.load().as_ref().zip(before).is_some_and(|(warm, before)| Arc::ptr_eq(warm, before));
        if over.is_some() || is_before() {
            state.clear();
            self.warm.store(None);
        }
        drop(state);
        self.holders.notify();
        over
    }

    fn known_refresh_token(&self, turn: &Turn<'_>) -> Option<RefreshToken> {
        let known = turn.known(|known| known.newest().map(|login| login.value.token.clone()));
        known.unwrap_or_else(|| self.client.configured_refresh_token())
    }
}
