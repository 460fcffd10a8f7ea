use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};

use arc_swap::ArcSwapOption;
use tokio::runtime::Handle;

use super::clock::{Moment, Time};
use super::flight::{self, Airfield};
use super::obtain::obtain;
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

/// A caller waits for this many flights if runtimes keep going away under them.
const MOST_FLIGHTS: usize = 3;

impl Slot {
    pub(super) fn new(
        client: Arc<dyn OAuthClient>,
        refresh: Arc<RefreshCell>,
        policy: RenewalPolicy,
        time: Time,
    ) -> Self {
        Self { client, refresh, policy, time, warm: ArcSwapOption::empty(), state: Mutex::default() }
    }

    pub(super) fn client(&self) -> &dyn OAuthClient {
        &*self.client
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
        Some(warm.token())
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
                    None => state.need(now.monotonic),
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
        for _ in 0..MOST_FLIGHTS {
            let step = {
                let mut state = self.state();
                let now = self.now();
                match self.good_token(now) {
                    // The slot has moved on: what it holds now was not refused.
                    Some(warm) if !warm.is_of(refused) => return Ok(Some(warm)),
                    Some(_) => state.force(now.monotonic, &self.policy),
                    None => Some(state.need(now.monotonic)),
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

    /// Takes a token that came from elsewhere, such as a login that was just finished.
    ///
    /// Nothing of it is kept if it has expired, unless it has a refresh token, with which the next caller goes on.
    pub(super) fn put(&self, token: OAuthToken) -> Result<()> {
        let now = self.now();
        let refresh_token = token.refresh_token().cloned();
        let mut state = self.state();
        let warm = self.warm_up(token, now, now);
        match warm {
            Ok(warm) => {
                self.refresh.replace(refresh_token.as_ref());
                // What a flight brings home now is older than this.
                state.supersede(&warm);
                self.warm.store(Some(warm));
            }
            Err(expired) if refresh_token.is_none() => return Err(expired),
            Err(_) => {
                self.refresh.replace(refresh_token.as_ref());
                state.clear();
                self.warm.store(None);
            }
        }
        Ok(())
    }

    /// Forgets the tokens; one that is under way goes to those who wait for it, and is not kept.
    pub(super) fn clear(&self) {
        let mut state = self.state();
        self.refresh.replace(None);
        state.clear();
        self.warm.store(None);
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
            Some(warm) if std::ptr::eq(warm, seen) => state.need(now.monotonic),
            // A flight has landed since.
            _ => return,
        };
        match step {
            Step::Start(departure) => {
                seen.do_not_look();
                // Before the task starts: a runtime that is shutting down drops it at once, and that takes the lock.
                drop(state);
                flight::launch(self, departure, &runtime);
            }
            Step::Await(_) => seen.do_not_look(),
            Step::Fail(_) => self.look_again_after_pause(&state),
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
            Error::configuration(
                "a token can be fetched within a Tokio runtime only: call from `#[tokio::main]` or `block_on`",
            )
        })?;
        let arrival = departure.arrival.clone();
        flight::launch(self, departure, &runtime);
        Ok(arrival)
    }

    fn good_token(&self, now: Moment) -> Option<Arc<Warm>> {
        self.warm.load_full().filter(|warm| warm.is_good(now))
    }

    fn warm_up(&self, token: OAuthToken, received: Moment, now: Moment) -> Outcome {
        let warm = Warm::new(token, received, &self.policy);
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

impl Airfield for Slot {
    async fn fetch(&self) -> Result<(OAuthToken, Moment)> {
        // From before the request, so that the time it took is not taken for life.
        let started = self.now();
        let token = obtain(&*self.client, &self.refresh, &self.policy).await?;
        Ok((token, started))
    }

    fn land(&self, number: u64, brought: Result<(OAuthToken, Moment)>) -> Outcome {
        let now = self.now();
        let mut state = self.state();
        let outcome = brought.and_then(|(token, received)| self.warm_up(token, received, now));
        if !state.land(number) {
            return outcome;
        }
        match outcome {
            Ok(warm) => {
                state.succeeded();
                self.warm.store(Some(Arc::clone(&warm)));
                Ok(warm)
            }
            Err(error) => {
                let error = state.failed(error, now.monotonic, &self.policy);
                // A failed renewal never displaces a good token; readers look again when the pause is over.
                self.look_again_after_pause(&state);
                Err(error)
            }
        }
    }

    fn lose(&self, number: u64) {
        let mut state = self.state();
        state.lose(number);
        if let Some(warm) = self.warm.load().as_deref() {
            warm.look_again(self.now().monotonic);
        }
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
