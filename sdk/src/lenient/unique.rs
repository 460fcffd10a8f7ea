use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

/// The members of an object in which no name is given twice, in the order of their names; names and texts where they stand in the
/// JSON, unless they have escapes.
pub(super) struct UniqueMembers<'a>(pub(super) Vec<(Cow<'a, str>, BorrowedValue<'a>)>);

pub(super) enum BorrowedValue<'a> {
    Text(Cow<'a, str>),
    Other(Value),
}

impl<'de> Deserialize<'de> for UniqueMembers<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object;

        impl<'de> Visitor<'de> for Object {
            type Value = UniqueMembers<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a JSON object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<UniqueMembers<'de>, A::Error> {
                // As many as most have.
                let mut members: Vec<(Cow<'de, str>, _)> = Vec::with_capacity(16);
                while let Some(name) = map.next_key_seed(Any)? {
                    let BorrowedValue::Text(name) = name else { return Err(A::Error::custom("a name is not text")) };
                    members.push((name, map.next_value_seed(Any)?));
                }
                members.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
                if members.windows(2).any(|pair| matches!(pair, [(one, _), (other, _)] if one == other)) {
                    return Err(A::Error::custom("a member is given twice"));
                }
                Ok(UniqueMembers(members))
            }
        }

        deserializer.deserialize_map(Object)
    }
}

/// Reads a value; a text where it stands.
struct Any;

impl<'de> DeserializeSeed<'de> for Any {
    type Value = BorrowedValue<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<BorrowedValue<'de>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Any {
    type Value = BorrowedValue<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<BorrowedValue<'de>, E> {
        Ok(BorrowedValue::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<BorrowedValue<'de>, E> {
        Ok(BorrowedValue::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_bool<E>(self, value: bool) -> Result<BorrowedValue<'de>, E> {
        Ok(BorrowedValue::Other(value.into()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<BorrowedValue<'de>, E> {
        Ok(BorrowedValue::Other(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<BorrowedValue<'de>, E> {
        Ok(BorrowedValue::Other(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<BorrowedValue<'de>, E> {
        Ok(BorrowedValue::Other(value.into()))
    }

    fn visit_unit<E>(self) -> Result<BorrowedValue<'de>, E> {
        Ok(BorrowedValue::Other(Value::Null))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<BorrowedValue<'de>, A::Error> {
        Value::deserialize(SeqAccessDeserializer::new(seq)).map(BorrowedValue::Other)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<BorrowedValue<'de>, A::Error> {
        Value::deserialize(MapAccessDeserializer::new(map)).map(BorrowedValue::Other)
    }
}
