use crate::credentials::refresh_token::{
    Login, LoginStorage, RefreshContext, RefreshInFlight, Rules, StoreFailure, Versioned,
};
use crate::credentials::refresh_token_state::RefreshPermit;
use crate::error::{Error, Result};
use crate::time::ClockReading;
use crate::token::OAuthToken;

/// A login whose store is away: what this process knows of it, to be put into the store when that is back.
pub(super) struct WithoutStore<'a> {
    flow: RefreshContext<'a>,
    permit: &'a RefreshPermit<'a>,
    /// Why the store does not serve.
    away: Error,
}

impl<'a> WithoutStore<'a> {
    pub(super) fn new(flow: RefreshContext<'a>, permit: &'a RefreshPermit<'a>, away: Error) -> Self {
        Self { flow, permit, away }
    }

    fn away(&self) -> StoreFailure {
        StoreFailure::Fatal(self.away.clone())
    }
}

impl LoginStorage for WithoutStore<'_> {
    /// Nothing that another process may have spent.
    async fn newest(&self) -> Result<Versioned<Login>, StoreFailure> {
        let newest = self.permit.known(|known| known.newest().cloned()).unwrap_or_default();
        let may_spend = Rules::of(self.flow).stays(&newest.value) || self.flow.policy.spends_without_store();
        let is_refused = newest.value.spending.is_some_and(|spending| spending == REFUSED);
        if newest.value.token.is_some() && (!may_spend || is_refused) { Err(self.away()) } else { Ok(newest) }
    }

    fn has_lost_turn(&self) -> bool {
        !self.permit.is_current()
    }

    async fn mark(&self, marked: Versioned<Login>) -> Result<bool, StoreFailure> {
        if !self.permit.is_current() {
            return Ok(false);
        }
        self.permit.known(|known| known.is_to_be_put(marked));
        Ok(true)
    }

    async fn save(&self, login: Versioned<Login>) -> Result<(), StoreFailure> {
        self.permit.known(|known| known.is_to_be_put(login));
        Ok(())
    }

    /// The store may know a newer one. This one is not sent again before it has been asked.
    async fn end(&self, _: Versioned<Login>) -> Result<bool, StoreFailure> {
        self.permit.known(|known| {
            // Of what the store has and what it could not be told, the newer one: a spent token is no better than its successor.
            let refused = known.newest().cloned();
            known.unsaved = None;
            known.seen = refused.map(|login| Versioned {
                version: login.version,
                value: Login { spending: Some(REFUSED), ..login.value },
            });
        });
        Ok(true)
    }

    fn came_with(&self, _: &OAuthToken, _: ClockReading) {}

    fn is_useless(&self) -> bool {
        self.permit.known(|known| known.is_useless)
    }

    fn found_useless(&self) {
        self.permit.known(|known| known.is_useless = true);
    }

    /// The store may have what a person would have to give.
    fn lost(&self, error: Error) -> Error {
        Error::temporary(self.away.to_string()).with_source(error)
    }

    fn may_start_over(&self) -> Result<(), StoreFailure> {
        // Another process may have received another in its place.
        let is_configured = self.flow.client.configured_refresh_token().is_some();
        if is_configured && !self.flow.policy.spends_without_store() { Err(self.away()) } else { Ok(()) }
    }
}

/// Of a token that the server did not take.
const REFUSED: RefreshInFlight = RefreshInFlight { attempt: 0, sends: u32::MAX, first_sent: std::time::Duration::ZERO };
