use crate::credentials::clock::Moment;
use crate::credentials::refresh::Turn;
use crate::credentials::refresh_token::{Flow, Login, LoginStorage, Rules, Spending, Trouble, Versioned};
use crate::error::{Error, Result};
use crate::token::OAuthToken;

/// A login whose store is away: what this process knows of it, to be put into the store when that is back.
pub(super) struct WithoutStore<'a> {
    flow: Flow<'a>,
    turn: &'a Turn<'a>,
    /// Why the store does not serve.
    away: Error,
}

impl<'a> WithoutStore<'a> {
    pub(super) fn new(flow: Flow<'a>, turn: &'a Turn<'a>, away: Error) -> Self {
        Self { flow, turn, away }
    }

    fn away(&self) -> Trouble {
        Trouble::Final(self.away.clone())
    }
}

impl LoginStorage for WithoutStore<'_> {
    /// Nothing that another process may have spent.
    async fn newest(&self) -> Result<Versioned<Login>, Trouble> {
        let newest = self.turn.known(|known| known.newest().cloned()).unwrap_or_default();
        let may_spend = Rules::of(self.flow).stays(&newest.value) || self.flow.policy.spends_without_store();
        let is_refused = newest.value.spending.is_some_and(|spending| spending == REFUSED);
        if newest.value.token.is_some() && (!may_spend || is_refused) { Err(self.away()) } else { Ok(newest) }
    }

    async fn mark(&self, marked: Versioned<Login>) -> Result<bool, Trouble> {
        if !self.turn.is_current() {
            return Ok(false);
        }
        self.turn.known(|known| known.is_to_be_put(marked));
        Ok(true)
    }

    async fn keep(&self, login: Versioned<Login>) -> Result<(), Trouble> {
        self.turn.known(|known| known.is_to_be_put(login));
        Ok(())
    }

    /// The store may know a newer one. This one is not sent again before it has been asked.
    async fn end(&self, _: Versioned<Login>) -> Result<bool, Trouble> {
        self.turn.known(|known| {
            let refused = known.unsaved.take().and_then(|unsaved| unsaved.login);
            known.seen = known.seen.take().or(refused).map(|login| Versioned {
                version: login.version,
                value: Login { spending: Some(REFUSED), ..login.value },
            });
        });
        Ok(true)
    }

    fn came_with(&self, _: &OAuthToken, _: Moment) {}

    fn is_useless(&self) -> bool {
        self.turn.known(|known| known.is_useless)
    }

    fn found_useless(&self) {
        self.turn.known(|known| known.is_useless = true);
    }

    /// The store may have what a person would have to give.
    fn lost(&self, error: Error) -> Error {
        Error::temporary(self.away.to_string()).with_source(error)
    }

    fn may_start_over(&self) -> Result<(), Trouble> {
        // Nobody knows whether another process has had another in its place.
        let is_configured = self.flow.client.configured_refresh_token().is_some();
        if is_configured && !self.flow.policy.spends_without_store() { Err(self.away()) } else { Ok(()) }
    }
}

/// Of a token that the server did not take.
const REFUSED: Spending = Spending { attempt: 0, sends: u32::MAX, first_sent: std::time::Duration::ZERO };
