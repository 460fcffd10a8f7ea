use std::sync::Arc;
use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::contents::{Access, Failure, Login, Versioned};
use super::hold::holding;
use super::known::Unsaved;
use super::reach::{LEASE, Trouble};
use super::{Shared, first_version};
use crate::credentials::clock::{Moment, Time};
use crate::credentials::headers::check_key;
use crate::credentials::policy::RenewalPolicy;
use crate::credentials::refresh::{RefreshCell, Turn};
use crate::credentials::warm::Warm;
use crate::credentials::{OAuthClient, StoreKey};
use crate::error::Result;
use crate::telemetry;
use crate::token::OAuthToken;

/// Gets a token that processes share: from the store if somebody has put a good one there; else, under the lease, from the
/// server, and into the store before anyone here gets it.
///
/// The order in which a refresh token is spent is what makes it be spent once (RFC 9700 §4.14): read the newest, say in the
/// store that it is being spent, send it, put its successor there. Whoever dies on the way leaves either a token that was not
/// sent, or the word that it may have been, or the successor. Versions decide between two who both believe that they hold the
/// lease.
pub(in crate::credentials) struct Errand<'a> {
    pub(in crate::credentials) client: &'a dyn OAuthClient,
    pub(in crate::credentials) cell: &'a RefreshCell,
    pub(in crate::credentials) shared: &'a Shared,
    pub(in crate::credentials) policy: &'a RenewalPolicy,
    pub(in crate::credentials) time: &'a Time,
    pub(in crate::credentials) access_key: StoreKey,
    /// What the slot has: about to expire, expired, or refused.
    pub(in crate::credentials) replaces: Option<Arc<Warm>>,
}

/// Pauses while the store does not take a new refresh token, for as long as the lease lasts by itself.
const FIRST_PAUSE: Duration = Duration::from_millis(50);
/// A store that is back is soon noticed: others wait for the lease.
const LONGEST_PAUSE: Duration = Duration::from_secs(1);

/// By how many microseconds clocks of machines differ that somebody looks after.
const MOST_SKEW: u64 = 5_000_000;
/// Longer than any program runs.
const ENDLESS: Duration = Duration::from_hours(24 * 365 * 10);

/// A token, and from when on what is left of its life counts: not from before the wait for others.
pub(super) type Got = (OAuthToken, Moment);

