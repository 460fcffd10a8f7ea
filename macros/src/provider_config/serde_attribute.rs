use proc_macro2::Ident;
use syn::{Attribute, LitStr, Meta};

use crate::mistakes::Mistakes;
use crate::parse::{Entry, Value, entries};

/// The entries of the `#[serde(..)]` attributes of one item.
pub(super) struct SerdeKeys(Vec<Entry>);

/// Reads them; what cannot be read is serde's to report.
pub(super) fn serde_keys(attributes: &[Attribute]) -> SerdeKeys {
    let mut not_ours = Mistakes::default();
    let lists = attributes.iter().filter_map(|attribute| match &attribute.meta {
        Meta::List(list) if list.path.is_ident("serde") => Some(list.tokens.clone()),
        _ => None,
    });
    SerdeKeys(lists.flat_map(|tokens| entries(tokens, &mut not_ours)).collect())
}

impl SerdeKeys {
    /// The word itself, where it stands.
    pub(super) fn find(&self, key: &str) -> Option<&Ident> {
        self.0.iter().find(|entry| entry.name() == key).map(|entry| &entry.key)
    }

    /// `rename = ".."`, or what `rename(deserialize = "..")` says: the value of a key as far as reading goes.
    pub(super) fn when_reading(&self, key: &str) -> Option<(&Ident, LitStr)> {
        let entry = self.0.iter().find(|entry| entry.name() == key)?;
        if let Some(text) = entry.value.text() {
            return Some((&entry.key, text.clone()));
        }
        let Value::Parenthesised(group) = &entry.value else { return None };
        let mut not_ours = Mistakes::default();
        let inner = entries(group.stream(), &mut not_ours);
        let deserialize = inner.iter().find(|entry| entry.name() == "deserialize")?;
        Some((&entry.key, deserialize.value.text()?.clone()))
    }
}
