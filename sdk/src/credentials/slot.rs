mod airfield;
mod ending;
#[cfg(test)]
mod interleavings;
mod replacing;

use std::fmt;
use std::sync::{Arc, PoisonError, TryLockError};
use std::time::Duration;

use super::clock::{Moment, Time};
use super::flight::{self, Airfield};
use super::holders::Holders;
use super::policy::RenewalPolicy;
use super::refresh::RefreshCell;
use super::refresh_token::Flow;
use super::shared::{Errand, Shared};
use super::state::{Arrival, Departure, Outcome, State, Step};
use super::sync::{self, ArcSwapOption, Handle, Mutex, MutexGuard};
use super::warm::{Freshness, Warm};
use super::{AuthorizationHeaders, CacheKey, OAuthClient, StoreKey, TokenStore};
use crate::error::{Error, Result};
use crate::telemetry::{self, Flight, Wait};
use crate::token::OAuthToken;

pub(crate) use ending::EndedLogin;

/// One token of one client: what everyone who wants it shares.
pub(super) struct Slot {
    client: Arc<dyn OAuthClient>,
    refresh: Arc<RefreshCell>,
    policy: RenewalPolicy,
    time: Time,
    warm: ArcSwapOption<Warm>,
    state: Mutex<State>,
    holders: Holders,
}

/// A caller waits for this many flights if runtimes keep going away under them.
const MOST_FLIGHTS: usize = 3;

impl Slot {
    pub(super) fn new(
        client: Arc<dyn OAuthClient>,
        refresh: Arc<RefreshCell>,
        policy: RenewalPolicy,
        time: Time,
    ) -> Self {
        Self {
            client,
            refresh,
            policy,
            time,
            warm: ArcSwapOption::empty(),
            state: Mutex::default(),
            holders: Holders::default(),
        }
    }

    pub(super) fn client(&self) -> &dyn OAuthClient {
        &*self.client
    }

    /// Keeps the tokens in this store too from now on, unless they have one.
    pub(super) fn keep_in(&self, store: &Arc<dyn TokenStore>) {
        self.refresh.keep_in(store, &*self.client);
    }

    #[inline]
    fn now(&self) -> Moment {
        self.time.now()
    }

    /// The token if it is good: two loads and two looks at a clock.
    #[inline]
    pub(super) fn warm_token(self: &Arc<Self>) -> Option<OAuthToken> {
        let warm = self.warm.load();
        let warm = warm.as_deref()?;
        let now = self.now();
        match warm.freshness(now) {
            Freshness::Fresh => {}
            Freshness::Due => self.renew_ahead(warm, now),
            Freshness::Expired => return None,
        }
        Some(warm.token(now))
    }

    /// The token of what was waited for.
    pub(super) fn hand_out(&self, warm: &Warm) -> OAuthToken {
        warm.token(self.now())
    }

    /// A good token, waited for if need be.
    pub(super) async fn acquire(self: &Arc<Self>) -> Outcome {
        for _ in 0..MOST_FLIGHTS {
            let step = {
                let mut state = self.state();
                let now = self.now();
                // Looked at again under the lock: a flight may just have landed.
                match self.good_token(now) {
                    Some(warm) => return Ok(warm),
                    None => self.need(&mut state, now),
                }
            };
            match self.take(step).await? {
                // Whoever was kept from running for long may come too late for it.
                Some(Ok(warm)) if !warm.is_good(self.now()) => {}
                Some(outcome) => return outcome,
                None => tokio::task::yield_now().await,
            }
        }
        Err(never_arrived())
    }

    /// What to use instead of a refused token; `None` if there is nothing better now.
    pub(super) async fn replace_refused(self: &Arc<Self>, refused: &AuthorizationHeaders) -> Result<Option<Arc<Warm>>> {
        telemetry::refused(self.client.name());
        for _ in 0..MOST_FLIGHTS {
            let step = {
                let mut state = self.state();
                let now = self.now();
                match self.good_token(now) {
                    // The slot has moved on: what it holds now was not refused.
                    Some(warm) if !warm.is_of(refused) => return Ok(Some(warm)),
                    Some(warm) => self.force(&mut state, &warm, now),
                    None => Some(self.need(&mut state, now)),
                }
            };
            let Some(step) = step else { return Ok(None) };
            match self.take(step).await? {
                Some(Ok(warm)) if !warm.is_good(self.now()) => {}
                Some(outcome) => return outcome.map(Some),
                None => tokio::task::yield_now().await,
            }
        }
        Err(never_arrived())
    }

    /// A new token, however good the one is that is here; a request that is under way is joined.
    pub(super) async fn refresh(self: &Arc<Self>) -> Outcome {
        for _ in 0..MOST_FLIGHTS {
            let step = {
                let mut state = self.state();
                let now = self.now();
                self.need(&mut state, now)
            };
            match self.take(step).await? {
                Some(Ok(warm)) if !warm.is_good(self.now()) => {}
                Some(outcome) => return outcome,
                None => tokio::task::yield_now().await,
            }
        }
        Err(never_arrived())
    }

