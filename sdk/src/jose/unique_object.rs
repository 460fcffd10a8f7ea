use std::fmt;

use serde::de::{Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

/// A JSON object in which no member occurs twice: otherwise whoever reads the first and whoever reads the last would see two
/// different texts under one signature (RFC 7515 §4, RFC 7519 §4).
pub(crate) struct UniqueObject(pub(crate) Map<String, Value>);

impl UniqueObject {
    pub(crate) fn read(json: &[u8]) -> Option<Map<String, Value>> {
        serde_json::from_slice::<Self>(json).ok().map(|object| object.0)
    }
}

impl<'de> Deserialize<'de> for UniqueObject {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members;

        impl<'de> Visitor<'de> for Members {
            type Value = Map<String, Value>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a JSON object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
                let mut members = Map::new();
                while let Some((name, value)) = access.next_entry()? {
                    if members.insert(name, value).is_some() {
                        return Err(A::Error::custom("a member occurs twice"));
                    }
                }
                Ok(members)
            }
        }

        deserializer.deserialize_map(Members).map(Self)
    }
}
