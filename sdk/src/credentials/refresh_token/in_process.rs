use super::login::{Login, Versioned};
use super::spend::{Flow, Got, fetch};
use super::storage::{LoginStorage, Trouble};
use crate::credentials::OAuthClient;
use crate::credentials::clock::{Moment, Time};
use crate::credentials::policy::RenewalPolicy;
use crate::credentials::refresh::{RefreshCell, Turn};
use crate::error::Result;
use crate::token::OAuthToken;

/// Gets a new token for a login that is in this process only.
pub(in crate::credentials) async fn obtain(flow: Flow<'_>, cell: &RefreshCell) -> Result<Got> {
    // Held across the network: whoever shares this refresh token waits for its successor.
    let turn = cell.turn(flow).await;
    fetch(flow, &InProcess { flow, turn: &turn }).await.map_err(Trouble::error)
}

/// Gets a new token with the refresh token that the client was configured with, or with what the server gave in its place.
pub(crate) async fn get_token_of_configured(client: &dyn OAuthClient) -> Result<OAuthToken> {
    let flow = Flow { client, policy: &RenewalPolicy::default(), time: &Time::System };
    Ok(obtain(flow, &RefreshCell::new(client)).await?.0)
}

/// A login that this process keeps by itself.
struct InProcess<'a> {
    flow: Flow<'a>,
    turn: &'a Turn<'a>,
}

impl LoginStorage for InProcess<'_> {
    async fn newest(&self) -> Result<Versioned<Login>, Trouble> {
        let known = self.turn.known(|known| known.newest().cloned());
        Ok(known.unwrap_or_else(|| Versioned {
            version: 0,
            value: Login::configured(self.flow.client.configured_refresh_token().as_ref()),
        }))
    }

    async fn mark(&self, marked: Versioned<Login>) -> Result<bool, Trouble> {
        Ok(self.turn.is_current() && self.turn.known(|known| known.keep_here(marked)))
    }

    async fn keep(&self, login: Versioned<Login>) -> Result<(), Trouble> {
        // An older one is of an earlier login, or of a task that was given up, and others have gone on.
        self.turn.known(|known| known.keep_here(login));
        Ok(())
    }

    async fn end(&self, login: Versioned<Login>) -> Result<bool, Trouble> {
        let configured = self.flow.client.configured_refresh_token();
        Ok(self.turn.known(|known| {
            let newest = known.newest().map(|newest| &newest.value);
            // It was not replaced, and the configuration still has it: the server may take it another time.
            let was_never_replaced = newest.is_none_or(|newest| {
                newest.token == configured && newest.spending.is_none_or(|spending| spending.sends < 2)
            });
            if configured.is_some() && was_never_replaced {
                known.seen = None;
                return true;
            }
            known.keep_here(login)
        }))
    }

    fn came_with(&self, _: &OAuthToken, _: Moment) {}

    fn is_useless(&self) -> bool {
        self.turn.known(|known| known.is_useless)
    }

    fn found_useless(&self) {
        self.turn.known(|known| known.is_useless = true);
    }
}
