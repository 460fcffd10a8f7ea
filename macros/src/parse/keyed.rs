use std::collections::BTreeMap;

use super::{Entry, Value};
use crate::closest::closest;
use crate::mistakes::Mistakes;

/// The keys that an attribute takes.
pub(crate) struct AcceptedKeys {
    pub(crate) keys: &'static [&'static str],
    /// Where a value under an unknown key may have been meant to go.
    pub(crate) hint: fn(&str) -> Option<String>,
}

/// Entries by their keys: each known, each once.
#[derive(Default)]
pub(crate) struct Keyed(BTreeMap<String, Entry>);

impl Keyed {
    pub(crate) fn new(entries: Vec<Entry>, accepted: &AcceptedKeys, mistakes: &mut Mistakes) -> Self {
        let mut keyed = BTreeMap::<String, Entry>::new();
        for entry in entries {
            let name = entry.name();
            if !accepted.keys.contains(&name.as_str()) {
                mistakes.at(&entry.key, unknown(&entry, accepted));
            } else if let Some(first) = keyed.get(&name) {
                mistakes.at(&entry.key, format!("`{name}` is given twice"));
                mistakes.at(&first.key, format!("`{name}` is first given here"));
            } else {
                keyed.insert(name, entry);
            }
        }
        Self(keyed)
    }

    pub(crate) fn get(&self, key: &str) -> Option<&Entry> {
        self.0.get(key)
    }
}

fn unknown(entry: &Entry, accepted: &AcceptedKeys) -> String {
    let name = entry.name();
    if let Some(close) = closest(&name.to_lowercase(), accepted.keys.iter().copied()) {
        return format!("unknown key `{name}`; did you mean `{close}`?");
    }
    let hint = if matches!(entry.value, Value::Nothing) { None } else { (accepted.hint)(&name) };
    match hint {
        Some(hint) => format!("unknown key `{name}`; {hint}"),
        None if accepted.keys.is_empty() => format!("unknown key `{name}`; no key goes here"),
        None => format!("unknown key `{name}`; known: {}", listed(accepted.keys)),
    }
}

fn listed(keys: &[&str]) -> String {
    keys.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ")
}
