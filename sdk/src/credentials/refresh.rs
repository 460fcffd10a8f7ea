use std::sync::{Arc, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use tokio::sync::{Mutex, OwnedMutexGuard};
use tokio::time::Instant;

use super::shared::{Known, Login, Shared, Unsaved, Versioned};
use super::{OAuthClient, TokenStore};
use crate::error::{Error, Kind};
use crate::token::RefreshToken;

/// The refresh token of a login and what is known of it, shared by all slots of one refresh key.
///
/// The lock is never held across an await: a new login, or none, takes the place of this one at once.
#[derive(Debug, Default)]
pub(super) struct RefreshCell {
    holding: std::sync::Mutex<Holding>,
    /// Where it is kept besides, so that other processes find it: then what is here is a copy, which counts while the store
    /// is away.
    shared: OnceLock<Box<Shared>>,
}

#[derive(Debug, Default)]
struct Holding {
    token: Option<RefreshToken>,
    /// Whoever spends the token has the turn, for as long as that takes. Each login has its own: what became of an
    /// earlier one keeps nobody waiting.
    turn: Option<Arc<Mutex<()>>>,
    /// When somebody last took the turn.
    taken: Option<Instant>,
    /// The server is known to leave the token as it is: it answered a refresh without a new one.
    stays: bool,
    /// The token was sent, and no answer came: the server may have replaced it.
    in_doubt: bool,
    /// In place of the token and what is known of it, where it is kept in a store.
    known: Option<Box<Known>>,
}

/// The right to spend the refresh token.
pub(super) struct Turn<'a> {
    cell: &'a RefreshCell,
    was_in_doubt: bool,
    held: OwnedMutexGuard<()>,
}

/// What there is to spend.
pub(super) enum Spendable {
    Nothing,
    /// A token that the server may have replaced: to send it again could revoke the login.
    InDoubt,
    Token(RefreshToken),
}

impl RefreshCell {
    /// Waits until nobody else spends the token, and takes it: it is in doubt until there is an answer, since the task
    /// that spends it may end before.
    pub(super) async fn spend(&self, although_in_doubt: bool) -> (Spendable, Turn<'_>) {
        let ((spendable, was_in_doubt), held) = self
            .wait_for_turn(|holding| {
                let was_in_doubt = holding.in_doubt;
                (holding.spend(although_in_doubt), was_in_doubt)
            })
            .await;
        (spendable, Turn { cell: self, was_in_doubt, held })
    }

