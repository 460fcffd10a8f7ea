mod adopting;
mod ending;
mod fetcher;
#[cfg(test)]
mod interleavings;
mod rejection;
mod replacing;

use std::fmt;
use std::sync::{Arc, PoisonError, TryLockError};
use std::time::Duration;

use http::HeaderValue;

use super::cached_token::{CachedToken, Freshness};
use super::configuration::Configuration;
use super::handle_count::HandleCount;
use super::leader::{self, TokenFetcher};
use super::policy::RefreshPolicy;
use super::refresh_token::RefreshContext;
use super::refresh_token_state::RefreshTokenState;
use super::single_flight::{Decision, Leader, Outcome, SingleFlight, Waiter};
use super::store_backed::{SharedRefresh, StoreBacked};
use super::sync::{self, ArcSwapOption, Handle, Mutex, MutexGuard};
use super::{CacheKey, CredentialsBuilder, OAuthClient, StoreKey, TokenStore};
use crate::error::{Error, Result};
use crate::runtime;
use crate::telemetry::{self, Acquisition, Wait};
use crate::time::{ClockReading, Time};
use crate::token::OAuthToken;

pub(crate) use ending::EndedLogin;

/// One token of one client: what everyone who wants it shares.
///
/// What a reader of a cached token needs comes first: with the reference counts in front of it, it is 64 bytes.
#[repr(C)]
pub(super) struct TokenEntry {
    cached: ArcSwapOption<CachedToken>,
    time: Time,
    handles: HandleCount,
    /// That of the first handle.
    first: Configuration,
    /// That of a later one, where the first has failed.
    adopted: ArcSwapOption<Configuration>,
    refresh: Arc<RefreshTokenState>,
    state: Mutex<SingleFlight>,
}

/// A caller waits for this many flights if runtimes keep going away under them.
const MAX_FLIGHTS: usize = 3;

impl TokenEntry {
    pub(super) fn new(
        client: Arc<dyn OAuthClient>,
        refresh: Arc<RefreshTokenState>,
        policy: RefreshPolicy,
        time: Time,
    ) -> Self {
        Self {
            first: Configuration::new(client, policy),
            adopted: ArcSwapOption::empty(),
            refresh,
            time,
            cached: ArcSwapOption::empty(),
            state: Mutex::default(),
            handles: HandleCount::default(),
        }
    }

    /// The client of the first handle. One that takes its place has the same names and keys.
    pub(super) fn client(&self) -> &dyn OAuthClient {
        &*self.first.client
    }

    fn name(&self) -> &str {
        self.client().name()
    }

    /// The configuration of the credentials of the same client with other scopes: in the process's cache, but the same in all else.
    pub(super) fn configure(&self, narrowed: Arc<dyn OAuthClient>) -> CredentialsBuilder {
        let builder = CredentialsBuilder::new(narrowed).policy(*self.policy());
        let builder = self.time.given().into_iter().fold(builder, CredentialsBuilder::clock);
        self.refresh.shared().into_iter().fold(builder, |builder, shared| builder.shared_store(&shared.store()))
    }

    /// Keeps the tokens in this store too from now on, unless they have one.
    pub(super) fn keep_in(&self, store: &Arc<dyn TokenStore>) {
        self.refresh.keep_in(store, self.client());
    }

    #[inline]
    fn now(&self) -> ClockReading {
        self.time.now()
    }

    /// The token if it is good: two loads and two looks at a clock.
    #[inline]
    pub(super) fn cached_token(self: &Arc<Self>) -> Option<OAuthToken> {
        self.cached(CachedToken::token)
    }

    /// The same of the value of `Authorization`; an error where that takes a proof of possession, too.
    #[inline]
    pub(super) fn cached_header(self: &Arc<Self>) -> Option<Result<HeaderValue>> {
        self.cached(CachedToken::header)
    }

