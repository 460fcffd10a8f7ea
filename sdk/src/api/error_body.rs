//! What an API says of an error in JSON, for the program to read.

use std::borrow::Cow;

use serde_json::Value;

use super::body::MAX_ERROR_BODY;
use crate::text::ServerText;

/// The body as JSON, with the secrets struck out of all its texts; none where it is too long, or no JSON.
pub(super) fn json(body: &[u8], secrets: &[Cow<'_, str>]) -> Option<Value> {
    if body.len() > MAX_ERROR_BODY {
        return None;
    }
    Some(without(serde_json::from_slice(body).ok()?, secrets))
}

fn without(json: Value, secrets: &[Cow<'_, str>]) -> Value {
    let clean = |text: &str| ServerText::value(text, secrets.iter().map(AsRef::as_ref)).as_str().to_owned();
    match json {
        Value::String(text) => Value::String(clean(&text)),
        Value::Array(items) => items.into_iter().map(|item| without(item, secrets)).collect(),
        Value::Object(members) => {
            members.into_iter().map(|(name, value)| (clean(&name), without(value, secrets))).collect()
        }
        plain => plain,
    }
}
