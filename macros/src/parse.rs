//! From the tokens of `#[oauth(..)]` to keys with their values, each with its span; nothing is judged here but the grammar.

mod entry;
mod keyed;
mod value;

use syn::{Attribute, Meta};

pub(crate) use entry::{Entry, entries};
pub(crate) use keyed::{AcceptedKeys, Keyed};
pub(crate) use value::Value;

use crate::mistakes::Mistakes;

/// The entries of all `#[oauth(..)]` attributes among these.
pub(crate) fn oauth_entries(attributes: &[Attribute], mistakes: &mut Mistakes) -> Vec<Entry> {
    let mut found = Vec::new();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("oauth")) {
        match &attribute.meta {
            Meta::List(list) => found.extend(entries(list.tokens.clone(), mistakes)),
            other => mistakes.at(other, "write the keys in parentheses: `#[oauth(..)]`"),
        }
    }
    found
}
