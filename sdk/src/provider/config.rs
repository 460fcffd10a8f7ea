use std::collections::BTreeMap;

use secrecy::{ExposeSecret, SecretString};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::fields::ConfiguredFields;
use crate::error::Result;

/// A provider's configuration: a struct that serde reads, with the list of its keys.
///
/// Derive it, next to `serde::Deserialize`; every field's type is a [`ConfigField`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a provider's configuration",
    label = "no `ProviderConfig`",
    note = "put `#[derive(serde::Deserialize, grantkit::provider::ProviderConfig)]` above it"
)]
pub trait ProviderConfig: DeserializeOwned {
    /// Its keys, in the order of the fields.
    const KEYS: &'static [ConfigKey];
}

/// One key of a [`ProviderConfig`].
#[derive(Clone, Copy, Debug)]
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
    /// The keys of which one is enough, although this one is required.
    pub alternatives: &'static [&'static str],
    is_readable: fn(&Value) -> bool,
}

impl ConfigKey {
    /// A key whose necessity and kind follow from the type of its field.
    pub const fn new<F: ConfigField>(name: &'static str, description: &'static str) -> Self {
        Self {
            name,
            required: F::REQUIRED,
            kind: F::KIND,
            description,
            alternatives: &[],
            is_readable: |value| F::deserialize(value).is_ok(),
        }
    }

    /// The same for a key that may be left out where one of these is given: a secret beside a private key, say. The field is an `Option`.
    #[must_use]
    pub const fn unless(self, alternatives: &'static [&'static str]) -> Self {
        Self { alternatives, ..self }
    }
}

impl ConfigKey {
    /// Whether a value is one that the key can have: of the field's type, or at least of the JSON type that goes with it,
    /// as serde may be told to read that otherwise.
    pub(super) fn accepts(&self, value: &Value) -> bool {
        let is_of_kind = match self.kind {
            ConfigKind::Text | ConfigKind::Secret => value.is_string(),
            ConfigKind::Flag => value.is_boolean(),
            ConfigKind::Number => value.is_u64(),
            ConfigKind::List => value.as_array().is_some_and(|items| items.iter().all(Value::is_string)),
            ConfigKind::Json => value.as_object().is_some_and(|members| members.values().all(Value::is_string)),
        };
        is_of_kind || (self.is_readable)(value)
    }

    /// For the end of a sentence.
    pub(super) fn wanted(&self) -> &'static str {
        let takes_decimals = self.kind == ConfigKind::Number && (self.is_readable)(&Value::from(0.5));
        if takes_decimals { "a number" } else { self.kind.wanted() }
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
    /// Digits, with a decimal point where the field is an `f64`.
    Number,
    /// Words with spaces or commas between them.
    List,
    /// JSON.
    Json,
}

impl ConfigKind {
    /// For the end of a sentence.
    pub(super) fn wanted(self) -> &'static str {
        match self {
            Self::Text | Self::Secret => "text",
            Self::Flag => "true or false",
            Self::Number => "a whole number",
            Self::List => "a list of texts",
            Self::Json => "a map of texts, in JSON where it is written as text",
        }
    }
}

/// The type of a field of a [`ProviderConfig`].
#[diagnostic::on_unimplemented(
    message = "a provider's configuration cannot have a field of type `{Self}`",
    label = "no `ConfigField`",
    note = "use String, SecretString, bool, u64, f64, Vec<String>, BTreeMap<String, String>, or an Option of one of them"
)]
pub trait ConfigField: DeserializeOwned {
    /// Whether the key has to be given.
    const REQUIRED: bool = true;
    /// How it is written as text.
    const KIND: ConfigKind;

    /// The value as a setting; null where there is none.
    fn to_value(&self) -> Value;

    /// The value of a derived client's field.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](crate::Error::is_configuration) where the settings have none of this type.
    #[doc(hidden)]
    fn of_field(fields: &ConfiguredFields, key: &str) -> Result<Self> {
        fields.value(key)
    }
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

/// A number with a decimal point, or without one.
impl ConfigField for f64 {
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
