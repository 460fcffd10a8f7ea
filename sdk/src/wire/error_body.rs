//! What an error answer says, however it says it (RFC 6749 §5.2, and what servers make of it).

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::error::OAuthFailure;
use crate::lenient::{Members, as_description, as_text, object};
use crate::text::ServerText;

/// More than any server sends, and little enough to keep.
const MAX_MEMBERS: usize = 16;

/// The error that a body is, and its further members, with every secret struck out; `None` where it is none, an array for
/// instance.
pub(super) fn read_oauth_failure<'a>(
    body: &[u8],
    secrets: &(impl Iterator<Item = &'a str> + Clone),
) -> Option<(OAuthFailure, BTreeMap<String, Value>)> {
    let text = decoded(body);
    let mut members: Map<String, Value> = object(text.as_bytes(), "").ok()?;
    let (code, description) = match members.remove("error").and_then(as_text) {
        Some(code) => (code, members.remove("error_description")),
        None => first_of_several(members.remove("errors")?)?,
    };
    let clean = |text: &str| ServerText::without(text, secrets.clone());
    let uri = members.remove("error_uri").and_then(as_text);
    let failure = OAuthFailure {
        // What decides about the next step is not to be spoilt by a secret that is part of a word.
        code: registered(&code).map_or_else(|| clean(&code), |code| ServerText::new(&code)),
        description: description.and_then(as_description).map(|text| clean(&text)),
        uri: uri.and_then(|uri| ServerText::url(&uri, secrets.clone())),
    };
    Some((failure, further(members, clean)))
}

/// Whether an answer that says that all is well names an error nevertheless (GitHub, Slack).
pub(crate) fn names_error(body: &[u8]) -> bool {
    #[derive(serde::Deserialize)]
    struct Probe {
        error: Option<Value>,
        errors: Option<Value>,
        access_token: Option<serde::de::IgnoredAny>,
    }
    // Most answers are no error: they need not be read for that.
    if std::str::from_utf8(body).is_ok_and(|text| !text.contains("\"error") && !text.contains('\\')) {
        return false;
    }
    let Ok(Probe { error, errors, access_token }) = object(body, "") else { return false };
    says_error(error, errors, access_token.is_some())
}

/// The same of members that have been read.
pub(super) fn is_error(members: &Members<'_>) -> bool {
    says_error(members.copy("error"), members.copy("errors"), members.has("access_token"))
}

fn says_error(error: Option<Value>, errors: Option<Value>, has_token: bool) -> bool {
    match error {
        // How servers say that there is none.
        None | Some(Value::Null | Value::Bool(false)) => {}
        Some(Value::String(text)) if text.is_empty() => {}
        Some(Value::Array(list)) if list.is_empty() => {}
        Some(Value::Object(members)) if members.is_empty() => {}
        Some(_) => return true,
    }
    !has_token && errors.is_some_and(|errors| first_of_several(errors).is_some())
}

/// Some servers write Latin-1, as in an `error_description` in French.
fn decoded(body: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(body) {
        Ok(text) => text.into(),
        Err(_) => body.iter().copied().map(char::from).collect::<String>().into(),
    }
}

/// A code that something follows from, whatever its case (`INVALID_GRANT`).
fn registered(code: &str) -> Option<String> {
    let code = code.trim().to_ascii_lowercase();
    // Of a revocation it says that there is nothing left to revoke.
    (OAuthFailure::is_registered(&code) || code == "invalid_token").then_some(code)
}

/// `{"errors":[{"errorType":"invalid_grant","message":".."}]}` (Fitbit).
fn first_of_several(errors: Value) -> Option<(String, Option<Value>)> {
    let Value::Array(errors) = errors else { return None };
    let Some(Value::Object(mut first)) = errors.into_iter().next() else { return None };
    let code = first.remove("errorType").or_else(|| first.remove("error")).and_then(as_text)?;
    Some((code, first.remove("message").or_else(|| first.remove("error_description"))))
}

/// What else the server says, as far as it is plain: texts without secrets, numbers and truth values.
fn further(members: Map<String, Value>, clean: impl Fn(&str) -> ServerText) -> BTreeMap<String, Value> {
    let plain = |(name, value): (String, Value)| {
        // A token beside an error is not used.
        if name.ends_with("token") {
            return None;
        }
        let value = match value {
            Value::String(text) => clean(&text).as_str().into(),
            Value::Number(_) | Value::Bool(_) => value,
            _ => return None,
        };
        Some((clean(&name).as_str().to_owned(), value))
    };
    members.into_iter().filter_map(plain).take(MAX_MEMBERS).collect()
}
