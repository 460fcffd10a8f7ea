//! What `#[derive(OAuthClient)]` has the compiler check, as only the compiler knows a provider's keys: each function runs
//! in a constant, and its panic is the compile error, under the user's own word.
#![expect(clippy::panic, reason = "a panic in a constant is a compile error")]

mod sentence;

use sentence::Sentence;

use super::closest::closer;
use super::{ConfigKey, ConfigKind};

/// What a struct gives a provider that was picked by its type.
#[derive(Clone, Copy, Debug)]
pub struct Given {
    subject: &'static str,
    provider: &'static str,
    keys: &'static [ConfigKey],
    names: &'static [&'static str],
}

impl Given {
    /// The struct's name, the provider's, the provider's keys, and the names of what is given: fields and fixed settings.
    pub const fn new(
        subject: &'static str,
        provider: &'static str,
        keys: &'static [ConfigKey],
        names: &'static [&'static str],
    ) -> Self {
        Self { subject, provider, keys, names }
    }

    /// Every required key is given, or something that was probably meant to be it, of which
    /// [`field_is_known`](Self::field_is_known) speaks.
    #[track_caller]
    pub const fn nothing_is_missing(&self) {
        let mut missing = 0;
        let mut names = Sentence::new();
        let mut at = 0;
        while at < self.keys.len() {
            let key = self.keys[at];
            if key.required && !self.is_given(key.name) && !self.has_alternative(&key) {
                names = names.text(if missing == 0 { "" } else { ", " }).quoted(key.name);
                let mut other = 0;
                while other < key.alternatives.len() {
                    names = names.text(" or ").quoted(key.alternatives[other]);
                    other += 1;
                }
                missing += 1;
            }
            at += 1;
        }
        if missing > 0 {
            Sentence::new()
                .quoted(self.subject)
                .text(if missing == 1 { " has no field " } else { " has no fields " })
                .text(names.as_str())
                .text(", which ")
                .quoted(self.provider)
                .text(" needs")
                .fail();
        }
    }

    const fn has_alternative(&self, key: &ConfigKey) -> bool {
        let mut at = 0;
        while at < key.alternatives.len() {
            if self.is_given(key.alternatives[at]) {
                return true;
            }
            at += 1;
        }
        false
    }

    /// The provider has a key of that name.
    #[track_caller]
    pub const fn field_is_known(&self, field: &str) {
        if self.key(field).is_none() {
            Sentence::new()
                .quoted(self.subject)
                .text(" has a field ")
                .quoted(field)
                .text(", which ")
                .quoted(self.provider)
                .text(" does not know")
                .did_you_mean(closest_key(field, self.keys))
                .fail();
        }
    }

    /// The field's type is right for the key; a key that is not known is left to [`field_is_known`](Self::field_is_known).
    #[track_caller]
    pub const fn field_has_type(&self, field: &str, kind: ConfigKind, always_there: bool) {
        let Some(key) = self.key(field) else { return };
        if key.kind as u8 != kind as u8 {
            Sentence::new().quoted(field).text(wanted_type(key.kind)).fail();
        }
        if key.required && key.alternatives.is_empty() && !always_there {
            Sentence::new()
                .quoted(self.provider)
                .text(" needs ")
                .quoted(field)
                .text(", so it cannot be an `Option`")
                .fail();
        }
    }

    /// The attribute gives text.
    #[track_caller]
    pub const fn text_setting_is_known(&self, key: &str) {
        let kind = self.setting(key);
        if !matches!(kind, ConfigKind::Text | ConfigKind::Secret) {
            Sentence::new().quoted(key).text(wanted_value(kind)).fail();
        }
    }

    /// The attribute gives `true` or `false`.
    #[track_caller]
    pub const fn flag_setting_is_known(&self, key: &str) {
        let kind = self.setting(key);
        if !matches!(kind, ConfigKind::Flag) {
            Sentence::new().quoted(key).text(wanted_value(kind)).fail();
        }
    }

    /// The attribute gives a number.
    #[track_caller]
    pub const fn number_setting_is_known(&self, key: &str) {
        let kind = self.setting(key);
        if !matches!(kind, ConfigKind::Number) {
            Sentence::new().quoted(key).text(wanted_value(kind)).fail();
        }
    }

    /// The attribute gives a list.
    #[track_caller]
    pub const fn list_setting_is_known(&self, key: &str) {
        let kind = self.setting(key);
        if !matches!(kind, ConfigKind::List) {
            Sentence::new().quoted(key).text(wanted_value(kind)).fail();
        }
    }

    #[track_caller]
    const fn setting(&self, name: &str) -> ConfigKind {
        if let Some(key) = self.key(name) {
            return key.kind;
        }
        Sentence::new()
            .quoted(self.provider)
            .text(" has no setting ")
            .quoted(name)
            .did_you_mean(closest_key(name, self.keys))
            .fail();
    }

    const fn key(&self, name: &str) -> Option<ConfigKey> {
        let mut at = 0;
        while at < self.keys.len() {
            if equal(self.keys[at].name, name) {
                return Some(self.keys[at]);
            }
            at += 1;
        }
        None
    }

    /// By its name, or by a misspelling of it.
    const fn is_given(&self, key: &str) -> bool {
        let mut at = 0;
        while at < self.names.len() {
            let given = self.names[at];
            if equal(given, key) {
                return true;
            }
            if self.key(given).is_none()
                && let Some(meant) = closest_key(given, self.keys)
                && equal(meant, key)
            {
                return true;
            }
            at += 1;
        }
        false
    }
}

