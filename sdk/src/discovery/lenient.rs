//! Optional members of metadata documents, as servers write them: one of another type counts as not there.

use std::collections::BTreeMap;

use serde::{Deserialize as _, Deserializer};
use serde_json::Value;

use crate::lenient::{as_flag, as_list, as_object, as_text};

/// A type that an optional member may have.
pub(super) trait Lenient: Default + PartialEq {
    fn read(value: Value) -> Self;

    /// How much memory it takes beside itself.
    fn heap_bytes(&self) -> usize;
}

pub(super) fn lenient<'de, T: Lenient, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    Value::deserialize(deserializer).map(T::read)
}

/// Whether there is nothing to write.
pub(super) fn is_absent<T: Lenient>(member: &T) -> bool {
    *member == T::default()
}

impl Lenient for Option<String> {
    fn read(value: Value) -> Self {
        as_text(value).filter(|text| !text.trim().is_empty())
    }

    fn heap_bytes(&self) -> usize {
        self.as_ref().map_or(0, String::capacity)
    }
}

impl Lenient for bool {
    fn read(value: Value) -> Self {
        as_flag(&value).unwrap_or_default()
    }

    fn heap_bytes(&self) -> usize {
        0
    }
}

impl Lenient for Vec<String> {
    fn read(value: Value) -> Self {
        as_list(value).unwrap_or_default()
    }

    fn heap_bytes(&self) -> usize {
        self.iter().map(String::capacity).sum::<usize>() + self.capacity() * size_of::<String>()
    }
}

impl Lenient for Option<Vec<String>> {
    fn read(value: Value) -> Self {
        as_list(value)
    }

    fn heap_bytes(&self) -> usize {
        self.as_ref().map_or(0, Lenient::heap_bytes)
    }
}

impl Lenient for Option<BTreeMap<String, String>> {
    fn read(value: Value) -> Self {
        let members = as_object(value).filter(|members| !members.is_empty())?;
        Some(members.into_iter().filter_map(|(name, value)| Some((name, as_text(value)?))).collect())
    }

    fn heap_bytes(&self) -> usize {
        // A node of the tree is at least half full.
        let member = |(name, value): (&String, &String)| 4 * size_of::<String>() + name.capacity() + value.capacity();
        self.iter().flatten().map(member).sum()
    }
}
