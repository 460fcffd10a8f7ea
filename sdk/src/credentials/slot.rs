use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use arc_swap::ArcSwapOption;
use tokio::runtime::Handle;

use super::clock::{Moment, Time};
use super::flight;
use super::policy::RenewalPolicy;
use super::refresh::RefreshCell;
use super::state::{Arrival, Departure, Outcome, State, Step};
use super::warm::{Freshness, Warm};
use super::{AuthorizationHeaders, OAuthClient};
use crate::error::{Error, Result};
use crate::token::OAuthToken;

/// One token of one client: what everyone who wants it shares.
pub(super) struct Slot {
    client: Arc<dyn OAuthClient>,
    refresh: Arc<RefreshCell>,
    policy: RenewalPolicy,
    time: Time,
    warm: ArcSwapOption<Warm>,
    state: Mutex<State>,
}

/// A flight is started anew this often if runtimes keep going away under it.
const MOST_LOST_FLIGHTS: usize = 3;

impl Slot {
    pub(super) fn new(client: Arc<dyn OAuthClient>, refresh: Arc<RefreshCell>, policy: RenewalPolicy, time: Time) -> Self {
        Self { client, refresh, policy, time, warm: ArcSwapOption::empty(), state: Mutex::default() }
    }

    pub(super) fn client(&self) -> &dyn OAuthClient {
        &*self.client
    }

    pub(super) fn refresh(&self) -> &RefreshCell {
        &self.refresh
    }

    pub(super) fn policy(&self) -> &RenewalPolicy {
        &self.policy
    }

    pub(super) fn now(&self) -> Moment {
        self.time.now()
    }

    /// Reads the token if it is good: two loads and two looks at a clock.
    #[inline]
    pub(super) fn read<T>(self: &Arc<Self>, read: impl FnOnce(&Warm) -> T) -> Option<T> {
        let warm = self.warm.load();
        let warm = warm.as_deref()?;
        let now = self.now();
        match warm.freshness(now) {
            Freshness::Fresh => {}
            Freshness::Due => self.renew_ahead(warm, now),
            Freshness::Expired => return None,
        }
        Some(read(warm))
    }

    /// A good token, waited for if need be.
    pub(super) async fn acquire(self: &Arc<Self>) -> Outcome {
        for _ in 0..MOST_LOST_FLIGHTS {
            let step = {
                let mut state = self.state();
                // Looked at again under the lock: a flight may just have landed.
                match self.good_token() {
                    Some(warm) => return Ok(warm),
                    None => state.need(self.now().monotonic),
                }
            };
            if let Some(outcome) = self.take(step).await? {
                return outcome;
            }
            tokio::task::yield_now().await;
        }
        Err(Error::temporary("the runtime that fetched the token went away, again and again: is it shutting down?"))
    }

    /// What to use instead of a refused token; `None` if there is nothing better now.
    pub(super) async fn replace_refused(self: &Arc<Self>, refused: &AuthorizationHeaders) -> Result<Option<Arc<Warm>>> {
        let step = {
            let mut state = self.state();
            match self.good_token() {
                // The slot has moved on: what it holds now was not refused.
                Some(warm) if warm.generation() != refused.generation() => return Ok(Some(warm)),
                Some(_) => state.force(self.now().monotonic, &self.policy),
                None => Some(state.need(self.now().monotonic)),
            }
        };
        let Some(step) = step else { return Ok(None) };
        match self.take(step).await? {
            Some(outcome) => outcome.map(Some),
            None => self.acquire().await.map(Some),
        }
    }

    /// Takes a token that came from elsewhere, such as a login that was just finished.
    pub(super) fn put(&self, token: OAuthToken) -> Result<()> {
        let now = self.now();
        let mut state = self.state();
        let warm = self.warm_up(token, now, &mut state)?;
        // What a flight brings home now is older than this.
        state.clear();
        self.warm.store(Some(warm));
        Ok(())
    }

    /// Forgets the token; one that is under way goes to those who wait for it, and is not kept.
    pub(super) async fn clear(&self) {
        self.forget_access_token();
        // Waits for a refresh that is under way, whose new refresh token would otherwise survive this.
        self.refresh.lock().await.forget();
        self.forget_access_token();
    }

    /// Ends a flight: keeps what it brought, and tells those who wait.
    pub(super) fn land(&self, number: u64, brought: Result<(OAuthToken, Moment)>) -> Outcome {
        let now = self.now().monotonic;
        let mut state = self.state();
        let outcome = brought.and_then(|(token, received)| self.warm_up(token, received, &mut state));
        if state.land(number, &outcome, now, &self.policy) {
            match &outcome {
                Ok(warm) => self.warm.store(Some(Arc::clone(warm))),
                // A failed renewal never displaces a good token; readers look again when the pause is over.
                Err(_) => self.look_again_after_pause(&state),
            }
        }
        outcome
    }

    /// Ends a flight that will bring nothing.
    pub(super) fn lose(&self, number: u64) {
        let mut state = self.state();
        state.lose(number);
        if let Some(warm) = self.warm.load().as_deref() {
            warm.look_again(self.now().monotonic);
        }
    }

    fn renew_ahead(self: &Arc<Self>, warm: &Warm, now: Moment) {
        let departure = {
            let mut state = self.state();
            let departure = state.renew_ahead(now.monotonic);
            match &departure {
                Some(_) => warm.do_not_look(),
                None => self.look_again_after_pause(&state),
            }
            departure
        };
        if let Some(departure) = departure {
            let number = departure.number;
            if self.start(departure).is_err() {
                // No runtime here; a reader that has one will do it.
                self.lose(number);
            }
        }
    }

    /// The outcome of a step; `None` if the flight was lost with its runtime.
    async fn take(self: &Arc<Self>, step: Step) -> Result<Option<Outcome>> {
        let mut arrival = match step {
            Step::Await(arrival) => arrival,
            Step::Fail(error) => return Err(error),
            Step::Start(departure) => {
                let number = departure.number;
                self.start(departure).inspect_err(|_| self.lose(number))?
            }
        };
        let landed = arrival.wait_for(Option::is_some).await;
        Ok(landed.ok().and_then(|outcome| outcome.clone()))
    }

    fn start(self: &Arc<Self>, departure: Departure) -> Result<Arrival> {
        let runtime = Handle::try_current().map_err(|_| {
            Error::configuration("a token can be fetched within a Tokio runtime only: call from `#[tokio::main]` or `block_on`")
        })?;
        let arrival = departure.arrival.clone();
        flight::launch(self, departure, &runtime);
        Ok(arrival)
    }

    fn good_token(&self) -> Option<Arc<Warm>> {
        let warm = self.warm.load_full()?;
        (warm.freshness(self.now()) != Freshness::Expired).then_some(warm)
    }

    fn warm_up(&self, token: OAuthToken, received: Moment, state: &mut State) -> Outcome {
        Warm::new(token, received, state.next_generation(), &self.policy).map(Arc::new).ok_or_else(|| {
            Error::invalid_response("the token had expired when it arrived: check `expires_in` and the clocks of both machines")
        })
    }

    fn look_again_after_pause(&self, state: &State) {
        if let (Some(warm), Some(pause_ends)) = (self.warm.load().as_deref(), state.pause_ends()) {
            warm.look_again(pause_ends);
        }
    }

    fn forget_access_token(&self) {
        let mut state = self.state();
        state.clear();
        self.warm.store(None);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing that holds the lock panics, and the state is whole after each line if something did.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Slot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Slot").field("client", &self.client.name()).finish_non_exhaustive()
    }
}