/// A name of a provider, which is looked up as it is written.
#[track_caller]
pub const fn provider_name(name: &str) {
    let bytes = name.as_bytes();
    let mut is_right = !bytes.is_empty();
    let mut at = 0;
    while at < bytes.len() {
        if !(bytes[at].is_ascii_lowercase() || bytes[at].is_ascii_digit() || matches!(bytes[at], b'-' | b'_' | b'.')) {
            is_right = false;
        }
        at += 1;
    }
    if !is_right {
        Sentence::new()
            .text("a provider's name is of lower-case letters, digits and `-`, `_`, `.`, which ")
            .quoted(name)
            .text(" is not")
            .fail();
    }
}

/// The key that a typing mistake was probably meant to be.
const fn closest_key(word: &str, keys: &'static [ConfigKey]) -> Option<&'static str> {
    let mut best: Option<(usize, &'static str)> = None;
    let mut at = 0;
    while at < keys.len() {
        let name = keys[at].name;
        let least = match best {
            Some((least, _)) => Some(least),
            None => None,
        };
        if let Some(distance) = closer(word, name, least) {
            best = Some((distance, name));
        }
        at += 1;
    }
    match best {
        Some((_, name)) => Some(name),
        None => None,
    }
}

const fn wanted_type(kind: ConfigKind) -> &'static str {
    match kind {
        ConfigKind::Text => " is text: make it a `String`",
        ConfigKind::Secret => " is a secret: make it a `SecretString`",
        ConfigKind::Flag => " is true or false: make it a `bool`",
        ConfigKind::Number => " is a number: make it a `u64`",
        ConfigKind::List => " is a list: make it a `Vec<String>`",
        ConfigKind::Json => " is a map: make it a `BTreeMap<String, String>`",
    }
}

const fn wanted_value(kind: ConfigKind) -> &'static str {
    match kind {
        ConfigKind::Text | ConfigKind::Secret => " takes a string",
        ConfigKind::Flag => " takes `true` or `false`",
        ConfigKind::Number => " takes a whole number",
        ConfigKind::List => " takes a list of strings, in parentheses",
        ConfigKind::Json => " is a map: give it by a field of type `BTreeMap<String, String>`",
    }
}

const fn equal(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    if one.len() != other.len() {
        return false;
    }
    let mut at = 0;
    while at < one.len() {
        if one[at] != other[at] {
            return false;
        }
        at += 1;
    }
    true
}

#[cfg(test)]
mod tests;
