use std::fmt;
use std::sync::Arc;

use http::{HeaderMap, StatusCode};
use serde_json::{Map, Value};

use crate::error::Result;
use crate::fingerprint::{Fingerprint, FunctionIdentity};
use crate::lenient::wipe;

/// An answer of the token endpoint before it is read, for a server whose answers are not as RFC 6749 §5 has them: see
/// [`ClientBuilder::read_token_answer`](crate::client::ClientBuilder::read_token_answer).
///
/// It is the JSON object, whatever the status was: members can be moved, changed and removed until it is what the standard
/// says. It is wiped from memory when it has been read. `Debug` shows the names of the members.
pub struct TokenAnswer {
    status: StatusCode,
    headers: HeaderMap,
    members: Map<String, Value>,
    pub(super) keeps_refresh_token: bool,
}

impl TokenAnswer {
    pub(super) fn new(status: StatusCode, headers: HeaderMap, members: Map<String, Value>) -> Self {
        Self { status, headers, members, keeps_refresh_token: false }
    }

    /// The HTTP status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The HTTP headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// A member of the object.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.members.get(name)
    }

    /// Sets a member.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<Value>) {
        if let Some(mut replaced) = self.members.insert(name.into(), value.into()) {
            wipe(&mut replaced);
        }
    }

    /// Takes a member out.
    pub fn remove(&mut self, name: &str) -> Option<Value> {
        self.members.remove(name)
    }

    /// Says of the error that the answer is: the refresh token that was sent is good all the same. It is kept, and sent with the next refresh,
    /// where a login would be over otherwise. The error is what its code says: after `invalid_grant` a person has to authenticate again first.
    pub fn keep_refresh_token(&mut self) {
        self.keeps_refresh_token = true;
    }

    /// Every text in it that may be a token.
    pub(super) fn tokens(&self) -> impl Iterator<Item = &str> {
        let mut found = Vec::new();
        self.members.iter().for_each(|(name, value)| tokens(name, value, &mut found));
        found.into_iter()
    }

    /// All members, to be changed in place.
    pub fn members_mut(&mut self) -> &mut Map<String, Value> {
        &mut self.members
    }
}

fn tokens<'a>(name: &str, value: &'a Value, found: &mut Vec<&'a str>) {
    match value {
        Value::String(text) if name.ends_with("token") => found.push(text),
        Value::Array(values) => values.iter().for_each(|value| tokens(name, value, found)),
        Value::Object(members) => members.iter().for_each(|(name, value)| tokens(name, value, found)),
        _ => {}
    }
}

impl Drop for TokenAnswer {
    fn drop(&mut self) {
        self.members.iter_mut().for_each(|(_, value)| wipe(value));
    }
}

impl fmt::Debug for TokenAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenAnswer")
            .field("status", &self.status)
            .field("members", &self.members.keys().collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}

type Change = dyn Fn(&mut TokenAnswer) -> Result<()> + Send + Sync;

/// What looks at an answer before it is read, with what tells it from every other.
#[derive(Clone)]
pub(crate) struct AnswerHook {
    identity: Fingerprint,
    change: Arc<Change>,
}

impl AnswerHook {
    pub(crate) fn new(
        identity: impl FunctionIdentity,
        change: impl Fn(&mut TokenAnswer) -> Result<()> + Send + Sync + 'static,
    ) -> Self {
        Self { identity: Fingerprint::of_function(identity, &change), change: Arc::new(change) }
    }

    pub(crate) fn identity(&self) -> Fingerprint {
        self.identity
    }

    pub(super) fn change(&self, answer: &mut TokenAnswer) -> Result<()> {
        (self.change)(answer)
    }
}

impl fmt::Debug for AnswerHook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("AnswerHook").field(&self.identity).finish()
    }
}
