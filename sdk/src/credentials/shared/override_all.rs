use super::Shared;
use super::contents::{Access, Contents};
use super::known::Unsaved;
use crate::credentials::clock::Moment;
use crate::credentials::refresh::RefreshCell;
use crate::credentials::refresh_token::{Flow, Login, Trouble, Versioned, first_version};
use crate::credentials::{OAuthClient, StoreKey};
use crate::error::{Error, Result};
use crate::token::OAuthToken;

/// Somebody else's put is met this often at the most.
pub(super) const MOST_TRIES: usize = 32;

impl Unsaved {
    /// Another login, or none, in place of whatever there is.
    pub(in crate::credentials) fn in_place_of_all(
        client: &dyn OAuthClient,
        access_key: StoreKey,
        token: Option<&OAuthToken>,
        is_good: bool,
        now: Moment,
    ) -> Self {
        let refresh_token = token.and_then(OAuthToken::refresh_token);
        let subject = token.and_then(|token| client.subject(token));
        let version = first_version(now);
        // A refresh token that was configured is no login that could end here: what has become of it stays known.
        let keeps_login = refresh_token.is_none() && client.configured_refresh_token().is_some();
        let login = (!keeps_login).then(|| Versioned { version, value: Login::of(refresh_token, subject) });
        let good = token.filter(|_| is_good);
        let value = good.map(|token| Access::of(token, now, None)).unwrap_or_default();
        let access = Versioned { version, value };
        Self { login, access: Some((access_key, access)) }
    }
}

impl Shared {
    /// Puts what is not saved yet over all that is there.
    pub(in crate::credentials) async fn publish(&self, cell: &RefreshCell, flow: Flow<'_>) -> Result<()> {
        // With the turn: a flight that finds it unsaved puts it too, and would spend what this puts once more.
        let turn = cell.turn(flow).await;
        let Some(mut unsaved) = turn.known(|known| known.unsaved.clone()) else { return Ok(()) };
        let mut asked_for = unsaved.clone();
        if let Some(login) = &mut unsaved.login {
            login.version = self.put_over(&self.login_key, login, flow).await.map_err(Trouble::error)?;
            // Whoever goes on with this, if it ends here, has the access token to put still.
            turn.known(|known| known.saved_login(&mut asked_for, login));
        }
        if let Some((key, access)) = &unsaved.access {
            self.put_over(key, access, flow).await.map_err(Trouble::error)?;
        }
        turn.known(|known| known.saved(&asked_for, unsaved));
        Ok(())
    }

    /// Gives the version that it has got.
    pub(super) async fn put_over<C: Contents + Clone>(
        &self,
        key: &StoreKey,
        put: &Versioned<C>,
        flow: Flow<'_>,
    ) -> Result<u64, Trouble> {
        let mut put = put.clone();
        for _ in 0..MOST_TRIES {
            let there = self.reach.version(key).await?;
            put.version = put.version.max(there.saturating_add(1));
            if self.put_in_place(key, &put, flow).await? {
                return Ok(put.version);
            }
        }
        Err(Trouble::Final(others_keep_changing_it()))
    }

    /// In place of what it follows by its version; `false` where something newer is there.
    pub(super) async fn put_in_place<C: Contents>(
        &self,
        key: &StoreKey,
        put: &Versioned<C>,
        flow: Flow<'_>,
    ) -> Result<bool, Trouble> {
        match self.reach.put(key, put, flow.time.now(), flow.policy).await {
            // What the store cannot read it does not replace, as with a wrong key; to forget it is another matter, and of what is
            // damaged nobody has any use. What says that there is nothing takes its place too, lest a process puts back what it
            // remembers.
            Err(Trouble::Final(error)) if put.value.is_nothing() || error.is_damaged_record() => {
                self.reach.remove(key).await?;
                self.reach.put(key, put, flow.time.now(), flow.policy).await
            }
            answer => answer,
        }
    }
}

pub(super) fn others_keep_changing_it() -> Error {
    Error::temporary("others keep changing the login in the token store")
}
