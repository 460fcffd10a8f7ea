use super::context::RefreshContext;
use super::login::{Login, Versioned};
use super::spend::{FetchedToken, fetch};
use super::storage::{LoginStorage, StoreFailure};
use crate::credentials::OAuthClient;
use crate::credentials::policy::RefreshPolicy;
use crate::credentials::refresh_token_state::{RefreshPermit, RefreshTokenState};
use crate::error::Result;
use crate::time::{ClockReading, Time};
use crate::token::OAuthToken;

/// Gets a new token for a login that is in this process only.
pub(in crate::credentials) async fn obtain(flow: RefreshContext<'_>, cell: &RefreshTokenState) -> Result<FetchedToken> {
    // Held across the network: other entries with this refresh token wait for its successor.
    let permit = cell.permit(flow).await;
    fetch(flow, &InProcess { flow, permit: &permit }).await.map_err(StoreFailure::error)
}

/// Gets a new token with the refresh token that the client was configured with, or with what the server gave in its place.
pub(crate) async fn get_token_of_configured(client: &dyn OAuthClient) -> Result<OAuthToken> {
    let flow = RefreshContext { client, policy: &RefreshPolicy::default(), time: &Time::System };
    Ok(obtain(flow, &RefreshTokenState::new(client)).await?.0)
}

/// A login that this process keeps by itself.
struct InProcess<'a> {
    flow: RefreshContext<'a>,
    permit: &'a RefreshPermit<'a>,
}

impl LoginStorage for InProcess<'_> {
    async fn newest(&self) -> Result<Versioned<Login>, StoreFailure> {
        let known = self.permit.known(|known| known.newest().cloned());
        Ok(known.unwrap_or_else(|| Versioned {
            version: 0,
            value: Login::configured(self.flow.client.configured_refresh_token()),
        }))
    }

    fn has_lost_turn(&self) -> bool {
        !self.permit.is_current()
    }

    async fn mark(&self, marked: Versioned<Login>) -> Result<bool, StoreFailure> {
        Ok(self.permit.is_current() && self.permit.known(|known| known.keep_here(marked)))
    }

    async fn save(&self, login: Versioned<Login>) -> Result<(), StoreFailure> {
        // An older one is of an earlier login, or of a task that was given up, and others have gone on.
        self.permit.known(|known| known.keep_here(login));
        Ok(())
    }

    async fn end(&self, login: Versioned<Login>) -> Result<bool, StoreFailure> {
        // Also of a token that the configuration still has: one that the server has refused is not sent again.
        Ok(self.permit.known(|known| known.keep_here(login)))
    }

    fn came_with(&self, _: &OAuthToken, _: ClockReading) {}

    fn is_useless(&self) -> bool {
        self.permit.known(|known| known.is_useless)
    }

    fn found_useless(&self) {
        self.permit.known(|known| known.is_useless = true);
    }
}
