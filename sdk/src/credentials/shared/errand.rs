use std::sync::Arc;
use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::contents::{Access, Failure, Login, Versioned};
use super::hold::holding;
use super::known::Unsaved;
use super::reach::{LEASE, Trouble};
use super::{Shared, first_version};
use crate::credentials::clock::{Moment, Time};
use crate::credentials::headers::check_key;
use crate::credentials::policy::RenewalPolicy;
use crate::credentials::refresh::{RefreshCell, Turn, answer_was_lost};
use crate::credentials::warm::Warm;
use crate::credentials::{OAuthClient, StoreKey};
use crate::error::{Error, Result};
use crate::telemetry;
use crate::token::{OAuthToken, RefreshToken};

/// Gets a token that processes share: from the store if somebody has put a good one there; else, under the lease, from the
/// server, and into the store before anyone here gets it.
///
/// The order in which a refresh token is spent is what makes it be spent once (RFC 9700 §4.14): read the newest, say in the
/// store that it is being spent, send it, put its successor there. Whoever dies on the way leaves either a token that was not
/// sent, or the word that it may have been, or the successor. Versions decide between two who both believe that they hold the
/// lease.
pub(in crate::credentials) struct Errand<'a> {
    pub(in crate::credentials) client: &'a dyn OAuthClient,
    pub(in crate::credentials) cell: &'a RefreshCell,
    pub(in crate::credentials) shared: &'a Shared,
    pub(in crate::credentials) policy: &'a RenewalPolicy,
    pub(in crate::credentials) time: &'a Time,
    pub(in crate::credentials) access_key: StoreKey,
    /// What the slot has: about to expire, expired, or refused.
    pub(in crate::credentials) replaces: Option<Arc<Warm>>,
}

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
/// Pauses while the store does not take a new refresh token, for as long as the lease lasts by itself.
const FIRST_PAUSE: Duration = Duration::from_millis(50);

/// A token, and from when on what is left of its life counts: not from before the wait for others.
pub(super) type Got = (OAuthToken, Moment);

