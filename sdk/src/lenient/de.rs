//! The same readers for `#[serde(default, deserialize_with = "crate::lenient::de::…")]`: a member of a wrong type is `None`.

use std::time::Duration;

use serde::{Deserialize as _, Deserializer};
use serde_json::{Map, Value};

use super::value;

macro_rules! readers {
    ($($(#[$about:meta])* $name:ident: $read:expr => $of:ty;)+) => {
        $(
            $(#[$about])*
            #[allow(dead_code, reason = "which of them are used depends on the features")]
            pub(crate) fn $name<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<$of>, D::Error> {
                let read: fn(Value) -> Option<$of> = $read;
                Ok(read(Value::deserialize(deserializer)?))
            }
        )+
    };
}

readers! {
    /// [`as_text`](value::as_text).
    text: value::as_text => String;
    /// [`as_scope`](value::as_scope).
    scope: value::as_scope => String;
    /// [`as_list`](value::as_list).
    list: value::as_list => Vec<String>;
    /// [`as_flag`](value::as_flag).
    flag: |found| value::as_flag(&found) => bool;
    /// [`as_seconds`](value::as_seconds).
    seconds: |found| value::as_seconds(&found) => Duration;
    /// [`as_timestamp`](value::as_timestamp).
    timestamp: |found| value::as_timestamp(&found) => i64;
    /// [`as_object`](value::as_object).
    object: value::as_object => Map<String, Value>;
}