    /// Waits until nobody else of this process uses the login that is kept in a store. What was here before there was a store
    /// is to be put there, as this version.
    pub(super) async fn turn(&self, version: u64) -> Turn<'_> {
        let ((), held) = self.wait_for_turn(|holding| holding.hand_over(version)).await;
        Turn { cell: self, was_in_doubt: false, held }
    }

    async fn wait_for_turn<T>(&self, at_once: impl Fn(&mut Holding) -> T) -> (T, OwnedMutexGuard<()>) {
        loop {
            let turn = Arc::clone(self.holding().turn.get_or_insert_default());
            let turn = turn.lock_owned().await;
            let mut holding = self.holding();
            if holding.is_of(&turn) {
                holding.taken = Some(Instant::now());
                return (at_once(&mut holding), turn);
            }
        }
    }

    /// Makes the turn free if somebody has had it for longer than that: on a runtime that nobody drives. The token that they
    /// may have sent stays in doubt, and what they learn of it is no longer of interest.
    pub(super) fn give_up_overdue_turn(&self, limit: Duration) {
        let mut holding = self.holding();
        let is_held = holding.turn.as_ref().is_some_and(|turn| turn.try_lock().is_err());
        if is_held && holding.taken.is_some_and(|taken| taken.elapsed() >= limit) {
            holding.turn = None;
        }
    }

    /// Where it is kept besides.
    pub(super) fn shared(&self) -> Option<&Shared> {
        self.shared.get().map(Box::as_ref)
    }

    /// Keeps it in this store from now on, unless it has one already.
    pub(super) fn keep_in(&self, store: &Arc<dyn TokenStore>, client: &dyn OAuthClient) {
        self.shared.get_or_init(|| Box::new(Shared::new(Arc::clone(store), client)));
    }

    /// Takes what is to be put into the store in place of all that is there.
    pub(super) fn replace_shared(&self, mut unsaved: Unsaved) {
        let mut holding = self.holding();
        unsaved.follow(holding.known.as_deref());
        *holding = Holding { known: Some(Box::new(Known::of_unsaved(unsaved))), ..Holding::default() };
    }

    /// Takes the token of another login, or none, in place of this one.
    pub(super) fn replace(&self, token: Option<&RefreshToken>) {
        *self.holding() = Holding { token: token.cloned(), ..Holding::default() };
    }

    fn holding(&self) -> MutexGuard<'_, Holding> {
        self.holding.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Holding {
    fn hand_over(&mut self, version: u64) {
        let Some(token) = self.token.take() else { return };
        let login = Login { token: Some(token), spending: self.in_doubt, stays: self.stays, ..Login::default() };
        let unsaved = Unsaved { login: Some(Versioned { version, value: login }), access: None };
        self.known.get_or_insert_default().unsaved = Some(unsaved);
    }

    fn is_of(&self, turn: &OwnedMutexGuard<()>) -> bool {
        self.turn.as_ref().is_some_and(|current| Arc::ptr_eq(current, OwnedMutexGuard::mutex(turn)))
    }

    fn spend(&mut self, although_in_doubt: bool) -> Spendable {
        match self.token.clone() {
            Some(_) if self.in_doubt && !although_in_doubt => Spendable::InDoubt,
            Some(token) => {
                self.in_doubt = !self.stays;
                Spendable::Token(token)
            }
            None => Spendable::Nothing,
        }
    }
}

impl Turn<'_> {
    /// Takes what an answer brought; without a new token the old one stays (RFC 6749 §6).
    pub(super) fn keep(&self, new: Option<&RefreshToken>) {
        self.of_this_login(|holding| {
            holding.in_doubt = false;
            match new {
                Some(new) => {
                    holding.stays = holding.token.as_ref() == Some(new);
                    holding.token = Some(new.clone());
                }
                None => holding.stays = holding.token.is_some(),
            }
        });
    }

    /// The server, or the client, refused the token: it is of no more use.
    pub(super) fn forget(&self) {
        self.of_this_login(|holding| {
            *holding = Holding { turn: holding.turn.take(), ..Holding::default() };
        });
    }

    /// Notes a failed refresh: if the server cannot have acted, the token is as good as it was.
    pub(super) fn failed(&self, error: &Error) {
        if !answer_was_lost(error) {
            self.of_this_login(|holding| holding.in_doubt = self.was_in_doubt);
        }
    }

    /// What is known of a login that is kept in a store.
    pub(super) fn known<T>(&self, look: impl FnOnce(&mut Known) -> T) -> T {
        let mut holding = self.cell.holding();
        if holding.is_of(&self.held) {
            look(holding.known.get_or_insert_default())
        } else {
            // Of an earlier login there is nothing that this process has to know.
            look(&mut Known::default())
        }
    }

    /// What is learnt of an earlier login is no longer of interest.
    fn of_this_login(&self, change: impl FnOnce(&mut Holding)) {
        let mut holding = self.cell.holding();
        if holding.is_of(&self.held) {
            change(&mut holding);
        }
    }
}

/// The request may have arrived, and what the server answered is not known.
pub(super) fn answer_was_lost(error: &Error) -> bool {
    if error.was_not_sent() {
        return false;
    }
    match error.kind() {
        // Of the last one an answer came, and could not be accepted: the token is spent all the same.
        Kind::Timeout | Kind::Interrupted | Kind::Security => true,
        // A gateway speaks for a server that it has lost.
        Kind::Status => error.status().is_some_and(|status| matches!(status.as_u16(), 502 | 504)),
        Kind::InvalidResponse => error.status().is_none_or(|status| status.is_success()),
        _ => false,
    }
}
