use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::contents::Access;
use super::heartbeat::HeldLease;
use super::shared_refresh::SharedRefresh;
use super::store_client::{LEASE, sorted};
use crate::credentials::refresh_token::{Login, LoginStorage, Rules, StoreFailure, Versioned, version_at};
use crate::credentials::refresh_token_state::RefreshPermit;
use crate::error::Result;
use crate::time::ClockReading;
use crate::token::OAuthToken;

/// A login in a store, with its lease held.
///
/// The order in which a refresh token is spent is what makes it be spent once (RFC 9700 §4.14): read the newest, say in the
/// store that it is being spent, send it, put its successor there. A process that ends on the way leaves either a token that was
/// not sent, or the word that it may have been, or the successor. Versions decide between two who both believe that they hold
/// the lease.
pub(super) struct InStore<'a> {
    pub(super) shared_refresh: &'a SharedRefresh<'a>,
    pub(super) permit: &'a RefreshPermit<'a>,
    pub(super) lease: &'a HeldLease,
}

/// Pauses while the store does not take a new refresh token, for as long as the lease lasts by itself.
const FIRST_PAUSE: Duration = Duration::from_millis(50);
/// A store that is back is soon noticed: others wait for the lease.
const MAX_PAUSE: Duration = Duration::from_secs(1);

impl InStore<'_> {
    async fn put(&self, login: &Versioned<Login>) -> Result<bool, StoreFailure> {
        self.shared_refresh.put(&self.shared_refresh.shared.login_key, login).await
    }

    /// Nothing is sent: as if it had not been marked, unless others have gone on from there.
    async fn take_back(&self, marked: Versioned<Login>) {
        let attempt = marked.value.spending.map(|spending| spending.attempt);
        let as_it_was =
            Versioned { version: marked.version.saturating_add(1), value: marked.value.without_attempt(attempt) };
        // If this fails, the attempt is known here to be unsent.
        let _ = self.put(&as_it_was).await;
    }

    /// The store has gone back in time, or has lost the login: what this process knows is newer. It is put back if no other
    /// process can have gone on from there; the older one is never sent.
    async fn put_back(&self, mine: Versioned<Login>) -> Result<Versioned<Login>, StoreFailure> {
        let flow = self.shared_refresh.flow;
        let rules = Rules::of(flow);
        let (is_newest, is_overtaken) =
            self.permit.known(|known| (known.is_newest_of_all(flow.time.now()), known.is_overtaken()));
        let may_count = is_newest && !self.shared_refresh.is_forced
            // The configuration has what was spent before.
            || !is_overtaken && flow.client.configured_refresh_token().is_some()
            || mine.value.token.is_none()
            || rules.stays(&mine.value)
            || flow.policy.spends_without_store();
        if may_count {
            self.put(&mine).await?;
            return Ok(mine);
        }
        // Another process may know its successor, and put that back.
        Ok(Versioned { version: mine.version, value: Login::default() })
    }
}

impl LoginStorage for InStore<'_> {
    async fn newest(&self) -> Result<Versioned<Login>, StoreFailure> {
        let found = self.shared_refresh.shared.store_client.login(&self.shared_refresh.shared.login_key).await?;
        let (unsent, mine) = self.permit.known(|known| (known.unsent, known.seen.clone()));
        let there = found.as_ref().map_or(0, |login| login.version);
        let mut login = match (found, mine) {
            (_, Some(mine)) if mine.version > there => return self.put_back(mine).await,
            (Some(found), _) => found,
            (None, _) => {
                let configured = self.shared_refresh.flow.client.configured_refresh_token();
                return Ok(Versioned { version: 0, value: Login::configured(configured) });
            }
        };
        login.value = login.value.without_attempt(unsent);
        self.permit.known(|known| known.is_seen(login.clone()));
        Ok(login)
    }

    /// What a store that did not answer takes late is known again by its number.
    fn attempt_number(&self) -> u64 {
        self.permit.known(|known| *known.unsent.get_or_insert_with(|| fastrand::u64(..)))
    }

    fn has_lost_turn(&self) -> bool {
        !self.permit.is_current()
    }

    async fn mark(&self, marked: Versioned<Login>) -> Result<bool, StoreFailure> {
        if !self.permit.is_current() || !self.put(&marked).await? {
            return Ok(false);
        }
        // This process may have stood still, and another one be about to send the token, or to have its successor.
        let lost = match self.lease.is_held().await {
            Ok(true) => None,
            Ok(false) => Some(StoreFailure::LeaseLost),
            Err(error) => Some(sorted(error)),
        };
        if let Some(lost) = lost {
            self.take_back(marked).await;
            return Err(lost);
        }
        // From here on it may be spent, and nothing may be taken for "nothing was sent".
        self.permit.known(|known| {
            known.unsent = None;
            known.is_seen(marked);
        });
        Ok(true)
    }

    /// Puts it again and again for as long as the lease lasts by itself.
    ///
    /// Until that is done, no caller gets the access token, which is put with it later: no caller goes on with a login that ends
    /// with this process.
    async fn save(&self, login: Versioned<Login>) -> Result<(), StoreFailure> {
        let gives_up = Instant::now() + LEASE;
        let mut pause = FIRST_PAUSE;
        // Before the first try: this task may end at it.
        self.permit.known(|known| known.is_to_be_put(login.clone()));
        let (shared, flow) = (self.shared_refresh.shared, self.shared_refresh.flow);
        let mut put = login.clone();
        loop {
            let failure = match shared.put_newer(&mut put, false, self.permit, flow).await {
                Ok(is_newest) => {
                    // If another login has come in the meantime, the access token that comes with this one is not of that.
                    let is_replaced = !is_newest && put.version > login.version;
                    self.permit.known(|known| known.is_put(if is_replaced { login } else { put }));
                    return Ok(());
                }
                Err(failure) => failure,
            };
            if matches!(failure, StoreFailure::Fatal(_)) || Instant::now() >= gives_up {
                let is_enough = self.shared_refresh.flow.policy.spends_without_store();
                return if is_enough { Ok(()) } else { Err(StoreFailure::Fatal(failure.error())) };
            }
            sleep(pause).await;
            pause = (pause * 2).min(MAX_PAUSE);
        }
    }

    async fn end(&self, login: Versioned<Login>) -> Result<bool, StoreFailure> {
        let is_over = self.put(&login).await?;
        if is_over {
            self.permit.known(|known| known.is_put(login));
        }
        Ok(is_over)
    }

    fn came_with(&self, token: &OAuthToken, sent: ClockReading) {
        let version = version_at(self.shared_refresh.flow.time.now());
        self.permit.known(|known| {
            let login = known.newest().map(|login| login.version);
            if let Some(unsaved) = &mut known.unsaved {
                let value = Access::of(token, sent, login);
                unsaved.access = Some((self.shared_refresh.access_key.clone(), Versioned { version, value }));
            }
            if let Some(lifetime) = token.expires_in() {
                known.is_good_until(sent.monotonic.saturating_add(lifetime));
            }
        });
    }

    fn is_useless(&self) -> bool {
        self.permit.known(|known| known.is_useless)
    }

    fn found_useless(&self) {
        self.permit.known(|known| known.is_useless = true);
    }
}
