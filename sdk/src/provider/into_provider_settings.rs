use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value};

use super::ProviderSettings;
use crate::error::Result;

/// Settings of a provider: [`ProviderSettings`], a list of pairs, a map, or `()` for none. Every type that is `Into<ProviderSettings>` is one.
///
/// ```
/// use grantkit::provider::ProviderSettings;
///
/// let settings = ProviderSettings::from([("tenant", "acme"), ("client_id", "billing")]);
/// assert_eq!(settings.text("tenant"), Some("acme"));
/// // Up to six pairs of several types; more by `ProviderSettings::new().with(..)`.
/// let settings = ProviderSettings::from((("tenant", "acme"), ("scopes", ["read", "write"])));
/// assert_eq!(settings.list("scopes"), ["read", "write"]);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` are no settings of a provider",
    label = "no settings",
    note = "give `ProviderSettings::new().with(\"client_id\", id).with(\"client_secret\", secret)`, or pairs: `[(\"client_id\", id), (\"client_secret\", secret)]`",
    note = "environment variables are read by `ProviderClient::from_env(provider, \"PREFIX\", ())`; a file by serde: `toml::from_str::<ProviderSettings>(&text)?`"
)]
pub trait IntoProviderSettings: Into<ProviderSettings> {}

#[diagnostic::do_not_recommend]
impl<T: Into<ProviderSettings>> IntoProviderSettings for T {}

/// No type implements it: it carries the message.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "settings are read from a file by serde, which knows its format",
    label = "is read before",
    note = "as TOML: `toml::from_str::<ProviderSettings>(&std::fs::read_to_string(path)?)?.with_origin(path)`; as JSON by `serde_json::from_str`"
)]
pub trait FileOfProviderSettings {}

#[doc(hidden)]
impl ProviderSettings {
    pub fn from_file(_: impl FileOfProviderSettings) -> Result<Self> {
        Ok(Self::default())
    }
}

/// The value of a setting: text, a [`SecretString`], a path, `true` or `false`, a number, a list, a map, JSON, or an [`Option`] of one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the value of a setting",
    label = "no value of a setting",
    note = "give text, a `SecretString`, `true` or `false`, a number, a list or a map of texts, or an `Option` of one"
)]
pub trait IntoSettingValue {
    /// As JSON; null sets nothing.
    fn into_setting_value(self) -> Value;
}

macro_rules! settings_of {
    ($($type:ty),*) => {$(
        impl IntoSettingValue for $type {
            fn into_setting_value(self) -> Value {
                Value::from(self)
            }
        }
    )*};
}
settings_of!(bool, u8, u16, u32, u64, usize, i8, i16, i32, i64, f32, f64, String, &str, Cow<'_, str>, Map<String, Value>);

impl IntoSettingValue for Value {
    fn into_setting_value(self) -> Value {
        self
    }
}

impl IntoSettingValue for &String {
    fn into_setting_value(self) -> Value {
        Value::from(self.as_str())
    }
}

impl IntoSettingValue for SecretString {
    fn into_setting_value(self) -> Value {
        Value::from(self.expose_secret())
    }
}

impl IntoSettingValue for &SecretString {
    fn into_setting_value(self) -> Value {
        Value::from(self.expose_secret())
    }
}

impl IntoSettingValue for &Path {
    fn into_setting_value(self) -> Value {
        Value::from(self.to_string_lossy())
    }
}

impl IntoSettingValue for PathBuf {
    fn into_setting_value(self) -> Value {
        self.as_path().into_setting_value()
    }
}

impl<T: IntoSettingValue> IntoSettingValue for Option<T> {
    fn into_setting_value(self) -> Value {
        self.map_or(Value::Null, T::into_setting_value)
    }
}

impl<T: IntoSettingValue> IntoSettingValue for Vec<T> {
    fn into_setting_value(self) -> Value {
        self.into_iter().map(T::into_setting_value).collect()
    }
}

impl<T: IntoSettingValue, const N: usize> IntoSettingValue for [T; N] {
    fn into_setting_value(self) -> Value {
        self.into_iter().map(T::into_setting_value).collect()
    }
}

impl<T: IntoSettingValue + Clone> IntoSettingValue for &[T] {
    fn into_setting_value(self) -> Value {
        self.iter().cloned().map(T::into_setting_value).collect()
    }
}

impl<K: Into<String>, V: IntoSettingValue> IntoSettingValue for BTreeMap<K, V> {
    fn into_setting_value(self) -> Value {
        Value::Object(self.into_iter().map(|(key, value)| (key.into(), value.into_setting_value())).collect())
    }
}

impl<K: Into<String>, V: IntoSettingValue> FromIterator<(K, V)> for ProviderSettings {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(pairs: I) -> Self {
        let mut settings = Self::default();
        settings.extend(pairs);
        settings
    }
}

impl<K: Into<String>, V: IntoSettingValue> Extend<(K, V)> for ProviderSettings {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, pairs: I) {
        pairs.into_iter().for_each(|(key, value)| self.set(key.into(), value.into_setting_value()));
    }
}

