//! Where the slot's flights start and land.

use std::sync::Arc;
use std::time::Duration;

use super::Slot;
use crate::credentials::Moment;
use crate::credentials::flight::Airfield;
use crate::credentials::refresh_token::obtain;
use crate::credentials::state::Outcome;
use crate::error::{Error, Result};
use crate::telemetry;
use crate::token::OAuthToken;

impl Airfield for Slot {
    fn limit(&self) -> Duration {
        self.policy.request_limit()
    }

    async fn fetch(&self, only_looks_for: Option<Error>) -> Result<(OAuthToken, Moment)> {
        self.refresh.give_up_overdue_turn();
        match (self.refresh.shared(), only_looks_for) {
            (None, _) => obtain(self.flow(), &self.refresh).await,
            (Some(shared), failure) => {
                let errand = self.errand(shared);
                match failure {
                    Some(failure) => Box::pin(errand.look(failure)).await,
                    None => Box::pin(errand.run()).await,
                }
            }
        }
    }

    fn land(&self, number: u64, brought: Result<(OAuthToken, Moment)>) -> Outcome {
        let now = self.now();
        let mut state = self.state();
        let outcome = brought.and_then(|(token, received)| self.warm_up(token, received, now));
        let Some(has_only_looked) = state.land(number) else { return outcome };
        let looked_in_vain = |error: &Error| state.has_looked_in_vain(error, now.monotonic).filter(|_| has_only_looked);
        let in_vain = outcome.as_ref().err().and_then(looked_in_vain);
        let landed = match outcome {
            Ok(warm) => {
                state.succeeded();
                self.warm.store(Some(Arc::clone(&warm)));
                Ok(warm)
            }
            Err(error) => {
                let error = in_vain.unwrap_or_else(|| state.failed(error, now.monotonic, &self.policy));
                // A failed renewal never displaces a good token; readers look again when the pause is over.
                self.look_again_after_pause(&state);
                Err(error)
            }
        };
        self.holders.notify();
        landed
    }

    fn report(&self, outcome: &Outcome, waiting: usize) {
        telemetry::landed(waiting);
        if let Err(error) = outcome {
            telemetry::failed(self.client.name(), error, || self.good_token(self.now()).is_some());
        }
    }

    fn lose(&self, number: u64) {
        let mut state = self.state();
        state.lose(number);
        if let Some(warm) = self.warm.load().as_deref() {
            warm.look_again(self.now().monotonic);
        }
        self.holders.notify();
    }
}
