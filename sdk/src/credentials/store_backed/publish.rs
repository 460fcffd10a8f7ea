use super::StoreBacked;
use super::contents::{Access, Contents};
use super::local_replica::PendingWrite;
use crate::credentials::refresh_token::{Login, RefreshContext, StoreFailure, Versioned, version_at};
use crate::credentials::refresh_token_state::RefreshTokenState;
use crate::credentials::{OAuthClient, StoreKey};
use crate::error::{Error, Result};
use crate::time::ClockReading;
use crate::token::OAuthToken;

/// The put of another process is met this often at the most.
pub(super) const MAX_TRIES: usize = 32;

impl PendingWrite {
    /// Another login, or none, in place of whatever there is.
    pub(in crate::credentials) fn overwriting(
        client: &dyn OAuthClient,
        access_key: StoreKey,
        token: Option<&OAuthToken>,
        is_good: bool,
        now: ClockReading,
    ) -> Self {
        let refresh_token = token.and_then(OAuthToken::granted_refresh_token);
        let subject = token.and_then(|token| client.subject(token));
        let version = version_at(now);
        // A refresh token that was configured is no login that could end here: what has become of it stays known.
        let keeps_login = refresh_token.is_none() && client.configured_refresh_token().is_some();
        let login = (!keeps_login).then(|| Versioned { version, value: Login::of(refresh_token, subject) });
        let good = token.filter(|_| is_good);
        let value = good.map(|token| Access::of(token, now, None)).unwrap_or_default();
        let access = Versioned { version, value };
        Self { is_other_login: login.is_some(), login, access: Some((access_key, access)) }
    }
}

impl StoreBacked {
    /// Puts the login that has come here, or that there is none, over all that is there.
    pub(in crate::credentials) async fn publish(
        &self,
        cell: &RefreshTokenState,
        flow: RefreshContext<'_>,
    ) -> Result<()> {
        // With the permit: a flight that finds it unsaved puts it too, and would spend what this puts once more.
        let permit = cell.permit(flow).await;
        let Some(mut unsaved) = permit.known(|known| known.unsaved.as_deref().cloned()) else { return Ok(()) };
        let mut asked_for = unsaved.clone();
        if let Some(login) = &mut unsaved.login {
            if unsaved.is_other_login {
                login.version = self.force_put(&self.login_key, login, flow).await.map_err(StoreFailure::error)?;
            } else {
                // What has become of a refresh token that was configured: others may have gone on.
                self.put_newer(login, false, &permit, flow).await.map_err(StoreFailure::error)?;
            }
            // If it ends here, the process that goes on has the access token still to put.
            permit.known(|known| known.saved_login(&mut asked_for, login));
        }
        if let Some((key, access)) = &unsaved.access {
            self.force_put(key, access, flow).await.map_err(StoreFailure::error)?;
        }
        permit.known(|known| known.saved(&asked_for, unsaved));
        Ok(())
    }

    /// Gives the version that it has got.
    pub(super) async fn force_put<C: Contents + Clone>(
        &self,
        key: &StoreKey,
        put: &Versioned<C>,
        flow: RefreshContext<'_>,
    ) -> Result<u64, StoreFailure> {
        let mut put = put.clone();
        for _ in 0..MAX_TRIES {
            let there = self.store_client.version(key).await?;
            put.version = put.version.max(there.saturating_add(1));
            if self.put_in_place(key, &put, flow).await? {
                return Ok(put.version);
            }
        }
        Err(StoreFailure::Fatal(others_keep_changing_it()))
    }

    /// In place of what it follows by its version; `false` where something newer is there.
    pub(super) async fn put_in_place<C: Contents>(
        &self,
        key: &StoreKey,
        put: &Versioned<C>,
        flow: RefreshContext<'_>,
    ) -> Result<bool, StoreFailure> {
        match self.store_client.put(key, put, flow.time, flow.policy).await {
            // What the store cannot read it does not replace, as with a wrong key; to forget it is another matter, and of what is
            // damaged there is no use. What says that there is nothing takes its place too, lest a process puts back what it
            // remembers.
            Err(StoreFailure::Fatal(error)) if put.value.is_nothing() || error.is_damaged_record() => {
                self.store_client.remove(key).await?;
                self.store_client.put(key, put, flow.time, flow.policy).await
            }
            answer => answer,
        }
    }
}

pub(super) fn others_keep_changing_it() -> Error {
    Error::temporary("other processes keep changing the login in the token store: try again")
}
