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

impl EndedSessions {
    pub(super) fn new(store: BoundedStore, owner: String, lifetime: Duration) -> Self {
        Self { store, owner, lifetime }
    }

    /// Ends what has begun until now.
    pub(super) async fn end(&self, ended: Ended<'_>, time: &Time) -> Result<()> {
        self.note(&self.key_of(ended), time).await
    }

    /// Takes note of a token that has done what it says.
    pub(super) async fn used(&self, token: LogoutTokenId<'_>, time: &Time) -> Result<()> {
        self.note(&self.key_of_token(token), time).await
    }

    /// Whether this token has done what it says before.
    pub(super) async fn was_used(&self, token: LogoutTokenId<'_>) -> Result<bool> {
        Ok(self.store.get(&self.key_of_token(token)).await?.is_some())
    }

    async fn note(&self, key: &StoreKey, time: &Time) -> Result<()> {
        let kept_until = time.wall().checked_add(self.lifetime.saturating_add(OVERTIME));
        let record = StoreRecord::new(millis(time.unix()), []).with_expires_at(kept_until);
        // Where a later one is there, nothing is to be done.
        self.store.put_if_newer(key, &record).await.map(|_| ())
    }

    /// Whether this session has ended; `asks_server` where the server may have ended it. All is asked for at once.
    ///
    /// # Errors
    ///
    /// The store's: the session may have ended, and must not be accepted.
    pub(super) async fn has_any(&self, session: &SessionContent, server_name: &str, asks_server: bool) -> Result<bool> {
        let issuer = session.issuer.as_deref().unwrap_or(server_name);
        let mut ends = vec![Ended::Session(&session.id), Ended::OfPerson { issuer, id: session.person_id() }];
        if asks_server {
            ends.extend(session.sid.as_deref().map(|sid| Ended::AtServer { issuer, sid }));
            if let Some(subject) = &session.subject {
                ends.push(Ended::OfUser { issuer, subject });
                ends.extend(session.sid.is_none().then_some(Ended::OfUserWithoutSid { issuer, subject }));
            }
        }
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
        Ok(record.is_some_and(|record| ended.is_final() || record.version() >= session.asked))
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
