use std::fmt;
use std::time::Duration;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::{Map, Value};

use super::value;
use crate::error::{Error, Result};

/// The members of an answer, taken out by their names; the unknown members are left in the end.
pub(crate) struct Members {
    what: &'static str,
    members: Map<String, Value>,
}

#[allow(dead_code, reason = "which of them are used depends on the features")]
impl Members {
    /// Reads an answer; `what` begins the sentence that says what is wrong with it ("the token response"), `standard` says
    /// where the object is defined ("RFC 6749 §5.1").
    ///
    /// A member that is given twice is an error: another reader may use the other of the two.
    pub(crate) fn read(json: &[u8], what: &'static str, standard: &str) -> Result<Self> {
        let is_none = format!("{what} is not the JSON object of {standard}");
        let Unique(members) = super::object(json, &is_none)?;
        Ok(Self::of(members, what))
    }

    /// Of an object that was read before.
    pub(crate) fn of(members: Map<String, Value>, what: &'static str) -> Self {
        Self { what, members }
    }

    /// A member as it is; `null` is none.
    pub(crate) fn take(&mut self, name: &str) -> Option<Value> {
        self.members.remove(name).filter(|value| !value.is_null())
    }

    /// Whether there is such a member.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.members.get(name).is_some_and(|value| !value.is_null())
    }

    /// A text; see [`as_text`](value::as_text).
    pub(crate) fn text(&mut self, name: &str) -> Option<String> {
        self.take(name).and_then(value::as_text)
    }

    /// A text without which the answer is worth nothing.
    pub(crate) fn required_text(&mut self, name: &str) -> Result<String> {
        match self.take(name) {
            Some(Value::String(text)) if text.is_empty() => Err(self.wrong(name, "is empty")),
            Some(Value::String(text)) => Ok(text),
            Some(_) => Err(self.wrong(name, "is no text")),
            None => Err(self.missing(name)),
        }
    }

    /// A scope; see [`as_scope`](value::as_scope).
    pub(crate) fn scope(&mut self, name: &str) -> Option<String> {
        self.take(name).and_then(value::as_scope)
    }

    /// Seconds; see [`as_seconds`](value::as_seconds).
    pub(crate) fn seconds(&mut self, name: &str) -> Option<Duration> {
        value::as_seconds(&self.take(name)?)
    }

    /// Seconds without which the answer is worth nothing.
    pub(crate) fn required_seconds(&mut self, name: &str) -> Result<Duration> {
        match self.take(name) {
            Some(found) => value::as_seconds(&found).ok_or_else(|| self.wrong(name, "is no number of seconds")),
            None => Err(self.missing(name)),
        }
    }

    /// A time; see [`as_timestamp`](value::as_timestamp).
    pub(crate) fn timestamp(&mut self, name: &str) -> Option<i64> {
        value::as_timestamp(&self.take(name)?)
    }

    /// A list of texts; see [`as_list`](value::as_list).
    pub(crate) fn list(&mut self, name: &str) -> Option<Vec<String>> {
        self.take(name).and_then(value::as_list)
    }

    /// The error for a member that cannot be missing.
    pub(crate) fn missing(&self, name: &str) -> Error {
        Error::invalid_response(format!("{} has no `{name}`", self.what))
    }

    /// The error for a member that cannot be as it is; nothing of it is quoted, as it may hold a secret.
    pub(crate) fn wrong(&self, name: &str, how: &str) -> Error {
        Error::invalid_response(format!("{} has a `{name}` that {how}", self.what))
    }

    /// All that was not taken.
    pub(crate) fn rest(mut self) -> Map<String, Value> {
        std::mem::take(&mut self.members)
    }
}

/// What was not taken may be a token all the same.
impl Drop for Members {
    fn drop(&mut self) {
        self.members.values_mut().for_each(value::wipe);
    }
}

/// The members of an object in which no name is twice; `None` for everything else.
#[allow(dead_code, reason = "what is signed is read with the feature `oidc`")]
pub(crate) fn unique_members(json: &[u8]) -> Option<Map<String, Value>> {
    serde_json::from_slice::<Unique>(json).ok().map(|object| object.0)
}

/// An object in which no name is twice.
struct Unique(Map<String, Value>);

impl<'de> Deserialize<'de> for Unique {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Read;

        impl<'de> Visitor<'de> for Read {
            type Value = Unique;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a JSON object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Unique, A::Error> {
                let mut members = Map::new();
                while let Some((name, value)) = map.next_entry::<String, Value>()? {
                    if members.insert(name, value).is_some() {
                        return Err(serde::de::Error::custom("a member is given twice"));
                    }
                }
                Ok(Unique(members))
            }
        }

        deserializer.deserialize_map(Read)
    }
}
