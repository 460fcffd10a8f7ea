use std::time::Duration;

use super::contents::Access;
use crate::credentials::StoreKey;
use crate::credentials::refresh_token::{Login, Versioned};
use crate::time::ClockReading;

/// What this process knows of a login.
#[derive(Debug, Default)]
pub(in crate::credentials) struct LocalReplica {
    /// The newest that it has seen in the store, or keeps by itself.
    pub(in crate::credentials) seen: Option<Versioned<Login>>,
    /// It is in no store.
    is_here_only: bool,
    /// What the store is to hold, and could not be told yet. Rare, and large: most entries never have one.
    pub(in crate::credentials) unsaved: Option<Box<PendingWrite>>,
    /// The attempt by which this process said that it spends the token, and has not sent it: the store did not answer, or
    /// the task ended.
    pub(super) unsent: Option<u64>,
    /// The client makes nothing of a refresh token.
    pub(in crate::credentials) is_useless: bool,
    /// Until when, by the monotonic clock, no other process has had a reason to use the refresh token that this process got: the
    /// access token that came with it was good.
    good_until: Option<Duration>,
    /// A version that others are known to have got to.
    others_at: u64,
}

/// What is to be put into the store as soon as that is possible, unless something newer is there by then.
#[derive(Clone, Debug)]
pub(in crate::credentials) struct PendingWrite {
    /// The login is another than that in the store, or none: a person has logged in or out here.
    pub(in crate::credentials) is_other_login: bool,
    pub(in crate::credentials) login: Option<Versioned<Login>>,
    /// The access token that goes with it.
    pub(in crate::credentials) access: Option<(StoreKey, Versioned<Access>)>,
}

impl LocalReplica {
    /// Whether it says nothing.
    pub(in crate::credentials) fn is_nothing(&self) -> bool {
        let Self { seen, is_here_only, unsaved, unsent, is_useless, good_until, others_at } = self;
        let (is_known, is_said) =
            (seen.is_some() || unsaved.is_some(), *is_here_only || *is_useless || *others_at != 0);
        !is_known && !is_said && unsent.is_none() && good_until.is_none()
    }

    /// The version as of which there is no login in this process, where it says no more than that.
    pub(in crate::credentials) fn version_of_no_login(&self) -> Option<u64> {
        let Self {
            seen,
            is_here_only: true,
            unsaved: None,
            unsent: None,
            is_useless: false,
            good_until: None,
            others_at: 0,
        } = self
        else {
            return None;
        };
        let Versioned { version, value } = seen.as_ref()?;
        let Login { token: None, spending: None, unchanged: Some(0), subject: None, family: None } = value else {
            return None;
        };
        Some(*version)
    }

    pub(in crate::credentials) fn of_unsaved(unsaved: PendingWrite, good_until: Option<Duration>) -> Self {
        Self { unsaved: Some(Box::new(unsaved)), good_until, ..Self::default() }
    }

    pub(in crate::credentials) fn of_this_process(login: Versioned<Login>) -> Self {
        Self { seen: Some(login), is_here_only: true, ..Self::default() }
    }

    /// Of a login that is over for this process, whose successor is not known to it any more: older than whatever a store has.
    pub(in crate::credentials) fn of_forgotten() -> Self {
        Self { seen: Some(Versioned { version: 1, value: Login::default() }), ..Self::default() }
    }

    /// The newest that this process knows.
    pub(in crate::credentials) fn newest(&self) -> Option<&Versioned<Login>> {
        let unsaved = self.unsaved.as_ref().and_then(|unsaved| unsaved.login.as_ref());
        // Of two with the same version, this process has learnt the unsaved one.
        unsaved
            .into_iter()
            .chain(self.seen.as_ref())
            .reduce(|one, other| if other.version > one.version { other } else { one })
    }

    /// Keeps a login that is in no store; `false` if there is one of this version or a later one.
    pub(in crate::credentials) fn keep_here(&mut self, login: Versioned<Login>) -> bool {
        let is_newer = self.newest().is_none_or(|newest| login.version > newest.version);
        if is_newer {
            (self.seen, self.is_here_only) = (Some(login), true);
        }
        is_newer
    }

    /// What was kept here is to go to the store that there is now.
    pub(in crate::credentials) fn hand_over(&mut self, version: u64) {
        if !std::mem::take(&mut self.is_here_only) {
            return;
        }
        if let Some(mut login) = self.seen.take() {
            login.version = login.version.max(version);
            self.unsaved = Some(Box::new(PendingWrite::of(login)));
        }
    }

    /// Takes note of what is to be put, unless what is known is newer.
    pub(super) fn is_to_be_put(&mut self, login: Versioned<Login>) {
        if self.newest().is_none_or(|newest| login.version >= newest.version) {
            self.unsaved = Some(Box::new(PendingWrite::of(login)));
        }
    }

    /// Whether the login is the successor of the refresh token of which the other one says that it is being sent.
    pub(super) fn is_successor_of_marked(&self, login: &Login, marked: &Login) -> bool {
        let spent = self.seen.as_ref().and_then(|seen| seen.value.token.as_ref());
        let is_of_spent = spent.is_some() && spent == marked.token.as_ref() && login.family == marked.family;
        is_of_spent && marked.spending.is_some() && login.token.is_some() && login.token != marked.token
    }

