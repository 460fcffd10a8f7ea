//! An API has rejected the token (401).

use std::sync::Arc;

use super::{MAX_FLIGHTS, TokenEntry, never_arrived};
use crate::credentials::AuthorizationHeaders;
use crate::credentials::cached_token::CachedToken;
use crate::credentials::single_flight::{Decision, SingleFlight};
use crate::error::{Error, Result};
use crate::telemetry;
use crate::time::ClockReading;

impl TokenEntry {
    /// What to use instead of a rejected token; `None` if there is nothing better now.
    pub(in crate::credentials) async fn replace_rejected(
        self: &Arc<Self>,
        rejected: &AuthorizationHeaders,
    ) -> Result<Option<Arc<CachedToken>>> {
        telemetry::rejected(self.name());
        for _ in 0..MAX_FLIGHTS {
            let step = {
                let mut state = self.state();
                let now = self.now();
                match self.good_token(now) {
                    // The entry has moved on: what it holds now was not rejected.
                    Some(cached) if !cached.is_of(rejected) => return Ok(Some(cached)),
                    Some(cached) => self.force(&mut state, &cached, now),
                    None => Some(self.need(&mut state, now)),
                }
            };
            let Some(step) = step else { return Ok(None) };
            match self.take(step).await? {
                Some(Ok(cached)) if !cached.is_good(self.now()) => {}
                Some(outcome) => return outcome.map(Some),
                None => tokio::task::yield_now().await,
            }
        }
        Err(never_arrived())
    }

    /// For a token that is good by the clocks here, and was rejected.
    fn force(&self, state: &mut SingleFlight, rejected: &CachedToken, now: ClockReading) -> Option<Decision> {
        let is_shared = self.refresh.shared().is_some();
        let step = state.force(now.monotonic, &self.policy(), rejected.has_lived_a_while(now), is_shared);
        if let Some(Decision::BackOff(error)) = &step {
            self.withdraw_rejected(state, error, now);
        }
        step
    }

    /// Serves a rejected token no more where no renewal will replace it: the caller has to learn that a person or an operator must act, and not
    /// call the API in vain until the token expires. After any other failure it is served: the API may have been mistaken.
    pub(super) fn withdraw_rejected(&self, state: &SingleFlight, error: &Error, now: ClockReading) {
        if !state.is_rejected() || !(error.needs_login() || error.is_configuration()) {
            return;
        }
        if let Some(cached) = self.good_token(now) {
            // Not gone: a logout still revokes it, and the same one in a store is no better.
            self.cached.store(Some(Arc::new(cached.withdrawn())));
        }
    }
}
