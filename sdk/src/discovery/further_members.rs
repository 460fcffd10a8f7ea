use std::fmt;

use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value, map};

/// The members of a metadata document that this crate does not know, kept as text: read, small ones take up to a hundred times the memory.
///
/// ```
/// use grantkit::discovery::ServerMetadata;
///
/// let metadata = ServerMetadata::from_json(r#"{ "issuer": "https://as.example", "token_endpoint": "https://as.example/t", "tier": 2 }"#)?;
/// assert_eq!(metadata.further.get("tier"), Some(2.into()));
/// # Ok::<(), grantkit::Error>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub struct FurtherMembers {
    /// A JSON object; empty where there are none.
    json: Box<str>,
}

impl FurtherMembers {
    /// A member by its name. Looks through the text each time, and reads no other member; [`iter`](Self::iter) reads all of them once.
    pub fn get(&self, name: &str) -> Option<Value> {
        if self.is_empty() {
            return None;
        }
        serde_json::Deserializer::from_str(&self.json).deserialize_map(Member(name)).ok()?
    }

    /// All of them, with their names.
    pub fn iter(&self) -> map::IntoIter {
        self.to_map().into_iter()
    }

    /// All of them.
    pub fn to_map(&self) -> Map<String, Value> {
        if self.is_empty() {
            return Map::new();
        }
        // It was written here, or is checked where it is read.
        serde_json::from_str(&self.json).unwrap_or_default()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.json.is_empty()
    }

    /// How much memory they take.
    pub(super) fn heap_bytes(&self) -> usize {
        self.json.len()
    }
}

impl IntoIterator for &FurtherMembers {
    type Item = (String, Value);
    type IntoIter = map::IntoIter;

    fn into_iter(self) -> map::IntoIter {
        self.iter()
    }
}

/// Reads the member of this name, and passes over all others.
struct Member<'a>(&'a str);

impl<'de> Visitor<'de> for Member<'_> {
    type Value = Option<Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Option<Value>, A::Error> {
        let mut found = None;
        while let Some(is_wanted) = members.next_key_seed(IsName(self.0))? {
            if is_wanted {
                found = Some(members.next_value()?);
            } else {
                members.next_value::<IgnoredAny>()?;
            }
        }
        Ok(found)
    }
}

/// Whether a name is this one.
struct IsName<'a>(&'a str);

impl<'de> DeserializeSeed<'de> for IsName<'_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for IsName<'_> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E>(self, name: &str) -> Result<bool, E> {
        Ok(name == self.0)
    }
}

impl From<Map<String, Value>> for FurtherMembers {
    fn from(members: Map<String, Value>) -> Self {
        let json = if members.is_empty() { String::new() } else { Value::Object(members).to_string() };
        Self { json: json.into() }
    }
}

impl<'de> Deserialize<'de> for FurtherMembers {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Map::deserialize(deserializer).map(Self::from)
    }
}

impl Serialize for FurtherMembers {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_map().serialize(serializer)
    }
}

impl fmt::Debug for FurtherMembers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(&self.to_map()).finish()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_member_is_found_by_its_name_and_all_by_going_over_them() {
        let Value::Object(members) = json!({ "a": { "b": [1] }, "b": "text", "\"quoted\"": null, "z": 2 }) else {
            panic!()
        };
        let further = FurtherMembers::from(members.clone());
        for (name, value) in &members {
            assert_eq!(further.get(name).as_ref(), Some(value), "{name}");
        }
        assert_eq!((further.get("c"), FurtherMembers::default().get("a")), (None, None));
        assert_eq!(further.iter().collect::<Map<_, _>>(), members);
        assert_eq!((&further).into_iter().count(), members.len());
    }
}