impl<K: Into<String>, V: IntoSettingValue, const N: usize> From<[(K, V); N]> for ProviderSettings {
    fn from(pairs: [(K, V); N]) -> Self {
        pairs.into_iter().collect()
    }
}

impl<K: Into<String>, V: IntoSettingValue> From<Vec<(K, V)>> for ProviderSettings {
    fn from(pairs: Vec<(K, V)>) -> Self {
        pairs.into_iter().collect()
    }
}

impl<K: Into<String>, V: IntoSettingValue> From<BTreeMap<K, V>> for ProviderSettings {
    fn from(map: BTreeMap<K, V>) -> Self {
        map.into_iter().collect()
    }
}

impl<K: Into<String>, V: IntoSettingValue> From<HashMap<K, V>> for ProviderSettings {
    fn from(map: HashMap<K, V>) -> Self {
        map.into_iter().collect()
    }
}

impl From<Map<String, Value>> for ProviderSettings {
    fn from(map: Map<String, Value>) -> Self {
        map.into_iter().collect()
    }
}

/// As of `serde_json::json!({ .. })`. What is no map is an error of connecting.
impl From<Value> for ProviderSettings {
    fn from(value: Value) -> Self {
        let mut settings = Self::default();
        match value {
            Value::Object(map) => settings.extend(map),
            _ => settings.errors().note("the settings are no map of keys to values"),
        }
        settings
    }
}

impl From<&Self> for ProviderSettings {
    fn from(settings: &Self) -> Self {
        settings.clone()
    }
}

macro_rules! of_pairs {
    ($($key:ident $value:ident $number:tt),*) => {
        /// Pairs whose values are of several types.
        impl<$($key: Into<String>, $value: IntoSettingValue),*> From<($(($key, $value),)*)> for ProviderSettings {
            fn from(pairs: ($(($key, $value),)*)) -> Self {
                let mut settings = Self::default();
                $(settings.set(pairs.$number.0.into(), pairs.$number.1.into_setting_value());)*
                settings
            }
        }
    };
}
of_pairs!(K0 V0 0);
of_pairs!(K0 V0 0, K1 V1 1);
of_pairs!(K0 V0 0, K1 V1 1, K2 V2 2);
of_pairs!(K0 V0 0, K1 V1 1, K2 V2 2, K3 V3 3);
of_pairs!(K0 V0 0, K1 V1 1, K2 V2 2, K3 V3 3, K4 V4 4);
of_pairs!(K0 V0 0, K1 V1 1, K2 V2 2, K3 V3 3, K4 V4 4, K5 V5 5);

/// None.
impl From<()> for ProviderSettings {
    fn from((): ()) -> Self {
        Self::default()
    }
}
