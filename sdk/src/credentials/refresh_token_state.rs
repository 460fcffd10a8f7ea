mod configured;
mod known;

use std::borrow::Cow;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use tokio::sync::OwnedMutexGuard;
use tokio::time::Instant;

use configured::Followed;
use known::Known;

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
    inner: InnerLock,
    /// Where it is kept besides, so that other processes find it: then what is here is a copy, which counts while the store
    /// is away.
    shared: OnceLock<Box<StoreBacked>>,
}

#[derive(Debug)]
enum InnerLock {
    Own(Mutex<Inner>),
    /// Of a refresh token that was configured: that of the process.
    Configured(Arc<Followed>),
}

/// Small while nothing is known and no request is under way, as with most tokens of programs for themselves.
#[derive(Debug, Default)]
struct Inner {
    known: Known,
    /// Which of the logins that took each other's place this is.
    epoch: u64,
    /// Held by the task that spends the token, for as long as that takes. Each login has its own: that of an earlier login
    /// blocks no caller.
    permit: Option<Box<Permit>>,
}

#[derive(Debug, Default)]
struct Permit {
    lock: Arc<tokio::sync::Mutex<()>>,
    /// When it was last taken, and for how long at the most.
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
        let inner = match client.configured_refresh_token() {
            Some(token) => {
                let key = Fingerprint::builder().parameter("refresh_key", client.refresh_key().as_str());
                InnerLock::Configured(Followed::of_the_process(key.secret("refresh_token", token.secret()).build()))
            }
            None => InnerLock::Own(Mutex::default()),
        };
        Self { inner, shared: OnceLock::new() }
    }

    /// Waits until no other task of this process uses the login.
    pub(super) async fn permit(&self, flow: RefreshContext<'_>) -> RefreshPermit<'_> {
        loop {
            let lock = Arc::clone(&self.lock().permit.get_or_insert_default().lock);
            let held = lock.lock_owned().await;
            let mut inner = self.lock();
            if let Some(permit) = inner.permit_of(&held) {
                permit.taken = Some((Instant::now(), flow.policy.request_timeout()));
                if self.shared.get().is_some() {
                    // What was here before there was a store is to be put there.
                    inner.known(|known| known.hand_over(version_at(flow.time.now())));
                }
                return RefreshPermit { cell: self, epoch: inner.epoch, held };
            }
        }
    }

    /// The login that there is now.
    pub(super) fn current(&self) -> Current {
        let inner = self.lock();
        Current { epoch: inner.epoch, login: inner.newest().map(|login| login.into_owned().value) }
    }

    /// Frees the permit if its holder has had it for too long: on a runtime that is not driven. The holder may not send
    /// the token any more; if they have, what they learn of it counts unless others have gone on by then.
    pub(super) fn give_up_overdue_permit(&self) {
        let mut inner = self.lock();
        inner.permit.take_if(|permit| {
            let is_held = permit.lock.try_lock().is_err();
            is_held && permit.taken.is_some_and(|(taken, limit)| taken.elapsed() >= limit)
        });
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
        self.lock().replace_shared(unsaved, good_until);
    }

    /// Takes the token of another login, or none, in place of this one.
    pub(super) fn replace(&self, login: Option<&OAuthToken>, client: &dyn OAuthClient, now: ClockReading) {
        let mut inner = self.lock();
        let refresh_token = login.and_then(OAuthToken::granted_refresh_token);
        let known = if refresh_token.is_none() && client.configured_refresh_token().is_some() {
            std::mem::take(&mut inner.known)
        } else {
            let subject = login.and_then(|token| client.subject(token));
            let version = inner.newest().map_or_else(|| version_at(now), |newest| newest.next_version(now));
            let login = Versioned { version, value: Login::of(refresh_token, subject) };
            Known::of(Box::new(LocalReplica::of_this_process(login)))
        };
        inner.replace(known);
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        let inner = match &self.inner {
            InnerLock::Own(inner) => inner,
            InnerLock::Configured(followed) => followed.use_it(),
        };
        inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    fn replace_shared(&mut self, mut unsaved: PendingWrite, good_until: Option<Duration>) -> PendingWrite {
        let mut before = std::mem::take(&mut self.known).into_replica();
        before.hand_over(0);
        unsaved.advance_past(&before);
        let mut known = LocalReplica::of_unsaved(unsaved.clone(), good_until);
        if known.newest().is_none() {
            // A refresh token that was configured is no login that could end here.
            known.seen = before.seen.take();
        }
        self.replace(Known::of(Box::new(known)));
        unsaved
    }

    fn replace(&mut self, known: Known) {
        *self = Self { known, epoch: self.epoch + 1, permit: None };
    }

    fn newest(&self) -> Option<Cow<'_, Versioned<Login>>> {
        self.known.newest()
    }

    /// What is known; kept only where there is something.
    fn known<T>(&mut self, look: impl FnOnce(&mut LocalReplica) -> T) -> T {
        let mut known = std::mem::take(&mut self.known).into_replica();
        let seen = look(&mut known);
        self.known = Known::of(known);
        seen
    }

    /// The permit, while this is the lock of it.
    fn permit_of(&mut self, held: &OwnedMutexGuard<()>) -> Option<&mut Permit> {
        self.permit.as_deref_mut().filter(|permit| Arc::ptr_eq(&permit.lock, OwnedMutexGuard::mutex(held)))
    }
}

impl RefreshPermit<'_> {
    /// Whether it is still for this task to send the token: not once it was given up, or another login has come.
    pub(super) fn is_current(&self) -> bool {
        self.cell.lock().permit_of(&self.held).is_some()
    }

    /// Whether it is of the login that there was at that time.
    pub(super) fn is_of_login(&self, current: &Current) -> bool {
        self.epoch == current.epoch
    }

    /// Takes what is to be put into the store in place of this login; gives it as it is to be put. `None` where another login has come.
    pub(super) fn end_shared(&self, unsaved: PendingWrite) -> Option<PendingWrite> {
        let mut inner = self.cell.lock();
        (inner.epoch == self.epoch).then(|| inner.replace_shared(unsaved, None))
    }

    /// What is known of the login.
    pub(super) fn known<T>(&self, look: impl FnOnce(&mut LocalReplica) -> T) -> T {
        let mut inner = self.cell.lock();
        if inner.epoch == self.epoch {
            inner.known(look)
        } else {
            // Of an earlier login there is nothing that this process has to know.
            drop(inner);
            look(&mut LocalReplica::default())
        }
    }
}

/// A permit without waiters is dropped: it is memory for each token, and most are idle most of the time.
impl Drop for RefreshPermit<'_> {
    fn drop(&mut self) {
        let mut inner = self.cell.lock();
        // Two references: the guard's, and that of the state.
        if inner.permit_of(&self.held).is_some_and(|permit| Arc::strong_count(&permit.lock) == 2) {
            inner.permit = None;
        }
    }
}
