use super::StoreBacked;
use super::publish::{MAX_TRIES, others_keep_changing_it};
use crate::credentials::refresh_token::{Login, RefreshContext, StoreFailure, Versioned};
use crate::credentials::refresh_token_state::RefreshPermit;

impl StoreBacked {
    /// Puts what could not be put when it was new, unless the store has something newer by now.
    pub(super) async fn save(&self, permit: &RefreshPermit<'_>, flow: RefreshContext<'_>) -> Result<(), StoreFailure> {
        let Some(unsaved) = permit.known(|known| known.unsaved.as_deref().cloned()) else { return Ok(()) };
        let mut saved = unsaved.clone();
        let is_newest = match &mut saved.login {
            Some(login) => self.put_newer(login, unsaved.is_other_login, permit, flow).await?,
            None => true,
        };
        if let Some((key, access)) = saved.access.as_ref().filter(|_| is_newest) {
            self.force_put(key, access, flow).await?;
        }
        permit.known(|known| known.saved(&unsaved, saved));
        Ok(())
    }

    /// Puts the login if it is newer than what is there. A successor is so too in place of another process's mark upon the refresh
    /// token that it replaces: that process has taken this one for dead.
    ///
    /// `false` where something else counts, which it gives in place of the login.
    pub(super) async fn put_newer(
        &self,
        login: &mut Versioned<Login>,
        is_other_login: bool,
        permit: &RefreshPermit<'_>,
        flow: RefreshContext<'_>,
    ) -> Result<bool, StoreFailure> {
        let key = &self.login_key;
        for _ in 0..MAX_TRIES {
            let is_put = if is_other_login {
                self.put_in_place(key, login, flow).await?
            } else {
                self.store_client.put(key, login, flow.time, flow.policy).await?
            };
            if is_put {
                return Ok(true);
            }
            let Some(there) = self.store_client.login(key).await? else { return Ok(false) };
            if is_put_already(login, &there) {
                login.version = there.version;
                return Ok(true);
            }
            if !permit.known(|known| known.is_successor_of_marked(&login.value, &there.value)) {
                *login = there;
                return Ok(false);
            }
            login.version = there.version.saturating_add(1);
        }
        Err(StoreFailure::Fatal(others_keep_changing_it()))
    }
}

/// Whether it is there: its writer has ended, or lost the store, before it knew, or before the access token was there too. What two
/// processes have put at once may have the same version.
fn is_put_already(login: &Versioned<Login>, there: &Versioned<Login>) -> bool {
    let parts = |login: &Login| (login.token.clone(), login.spending, login.unchanged, login.family);
    parts(&login.value) == parts(&there.value) && (login.value.token.is_some() || login.version == there.version)
}