    #[inline]
    fn cached<T>(self: &Arc<Self>, hand_out: impl FnOnce(&CachedToken, ClockReading) -> T) -> Option<T> {
        let cached = self.cached.load();
        let cached = cached.as_deref()?;
        let now = self.now();
        match cached.freshness(now) {
            Freshness::Fresh => {}
            Freshness::Stale => self.renew_ahead(cached, now),
            Freshness::Expired => return None,
        }
        Some(hand_out(cached, now))
    }

    /// The token of what was waited for.
    pub(super) fn hand_out(&self, cached: &CachedToken) -> OAuthToken {
        cached.token(self.now())
    }

    /// A good token, waited for if need be.
    pub(super) async fn acquire(self: &Arc<Self>) -> Outcome {
        for _ in 0..MAX_FLIGHTS {
            let step = {
                let mut state = self.state();
                let now = self.now();
                // Looked at again under the lock: a flight may just have landed.
                match self.good_token(now) {
                    Some(cached) => return Ok(cached),
                    None => self.need(&mut state, now),
                }
            };
            match self.take(step).await? {
                // A task that was kept from running for long may come too late for it.
                Some(Ok(cached)) if !cached.is_good(self.now()) => {}
                Some(outcome) => return outcome,
                None => tokio::task::yield_now().await,
            }
        }
        Err(never_arrived())
    }

    /// A new token, however good the one is that is here; a request that is under way is joined.
    pub(super) async fn refresh(self: &Arc<Self>) -> Outcome {
        for _ in 0..MAX_FLIGHTS {
            let step = {
                let mut state = self.state();
                let now = self.now();
                self.need(&mut state, now)
            };
            match self.take(step).await? {
                Some(Ok(cached)) if !cached.is_good(self.now()) => {}
                Some(outcome) => return outcome,
                None => tokio::task::yield_now().await,
            }
        }
        Err(never_arrived())
    }

    fn flow<'a>(&'a self, with: &'a Configuration) -> RefreshContext<'a> {
        RefreshContext { client: &*with.client, policy: &with.policy, time: &self.time }
    }

