use std::time::Duration;

use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;

use super::bounded_store::BoundedStore;
use super::session::{SessionContent, digest_text, millis};
use crate::credentials::token_store::{StoreKey, StoreRecord};
use crate::error::Result;
use crate::time::Time;

/// How much longer an end is kept than a session may last: machines' clocks, and the store's, are not the same to the second, and with
/// the end gone too early the session would go on.
const OVERTIME: Duration = Duration::from_hours(1);
/// How far apart the clocks may be by which a login was asked for and a person's sessions were ended: a login that came up to so much
/// later than the end, by another machine's clock, has ended too.
const LEEWAY: u64 = 60_000;

/// The sessions that were ended before their time: a copy of their cookie, and the cookies of other browsers, are of no use then.
///
/// Each end is a record of the store for as long as a session may last; its version is when it came.
pub(super) struct EndedSessions {
    store: BoundedStore,
    /// The application, at its server.
    owner: String,
    lifetime: Duration,
}

/// What has ended. The same `sub` or `sid` is another one at another issuer.
#[derive(Clone, Copy)]
pub(super) enum Ended<'a> {
    /// One session, by its ID.
    Session(&'a str),
    /// All of a person, as this application knows them.
    OfPerson { issuer: &'a str, id: &'a str },
    /// Those that belong to one at the server (`sid`).
    AtServer { issuer: &'a str, sid: &'a str },
    /// All of a user, as the server knows them (`sub`).
    OfUser { issuer: &'a str, subject: &'a str },
    /// Of a user, those of which the server did not say what session they belong to.
    OfUserWithoutSid { issuer: &'a str, subject: &'a str },
}

/// A logout token by its ID (`jti`), to be known again: what it has ended, it ends once.
#[derive(Clone, Copy)]
pub(super) struct LogoutTokenId<'a> {
    pub(super) issuer: &'a str,
    pub(super) id: &'a str,
}

impl Ended<'_> {
    /// Nothing begins again under the same ID; a person logs in again.
    fn is_final(self) -> bool {
        matches!(self, Self::Session(_) | Self::AtServer { .. })
    }
}

/// The ends of all sessions of the person, or of the user at the server, that may have ended this one.
fn ends_of_all<'a>(
    session: &'a SessionContent,
    issuer: &'a str,
    asks_server: bool,
) -> impl Iterator<Item = Ended<'a>> + use<'a> {
    let subject = session.subject.as_deref().filter(|_| asks_server);
    let of_user = subject.map(|subject| Ended::OfUser { issuer, subject });
    let without_sid = subject.filter(|_| session.sid.is_none());
    let without_sid = without_sid.map(|subject| Ended::OfUserWithoutSid { issuer, subject });
    [Some(Ended::OfPerson { issuer, id: session.person_id() }), of_user, without_sid].into_iter().flatten()
}

impl EndedSessions {
    pub(super) fn new(store: BoundedStore, owner: String, lifetime: Duration) -> Self {
        Self { store, owner, lifetime }
    }

    /// Ends what has begun until now.
    pub(super) async fn end(&self, ended: Ended<'_>, time: &Time) -> Result<()> {
        let (key, now) = (self.key_of(ended), millis(time.unix()));
        if self.note(&key, now, time).await? || ended.is_final() {
            return Ok(());
        }
        // An earlier end by a clock that is ahead: this one is the later, and what has begun since has ended too.
        let before = self.store.get(&key).await?.map_or(0, |record| record.version());
        self.note(&key, before.saturating_add(1).max(now), time).await.map(drop)
    }

    /// Takes note of a token that has done what it says.
    pub(super) async fn used(&self, token: LogoutTokenId<'_>, time: &Time) -> Result<()> {
        self.note(&self.key_of_token(token), millis(time.unix()), time).await.map(drop)
    }

    /// When a session counts as asked for that begins now: later than all ends that are in the store, unless the login had begun before
    /// them. Without it a person who logs in again at once would be turned away for as long as the clocks may be apart.
    ///
    /// # Errors
    ///
    /// The store's.
    pub(super) async fn asked_after_ends(
        &self,
        session: &SessionContent,
        server_name: &str,
        asks_server: bool,
    ) -> Result<u64> {
        let issuer = session.issuer.as_deref().unwrap_or(server_name);
        let mut latest = None;
        for ended in ends_of_all(session, issuer, asks_server) {
            let version = self.store.get(&self.key_of(ended)).await?.map(|record| record.version());
            latest = latest.max(version);
        }
        Ok(match latest {
            Some(version) if version < session.asked => {
                session.asked.max(version.saturating_add(LEEWAY).saturating_add(1))
            }
            _ => session.asked,
        })
    }

    /// Whether this token has done what it says before.
    pub(super) async fn was_used(&self, token: LogoutTokenId<'_>) -> Result<bool> {
        Ok(self.store.get(&self.key_of_token(token)).await?.is_some())
    }

    /// `false` where one that is as late is there.
    async fn note(&self, key: &StoreKey, version: u64, time: &Time) -> Result<bool> {
        let kept_until = time.wall().checked_add(self.lifetime.saturating_add(OVERTIME));
        self.store.put_if_newer(key, &StoreRecord::new(version, []).with_expires_at(kept_until)).await
    }

    /// Whether this session has ended; `asks_server` where the server may have ended it. All is asked for at once.
    ///
    /// # Errors
    ///
    /// The store's: the session may have ended, and must not be accepted.
    pub(super) async fn has_any(&self, session: &SessionContent, server_name: &str, asks_server: bool) -> Result<bool> {
        let issuer = session.issuer.as_deref().unwrap_or(server_name);
        let mut ends = vec![Ended::Session(&session.id)];
        ends.extend(session.sid.as_deref().filter(|_| asks_server).map(|sid| Ended::AtServer { issuer, sid }));
        ends.extend(ends_of_all(session, issuer, asks_server));
        let mut asked: FuturesUnordered<_> = ends.into_iter().map(|ended| self.has_ended(session, ended)).collect();
        let mut outcome = Ok(false);
        while let Some(answer) = asked.next().await {
            match answer {
                Ok(true) => return Ok(true),
                Ok(false) => {}
                Err(error) => outcome = Err(error),
            }
        }
        outcome
    }

    async fn has_ended(&self, session: &SessionContent, ended: Ended<'_>) -> Result<bool> {
        let record = self.store.get(&self.key_of(ended)).await?;
        let is_over = |version: u64| ended.is_final() || version.saturating_add(LEEWAY) >= session.asked;
        Ok(record.is_some_and(|record| is_over(record.version())))
    }

    fn key_of(&self, ended: Ended<'_>) -> StoreKey {
        let (kind, issuer, id) = match ended {
            Ended::Session(id) => ("session", "", id),
            Ended::OfPerson { issuer, id } => ("person", issuer, id),
            Ended::AtServer { issuer, sid } => ("sid", issuer, sid),
            Ended::OfUser { issuer, subject } => ("sub", issuer, subject),
            Ended::OfUserWithoutSid { issuer, subject } => ("sub without sid", issuer, subject),
        };
        self.key(kind, issuer, id)
    }

    fn key_of_token(&self, LogoutTokenId { issuer, id }: LogoutTokenId<'_>) -> StoreKey {
        self.key("jti", issuer, id)
    }

    fn key(&self, kind: &str, issuer: &str, id: &str) -> StoreKey {
        StoreKey::new(format!("web session ended {}", digest_text(&[&self.owner, kind, issuer, id])))
    }
}
