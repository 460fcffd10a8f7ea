//! One set of readers for the JSON of servers: lenient where nothing hangs on it.
//!
//! An optional member of a wrong type counts as absent; a required one is named in the error. An object is only ever read by
//! the names of its members, at every depth: serde would read an array as the fields of a struct by position.

mod by_name;
pub(crate) mod de;
mod members;
mod object;
#[cfg(test)]
mod tests;
mod unique;
mod value;
mod wiped;

use std::fmt;

use serde::de::{Deserialize, DeserializeOwned};
use serde_json::{Map, Value};

use by_name::ByName;

use crate::error::{Error, Result};

pub(crate) use members::Members;
pub(crate) use object::JsonObject;
#[allow(unused_imports, reason = "which of them are used depends on the features")]
pub(crate) use value::{
    as_description, as_flag, as_list, as_number, as_object, as_scope, as_seconds, as_text, as_timestamp, texts, wipe,
};
pub(crate) use wiped::{WipedBytes, WipedMembers};

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// The bytes after a byte-order mark, which JSON does not have (RFC 8259 §8.1) and .NET and PHP servers write.
pub(crate) fn without_bom(json: &[u8]) -> &[u8] {
    json.strip_prefix(BYTE_ORDER_MARK).unwrap_or(json)
}

/// Reads a JSON object, and nothing but an object.
///
/// `is_none` is the message for everything else, such as "the answer is not the JSON object of RFC 9126 §2.2". It is
/// followed by the place: serde's own message can quote a secret.
pub(crate) fn object<'a, T: Deserialize<'a>>(json: &'a [u8], is_none: impl fmt::Display) -> Result<T> {
    read_object(json).map_err(|error| match error {
        NoObject::Other => Error::invalid_response(is_none.to_string()),
        NoObject::Unreadable(error) => {
            Error::invalid_response(format!("{is_none} (line {}, column {})", error.line(), error.column()))
        }
    })
}

/// Why something is no object of a type.
#[derive(Debug)]
pub(crate) enum NoObject {
    /// It does not begin as one.
    Other,
    Unreadable(serde_json::Error),
}

/// As [`object`], for callers with an error message of their own.
pub(crate) fn read_object<'a, T: Deserialize<'a>>(json: &'a [u8]) -> std::result::Result<T, NoObject> {
    let json = without_bom(json);
    if !json.trim_ascii_start().starts_with(b"{") {
        return Err(NoObject::Other);
    }
    read_json(json).map_err(NoObject::Unreadable)
}

/// Reads any JSON that others have written, its structs by name.
pub(crate) fn read_json<'a, T: Deserialize<'a>>(json: &'a [u8]) -> serde_json::Result<T> {
    let mut deserializer = serde_json::Deserializer::from_slice(without_bom(json));
    let read = T::deserialize(ByName(&mut deserializer))?;
    deserializer.end().map(|()| read)
}

/// The same of what has been read as JSON before.
pub(crate) fn read_value<T: DeserializeOwned>(value: Value) -> serde_json::Result<T> {
    T::deserialize(ByName(value))
}

/// Reads JSON as the program's own type for it says: a struct may be a list there.
pub(crate) fn read_as_given<'a, T: Deserialize<'a>>(json: &'a [u8]) -> serde_json::Result<T> {
    serde_json::from_slice(without_bom(json))
}

/// A member of an object of which nothing else matters; `None` of everything that is no object.
pub(crate) fn member(json: &[u8], name: &str) -> Option<Value> {
    read_object::<Map<String, Value>>(json).ok()?.remove(name)
}

/// A list of a type of the program's own, from a member of that name; an object by itself is a list of one.
pub(crate) fn typed_list<T: DeserializeOwned>(value: Option<&Value>, name: &str) -> Result<Option<Vec<T>>> {
    let list = match value {
        None | Some(Value::Null) => return Ok(None),
        Some(Value::Array(list)) => list.as_slice(),
        Some(value) => std::slice::from_ref(value),
    };
    let read: Result<Vec<T>, _> = list.iter().map(|value| T::deserialize(ByName(value))).collect();
    // serde's own message can quote a value.
    read.map(Some)
        .map_err(|_| Error::invalid_response(format!("the `{name}` are not of the type that they are read as")))
}
