//! Where the entry's flights start and land.

use std::sync::Arc;
use std::time::Duration;

use super::TokenEntry;
use crate::credentials::leader::TokenFetcher;
use crate::credentials::refresh_token::obtain;
use crate::credentials::single_flight::Outcome;
use crate::error::{Error, Result};
use crate::telemetry;
use crate::time::ClockReading;
use crate::token::OAuthToken;

impl TokenFetcher for TokenEntry {
    fn limit(&self) -> Duration {
        self.policy().request_timeout()
    }

    async fn fetch(&self, only_looks_for: Option<Error>) -> Result<(OAuthToken, ClockReading)> {
        self.refresh.give_up_overdue_permit();
        let with = self.configuration();
        match (self.refresh.shared(), only_looks_for) {
            (None, _) => obtain(self.flow(&with), &self.refresh).await,
            (Some(shared), failure) => {
                let shared_refresh = self.shared_refresh(&with, shared);
                match failure {
                    Some(failure) => Box::pin(shared_refresh.look(failure)).await,
                    None => Box::pin(shared_refresh.run()).await,
                }
            }
        }
    }

    fn complete(&self, number: u64, fetched: Result<(OAuthToken, ClockReading)>) -> Outcome {
        let now = self.now();
        let mut state = self.state();
        let outcome = fetched.and_then(|(token, received)| self.to_cached(token, received, now));
        if outcome.is_err() {
            self.take_over_offered(&mut state, number);
        }
        let Some(has_only_looked) = state.complete(number) else { return outcome };
        let looked_in_vain = |error: &Error| state.store_check_error(error, now.monotonic).filter(|_| has_only_looked);
        let in_vain = outcome.as_ref().err().and_then(looked_in_vain);
        let landed = match outcome {
            Ok(cached) => {
                state.succeeded();
                self.cached.store(Some(Arc::clone(&cached)));
                Ok(cached)
            }
            Err(error) => {
                let error = in_vain.unwrap_or_else(|| state.failed(error, now.monotonic, &self.policy()));
                self.withdraw_rejected(&state, &error, now);
                // A failed renewal never displaces any other good token; readers look again when the pause is over.
                self.look_again_after_pause(&state);
                Err(error)
            }
        };
        self.handles.notify();
        landed
    }

    fn report(&self, outcome: &Outcome, waiting: usize) {
        telemetry::acquisition_ended(waiting);
        if let Err(error) = outcome {
            telemetry::failed(self.name(), error, || self.good_token(self.now()).is_some());
        }
    }

    fn abort(&self, number: u64) {
        let mut state = self.state();
        state.abort(number);
        if let Some(cached) = self.cached.load().as_deref() {
            cached.schedule_refresh(self.now().monotonic);
        }
        self.handles.notify();
    }
}
