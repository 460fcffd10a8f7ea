//! One set of readers for the JSON of servers: lenient where nothing hangs on it.
//!
//! An optional member of a wrong type counts as absent; a required one is named in the error. An object is only ever read by
//! the names of its members: serde would read an array as the fields of a struct by position.

pub(crate) mod de;
mod members;
#[cfg(test)]
mod tests;
mod value;
mod wiped;

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::error::{Error, Result};

pub(crate) use members::Members;
#[allow(unused_imports, reason = "which of them are used depends on the features")]
pub(crate) use members::unique_members;
#[allow(unused_imports, reason = "which of them are used depends on the features")]
pub(crate) use value::{
    as_description, as_flag, as_list, as_number, as_object, as_scope, as_seconds, as_text, as_timestamp, wipe,
};
pub(crate) use wiped::WipedMembers;

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// The bytes after a byte-order mark, which JSON does not have (RFC 8259 §8.1) and .NET and PHP servers write.
pub(crate) fn without_bom(json: &[u8]) -> &[u8] {
    json.strip_prefix(BYTE_ORDER_MARK).unwrap_or(json)
}

/// Reads a JSON object, and nothing but an object.
///
/// `is_none` is the message for everything else, such as "the answer is not the JSON object of RFC 9126 §2.2". It is
/// followed by the place: serde's own message can quote a secret.
pub(crate) fn object<T: DeserializeOwned>(json: &[u8], is_none: &str) -> Result<T> {
    let json = without_bom(json);
    if !json.trim_ascii_start().starts_with(b"{") {
        return Err(Error::invalid_response(is_none.to_owned()));
    }
    serde_json::from_slice(json).map_err(|error| {
        Error::invalid_response(format!("{is_none} (line {}, column {})", error.line(), error.column()))
    })
}

/// A list of a type of the program's own, from a member of that name; an object by itself is a list of one.
pub(crate) fn typed_list<T: DeserializeOwned>(value: Option<&Value>, name: &str) -> Result<Option<Vec<T>>> {
    let list = match value {
        None | Some(Value::Null) => return Ok(None),
        Some(Value::Array(list)) => list.as_slice(),
        Some(value) => std::slice::from_ref(value),
    };
    let read: Result<Vec<T>, _> = list.iter().map(T::deserialize).collect();
    // serde's own message can quote a value.
    read.map(Some)
        .map_err(|_| Error::invalid_response(format!("the `{name}` are not of the type that they are read as")))
}
