//! Members as other programs write them, for `#[serde(default, deserialize_with = "crate::lenient::…")]`: one of another type is absent
//! where nothing depends on it.

use grantkit::SecretString;
use serde::de::Error as _;
use serde::{Deserialize as _, Deserializer};
use serde_json::Value;

/// A text.
pub(crate) fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::String(text) => Some(text),
        _ => None,
    })
}

/// A text, or a number as one.
pub(crate) fn word<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    })
}

/// A secret text.
pub(crate) fn secret<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<SecretString>, D::Error> {
    Ok(text(deserializer)?.map(SecretString::from))
}

/// `true` or `false`.
pub(crate) fn flag<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<bool>, D::Error> {
    Ok(Value::deserialize(deserializer)?.as_bool())
}

/// A whole number that is not negative, or a text of one.
pub(crate) fn number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u64>, D::Error> {
    Ok(as_number(&Value::deserialize(deserializer)?))
}

/// The same of a setting, of which a wrong one is an error.
pub(crate) fn set_number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u64>, D::Error> {
    match Value::deserialize(deserializer)? {
        Value::Null => Ok(None),
        value => as_number(&value).map(Some).ok_or_else(|| D::Error::custom("no whole number")),
    }
}

/// The texts of a list, or one by itself.
pub(crate) fn texts(value: &Value) -> impl Iterator<Item = &str> {
    each(value).filter_map(Value::as_str)
}

/// The elements of a list, or what stands in its place.
pub(crate) fn each(value: &Value) -> std::slice::Iter<'_, Value> {
    match value {
        Value::Array(list) => list.iter(),
        Value::Null => [].iter(),
        other => std::slice::from_ref(other).iter(),
    }
}

fn as_number(value: &Value) -> Option<u64> {
    match value {
        // 2^53: as far as a fraction is exact.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is within bounds")]
        Value::Number(number) => number.as_u64().or_else(|| {
            number.as_f64().filter(|number| (0.0..9_007_199_254_740_992.0).contains(number)).map(|number| number as u64)
        }),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;
    use serde_json::json;

    use super::*;

    #[derive(Debug, Default, Deserialize, PartialEq)]
    #[serde(default)]
    struct Read {
        #[serde(deserialize_with = "text")]
        text: Option<String>,
        #[serde(deserialize_with = "word")]
        word: Option<String>,
        #[serde(deserialize_with = "flag")]
        flag: Option<bool>,
        #[serde(deserialize_with = "number")]
        number: Option<u64>,
        #[serde(deserialize_with = "set_number")]
        set: Option<u64>,
    }

    fn read(value: Value) -> Result<Read, serde_json::Error> {
        serde_json::from_value(value)
    }

    #[test]
    fn a_member_of_another_type_is_absent() {
        let all = json!({ "text": "a", "word": 7, "flag": true, "number": "1700000000", "set": 1.0 });
        let expected = Read {
            text: Some("a".to_owned()),
            word: Some("7".to_owned()),
            flag: Some(true),
            number: Some(1_700_000_000),
            set: Some(1),
        };
        assert_eq!(read(all).unwrap(), expected);
        for odd in [json!(null), json!([1]), json!({}), json!(-1)] {
            let odd = json!({ "text": odd, "flag": odd, "number": odd });
            assert_eq!(read(odd.clone()).unwrap(), Read::default(), "{odd}");
        }
        assert!(read(json!({ "set": null })).is_ok() && read(json!({ "set": "soon" })).is_err());
        assert!(
            texts(&json!(["a", 1, "b"])).eq(["a", "b"])
                && texts(&json!("a")).eq(["a"])
                && texts(&json!(null)).eq([""; 0])
        );
    }
}