impl Errand<'_> {
    pub(in crate::credentials) async fn run(&self) -> Result<Got> {
        // Held to the end: of the tasks of this process, one stands in line for the lease.
        let turn = self.cell.turn(first_version(self.time.now())).await;
        match self.by_store(&turn).await {
            Ok(got) => Ok(got),
            Err(Trouble::Away(error)) => {
                let asked = self.time.now();
                Ok((self.without_store(&turn, error).await?, asked))
            }
            Err(Trouble::Final(error)) => Err(error),
        }
    }

    async fn by_store(&self, turn: &Turn<'_>) -> Result<Got, Trouble> {
        // What is not saved yet is newer than what is there.
        if turn.known(|known| known.unsaved.is_none())
            && let Some(stored) = self.stored().await?
        {
            return Ok(stored);
        }
        // Half of the time is left for the request: a refresh that is cut off is a lost login.
        let started = first_version(self.time.now());
        let until = Instant::now() + self.policy.request_limit() / 2;
        let lease = loop {
            match self.shared.reach.lease(&self.shared.login_key, until).await? {
                Some(lease) => break lease,
                // Whoever had it may have got what is wanted here, or asked in vain.
                None => {
                    if let Some(stored) = self.stored().await? {
                        return Ok(stored);
                    }
                    if let Some(failure) = self.shared.reach.failure(&self.failure_key()).await?
                        && failure.version > started
                    {
                        return Err(Trouble::Final(failure.value.error()));
                    }
                }
            }
        };
        holding(lease, self.shared.reach.time_limit(), self.with_lease(turn)).await
    }

    async fn with_lease(&self, turn: &Turn<'_>) -> Result<Got, Trouble> {
        self.save(turn).await?;
        let access = self.shared.reach.access(&self.access_key).await?;
        if let Some(stored) = self.usable(&access.value) {
            return Ok(stored);
        }
        let asked = self.time.now();
        let version = access.next_version(asked);
        let token = match self.fetch(turn).await {
            Ok(token) => token,
            Err(trouble) => {
                self.tell_others(&trouble).await;
                return Err(trouble);
            }
        };
        let access = Versioned { version, value: Access::of(&token) };
        match self.put(&self.access_key, &access).await {
            // Somebody has logged in, or out, in the meantime.
            Ok(false) => Ok(self.stored().await.ok().flatten().unwrap_or((token, asked))),
            // The token is as good without; the others will have to get one each.
            Ok(true) | Err(_) => Ok((token, asked)),
        }
    }

    /// For those who wait for the lease: they need not ask in vain one after the other.
    async fn tell_others(&self, trouble: &Trouble) {
        if let Trouble::Final(error) = trouble
            && let Some(value) = Failure::of(error)
        {
            let failure = Versioned { version: first_version(self.time.now()), value };
            // If this fails, they ask.
            let _ = self.put(&self.failure_key(), &failure).await;
        }
    }

    fn failure_key(&self) -> StoreKey {
        StoreKey::new(format!("failure/{}", self.access_key))
    }

    /// Puts what could not be put when it was new.
    async fn save(&self, turn: &Turn<'_>) -> Result<(), Trouble> {
        let Some(unsaved) = turn.known(|known| known.unsaved.clone()) else { return Ok(()) };
        let is_newest = match &unsaved.login {
            Some(login) => self.put(&self.shared.login_key, login).await?,
            None => true,
        };
        if let Some((key, access)) = unsaved.access.as_ref().filter(|_| is_newest) {
            self.shared.put_over(key, access, self.time, self.policy).await?;
        }
        turn.known(|known| known.saved(&unsaved.clone(), unsaved));
        Ok(())
    }

    /// From the server: with the refresh token if there is one, else from the start.
    async fn fetch(&self, turn: &Turn<'_>) -> Result<OAuthToken, Trouble> {
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
                let is_unsent = turn.known(|known| known.unsent == Some(login.version));
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
            version = login.next_version(self.time.now());
            turn.known(|known| known.unsent = Some(version));
            let mark = Versioned { version, value: login.value.being_spent() };
            if !self.put(&self.shared.login_key, &mark).await? {
                return Ok(Refreshed::Overtaken);
            }
        }
        turn.known(|known| known.unsent = None);
        // From here on it may be spent, and nothing may be taken for "nothing was sent".
        match self.client.refresh_of(token, login.value.subject.as_deref()).await {
            Ok(new) => {
                telemetry::refreshed(self.client.name());
                self.keep_successor(turn, login, version, token, &new).await?;
                Ok(Refreshed::Token(new))
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
        self.keep(turn, Versioned { version, value: successor }, Some(new)).await
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
        let version = login.next_version(self.time.now());
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

    /// Puts what an answer brought, again and again for as long as the lease lasts by itself.
    ///
    /// Until that is done, nobody gets the access token, which is put with it later: nobody goes on with a login that ends
    /// with this process.
    async fn keep(
        &self,
        turn: &Turn<'_>,
        login: Versioned<Login>,
        access_token: Option<&OAuthToken>,
    ) -> Result<(), Trouble> {
        let gives_up = Instant::now() + LEASE;
        let mut pause = FIRST_PAUSE;
        let access = access_token.map(|token| {
            let version = first_version(self.time.now());
            (self.access_key.clone(), Versioned { version, value: Access::of(token) })
        });
        // Before the first try: this task may end at it.
        turn.known(|known| known.unsaved = Some(Unsaved { login: Some(login.clone()), access }));
        loop {
            let Err(trouble) = self.put(&self.shared.login_key, &login).await else {
                // If it was not taken, somebody has logged in, or out, in the meantime, or an earlier try was not in vain.
                turn.known(|known| (known.unsaved, known.seen) = (None, Some(login)));
                return Ok(());
            };
            if matches!(trouble, Trouble::Final(_)) || Instant::now() >= gives_up {
                let is_enough = self.policy.spends_without_store();
                return if is_enough { Ok(()) } else { Err(Trouble::Final(trouble.error())) };
            }
            sleep(pause).await;
            pause *= 2;
        }
    }

    async fn put<C: super::Contents>(&self, key: &StoreKey, put: &Versioned<C>) -> Result<bool, Trouble> {
        self.shared.reach.put(key, put, self.time.now(), self.policy).await
    }

    async fn stored(&self) -> Result<Option<Got>, Trouble> {
        Ok(self.usable(&self.shared.reach.access(&self.access_key).await?.value))
    }

    /// The token, if it is better than what the slot has.
    fn usable(&self, access: &Access) -> Option<Got> {
        let now = self.time.now();
        let is_ahead = self.replaces.as_ref().is_some_and(|warm| warm.is_good(now));
        let token = access.usable(now, self.policy, is_ahead)?;
        let is_another = !self.replaces.as_ref().is_some_and(|warm| warm.holds(&token));
        let token = (is_another && check_key(&token, self.client).is_ok()).then_some(token);
        token.inspect(|_| telemetry::adopted(self.client.name())).map(|token| (token, now))
    }
}

pub(super) fn answer_lost() -> Error {
    Error::login_required(
        "the answer to a refresh request was lost, here or in another process, and to send the same refresh token again could \
         revoke the login (RFC 9700 §4.14): log in again, or allow it with `danger_reuse_refresh_token_after_lost_answer`",
    )
}
