//! The fields of a query or a form, from whatever serialises.

use std::fmt;

use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};
use serde_json::{Number, Value};

use crate::error::{Error, Result};

/// Names and values, in order.
#[derive(Debug)]
pub(super) struct Fields(Vec<(String, String)>);

impl Fields {
    /// By way of JSON: it knows what `true`, a number and nothing look like. `what` names the whole in errors.
    pub(super) fn of<T: Serialize + ?Sized>(what: &str, value: &T) -> Result<Self> {
        let json = serde_json::to_vec(value)
            .map_err(|error| Error::configuration(format!("the {what} cannot be written")).with_source(error))?;
        // serde_json's message is left out: it quotes values.
        let members: Members = serde_json::from_slice(&json)
            .map_err(|_| Error::configuration(format!("the {what} is not a struct, map or list of pairs")))?;
        let mut fields = Vec::with_capacity(members.0.len());
        for (name, value) in members.0 {
            match value {
                Value::Array(items) => {
                    for item in items {
                        fields.extend(text(what, &name, item)?.map(|text| (name.clone(), text)));
                    }
                }
                value => fields.extend(text(what, &name, value)?.map(|text| (name, text))),
            }
        }
        Ok(Self(fields))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

/// `None` where there is nothing to write.
fn text(what: &str, name: &str, value: Value) -> Result<Option<String>> {
    match value {
        Value::Null => Ok(None),
        Value::Bool(value) => Ok(Some(value.to_string())),
        Value::Number(number) if is_exact(&number) => Ok(Some(number.to_string())),
        Value::Number(_) => Err(Error::configuration(format!(
            "`{name}` in the {what} is a number of more digits than JSON keeps: give it as text"
        ))),
        Value::String(text) => Ok(Some(text)),
        Value::Array(_) | Value::Object(_) => Err(Error::configuration(format!(
            "`{name}` in the {what} holds a list in a list, or a struct: there is no one way to write that, so give its \
             fields, or its text"
        ))),
    }
}

/// An integer over 64 bits comes back as a rounded float.
fn is_exact(number: &Number) -> bool {
    !number.is_f64() || number.as_f64().is_some_and(|float| float.abs() < 9_007_199_254_740_992.0) // 2^53
}

/// The members of an object, in their order, or a list of pairs.
struct Members(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(MembersVisitor)
    }
}

struct MembersVisitor;

impl<'de> Visitor<'de> for MembersVisitor {
    type Value = Members;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a struct, a map or a list of pairs")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(Members(members))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut pairs: A) -> Result<Members, A::Error> {
        let mut members = Vec::new();
        while let Some(pair) = pairs.next_element()? {
            members.push(pair);
        }
        Ok(Members(members))
    }

    /// `()` and `None`: nothing to send.
    fn visit_unit<E>(self) -> Result<Members, E> {
        Ok(Members(Vec::new()))
    }
}
