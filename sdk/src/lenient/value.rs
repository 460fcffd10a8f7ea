use std::time::Duration;

use serde_json::{Map, Number, Value};
use zeroize::Zeroize as _;

/// Some servers write "never" as an enormous number; a century is as good and keeps the sums from overflowing.
pub(super) const MAX_DURATION: Duration = Duration::from_hours(100 * 365 * 24);

/// A text that is not empty: `""` is how servers say "none".
pub(crate) fn as_text(value: Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text),
        mut other => {
            // A token in another shape than was expected.
            wipe(&mut other);
            None
        }
    }
}

/// What a server calls something by, which is a key in its database as often as not: a text, or a whole number as its digits.
pub(crate) fn as_name(value: Value) -> Option<String> {
    match value {
        Value::Number(number) if number.is_u64() || number.is_i64() => Some(number.to_string()),
        other => as_text(other),
    }
}

/// A text for people, or several of them.
pub(crate) fn as_description(value: Value) -> Option<String> {
    joined(value, "; ")
}

/// A scope, space-separated (RFC 6749 §3.3), or a list of its tokens.
pub(crate) fn as_scope(value: Value) -> Option<String> {
    joined(value, " ")
}

/// A list of texts, or its only element by itself; elements that are no text are left out.
pub(crate) fn as_list(value: Value) -> Option<Vec<String>> {
    match value {
        Value::Array(values) => Some(values.into_iter().filter_map(as_text).collect()),
        value => as_text(value).map(|text| vec![text]),
    }
}

/// The same without copies.
pub(crate) fn texts(value: &Value) -> impl Iterator<Item = &str> {
    let list = match value {
        Value::Array(values) => values.as_slice(),
        value => std::slice::from_ref(value),
    };
    list.iter().filter_map(Value::as_str).filter(|text| !text.is_empty())
}

/// `true` or `false`, or the word as a text.
pub(crate) fn as_flag(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(flag) => Some(*flag),
        Value::String(word) if word.eq_ignore_ascii_case("true") => Some(true),
        Value::String(word) if word.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    }
}

/// A finite number, or a text of one.
pub(crate) fn as_number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.trim().parse::<Number>().ok()?.as_f64(),
        _ => None,
    }
}

/// A number of whole seconds, at most a [century](MAX_DURATION): a fraction is cut off, and a negative number is none.
pub(crate) fn as_seconds(value: &Value) -> Option<Duration> {
    let seconds = as_number(value).filter(|seconds| *seconds >= 0.0)?;
    Some(Duration::from_secs_f64(seconds.min(MAX_DURATION.as_secs_f64()).floor()))
}

/// A time, in seconds since 1970-01-01T00:00:00Z (RFC 7519 §2, `NumericDate`); a fraction is cut off.
pub(crate) fn as_timestamp(value: &Value) -> Option<i64> {
    if let Value::Number(number) = value
        && let Some(seconds) = number.as_i64()
    {
        return Some(seconds);
    }
    // Within what a `f64` holds exactly, and further away than any honest time.
    let farthest = 9_007_199_254_740_991.0;
    #[allow(clippy::cast_possible_truncation, reason = "it is within bounds, and the fraction is to go")]
    as_number(value).filter(|seconds| seconds.abs() <= farthest).map(|seconds| seconds.floor() as i64)
}

/// An object; `[]` is how PHP servers write an empty one.
pub(crate) fn as_object(value: Value) -> Option<Map<String, Value>> {
    match value {
        Value::Object(members) => Some(members),
        Value::Array(values) if values.is_empty() => Some(Map::new()),
        _ => None,
    }
}

/// Overwrites every text in it.
pub(crate) fn wipe(value: &mut Value) {
    match value {
        Value::String(text) => text.zeroize(),
        Value::Array(values) => values.iter_mut().for_each(wipe),
        Value::Object(members) => members.iter_mut().for_each(|(_, value)| wipe(value)),
        _ => {}
    }
}

fn joined(value: Value, separator: &str) -> Option<String> {
    let Value::Array(_) = value else { return as_text(value) };
    let list = as_list(value)?;
    (!list.is_empty()).then(|| list.join(separator))
}
