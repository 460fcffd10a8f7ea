use std::borrow::Cow;
use std::ops::Range;
use std::sync::OnceLock;

use serde_json::{Map, Value};

use super::unique::{BorrowedValue, UniqueMembers};

#[cfg(test)]
mod tests;

/// A JSON object in which no name is given twice, read once: names and texts stay where they stand in the JSON, so that they cost
/// no memory of their own.
pub(crate) struct JsonObject {
    json: String,
    /// In the order of their names.
    members: Vec<Member>,
}

/// Among so many, their lengths tell most names apart before a search in order has compared two.
const FEW: usize = 32;

struct Member {
    name: Text,
    value: MemberValue,
}

/// A text of the JSON; one with escapes by itself.
enum Text {
    At(Range<usize>),
    Unescaped(Box<str>),
}

/// What a member is.
enum MemberValue {
    /// As a [`Value`] too, once one was asked for.
    Text(Text, OnceLock<Value>),
    Other(Value),
}

#[allow(dead_code, reason = "what is signed is read with the feature `oidc`")]
impl JsonObject {
    /// `None` for everything but an object, and for one with a name that is given twice: a reader of the first and a reader of the
    /// last would see two different texts.
    pub(crate) fn read(json: Vec<u8>) -> Option<Self> {
        let json = String::from_utf8(json).ok()?;
        let UniqueMembers(members) = serde_json::from_str(&json).ok()?;
        let member = |(name, value)| Member {
            name: Text::of(&json, name),
            value: match value {
                BorrowedValue::Text(text) => MemberValue::Text(Text::of(&json, text), OnceLock::new()),
                BorrowedValue::Other(value) => MemberValue::Other(value),
            },
        };
        let members = members.into_iter().map(member).collect();
        Some(Self { json, members })
    }

    /// A member as it is.
    pub(crate) fn get(&self, name: &str) -> Option<&Value> {
        self.member(name).map(|member| self.value(member))
    }

    /// The text that a member is.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        match &self.member(name)?.value {
            MemberValue::Text(text, _) => Some(text.within(&self.json)),
            MemberValue::Other(value) => value.as_str(),
        }
    }

    /// Whether there is such a member, `null` too.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.member(name).is_some()
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.members.iter().map(|member| member.name.within(&self.json))
    }

    pub(crate) fn to_map(&self) -> Map<String, Value> {
        self.members.iter().map(|member| (member.name.within(&self.json).to_owned(), self.owned(member))).collect()
    }

    fn member(&self, name: &str) -> Option<&Member> {
        if self.members.len() <= FEW {
            return self.members.iter().find(|member| member.name.is(name, &self.json));
        }
        let at = self.members.binary_search_by(|member| member.name.within(&self.json).cmp(name)).ok()?;
        self.members.get(at)
    }

    fn value<'a>(&'a self, member: &'a Member) -> &'a Value {
        match &member.value {
            MemberValue::Text(text, value) => value.get_or_init(|| text.within(&self.json).into()),
            MemberValue::Other(value) => value,
        }
    }

    fn owned(&self, member: &Member) -> Value {
        match &member.value {
            MemberValue::Text(text, _) => text.within(&self.json).into(),
            MemberValue::Other(value) => value.clone(),
        }
    }
}

impl From<Map<String, Value>> for JsonObject {
    fn from(members: Map<String, Value>) -> Self {
        let member = |(name, value): (String, Value)| Member {
            name: Text::Unescaped(name.into()),
            value: MemberValue::Other(value),
        };
        let (json, mut members) = (String::new(), members.into_iter().map(member).collect::<Vec<_>>());
        members.sort_unstable_by(|one, other| one.name.within(&json).cmp(other.name.within(&json)));
        Self { json, members }
    }
}

impl Text {
    fn is(&self, text: &str, json: &str) -> bool {
        match self {
            Self::At(range) => range.len() == text.len() && json.as_bytes().get(range.clone()) == Some(text.as_bytes()),
            Self::Unescaped(own) => **own == *text,
        }
    }

    fn of(json: &str, text: Cow<'_, str>) -> Self {
        match text {
            Cow::Borrowed(text) => {
                let start = text.as_ptr().addr().wrapping_sub(json.as_ptr().addr());
                Self::At(start..start.wrapping_add(text.len()))
            }
            Cow::Owned(text) => Self::Unescaped(text.into()),
        }
    }

    fn within<'a>(&'a self, json: &'a str) -> &'a str {
        match self {
            Self::At(range) => json.get(range.clone()).unwrap_or_default(),
            Self::Unescaped(text) => text,
        }
    }
}
