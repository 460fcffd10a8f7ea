//! A login, or none, takes the place of what the entry has.

use super::TokenEntry;
use crate::credentials::cached_token;
use crate::credentials::store_backed::PendingWrite;
use crate::error::Result;
use crate::time::ClockReading;
use crate::token::OAuthToken;

impl TokenEntry {
    /// Takes a token that came from elsewhere, such as a login that was just finished.
    ///
    /// Nothing of it is kept if it has expired, unless it has a refresh token, with which the next caller goes on.
    pub(in crate::credentials) async fn put(&self, token: OAuthToken) -> Result<()> {
        self.adopt(token)?;
        self.publish().await
    }

    fn adopt(&self, token: OAuthToken) -> Result<()> {
        let token = cached_token::by_clock(token, &self.time);
        let now = self.now();
        let login = token.clone();
        let mut state = self.state();
        let cached = self.to_cached(token, now, now);
        match cached {
            Ok(cached) => {
                self.replace_login(Some(&login), true, now);
                // What a flight brings home now is older than this.
                state.supersede(&cached);
                self.cached.store(Some(cached));
            }
            Err(expired) if login.refresh_token().is_none() => return Err(expired),
            Err(_) => {
                self.replace_login(Some(&login), false, now);
                state.clear();
                self.cached.store(None);
            }
        }
        self.handles.notify();
        Ok(())
    }

    /// Forgets the tokens; one that is under way goes to its waiting callers, and is not kept.
    pub(in crate::credentials) async fn clear(&self) -> Result<()> {
        {
            let mut state = self.state();
            self.replace_login(None, false, self.now());
            state.clear();
            self.cached.store(None);
        }
        self.handles.notify();
        self.publish().await
    }

    /// Replaces the login by this one, or by none; takes its access token only if that is valid.
    fn replace_login(&self, login: Option<&OAuthToken>, is_good: bool, now: ClockReading) {
        let client = self.newest_client();
        if self.refresh.shared().is_some() {
            let unsaved = PendingWrite::overwriting(&*client, self.store_key(), login, is_good, now);
            let lifetime = login.filter(|_| is_good).and_then(|token| cached_token::lifetime(token, now));
            self.refresh.replace_shared(unsaved, lifetime.map(|lifetime| now.monotonic.saturating_add(lifetime)));
        } else {
            self.refresh.replace(login, &*client, now);
        }
    }

    /// Tells the store of the login that has taken the place of another.
    async fn publish(&self) -> Result<()> {
        let Some(shared) = self.refresh.shared() else { return Ok(()) };
        let with = self.configuration();
        Box::pin(shared.publish(&self.refresh, self.flow(&with))).await
    }
}
