use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use tokio::sync::OwnedMutexGuard;
use tokio::time::Instant;

use super::refresh_token::{Login, RefreshContext, Versioned, version_at};
use super::store_backed::{LocalReplica, PendingWrite, StoreBacked};
use super::{OAuthClient, TokenStore};
use crate::fingerprint::Fingerprint;
use crate::time::ClockReading;
use crate::token::OAuthToken;

/// The refresh token of a login and what is known of it, shared by all entries of one refresh key.
///
/// The lock is never held across an await: a new login, or none, takes the place of this one at once.
#[derive(Debug)]
pub(super) struct RefreshTokenState {
    holding: Arc<Mutex<Inner>>,
    /// Where it is kept besides, so that other processes find it: then what is here is a copy, which counts while the store
    /// is away.
    shared: OnceLock<Box<StoreBacked>>,
}

#[derive(Debug, Default)]
struct Inner {
    known: LocalReplica,
    /// Which of the logins that took each other's place this is.
    epoch: u64,
    /// The one that spends the token has the permit, for as long as that takes. Each login has its own: what became of an
    /// earlier one blocks no caller.
    permit: Option<Arc<tokio::sync::Mutex<()>>>,
    /// When the permit was last taken, and for how long at the most.
    taken: Option<(Instant, Duration)>,
}

/// The right to spend the refresh token.
pub(super) struct RefreshPermit<'a> {
    cell: &'a RefreshTokenState,
    epoch: u64,
    held: OwnedMutexGuard<()>,
}

/// A login as this process knows it, and which of those that took each other's place it is.
pub(super) struct Current {
    epoch: u64,
    pub(super) login: Option<Login>,
}

impl RefreshTokenState {
    pub(super) fn new(client: &dyn OAuthClient) -> Self {
        let holding = match client.configured_refresh_token() {
            Some(token) => {
                let key = Fingerprint::builder().parameter("refresh_key", client.refresh_key());
                of_the_process(key.secret("refresh_token", token.secret()).finish())
            }
            None => Arc::default(),
        };
        Self { holding, shared: OnceLock::new() }
    }