    fn flow(&self) -> Flow<'_> {
        Flow { client: &*self.client, policy: &self.policy, time: &self.time }
    }

    fn errand<'a>(&'a self, shared: &'a Shared) -> Errand<'a> {
        Errand {
            flow: self.flow(),
            cell: &self.refresh,
            shared,
            access_key: self.store_key(),
            replaces: self.warm.load_full(),
            is_forced: self.state().is_forced(),
        }
    }

    fn store_key(&self) -> StoreKey {
        CacheKey::of(&*self.client).store_key()
    }

    pub(super) fn holders(&self) -> &Holders {
        &self.holders
    }

    /// Starts a renewal if it is time for one, on behalf of nobody in particular; says when to come again, where that is not
    /// at the next change. A slot without a token is left to those who want one.
    pub(super) fn tend(self: &Arc<Self>) -> Option<Duration> {
        let warm = self.warm.load_full()?;
        let now = self.now();
        if warm.freshness(now) != Freshness::Fresh {
            if self.state().needs_login() {
                return None;
            }
            self.renew_ahead(&warm, now);
        }
        warm.until_next_look(now)
    }

    /// Starts a renewal if it is time for one. Never waits: where the lock is taken, somebody else is at it.
    #[cold]
    fn renew_ahead(self: &Arc<Self>, seen: &Warm, now: Moment) {
        // A reader without a runtime leaves it to one that has one.
        let Ok(runtime) = Handle::try_current() else { return };
        let mut state = match self.state.try_lock() {
            Ok(state) => state,
            Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
            Err(TryLockError::WouldBlock) => return,
        };
        let step = match self.warm.load().as_deref() {
            Some(warm) if std::ptr::eq(warm, seen) => self.need(&mut state, now),
            // A flight has landed since.
            _ => return,
        };
        match step {
            Step::Start(departure) => {
                seen.do_not_look();
                // Before the task starts: a runtime that is shutting down drops it at once, and that takes the lock.
                drop(state);
                flight::launch(self, departure, &runtime, Flight::ahead(self.client.name()));
            }
            Step::Await(_) => seen.do_not_look(),
            Step::Fail(_) => self.look_again_after_pause(&state),
        }
    }

    /// The outcome of a step; `None` if the flight was lost with its runtime.
    async fn take(self: &Arc<Self>, step: Step) -> Result<Option<Outcome>> {
        let shared = matches!(step, Step::Await(_));
        let mut arrival = match step {
            Step::Await(arrival) => arrival,
            Step::Fail(error) => {
                telemetry::paused(self.client.name());
                return Err(error);
            }
            Step::Start(departure) => {
                let number = departure.number;
                self.start(departure).inspect_err(|_| self.lose(number))?
            }
        };
        let _wait = Wait::new(self.client.name(), shared);
        let Some(landed) = sync::within(self.policy.longest_wait(), arrival.outcome.wait_for(Option::is_some)).await
        else {
            return Err(self.give_up(arrival.number));
        };
        Ok(landed.ok().and_then(|outcome| outcome.clone()))
    }

    /// Gives up on a flight whose runtime nobody drives.
    #[cold]
    fn give_up(&self, number: u64) -> Error {
        let overdue = flight::overdue(self.policy.longest_wait());
        let given_up = {
            let mut state = self.state();
            let given_up = state.give_up(number, &overdue, self.now().monotonic, &self.policy);
            self.look_again_after_pause(&state);
            given_up
        };
        // Somebody else who waited may have done so before.
        let Some(error) = given_up else { return overdue };
        telemetry::failed(self.client.name(), &error, || self.good_token(self.now()).is_some());
        self.holders.notify();
        error
    }

    fn start(self: &Arc<Self>, departure: Departure) -> Result<Arrival> {
        let runtime = Handle::try_current().map_err(|_| {
            Error::configuration(
                "a token can be fetched within a Tokio runtime only: call from `#[tokio::main]` or `block_on`",
            )
        })?;
        let arrival = Arrival { number: departure.number, outcome: departure.arrival.outcome.clone() };
        flight::launch(self, departure, &runtime, Flight::awaited(self.client.name()));
        Ok(arrival)
    }

    fn need(&self, state: &mut State, now: Moment) -> Step {
        state.need(now.monotonic, &self.policy, self.refresh.shared().is_some())
    }

    /// For a token that is good by the clocks here, and was refused.
    fn force(&self, state: &mut State, refused: &Warm, now: Moment) -> Option<Step> {
        let is_shared = self.refresh.shared().is_some();
        state.force(now.monotonic, &self.policy, refused.has_lived_a_while(now), is_shared)
    }

    fn good_token(&self, now: Moment) -> Option<Arc<Warm>> {
        self.warm.load_full().filter(|warm| warm.is_good(now))
    }

    fn warm_up(&self, token: OAuthToken, received: Moment, now: Moment) -> Outcome {
        let warm = Warm::new(self.client.name(), token, received, &self.policy);
        if !warm.is_good(now) {
            return Err(Error::invalid_response(
                "the token had expired when it arrived: check `expires_in` and the clocks of both machines",
            ));
        }
        Ok(Arc::new(warm))
    }

    fn look_again_after_pause(&self, state: &State) {
        if let (Some(warm), Some(pause_ends)) = (self.warm.load().as_deref(), state.pause_ends()) {
            warm.look_again(pause_ends);
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing that holds the lock panics, and the state is whole after each line if something did.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn never_arrived() -> Error {
    Error::temporary(
        "a token was lost with the runtime that fetched it, or expired before it could be used, again and again: is the \
         runtime shutting down?",
    )
}

impl fmt::Debug for Slot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Slot").field("client", &self.client.name()).finish_non_exhaustive()
    }
}
