use super::contents::{Login, Versioned};
use super::errand::Errand;
use super::first_version;
use super::reach::Trouble;
use crate::credentials::refresh::{Turn, answer_was_lost};
use crate::error::Error;
use crate::telemetry;
use crate::token::{OAuthToken, RefreshToken};

/// What became of a refresh token.
enum Refreshed {
    Token(OAuthToken),
    /// Somebody else has put another: that one counts.
    Overtaken,
    /// There is none to spend, and why, where there was one.
    Nothing(Option<Error>),
}

/// Somebody else's put is met this often at the most.
const MOST_LOGINS: usize = 8;

/// With the lease held.
impl Errand<'_> {
    /// From the server: with the refresh token if there is one, else from the start.
    pub(super) async fn fetch(&self, turn: &Turn<'_>) -> Result<OAuthToken, Trouble> {
        for _ in 0..MOST_LOGINS {
            let login = self.login(turn).await?;
            match self.refresh(turn, &login).await? {
                Refreshed::Token(token) => return Ok(token),
                Refreshed::Nothing(lost_login) => return self.start_over(turn, &login, lost_login).await,
                Refreshed::Overtaken => {}
            }
        }
        Err(Trouble::Final(Error::temporary("others keep changing the login in the token store")))
    }

    /// The newest login, under the lease.
    async fn login(&self, turn: &Turn<'_>) -> Result<Versioned<Login>, Trouble> {
        let found = self.shared.reach.login(&self.shared.login_key).await?;
        let login = match found {
            Some(mut login) => {
                let is_unsent = turn.known(|known| known.unsent.is_some() && known.unsent == login.value.attempt);
                login.value.spending &= !is_unsent;
                login
            }
            None => Versioned { version: 0, value: self.login_without_record(turn) },
        };
        turn.known(|known| known.seen = Some(login.clone()));
        Ok(login)
    }

    /// The store has lost the login, or never had it. What this process remembers may have been spent by another since, unless
    /// the server leaves its refresh tokens as they are.
    fn login_without_record(&self, turn: &Turn<'_>) -> Login {
        let may_be_sent = |login: &Login| login.stays || self.policy.spends_without_store();
        let remembered = turn.known(|known| known.seen.take()).map(|seen| seen.value).filter(may_be_sent);
        remembered.unwrap_or_else(|| {
            let token = self.client.configured_refresh_token();
            // One that the server replaces would not have been configured.
            Login { stays: token.is_some(), token, ..Login::default() }
        })
    }

    async fn refresh(&self, turn: &Turn<'_>, login: &Versioned<Login>) -> Result<Refreshed, Trouble> {
        let Some(token) = &login.value.token else { return Ok(Refreshed::Nothing(None)) };
        if turn.known(|known| known.is_useless) {
            return Ok(Refreshed::Nothing(None));
        }
        if login.value.spending && !self.policy.reuses_after_lost_answer() {
            telemetry::refresh_token_in_doubt(self.client.name());
            return Ok(Refreshed::Nothing(Some(answer_lost())));
        }
        let mut version = login.version;
        if !login.value.stays {
            version = login.version_in_its_place(self.time.now());
            // The same until it is sent: what a store that did not answer takes late is known again, too.
            let attempt = turn.known(|known| *known.unsent.get_or_insert_with(|| fastrand::u64(..)));
            let mark = Versioned { version, value: login.value.being_spent(attempt) };
            if !self.put(&self.shared.login_key, &mark).await? {
                return Ok(Refreshed::Overtaken);
            }
        }
        turn.known(|known| known.unsent = None);
        // From here on it may be spent, and nothing may be taken for "nothing was sent".
        match self.client.refresh_token(token).await {
            Ok(new) => {
                telemetry::refreshed(self.client.name());
                self.keep_successor(turn, login, version, token, &new).await?;
                let checked = self.client.check_refreshed(new, login.value.subject.as_deref()).await;
                checked.map(Refreshed::Token).map_err(Trouble::Final)
            }
            Err(error) if error.needs_login() => {
                let none = Versioned { version: version.saturating_add(1), value: Login::default() };
                match self.put(&self.shared.login_key, &none).await {
                    // There is another one, which was not refused.
                    Ok(false) => Ok(Refreshed::Overtaken),
                    Ok(true) | Err(_) => Ok(Refreshed::Nothing(Some(error))),
                }
            }
            Err(error) => {
                if !answer_was_lost(&error) && version > login.version {
                    // The server has not acted on it: the token is as good as it was.
                    let as_it_was = Versioned { version: version.saturating_add(1), value: login.value.clone() };
                    let _ = self.keep(turn, as_it_was, None).await;
                }
                if error.is_unsupported() {
                    turn.known(|known| known.is_useless = true);
                    return Ok(Refreshed::Nothing(None));
                }
                Err(Trouble::Final(error))
            }
        }
    }

    async fn keep_successor(
        &self,
        turn: &Turn<'_>,
        login: &Versioned<Login>,
        version: u64,
        spent: &RefreshToken,
        new: &OAuthToken,
    ) -> Result<(), Trouble> {
        let successor = login.value.successor(spent, new.refresh_token());
        if login.value.stays && successor.stays && login.version > 0 {
            return Ok(());
        }
        let version = if version > 0 { version.saturating_add(1) } else { first_version(self.time.now()) };
        // What has an ID token is judged by it before others may have it.
        let judged = Some(new).filter(|new| new.id_token().is_none());
        self.keep(turn, Versioned { version, value: successor }, judged).await
    }

    /// From the start, where that is possible without a person.
    async fn start_over(
        &self,
        turn: &Turn<'_>,
        login: &Versioned<Login>,
        lost_login: Option<Error>,
    ) -> Result<OAuthToken, Trouble> {
        if self.client.configured_refresh_token().is_some() {
            // To start over would be to send the one that was configured, which came to an end here.
            return Err(Trouble::Final(lost_login.unwrap_or_else(|| {
                Error::login_required(
                    "the refresh token that was configured is of no use any more: configure a new one",
                )
            })));
        }
        let version = login.version_in_its_place(self.time.now());
        match (self.client.get_token().await, lost_login) {
            (Ok(token), _) => {
                telemetry::obtained(self.client.name());
                if token.refresh_token().is_some() && !turn.known(|known| known.is_useless) {
                    let first = Versioned { version, value: Login::of(token.refresh_token(), None) };
                    self.keep(turn, first, Some(&token)).await?;
                }
                Ok(token)
            }
            // Why the login was lost says more than that there is none.
            (Err(error), Some(lost_login)) if error.needs_login() => Err(Trouble::Final(lost_login)),
            (Err(error), _) => Err(Trouble::Final(error)),
        }
    }
}

pub(super) fn answer_lost() -> Error {
    Error::login_required(
        "the answer to a refresh request was lost, here or in another process, and to send the same refresh token again could \
         revoke the login (RFC 9700 §4.14): log in again, or allow it with `danger_reuse_refresh_token_after_lost_answer`",
    )
}
