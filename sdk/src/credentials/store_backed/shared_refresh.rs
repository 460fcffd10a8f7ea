use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use super::StoreBacked;
use super::contents::{Access, Failure};
use super::heartbeat::HeldLease;
use super::in_store::InStore;
use super::store_client::LEASE;
use super::without_store::WithoutStore;
use crate::credentials::StoreKey;
use crate::credentials::cached_token::CachedToken;
use crate::credentials::headers::check_key;
use crate::credentials::refresh_token::{FetchedToken, RefreshContext, StoreFailure, Versioned, fetch, version_at};
use crate::credentials::refresh_token_state::{RefreshPermit, RefreshTokenState};
use crate::error::{Error, Result};
use crate::telemetry;

/// Gets a token that processes share: from the store if another process has put a valid one there; else, under the lease, from the
/// server, and into the store before any caller here gets it.
///
/// The order in which a refresh token is spent is what makes it be spent once (RFC 9700 §4.14): read the newest, say in the
/// store that it is being spent, send it, put its successor there. A process that dies on the way leaves either a token that was not
/// sent, or the word that it may have been, or the successor. Versions decide between two who both believe that they hold the
/// lease.
pub(in crate::credentials) struct SharedRefresh<'a> {
    pub(in crate::credentials) flow: RefreshContext<'a>,
    pub(in crate::credentials) cell: &'a RefreshTokenState,
    pub(in crate::credentials) shared: &'a StoreBacked,
    pub(in crate::credentials) access_key: StoreKey,
    /// What the entry has: about to expire, expired, or rejected (401).
    pub(in crate::credentials) replaces: Option<Arc<CachedToken>>,
    /// It was rejected: the server may have ended it when another process went on.
    pub(in crate::credentials) is_forced: bool,
}

/// The clock skew, in microseconds, between machines whose clocks are synchronised.
const MAX_SKEW: u64 = 5_000_000;
/// A process that loses so many leases in a row is stopped more than it runs.
const MAX_LEASES: usize = 3;
/// Longer than any program runs.
pub(super) const FAR_FUTURE: Duration = Duration::from_hours(24 * 365 * 10);

/// What came of waiting for the lease.
enum Waited {
    Lease(HeldLease),
    Stored(FetchedToken),
}