    /// Takes note of what is in the store.
    pub(super) fn is_put(&mut self, login: Versioned<Login>) {
        self.unsaved.take_if(|unsaved| unsaved.login.as_ref().is_some_and(|unsaved| unsaved.version <= login.version));
        self.is_seen(login);
    }

    pub(super) fn is_seen(&mut self, login: Versioned<Login>) {
        if self.seen.as_ref().is_none_or(|seen| login.version >= seen.version) {
            self.seen = Some(login);
        }
    }

    /// An access token that is good until then came with the newest login.
    pub(super) fn is_good_until(&mut self, until: Duration) {
        self.good_until = Some(until);
    }

    /// Others have got to this version.
    pub(super) fn others_are_at(&mut self, version: u64) {
        self.others_at = self.others_at.max(version);
    }

    /// Whether it is certain that no other process has gone on from what this process knows.
    pub(super) fn is_newest_of_all(&self, now: ClockReading) -> bool {
        !self.is_overtaken() && self.good_until.is_some_and(|until| now.monotonic < until)
    }

    /// Whether others are known to have gone on from what this process knows.
    pub(super) fn is_overtaken(&self) -> bool {
        self.newest().map_or(0, |newest| newest.version) < self.others_at
    }

    /// Takes note that the login is saved, and how; the access token that goes with it is not yet.
    pub(super) fn saved_login(&mut self, asked_for: &mut PendingWrite, login: &Versioned<Login>) {
        let same = self.unsaved.as_mut().filter(|unsaved| unsaved.is(asked_for));
        if let Some(unsaved) = same {
            unsaved.login = Some(login.clone());
        }
        asked_for.login = Some(login.clone());
    }

    /// Takes note of what is saved, and how; what is to be saved by now may be something else.
    pub(super) fn saved(&mut self, asked_for: &PendingWrite, saved: PendingWrite) {
        let is_that = self.unsaved.take_if(|unsaved| unsaved.is(asked_for)).is_some();
        if let Some(login) = saved.login.filter(|_| is_that) {
            self.is_seen(login);
        }
    }
}

impl PendingWrite {
    /// What has become of the login that was there.
    fn of(login: Versioned<Login>) -> Self {
        Self { is_other_login: false, login: Some(login), access: None }
    }

    /// Makes it the newest of what this process knows, whatever the clocks of others say.
    pub(in crate::credentials) fn advance_past(&mut self, known: &LocalReplica) {
        let newest = known.newest().map_or(0, |login| login.version);
        match &mut self.login {
            Some(login) => login.version = login.version.max(newest.saturating_add(1)),
            // What was not saved before is still not.
            None => self.login = known.unsaved.as_ref().and_then(|unsaved| unsaved.login.clone()),
        }
    }

    /// The same in place of what has come before these versions.
    pub(super) fn at(mut self, login: u64, access: u64) -> Self {
        if let Some(versioned) = &mut self.login {
            versioned.version = login;
        }
        if let Some((_, versioned)) = &mut self.access {
            versioned.version = access;
        }
        self
    }

    /// Whether it is this one, rather than one that has come since.
    pub(super) fn is(&self, other: &Self) -> bool {
        self.versions() == other.versions()
    }

    fn versions(&self) -> (Option<u64>, Option<u64>) {
        (self.login.as_ref().map(|login| login.version), self.access.as_ref().map(|(_, access)| access.version))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::RefreshToken;

    fn login(version: u64) -> Versioned<Login> {
        let token = RefreshToken::new(format!("refresh-{version}"));
        Versioned { version, value: Login::of(Some(token), None) }
    }

    /// The number is that of the refresh token, too.
    #[track_caller]
    fn assert_newest(known: &LocalReplica, version: u64) {
        let newest = known.newest().unwrap();
        let token = newest.value.token.as_ref().map(RefreshToken::secret);
        assert_eq!((newest.version, token), (version, Some(&*format!("refresh-{version}"))));
    }

    #[test]
    fn what_a_process_knows_only_gets_newer() {
        let mut known = LocalReplica::default();
        assert!(known.keep_here(login(3)));
        for older in [3, 2] {
            assert!(!known.keep_here(login(older)));
            assert_newest(&known, 3);
        }
        known.is_seen(login(2));
        assert_newest(&known, 3);
        known.is_put(login(2));
        assert_newest(&known, 3);
        known.is_to_be_put(login(2));
        assert!(known.unsaved.is_none());
        known.is_to_be_put(login(4));
        known.is_seen(login(3));
        assert_newest(&known, 4);
        known.is_put(login(3));
        assert!(known.unsaved.is_some(), "the newest is still to be put");
        known.is_put(login(4));
        assert!(known.unsaved.is_none());
        assert_newest(&known, 4);
        assert!(!known.is_overtaken());
        known.others_are_at(5);
        known.others_are_at(2);
        assert!(known.is_overtaken());
    }
}