    /// Waits until no other task of this process uses the login.
    pub(super) async fn permit(&self, flow: RefreshContext<'_>) -> RefreshPermit<'_> {
        loop {
            let permit = Arc::clone(self.holding().permit.get_or_insert_default());
            let held = permit.lock_owned().await;
            let mut holding = self.holding();
            if holding.is_of(&held) {
                holding.taken = Some((Instant::now(), flow.policy.request_timeout()));
                if self.shared.get().is_some() {
                    // What was here before there was a store is to be put there.
                    holding.known.hand_over(version_at(flow.time.now()));
                }
                return RefreshPermit { cell: self, epoch: holding.epoch, held };
            }
        }
    }

    /// The login that there is now.
    pub(super) fn current(&self) -> Current {
        let holding = self.holding();
        Current { epoch: holding.epoch, login: holding.known.newest().map(|login| login.value.clone()) }
    }

    /// Frees the permit if its holder has had it for too long: on a runtime that is not driven. The holder may not send
    /// the token any more; if they have, what they learn of it counts unless others have gone on by then.
    pub(super) fn give_up_overdue_permit(&self) {
        let mut holding = self.holding();
        let is_held = holding.permit.as_ref().is_some_and(|permit| permit.try_lock().is_err());
        if is_held && holding.taken.is_some_and(|(taken, limit)| taken.elapsed() >= limit) {
            holding.permit = None;
        }
    }

    /// Where it is kept besides.
    pub(super) fn shared(&self) -> Option<&StoreBacked> {
        self.shared.get().map(Box::as_ref)
    }

    /// Keeps it in this store from now on, unless it has one already.
    pub(super) fn keep_in(&self, store: &Arc<dyn TokenStore>, client: &dyn OAuthClient) {
        self.shared.get_or_init(|| Box::new(StoreBacked::new(Arc::clone(store), client)));
    }

    /// Takes what is to be put into the store in place of all that is there; good until then, where it came with an access
    /// token that is.
    pub(super) fn replace_shared(&self, unsaved: PendingWrite, good_until: Option<Duration>) {
        self.holding().replace_shared(unsaved, good_until);
    }

    /// Takes the token of another login, or none, in place of this one.
    pub(super) fn replace(&self, login: Option<&OAuthToken>, client: &dyn OAuthClient, now: ClockReading) {
        let mut holding = self.holding();
        let refresh_token = login.and_then(OAuthToken::granted_refresh_token);
        let known = if refresh_token.is_none() && client.configured_refresh_token().is_some() {
            std::mem::take(&mut holding.known)
        } else {
            let subject = login.and_then(|token| client.subject(token));
            let version = holding.known.newest().map_or_else(|| version_at(now), |newest| newest.next_version(now));
            LocalReplica::of_this_process(Versioned { version, value: Login::of(refresh_token, subject) })
        };
        holding.replace(known);
    }

    fn holding(&self) -> MutexGuard<'_, Inner> {
        self.holding.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    fn replace_shared(&mut self, mut unsaved: PendingWrite, good_until: Option<Duration>) -> PendingWrite {
        self.known.hand_over(0);
        unsaved.advance_past(&self.known);
        let mut known = LocalReplica::of_unsaved(unsaved.clone(), good_until);
        if known.newest().is_none() {
            // A refresh token that was configured is no login that could end here.
            known.seen = self.known.seen.take();
        }
        self.replace(known);
        unsaved
    }

    fn replace(&mut self, known: LocalReplica) {
        *self = Self { known, epoch: self.epoch + 1, permit: None, taken: None };
    }

    fn is_of(&self, permit: &OwnedMutexGuard<()>) -> bool {
        self.permit.as_ref().is_some_and(|current| Arc::ptr_eq(current, OwnedMutexGuard::mutex(permit)))
    }
}

impl RefreshPermit<'_> {
    /// Whether it is still for this task to send the token: not once it was given up, or another login has come.
    pub(super) fn is_current(&self) -> bool {
        self.cell.holding().is_of(&self.held)
    }

    /// Whether it is of the login that there was at that time.
    pub(super) fn is_of_login(&self, current: &Current) -> bool {
        self.epoch == current.epoch
    }

    /// Takes what is to be put into the store in place of this login; gives it as it is to be put. `None` where another login has come.
    pub(super) fn end_shared(&self, unsaved: PendingWrite) -> Option<PendingWrite> {
        let mut holding = self.cell.holding();
        (holding.epoch == self.epoch).then(|| holding.replace_shared(unsaved, None))
    }

    /// What is known of the login.
    pub(super) fn known<T>(&self, look: impl FnOnce(&mut LocalReplica) -> T) -> T {
        let mut holding = self.cell.holding();
        if holding.epoch == self.epoch {
            look(&mut holding.known)
        } else {
            // Of an earlier login there is nothing that this process has to know.
            drop(holding);
            look(&mut LocalReplica::default())
        }
    }
}

/// What became of refresh tokens that were configured, for as long as the process runs, whatever caches and clients come and go:
/// the configuration still has the first one.
fn of_the_process(key: Fingerprint) -> Arc<Mutex<Inner>> {
    static CONFIGURED: LazyLock<Mutex<Configured>> = LazyLock::new(Mutex::default);
    let mut configured = CONFIGURED.lock().unwrap_or_else(PoisonError::into_inner);
    if !configured.holdings.contains_key(&key) && configured.holdings.len() >= configured.sweep_at.max(FIRST_SWEEP) {
        // One that was never replaced says no more than the configuration does.
        configured.holdings.retain(|_, holding| {
            let is_held = Arc::strong_count(holding) > 1;
            is_held || holding.lock().unwrap_or_else(PoisonError::into_inner).known.newest().is_some()
        });
        configured.sweep_at = configured.holdings.len() * 2;
    }
    Arc::clone(configured.holdings.entry(key).or_default())
}

#[derive(Default)]
struct Configured {
    holdings: HashMap<Fingerprint, Arc<Mutex<Inner>>>,
    sweep_at: usize,
}

const FIRST_SWEEP: usize = 64;
