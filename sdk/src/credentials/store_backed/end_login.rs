use tokio::time::Instant;

use super::contents::Access;
use super::local_replica::PendingWrite;
use super::publish::{MAX_TRIES, others_keep_changing_it};
use super::shared_refresh::{FAR_FUTURE, SharedRefresh};
use super::store_client::LEASE;
use crate::credentials::StoreKey;
use crate::credentials::refresh_token::{Login, StoreFailure, Versioned, version_at};
use crate::credentials::refresh_token_state::RefreshPermit;
use crate::credentials::token_entry::EndedLogin;
use crate::error::Result;
use crate::time::ClockReading;

/// What there is of the login that is to end.
struct Found {
    login: Option<Versioned<Login>>,
    /// The store has answered.
    is_certain: bool,
}

impl Found {
    /// Whether another login has taken the place of this one.
    fn is_replaced_by(&self, later: &Self) -> bool {
        let family = |found: &Self| found.login.as_ref().and_then(|login| login.value.family);
        let has_one = later.login.as_ref().is_some_and(|login| login.value.token.is_some());
        self.is_certain && has_one && family(self) != family(later)
    }

    /// The version of what says that it is over.
    fn version_of_end(&self, now: ClockReading) -> u64 {
        let newest = Versioned { version: self.login.as_ref().map_or(0, |login| login.version), value: () };
        if self.is_certain { newest.version_in_its_place(now) } else { newest.next_version(now) }
    }
}

impl SharedRefresh<'_> {
    /// Ends the login that there is now: gives its newest tokens, and tells whether the store knows that it is over. Under the lease, so
    /// that no other process renews them meanwhile. A login that is put in the meantime, here or by another process, stays.
    ///
    /// `forget` takes what says so, and gives it back as it is to be put: `None` where there is another login by then.
    pub(in crate::credentials) async fn end(
        &self,
        permit: &RefreshPermit<'_>,
        forget: impl FnOnce(PendingWrite) -> Option<PendingWrite>,
    ) -> (EndedLogin, Result<()>) {
        let before = self.find(permit).await;
        let until = Instant::now() + (self.flow.policy.request_timeout() / 2).min(FAR_FUTURE).max(LEASE);
        let lease = self.lease_before(until).await;
        let work = self.end_with_lease(permit, before, forget);
        match lease {
            Some(lease) => {
                let ended = lease.while_renewing(work).await;
                lease.release().await;
                ended
            }
            None => work.await,
        }
    }

    /// The ID token that the store has, with an access token that may have expired.
    #[cfg(feature = "axum")]
    pub(in crate::credentials) async fn id_token(&self) -> Option<String> {
        let access = self.shared.store_client.access(&self.access_key, self.flow.time.now()).await.ok()?;
        access.value.id_token().map(str::to_owned)
    }

    async fn end_with_lease(
        &self,
        permit: &RefreshPermit<'_>,
        before: Found,
        forget: impl FnOnce(PendingWrite) -> Option<PendingWrite>,
    ) -> (EndedLogin, Result<()>) {
        let now = self.flow.time.now();
        let newest = self.find(permit).await;
        let is_replaced = before.is_replaced_by(&newest);
        let found = if is_replaced { before } else { newest };
        let refresh_token = match &found.login {
            Some(login) => login.value.token.clone(),
            None => self.flow.client.configured_refresh_token(),
        };
        let access = self.shared.store_client.access(&self.access_key, now).await.ok();
        // Where there is another login, what is there is of that one.
        let of_this = access.as_ref().filter(|_| !is_replaced);
        let access_token = of_this.and_then(|access| access.value.usable(now, self.flow.policy, false));
        let mut ended = EndedLogin { refresh_token, access_token };
        let access_version = match access {
            Some(access) if is_replaced => access.version,
            Some(access) => access.version_in_its_place(now),
            None => version_at(now),
        };

        let over = PendingWrite::overwriting(self.flow.client, self.access_key.clone(), None, false, now);
        let over = over.at(found.version_of_end(now), access_version);
        let told = match forget(over) {
            Some(over) => self.tell_that_it_is_over(over, &found, &mut ended).await,
            None => Ok(()),
        };
        (ended, told.map_err(StoreFailure::error))
    }

    /// Puts it in place of the login, and of what a process has made of that which had lost the lease.
    async fn tell_that_it_is_over(
        &self,
        over: PendingWrite,
        found: &Found,
        ended: &mut EndedLogin,
    ) -> Result<(), StoreFailure> {
        // With the permit: a flight that finds it unsaved puts it too.
        let permit = self.cell.permit(self.flow).await;
        if !permit.known(|known| known.unsaved.as_ref().is_some_and(|unsaved| unsaved.is(&over))) {
            return Ok(());
        }
        let mut saved = over.clone();
        if let Some(login) = &mut saved.login {
            self.put_end(login, found, ended).await?;
        }
        let login = saved.login.as_ref().map(|login| login.version);
        if let Some((key, access)) = &mut saved.access {
            self.put_end_of_access(key, access, login).await?;
        }
        permit.known(|known| known.saved(&over, saved));
        Ok(())
    }

    async fn put_end(
        &self,
        over: &mut Versioned<Login>,
        found: &Found,
        ended: &mut EndedLogin,
    ) -> Result<(), StoreFailure> {
        let key = &self.shared.login_key;
        for _ in 0..MAX_TRIES {
            if self.shared.put_in_place(key, over, self.flow).await? {
                return Ok(());
            }
            let there = Found { login: self.shared.store_client.login(key).await?, is_certain: true };
            match &there.login {
                Some(login)
                    if over.value.token.is_none() && login.value.token.is_some() && !found.is_replaced_by(&there) =>
                {
                    ended.refresh_token.clone_from(&login.value.token);
                    over.version = login.version.saturating_add(1);
                }
                // Another login, or nothing any more.
                _ => return Ok(()),
            }
        }
        Err(StoreFailure::Fatal(others_keep_changing_it()))
    }

    /// In place of an access token that came with this login before it was over at that version; one that is newer otherwise is of
    /// a newer login.
    async fn put_end_of_access(
        &self,
        key: &StoreKey,
        over: &mut Versioned<Access>,
        login: Option<u64>,
    ) -> Result<(), StoreFailure> {
        for _ in 0..MAX_TRIES {
            if self.shared.put_in_place(key, over, self.flow).await? {
                return Ok(());
            }
            let there = self.shared.store_client.access(key, self.flow.time.now()).await?;
            if login.zip(there.value.login()).is_none_or(|(end, came_with)| came_with >= end) {
                return Ok(());
            }
            over.version = there.version.saturating_add(1);
        }
        Err(StoreFailure::Fatal(others_keep_changing_it()))
    }

    /// The newest that the store and this process know.
    async fn find(&self, permit: &RefreshPermit<'_>) -> Found {
        let stored = self.shared.store_client.login(&self.shared.login_key).await;
        let is_certain = stored.is_ok();
        let known = permit.known(|known| known.newest().cloned());
        let login = stored.ok().flatten().into_iter().chain(known).max_by_key(|login| login.version);
        Found { login, is_certain }
    }
}
