use std::collections::BTreeMap;

use secrecy::{ExposeSecret, SecretString};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// A provider's configuration: a struct that serde reads, with the list of its keys.
///
/// Derive it, next to `serde::Deserialize`; every field's type is a [`ConfigField`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a provider's configuration",
    label = "no `ProviderConfig`",
    note = "put `#[derive(serde::Deserialize, grantkit::ProviderConfig)]` above it"
)]
pub trait ProviderConfig: DeserializeOwned {
    /// Its keys, in the order of the fields.
    const KEYS: &'static [ConfigKey];
}

/// One key of a [`ProviderConfig`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ConfigKey {
    /// The key, in `snake_case`.
    pub name: &'static str,
    /// Whether a client cannot be made without it.
    pub required: bool,
    /// How it is written where there is only text.
    pub kind: ConfigKind,
    /// What it means: the field's doc comment.
    pub description: &'static str,
}

impl ConfigKey {
    /// A key whose necessity and kind follow from the type of its field.
    pub const fn of<F: ConfigField>(name: &'static str, description: &'static str) -> Self {
        Self { name, required: F::REQUIRED, kind: F::KIND, description }
    }
}

/// How a key is written where there is only text, as in an environment variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ConfigKind {
    /// As it is.
    Text,
    /// As it is; never shown.
    Secret,
    /// `true` or `false`.
    Flag,
    /// Digits.
    Number,
    /// Words with spaces or commas between them.
    List,
    /// JSON.
    Json,
}

/// The type of a field of a [`ProviderConfig`].
#[diagnostic::on_unimplemented(
    message = "a provider's configuration cannot have a field of type `{Self}`",
    label = "no `ConfigField`",
    note = "use String, SecretString, bool, u64, Vec<String>, BTreeMap<String, String>, or an Option of one of them"
)]
pub trait ConfigField: DeserializeOwned {
    /// Whether the key has to be given.
    const REQUIRED: bool = true;
    /// How it is written as text.
    const KIND: ConfigKind;

    /// The value as a setting; null where there is none.
    fn to_value(&self) -> Value;
}

impl ConfigField for String {
    const KIND: ConfigKind = ConfigKind::Text;

    fn to_value(&self) -> Value {
        Value::from(self.as_str())
    }
}

impl ConfigField for SecretString {
    const KIND: ConfigKind = ConfigKind::Secret;

    fn to_value(&self) -> Value {
        Value::from(self.expose_secret())
    }
}

impl ConfigField for bool {
    const KIND: ConfigKind = ConfigKind::Flag;

    fn to_value(&self) -> Value {
        Value::from(*self)
    }
}

impl ConfigField for u64 {
    const KIND: ConfigKind = ConfigKind::Number;

    fn to_value(&self) -> Value {
        Value::from(*self)
    }
}

/// An absent list is an empty one: the field needs `#[serde(default)]`.
impl ConfigField for Vec<String> {
    const REQUIRED: bool = false;
    const KIND: ConfigKind = ConfigKind::List;

    fn to_value(&self) -> Value {
        Value::from(self.as_slice())
    }
}

/// An absent map is an empty one: the field needs `#[serde(default)]`.
impl ConfigField for BTreeMap<String, String> {
    const REQUIRED: bool = false;
    const KIND: ConfigKind = ConfigKind::Json;

    fn to_value(&self) -> Value {
        self.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect()
    }
}

impl<F: ConfigField> ConfigField for Option<F> {
    const REQUIRED: bool = false;
    const KIND: ConfigKind = F::KIND;

    fn to_value(&self) -> Value {
        self.as_ref().map_or(Value::Null, F::to_value)
    }
}
