use std::borrow::Cow;
use std::ops::Deref;
use std::time::Duration;

use serde_json::{Map, Value};
use zeroize::Zeroize as _;

use super::unique::{BorrowedValue, UniqueMembers};
use super::value;
use crate::error::{Error, Result};

/// The members of an answer, taken out by their names; the unknown members are left in the end.
pub(crate) struct Members<'a> {
    what: &'static str,
    members: Vec<(Cow<'a, str>, BorrowedValue<'a>)>,
}

/// A text that may be a token, where it stands in the answer; one with escapes by itself, and overwritten when it is dropped.
pub(crate) struct BorrowedText<'a>(Cow<'a, str>);

#[allow(dead_code, reason = "which of them are used depends on the features")]
impl<'a> Members<'a> {
    /// Reads an answer; `what` begins the sentence that says what is wrong with it ("the token response"), `standard` says
    /// where the object is defined ("RFC 6749 §5.1").
    ///
    /// A member that is given twice is an error: another reader may use the other of the two.
    pub(crate) fn read(json: &'a [u8], what: &'static str, standard: &str) -> Result<Self> {
        let UniqueMembers(members) = super::object(json, format_args!("{what} is not the JSON object of {standard}"))?;
        Ok(Self { what, members })
    }

    /// Of an object that was read before.
    pub(crate) fn of(members: Map<String, Value>, what: &'static str) -> Self {
        let borrowed = |(name, value)| (Cow::Owned(name), BorrowedValue::Other(value));
        Self { what, members: members.into_iter().map(borrowed).collect() }
    }

    /// A member as it is; `null` is none.
    pub(crate) fn take(&mut self, name: &str) -> Option<Value> {
        self.remove(name).map(BorrowedValue::into_value).filter(|value| !value.is_null())
    }

    fn remove(&mut self, name: &str) -> Option<BorrowedValue<'a>> {
        let at = self.members.iter().position(|(known, _)| known == name)?;
        Some(self.members.remove(at).1)
    }

    /// A copy of a member, which stays.
    pub(crate) fn copy(&self, name: &str) -> Option<Value> {
        self.members.iter().find(|(known, _)| known == name).map(|(_, value)| value.to_value())
    }

    /// Whether there is such a member.
    pub(crate) fn has(&self, name: &str) -> bool {
        let is_it = |(known, value): &(Cow<'_, str>, BorrowedValue<'_>)| {
            known == name && !matches!(value, BorrowedValue::Other(Value::Null))
        };
        self.members.iter().any(is_it)
    }

    /// A text; see [`as_text`](value::as_text).
    pub(crate) fn text(&mut self, name: &str) -> Option<String> {
        self.take(name).and_then(value::as_text)
    }

    /// A text without which the answer is worth nothing.
    pub(crate) fn required_text(&mut self, name: &str) -> Result<String> {
        self.required_borrowed_text(name).map(|text| text.to_owned())
    }

    /// What a server calls something by: a text, or a whole number (see [`as_name`](value::as_name)).
    pub(crate) fn name(&mut self, name: &str) -> Option<String> {
        self.take(name).and_then(value::as_name)
    }

    /// The same without which the answer is worth nothing.
    pub(crate) fn required_name(&mut self, name: &str) -> Result<String> {
        let number = self.members.iter().find_map(|(known, value)| match value {
            BorrowedValue::Other(value @ Value::Number(_)) if known == name => value::as_name(value.clone()),
            _ => None,
        });
        let Some(number) = number else { return self.required_text(name) };
        self.remove(name);
        Ok(number)
    }

    /// A text without which the answer is worth nothing, where it stands.
    pub(crate) fn required_borrowed_text(&mut self, name: &str) -> Result<BorrowedText<'a>> {
        match self.borrowed_text(name)? {
            Some(text) if text.is_empty() => Err(self.wrong(name, "is empty")),
            Some(text) => Ok(text),
            None => Err(self.missing(name)),
        }
    }

    /// A text where it stands, an empty one too; a member of another type is an error.
    pub(crate) fn borrowed_text(&mut self, name: &str) -> Result<Option<BorrowedText<'a>>> {
        match self.remove(name) {
            Some(BorrowedValue::Text(text)) => Ok(Some(BorrowedText(text))),
            Some(BorrowedValue::Other(Value::String(text))) => Ok(Some(BorrowedText(Cow::Owned(text)))),
            None | Some(BorrowedValue::Other(Value::Null)) => Ok(None),
            Some(BorrowedValue::Other(mut value)) => {
                value::wipe(&mut value);
                Err(self.wrong(name, "is not text"))
            }
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
            Some(found) => value::as_seconds(&found).ok_or_else(|| self.wrong(name, "is not a number of seconds")),
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
        let owned = |(name, value): (Cow<'_, str>, BorrowedValue<'_>)| (name.into_owned(), value.into_value());
        std::mem::take(&mut self.members).into_iter().map(owned).collect()
    }
}

/// What was not taken may be a token all the same.
impl Drop for Members<'_> {
    fn drop(&mut self) {
        self.members.iter_mut().for_each(|(_, value)| value.wipe());
    }
}

impl BorrowedValue<'_> {
    fn to_value(&self) -> Value {
        match self {
            Self::Text(text) => Value::from(&**text),
            Self::Other(value) => value.clone(),
        }
    }

    fn into_value(self) -> Value {
        match self {
            Self::Text(text) => text.into_owned().into(),
            Self::Other(value) => value,
        }
    }

    fn wipe(&mut self) {
        match self {
            Self::Text(text) => wipe_copy(text),
            Self::Other(value) => value::wipe(value),
        }
    }
}

impl Deref for BorrowedText<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl Drop for BorrowedText<'_> {
    fn drop(&mut self) {
        wipe_copy(&mut self.0);
    }
}

/// The answer itself is wiped by those who have it.
fn wipe_copy(text: &mut Cow<'_, str>) {
    if let Cow::Owned(text) = text {
        text.zeroize();
    }
}
