use std::time::Duration;

use axum::http::HeaderMap;

use super::bounded_store::BoundedStore;
use super::cookies::Cookies;
use super::ended_sessions::{Ended, EndedSessions};
use super::session::{SessionContent, digest_text};
use crate::credentials::token_store::{StoreKey, StoreRecord};
use crate::error::{Error, Result};
use crate::telemetry;
use crate::time::Time;

/// The kind of its cookie.
pub(super) const KIND: &str = "session";

/// Keeps sessions, in their cookies or in a store.
pub(super) struct SessionKeeper {
    /// Where there is none, the cookie is the session.
    pub(super) store: Option<BoundedStore>,
    pub(super) ended: EndedSessions,
    pub(super) lifetime: Duration,
    /// What its cookie is sealed for: [`KIND`], or that of this run of the program, where it alone knows which sessions have ended.
    pub(super) sealed_for: String,
    /// The server, where no ID token says which one it is.
    pub(super) server_name: String,
    /// Whether the server tells of logouts.
    pub(super) hears_of_logouts: bool,
}

impl SessionKeeper {
    /// The session that the request belongs to, if it has not ended.
    ///
    /// # Errors
    ///
    /// The store's, also where it does not answer: whether the session has ended is unknown then, so it must not be accepted.
    pub(super) async fn find(
        &self,
        cookies: &Cookies,
        headers: &HeaderMap,
        time: &Time,
    ) -> Result<Option<SessionContent>> {
        let Some(sealed) = cookies.long(headers, KIND) else { return Ok(None) };
        let content = match &self.store {
            None => cookies.open::<SessionContent>(&self.sealed_for, &sealed),
            Some(store) => match cookies.open::<String>(&self.sealed_for, &sealed) {
                Some(id) => store.get(&key(&id)).await?.and_then(|kept| serde_json::from_slice(kept.content()).ok()),
                None => None,
            },
        };
        match content.filter(|content| content.is_valid_at(time.unix(), self.lifetime)) {
            Some(content) if self.ended.has_any(&content, &self.server_name, self.hears_of_logouts).await? => Ok(None),
            content => Ok(content),
        }
    }

    /// The ID of the session that the browser has, whether it goes on or not: no store is asked.
    pub(super) fn id(&self, cookies: &Cookies, headers: &HeaderMap) -> Option<String> {
        let sealed = cookies.long(headers, KIND)?;
        match &self.store {
            None => cookies.open::<SessionContent>(&self.sealed_for, &sealed).map(|content| content.id),
            Some(_) => cookies.open(&self.sealed_for, &sealed),
        }
    }

    /// Begins a session, and sets its cookie. It goes on whatever ended before it, by whichever clock.
    ///
    /// # Errors
    ///
    /// The store's; [`is_configuration`](Error::is_configuration) where it is too long for cookies.
    pub(super) async fn begin(
        &self,
        cookies: &Cookies,
        set: &mut HeaderMap,
        content: &mut SessionContent,
        time: &Time,
    ) -> Result<()> {
        content.asked = self.ended.asked_after_ends(content, &self.server_name, self.hears_of_logouts).await?;
        let content = &*content;
        let sealed = match &self.store {
            None => cookies.seal(&self.sealed_for, content)?,
            Some(store) => {
                let json = serde_json::to_vec(content)
                    .map_err(|error| Error::configuration("the session cannot be written").with_source(error))?;
                let record = StoreRecord::new(1, json).with_expires_at(time.wall().checked_add(self.lifetime));
                store.put_if_newer(&key(&content.id), &record).await?;
                cookies.seal(&self.sealed_for, &content.id)?
            }
        };
        cookies.set_long(set, KIND, &sealed, self.lifetime.as_secs())
    }

    /// Removes a session that was begun, and whose cookie no browser gets.
    pub(super) async fn forget_begun(&self, id: &str) {
        if let Some(store) = &self.store {
            // Where this fails, it ends by itself: only the cookie has its ID.
            store.remove(&key(id)).await.unwrap_or_else(|error| telemetry::web_login_failed(&error));
        }
    }

    /// Ends a session everywhere, by its ID; a copy of its cookie is of no use then.
    ///
    /// # Errors
    ///
    /// The store's, and where it does not answer: the session may go on.
    pub(super) async fn end(&self, id: &str, time: &Time) -> Result<()> {
        let marked = self.ended.end(Ended::Session(id), time);
        match &self.store {
            // Either is enough.
            Some(store) => {
                let key = key(id);
                let (marked, removed) = tokio::join!(marked, store.remove(&key));
                marked.or(removed)
            }
            None => marked.await,
        }
    }

    /// Has the browser forget it.
    pub(super) fn forget(cookies: &Cookies, set: &mut HeaderMap) {
        cookies.remove_long(set, KIND);
    }
}

/// Who can read the store's keys does not know the sessions' IDs.
fn key(id: &str) -> StoreKey {
    StoreKey::new(format!("web session {}", digest_text(&["stored", id])))
}