impl Errand<'_> {
    pub(in crate::credentials) async fn run(&self) -> Result<Got> {
        // Held to the end: of the tasks of this process, one stands in line for the lease.
        let turn = self.cell.turn(first_version(self.time.now())).await;
        match self.by_store(&turn).await {
            Ok(got) => Ok(got),
            Err(Trouble::Away(error)) => {
                let asked = self.time.now();
                Ok((self.without_store(&turn, error).await?, asked))
            }
            Err(Trouble::Final(error)) => Err(error),
        }
    }

    async fn by_store(&self, turn: &Turn<'_>) -> Result<Got, Trouble> {
        // What is not saved yet is newer than what is there.
        if turn.known(|known| known.unsaved.is_none())
            && let Some(stored) = self.stored().await?
        {
            return Ok(stored);
        }
        // Half of the time is left for the request: a refresh that is cut off is a lost login.
        let started = first_version(self.time.now());
        let until = Instant::now() + (self.policy.request_limit() / 2).min(ENDLESS);
        let lease = loop {
            if let Some(lease) = self.shared.reach.lease(&self.shared.login_key, until).await? {
                break lease;
            }
            // Whoever had it may have got what is wanted here, or asked in vain.
            if let Some(stored) = self.stored().await? {
                return Ok(stored);
            }
            if let Some(failure) = self.shared.reach.failure(&self.failure_key()).await?
                && failure.version > started
                // Of a clock that is far ahead it could be from long ago.
                && failure.version <= first_version(self.time.now()).saturating_add(MOST_SKEW)
            {
                return Err(Trouble::Final(failure.value.error()));
            }
        };
        holding(lease, self.shared.reach.time_limit(), self.with_lease(turn)).await
    }

    async fn with_lease(&self, turn: &Turn<'_>) -> Result<Got, Trouble> {
        self.save(turn).await?;
        let access = self.access().await?;
        if let Some(stored) = self.usable(&access.value) {
            return Ok(stored);
        }
        let asked = self.time.now();
        // Just after what is there: what comes in the meantime counts, whatever the clocks of others say.
        let version = access.version.saturating_add(1);
        let token = match self.fetch(turn).await {
            Ok(token) => token,
            Err(trouble) => {
                self.tell_others(&trouble).await;
                return Err(trouble);
            }
        };
        let access = Versioned { version, value: Access::of(&token) };
        match self.put(&self.access_key, &access).await {
            // Somebody has logged in, or out, in the meantime.
            Ok(false) => Ok(self.stored().await.ok().flatten().unwrap_or((token, asked))),
            // The token is as good without; the others will have to get one each.
            Ok(true) | Err(_) => Ok((token, asked)),
        }
    }

    /// For those who wait for the lease: they need not ask in vain one after the other.
    async fn tell_others(&self, trouble: &Trouble) {
        if let Trouble::Final(error) = trouble
            && let Some(value) = Failure::of(error)
        {
            let failure = Versioned { version: first_version(self.time.now()), value };
            // If this fails, they ask.
            let _ = self.put(&self.failure_key(), &failure).await;
        }
    }

    fn failure_key(&self) -> StoreKey {
        StoreKey::new(format!("failure/{}", self.access_key))
    }

    /// Puts what could not be put when it was new.
    async fn save(&self, turn: &Turn<'_>) -> Result<(), Trouble> {
        let Some(unsaved) = turn.known(|known| known.unsaved.clone()) else { return Ok(()) };
        let is_newest = match &unsaved.login {
            // It may be there already: whoever put it has ended, or lost the store, before the access token was there too.
            Some(login) => {
                let key = &self.shared.login_key;
                self.put(key, login).await? || self.shared.reach.version(key).await? == login.version
            }
            None => true,
        };
        if let Some((key, access)) = unsaved.access.as_ref().filter(|_| is_newest) {
            self.shared.put_over(key, access, self.time, self.policy).await?;
        }
        turn.known(|known| known.saved(&unsaved.clone(), unsaved));
        Ok(())
    }

    /// Puts what an answer brought, again and again for as long as the lease lasts by itself.
    ///
    /// Until that is done, nobody gets the access token, which is put with it later: nobody goes on with a login that ends
    /// with this process.
    pub(super) async fn keep(
        &self,
        turn: &Turn<'_>,
        login: Versioned<Login>,
        access_token: Option<&OAuthToken>,
    ) -> Result<(), Trouble> {
        let gives_up = Instant::now() + LEASE;
        let mut pause = FIRST_PAUSE;
        let access = access_token.map(|token| {
            let version = first_version(self.time.now());
            (self.access_key.clone(), Versioned { version, value: Access::of(token) })
        });
        // Before the first try: this task may end at it.
        turn.known(|known| known.unsaved = Some(Unsaved { login: Some(login.clone()), access }));
        loop {
            let Err(trouble) = self.put(&self.shared.login_key, &login).await else {
                // If it was not taken, somebody has logged in, or out, in the meantime, or an earlier try was not in vain.
                turn.known(|known| (known.unsaved, known.seen) = (None, Some(login)));
                return Ok(());
            };
            if matches!(trouble, Trouble::Final(_)) || Instant::now() >= gives_up {
                let is_enough = self.policy.spends_without_store();
                return if is_enough { Ok(()) } else { Err(Trouble::Final(trouble.error())) };
            }
            sleep(pause).await;
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }

    pub(super) async fn put<C: super::Contents>(&self, key: &StoreKey, put: &Versioned<C>) -> Result<bool, Trouble> {
        self.shared.reach.put(key, put, self.time.now(), self.policy).await
    }

    async fn stored(&self) -> Result<Option<Got>, Trouble> {
        Ok(self.usable(&self.access().await?.value))
    }

    async fn access(&self) -> Result<Versioned<Access>, Trouble> {
        self.shared.reach.access(&self.access_key, self.time.now()).await
    }

    /// The token, if it is better than what the slot has.
    fn usable(&self, access: &Access) -> Option<Got> {
        let now = self.time.now();
        let is_ahead = self.replaces.as_ref().is_some_and(|warm| warm.is_good(now));
        let token = access.usable(now, self.policy, is_ahead)?;
        // An older one may be there where the store was away when the slot got its own.
        let is_no_better =
            self.replaces.as_ref().is_some_and(|warm| warm.holds(&token) || is_ahead && warm.outlives(&token));
        let token = (!is_no_better && check_key(&token, self.client).is_ok()).then_some(token);
        token.inspect(|_| telemetry::adopted(self.client.name())).map(|token| (token, now))
    }
}
