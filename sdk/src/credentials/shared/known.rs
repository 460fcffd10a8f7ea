use super::contents::{Access, Login, Versioned};
use crate::credentials::StoreKey;

/// What this process knows of a login that is in a store.
#[derive(Debug, Default)]
pub(in crate::credentials) struct Known {
    /// What the store held last.
    pub(super) seen: Option<Versioned<Login>>,
    /// What it is to hold, and could not be told yet.
    pub(in crate::credentials) unsaved: Option<Unsaved>,
    /// The attempt by which this process said that it spends the token, and has not sent it: the store did not answer, or
    /// the task ended.
    pub(super) unsent: Option<u64>,
    /// The client makes nothing of a refresh token.
    pub(super) is_useless: bool,
}

/// What is to be put into the store as soon as that is possible, unless something newer is there by then.
#[derive(Clone, Debug)]
pub(in crate::credentials) struct Unsaved {
    pub(in crate::credentials) login: Option<Versioned<Login>>,
    /// The access token that goes with it.
    pub(in crate::credentials) access: Option<(StoreKey, Versioned<Access>)>,
}

impl Known {
    pub(in crate::credentials) fn of_unsaved(unsaved: Unsaved) -> Self {
        Self { unsaved: Some(unsaved), ..Self::default() }
    }

    /// The newest that this process knows.
    pub(super) fn newest(&self) -> Option<&Versioned<Login>> {
        self.unsaved.as_ref().and_then(|unsaved| unsaved.login.as_ref()).or(self.seen.as_ref())
    }

    /// Takes note that the login is saved, and how; the access token that goes with it is not yet.
    pub(super) fn saved_login(&mut self, asked_for: &mut Unsaved, login: &Versioned<Login>) {
        let same = self.unsaved.as_mut().filter(|unsaved| unsaved.versions() == asked_for.versions());
        if let Some(unsaved) = same {
            unsaved.login = Some(login.clone());
        }
        asked_for.login = Some(login.clone());
    }

    /// Takes note of what is saved, and how; what is to be saved by now may be something else.
    pub(super) fn saved(&mut self, asked_for: &Unsaved, saved: Unsaved) {
        let is_that = self.unsaved.take_if(|unsaved| unsaved.versions() == asked_for.versions()).is_some();
        if is_that && saved.login.is_some() {
            self.seen = saved.login;
        }
    }
}

impl Unsaved {
    /// Makes it the newest of what this process knows, whatever the clocks of others say.
    pub(in crate::credentials) fn follow(&mut self, known: Option<&Known>) {
        let newest = known.and_then(Known::newest).map_or(0, |login| login.version);
        if let Some(login) = &mut self.login {
            login.version = login.version.max(newest.saturating_add(1));
        }
    }

    fn versions(&self) -> (Option<u64>, Option<u64>) {
        (self.login.as_ref().map(|login| login.version), self.access.as_ref().map(|(_, access)| access.version))
    }
}
