use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value};

use super::Settings;
use crate::error::Result;

/// Settings of a provider: [`Settings`], a list of pairs, a map, or `()` for none. Every type that is `Into<Settings>` is one.
///
/// ```
/// use grantkit::provider::Settings;
///
/// let settings = Settings::from([("tenant", "acme"), ("client_id", "billing")]);
/// assert_eq!(settings.text("tenant"), Some("acme"));
/// // Up to six pairs of several types; more by `Settings::new().with(..)`.
/// let settings = Settings::from((("tenant", "acme"), ("scopes", ["read", "write"])));
/// assert_eq!(settings.list("scopes"), ["read", "write"]);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` are no settings of a provider",
    label = "no settings",
    note = "give `Settings::new().with(\"client_id\", id).with(\"client_secret\", secret)`, or pairs: `[(\"client_id\", id), (\"client_secret\", secret)]`",
    note = "environment variables are read by `ProviderClient::from_env(provider, \"PREFIX\", ())`; a file by serde: `toml::from_str::<Settings>(&text)?`"
)]
pub trait IntoSettings: Into<Settings> {}

#[diagnostic::do_not_recommend]
impl<T: Into<Settings>> IntoSettings for T {}

/// No type implements it: it carries the message.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "settings are read from a file by serde, which knows its format",
    label = "is read before",
    note = "as TOML: `toml::from_str::<Settings>(&std::fs::read_to_string(path)?)?.with_origin(path)`; as JSON by `serde_json::from_str`"
)]
pub trait FileOfSettings {}

#[doc(hidden)]
impl Settings {
    pub fn from_file(_: impl FileOfSettings) -> Result<Self> {
        Ok(Self::default())
    }
}

/// The value of a setting: text, a [`SecretString`], a path, `true` or `false`, a number, a list, a map, JSON, or an [`Option`] of one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the value of a setting",
    label = "no value of a setting",
    note = "give text, a `SecretString`, `true` or `false`, a number, a list or a map of texts, or an `Option` of one"
)]
pub trait IntoSetting {
    /// As JSON; null sets nothing.
    fn into_setting(self) -> Value;
}

macro_rules! settings_of {
    ($($type:ty),*) => {$(
        impl IntoSetting for $type {
            fn into_setting(self) -> Value {
                Value::from(self)
            }
        }
    )*};
}
settings_of!(bool, u8, u16, u32, u64, usize, i8, i16, i32, i64, f32, f64, String, &str, Cow<'_, str>, Map<String, Value>);

impl IntoSetting for Value {
    fn into_setting(self) -> Value {
        self
    }
}

impl IntoSetting for &String {
    fn into_setting(self) -> Value {
        Value::from(self.as_str())
    }
}

impl IntoSetting for SecretString {
    fn into_setting(self) -> Value {
        Value::from(self.expose_secret())
    }
}

impl IntoSetting for &SecretString {
    fn into_setting(self) -> Value {
        Value::from(self.expose_secret())
    }
}

impl IntoSetting for &Path {
    fn into_setting(self) -> Value {
        Value::from(self.to_string_lossy())
    }
}

impl IntoSetting for PathBuf {
    fn into_setting(self) -> Value {
        self.as_path().into_setting()
    }
}

impl<T: IntoSetting> IntoSetting for Option<T> {
    fn into_setting(self) -> Value {
        self.map_or(Value::Null, T::into_setting)
    }
}

impl<T: IntoSetting> IntoSetting for Vec<T> {
    fn into_setting(self) -> Value {
        self.into_iter().map(T::into_setting).collect()
    }
}

impl<T: IntoSetting, const N: usize> IntoSetting for [T; N] {
    fn into_setting(self) -> Value {
        self.into_iter().map(T::into_setting).collect()
    }
}

impl<T: IntoSetting + Clone> IntoSetting for &[T] {
    fn into_setting(self) -> Value {
        self.iter().cloned().map(T::into_setting).collect()
    }
}

impl<K: Into<String>, V: IntoSetting> IntoSetting for BTreeMap<K, V> {
    fn into_setting(self) -> Value {
        Value::Object(self.into_iter().map(|(key, value)| (key.into(), value.into_setting())).collect())
    }
}

impl<K: Into<String>, V: IntoSetting> FromIterator<(K, V)> for Settings {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(pairs: I) -> Self {
        let mut settings = Self::default();
        settings.extend(pairs);
        settings
    }
}

impl<K: Into<String>, V: IntoSetting> Extend<(K, V)> for Settings {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, pairs: I) {
        pairs.into_iter().for_each(|(key, value)| self.set(key.into(), value.into_setting()));
    }
}

impl<K: Into<String>, V: IntoSetting, const N: usize> From<[(K, V); N]> for Settings {
    fn from(pairs: [(K, V); N]) -> Self {
        pairs.into_iter().collect()
    }
}

impl<K: Into<String>, V: IntoSetting> From<Vec<(K, V)>> for Settings {
    fn from(pairs: Vec<(K, V)>) -> Self {
        pairs.into_iter().collect()
    }
}

impl<K: Into<String>, V: IntoSetting> From<BTreeMap<K, V>> for Settings {
    fn from(map: BTreeMap<K, V>) -> Self {
        map.into_iter().collect()
    }
}

impl<K: Into<String>, V: IntoSetting> From<HashMap<K, V>> for Settings {
    fn from(map: HashMap<K, V>) -> Self {
        map.into_iter().collect()
    }
}

impl From<Map<String, Value>> for Settings {
    fn from(map: Map<String, Value>) -> Self {
        map.into_iter().collect()
    }
}

/// As of `serde_json::json!({ .. })`. What is no map is an error of connecting.
impl From<Value> for Settings {
    fn from(value: Value) -> Self {
        let mut settings = Self::default();
        match value {
            Value::Object(map) => settings.extend(map),
            _ => settings.mistakes().note("the settings are no map of keys to values"),
        }
        settings
    }
}

impl From<&Self> for Settings {
    fn from(settings: &Self) -> Self {
        settings.clone()
    }
}

macro_rules! of_pairs {
    ($($key:ident $value:ident $number:tt),*) => {
        /// Pairs whose values are of several types.
        impl<$($key: Into<String>, $value: IntoSetting),*> From<($(($key, $value),)*)> for Settings {
            fn from(pairs: ($(($key, $value),)*)) -> Self {
                let mut settings = Self::default();
                $(settings.set(pairs.$number.0.into(), pairs.$number.1.into_setting());)*
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
impl From<()> for Settings {
    fn from((): ()) -> Self {
        Self::default()
    }
}