impl SharedRefresh<'_> {
    pub(in crate::credentials) async fn run(&self) -> Result<FetchedToken> {
        // Held to the end: of the tasks of this process, one stands in line for the lease.
        let permit = self.cell.permit(self.flow).await;
        match self.by_store(&permit).await {
            Ok(got) => Ok(got),
            // A token while the store is away: whatever spends nothing that another process may have spent.
            Err(StoreFailure::Unavailable(away)) => {
                fetch(self.flow, &WithoutStore::new(self.flow, &permit, away)).await.map_err(StoreFailure::error)
            }
            Err(failure) => Err(failure.error()),
        }
    }

    /// Looks whether the store has got what the last flight failed for want of: a login that a person has finished elsewhere.
    /// Sends nothing to the server while there is none.
    pub(in crate::credentials) async fn look(&self, failed: Error) -> Result<FetchedToken> {
        let is_new = {
            let permit = self.cell.permit(self.flow).await;
            if let Ok(Some(stored)) = self.stored(&permit).await {
                return Ok(stored);
            }
            match self.shared.store_client.login(&self.shared.login_key).await {
                Ok(Some(login)) => {
                    login.value.token.is_some()
                        && permit.known(|known| known.newest().is_none_or(|newest| newest.version < login.version))
                }
                _ => false,
            }
        };
        if is_new { self.run().await } else { Err(failed) }
    }

    /// Puts what is not saved yet, unless the store has something newer. Under the lease if it is soon to be had: another process may
    /// be sending what this would take the place of.
    pub(in crate::credentials) async fn settle(&self) -> Result<()> {
        let permit = self.cell.permit(self.flow).await;
        if permit.known(|known| known.unsaved.is_none()) {
            return Ok(());
        }
        let work = self.shared.save(&permit, self.flow);
        let saved = match self.lease_before(Instant::now() + LEASE / 2).await {
            Some(lease) => {
                let saved = lease.while_renewing(work).await;
                lease.release().await;
                saved
            }
            None => work.await,
        };
        saved.map_err(StoreFailure::error)
    }

    /// The lease, for what is as good without: versions decide.
    pub(super) async fn lease_before(&self, until: Instant) -> Option<HeldLease> {
        loop {
            match self.shared.store_client.lease(&self.shared.login_key, until).await {
                Ok(None) => {}
                Ok(lease) => return lease,
                Err(_) => return None,
            }
        }
    }

    async fn by_store(&self, permit: &RefreshPermit<'_>) -> Result<FetchedToken, StoreFailure> {
        // What is not saved yet is newer than what is there.
        if permit.known(|known| known.unsaved.is_none())
            && let Some(stored) = self.stored(permit).await?
        {
            return Ok(stored);
        }
        let started = version_at(self.flow.time.now());
        for _ in 0..MAX_LEASES {
            let lease = match self.lease(permit, started).await? {
                Waited::Lease(lease) => lease,
                Waited::Stored(stored) => return Ok(stored),
            };
            let outcome = lease.while_renewing(self.with_lease(permit, &lease)).await;
            lease.release().await;
            match outcome {
                // Nothing was sent. With another lease, what others have done meanwhile counts.
                Err(StoreFailure::LeaseLost) => {}
                outcome => return outcome,
            }
        }
        Err(StoreFailure::LeaseLost)
    }

    /// The lease, or what its previous holder has obtained while it was waited for; an error if they have failed since this started.
    async fn lease(&self, permit: &RefreshPermit<'_>, started: u64) -> Result<Waited, StoreFailure> {
        // Half of the time is left for the request: a refresh that is cut off is a lost login.
        let until = Instant::now() + (self.flow.policy.request_timeout() / 2).min(FAR_FUTURE);
        loop {
            if let Some(lease) = self.shared.store_client.lease(&self.shared.login_key, until).await? {
                return Ok(Waited::Lease(lease));
            }
            // Its previous holder may have obtained the token, or failed.
            if let Some(stored) = self.stored(permit).await? {
                return Ok(Waited::Stored(stored));
            }
            if let Some(failure) = self.shared.store_client.failure(&self.failure_key()).await?
                && failure.version > started
                // Of a clock that is far ahead it could be from long ago.
                && failure.version <= version_at(self.flow.time.now()).saturating_add(MAX_SKEW)
            {
                return Err(StoreFailure::Fatal(failure.value.error()));
            }
        }
    }

    async fn with_lease(&self, permit: &RefreshPermit<'_>, lease: &HeldLease) -> Result<FetchedToken, StoreFailure> {
        self.shared.save(permit, self.flow).await?;
        let access = self.access().await?;
        if let Some(stored) = self.usable(&access.value, permit) {
            return Ok(stored);
        }
        // Just after what is there: what comes in the meantime counts, whatever the clocks of others say.
        let version = access.version.saturating_add(1);
        let (token, sent) = match fetch(self.flow, &InStore { shared_refresh: self, permit, lease }).await {
            Ok(got) => got,
            Err(failure) => {
                self.tell_others(&failure).await;
                return Err(failure);
            }
        };
        let login = permit.known(|known| known.newest().map(|login| login.version));
        let access = Versioned { version, value: Access::of(&token, sent, login) };
        match self.shared.put_in_place(&self.access_key, &access, self.flow).await {
            // A person has logged in or out in the meantime.
            Ok(false) => Ok(self.stored(permit).await.ok().flatten().unwrap_or((token, sent))),
            // The token is as good without; the others will have to get one each.
            Ok(true) | Err(_) => Ok((token, sent)),
        }
    }

    /// For the tasks that wait for the lease: they need not ask in vain one after the other.
    async fn tell_others(&self, failure: &StoreFailure) {
        if let StoreFailure::Fatal(error) = failure
            && let Some(value) = Failure::of(error)
        {
            let failure = Versioned { version: version_at(self.flow.time.now()), value };
            // If this fails, they ask.
            let _ = self.put(&self.failure_key(), &failure).await;
        }
    }

    fn failure_key(&self) -> StoreKey {
        StoreKey::new(format!("failure/{}", self.access_key))
    }

    pub(super) async fn put<C: super::contents::Contents>(
        &self,
        key: &StoreKey,
        put: &Versioned<C>,
    ) -> Result<bool, StoreFailure> {
        self.shared.store_client.put(key, put, self.flow.time, self.flow.policy).await
    }

    async fn stored(&self, permit: &RefreshPermit<'_>) -> Result<Option<FetchedToken>, StoreFailure> {
        Ok(self.usable(&self.access().await?.value, permit))
    }

    async fn access(&self) -> Result<Versioned<Access>, StoreFailure> {
        self.shared.store_client.access(&self.access_key, self.flow.time.now()).await
    }

    /// The token, if it is better than what the entry has.
    fn usable(&self, access: &Access, permit: &RefreshPermit<'_>) -> Option<FetchedToken> {
        if let Some(version) = access.login() {
            permit.known(|known| known.others_are_at(version));
        }
        let now = self.flow.time.now();
        let is_ahead = self.replaces.as_ref().is_some_and(|cached| cached.is_good(now));
        let token = access.usable(now, self.flow.policy, is_ahead)?;
        // An older one may be there where the store was away when the entry got its own.
        let is_no_better =
            self.replaces.as_ref().is_some_and(|cached| cached.holds(&token) || is_ahead && cached.outlives(&token));
        let token = (!is_no_better && check_key(&token, self.flow.client).is_ok()).then_some(token);
        let token = token.inspect(|_| telemetry::store_hit(self.flow.client.name()))?;
        Some((self.flow.client.check_stored(token), now))
    }
}
