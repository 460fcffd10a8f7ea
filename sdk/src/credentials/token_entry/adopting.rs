//! A later handle's configuration takes the place of one that has failed.

use std::sync::Arc;

use super::TokenEntry;
use crate::credentials::cache::NewEntry;
use crate::credentials::configuration::{Configuration, Newer};
use crate::credentials::policy::RefreshPolicy;
use crate::credentials::single_flight::SingleFlight;
use crate::credentials::{OAuthClient, TokenStore};

impl TokenEntry {
    /// What counts now. A flight goes on with what counted when it began.
    pub(super) fn configuration(&self) -> Configuration {
        self.adopted.load().as_deref().unwrap_or(&self.first).clone()
    }

    pub(super) fn policy(&self) -> Arc<RefreshPolicy> {
        Arc::clone(&self.adopted.load().as_deref().unwrap_or(&self.first).policy)
    }

    /// The client that counts now.
    pub(in crate::credentials) fn newest_client(&self) -> Arc<dyn OAuthClient> {
        Arc::clone(&self.adopted.load().as_deref().unwrap_or(&self.first).client)
    }

    /// Takes over what a later handle was made with, if the last request failed and there is no good token; where there was no request, or the
    /// first is under way, once that has failed. Else a client that is configured wrongly in something that its identity does not tell would keep
    /// the corrected one from its token for as long as the program runs.
    ///
    /// The pause after the failure stays: a program that makes a handle for each call does not call a failing server each time.
    pub(in crate::credentials) fn offer(&self, new: impl FnOnce() -> NewEntry, store: Option<&Arc<dyn TokenStore>>) {
        if self.has_good_token() {
            return;
        }
        let NewEntry { client, policy, time: _ } = new();
        let newer = Newer { client, policy, store: store.cloned() };
        let mut state = self.state();
        if self.has_good_token() {
            // It has landed since.
        } else if state.has_failed() {
            self.take_over(newer);
        } else {
            state.offer(newer);
        }
    }

    /// Takes over what was offered to a flight that has failed; under the lock of its end.
    pub(super) fn take_over_offered(&self, state: &mut SingleFlight, number: u64) {
        if let Some(newer) = state.offered(number) {
            self.take_over(newer);
        }
    }

    fn take_over(&self, newer: Newer) {
        let Newer { client, policy, store } = newer;
        let configuration = self.configuration().replaced_by(client, policy);
        self.adopted.store(Some(Arc::new(configuration)));
        if let (Some(store), Some(shared)) = (store, self.refresh.shared()) {
            shared.take_over(store);
        }
    }

    fn has_good_token(&self) -> bool {
        self.cached.load().as_deref().is_some_and(|cached| cached.is_good(self.now()))
    }
}
