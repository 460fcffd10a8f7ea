//! A login, or none, takes the place of what the slot has.

use super::Slot;
use crate::credentials::Moment;
use crate::credentials::shared::Unsaved;
use crate::credentials::warm;
use crate::error::Result;
use crate::token::OAuthToken;

impl Slot {
    /// Takes a token that came from elsewhere, such as a login that was just finished.
    ///
    /// Nothing of it is kept if it has expired, unless it has a refresh token, with which the next caller goes on.
    pub(in crate::credentials) async fn put(&self, token: OAuthToken) -> Result<()> {
        self.take_in(token)?;
        self.publish().await
    }

    fn take_in(&self, token: OAuthToken) -> Result<()> {
        let now = self.now();
        let login = token.clone();
        let mut state = self.state();
        let warm = self.warm_up(token, now, now);
        match warm {
            Ok(warm) => {
                self.replace_login(Some(&login), true, now);
                // What a flight brings home now is older than this.
                state.supersede(&warm);
                self.warm.store(Some(warm));
            }
            Err(expired) if login.refresh_token().is_none() => return Err(expired),
            Err(_) => {
                self.replace_login(Some(&login), false, now);
                state.clear();
                self.warm.store(None);
            }
        }
        self.holders.notify();
        Ok(())
    }

    /// Forgets the tokens; one that is under way goes to those who wait for it, and is not kept.
    pub(in crate::credentials) async fn clear(&self) -> Result<()> {
        {
            let mut state = self.state();
            self.replace_login(None, false, self.now());
            state.clear();
            self.warm.store(None);
        }
        self.holders.notify();
        self.publish().await
    }

    /// Takes this login, or none, in place of the one that is here; of its access token only if that is good.
    fn replace_login(&self, login: Option<&OAuthToken>, is_good: bool, now: Moment) {
        if self.refresh.shared().is_some() {
            let unsaved = Unsaved::in_place_of_all(&*self.client, self.store_key(), login, is_good, now);
            let lifetime = login.filter(|_| is_good).and_then(|token| warm::lifetime(token, now));
            self.refresh.replace_shared(unsaved, lifetime.map(|lifetime| now.monotonic.saturating_add(lifetime)));
        } else {
            self.refresh.replace(login, &*self.client, now);
        }
    }

    /// Tells the store of the login that has taken the place of another.
    pub(super) async fn publish(&self) -> Result<()> {
        match self.refresh.shared() {
            Some(shared) => Box::pin(shared.publish(&self.refresh, self.flow())).await,
            None => Ok(()),
        }
    }
}