    fn shared_refresh<'a>(&'a self, with: &'a Configuration, shared: &'a StoreBacked) -> SharedRefresh<'a> {
        SharedRefresh {
            flow: self.flow(with),
            cell: &self.refresh,
            shared,
            access_key: self.store_key(),
            replaces: self.cached.load_full(),
            is_forced: self.state().is_forced(),
        }
    }

    /// What tells its token from those of other entries.
    pub(super) fn cache_key(&self) -> CacheKey {
        CacheKey::by(self.client(), &self.time)
    }

    fn store_key(&self) -> StoreKey {
        self.cache_key().store_key()
    }

    pub(super) fn handles(&self) -> &HandleCount {
        &self.handles
    }

    /// Starts a refresh in the background if it is due; says when to come again, where that is not
    /// at the next change. An entry without a token is left to those who want one.
    pub(super) fn refresh_if_due(self: &Arc<Self>) -> Option<Duration> {
        let cached = self.cached.load_full()?;
        let now = self.now();
        if cached.freshness(now) != Freshness::Fresh {
            if self.state().needs_login() {
                return None;
            }
            self.renew_ahead(&cached, now);
        }
        cached.time_until_refresh(now)
    }

    /// Starts a refresh if it is due. Never waits: if the lock is taken, another caller is doing the same.
    #[cold]
    fn renew_ahead(self: &Arc<Self>, seen: &CachedToken, now: ClockReading) {
        // A reader without a runtime leaves it to one that has one.
        let Ok(runtime) = Handle::try_current() else { return };
        let mut state = match self.state.try_lock() {
            Ok(state) => state,
            Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
            Err(TryLockError::WouldBlock) => return,
        };
        let step = match self.cached.load().as_deref() {
            Some(cached) if std::ptr::eq(cached, seen) => self.need(&mut state, now),
            // A flight has landed since.
            _ => return,
        };
        match step {
            Decision::Lead(leader) => {
                seen.suspend_refresh();
                // Before the task starts: a runtime that is shutting down drops it at once, and that takes the lock.
                drop(state);
                leader::spawn_leader(self, leader, &runtime, Acquisition::ahead(self.name()));
            }
            Decision::Join(_) => seen.suspend_refresh(),
            Decision::BackOff(_) => self.look_again_after_pause(&state),
        }
    }

    /// The outcome of a step; `None` if the flight was lost with its runtime.
    async fn take(self: &Arc<Self>, step: Decision) -> Result<Option<Outcome>> {
        let shared = matches!(step, Decision::Join(_));
        let mut waiter = match step {
            Decision::Join(waiter) => waiter,
            Decision::BackOff(error) => {
                telemetry::backoff_rejected(self.name());
                return Err(error);
            }
            Decision::Lead(leader) => {
                let number = leader.number;
                self.start(leader).inspect_err(|_| self.abort(number))?
            }
        };
        let _wait = Wait::new(self.name(), shared);
        let max_wait = self.policy().max_wait();
        let Some(landed) = sync::within(max_wait, waiter.outcome.wait_for(Option::is_some)).await else {
            return Err(self.give_up(waiter.number));
        };
        Ok(landed.ok().and_then(|outcome| outcome.clone()))
    }

    /// Gives up on a flight whose runtime is not driven.
    #[cold]
    fn give_up(&self, number: u64) -> Error {
        let policy = self.policy();
        let overdue = leader::overdue(policy.max_wait());
        let given_up = {
            let mut state = self.state();
            self.take_over_offered(&mut state, number);
            let given_up = state.give_up(number, &overdue, self.now().monotonic, &policy);
            self.look_again_after_pause(&state);
            given_up
        };
        // Another waiting caller may have done so before.
        let Some(error) = given_up else { return overdue };
        telemetry::failed(self.name(), &error, || self.good_token(self.now()).is_some());
        self.handles.notify();
        error
    }

    fn start(self: &Arc<Self>, leader: Leader) -> Result<Waiter> {
        let runtime = Handle::try_current().map_err(|_| runtime::missing("a token can be fetched"))?;
        let waiter = Waiter { number: leader.number, outcome: leader.waiter.outcome.clone() };
        leader::spawn_leader(self, leader, &runtime, Acquisition::awaited(self.name()));
        Ok(waiter)
    }

    fn need(&self, state: &mut SingleFlight, now: ClockReading) -> Decision {
        state.need(now.monotonic, &self.policy(), self.refresh.shared().is_some())
    }

    fn good_token(&self, now: ClockReading) -> Option<Arc<CachedToken>> {
        self.cached.load_full().filter(|cached| cached.is_good(now))
    }

    fn to_cached(&self, token: OAuthToken, received: ClockReading, now: ClockReading) -> Outcome {
        let cached = CachedToken::new(self.name(), token, received, &self.policy());
        if !cached.is_good(now) {
            return Err(Error::invalid_response(
                "the token had expired when it arrived: check `expires_in` and the clocks of both machines",
            ));
        }
        Ok(Arc::new(cached))
    }

    fn look_again_after_pause(&self, state: &SingleFlight) {
        if let (Some(cached), Some(pause_ends)) = (self.cached.load().as_deref(), state.pause_ends()) {
            cached.schedule_refresh(pause_ends);
        }
    }

    fn state(&self) -> MutexGuard<'_, SingleFlight> {
        // Nothing that holds the lock panics, and the state is whole after each line if something did.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn never_arrived() -> Error {
    Error::temporary(
        "a token was lost with the runtime that fetched it, or expired before it could be used, several times in a row: is the \
         runtime shutting down?",
    )
}

impl fmt::Debug for TokenEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenEntry").field("client", &self.name()).finish_non_exhaustive()
    }
}
