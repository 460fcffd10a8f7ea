use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::Path;

use secrecy::SecretString;
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use zeroize::Zeroize;

use super::environment;
use super::{ConfigErrors, ConfigKey, ConfigKind, IntoSettingValue, ProviderConfig};
use crate::error::Result;
use crate::lenient;

/// Settings of a provider before they are checked: from a file, a value, the environment.
///
/// It deserialises from any map (TOML, YAML, JSON, …), and is made of a list of pairs or a map ([`IntoProviderSettings`](super::IntoProviderSettings)); what
/// it holds is wiped when dropped.
///
/// ```
/// use grantkit::provider::ProviderSettings;
///
/// let file = r#"{ "tenant": "acme", "client_id": "billing", "client_secret": "s3cret" }"#;
/// let settings: ProviderSettings = serde_json::from_str(file).unwrap();
/// let settings = settings.with("audience", "https://api.acme.dev");
/// assert!(!format!("{settings:?}").contains("s3cret"));
/// ```
#[derive(Clone, Default, PartialEq)]
pub struct ProviderSettings {
    values: BTreeMap<String, Value>,
    origin: Origin,
    /// What was wrong where they come from.
    errors: ConfigErrors,
}

/// Where settings come from, for those who have to mend them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Origin {
    pub(super) file: Option<String>,
    /// The prefix of environment variables, and the keys that come from elsewhere.
    pub(super) environment: Option<(String, BTreeSet<String>)>,
}

impl Origin {
    /// The key, and the variable that it is read from.
    pub(super) fn label(&self, key: &str) -> String {
        match &self.environment {
            Some((prefix, fixed)) if !fixed.contains(key) => {
                format!("`{key}` ({})", environment::variable(prefix, key))
            }
            _ => format!("`{key}`"),
        }
    }
}

impl ProviderSettings {
    /// Creates empty settings.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets one key, in place of a value that is there; `None` sets none.
    pub fn with(mut self, key: impl Into<String>, value: impl IntoSettingValue) -> Self {
        self.set(key.into(), value.into_setting_value());
        self
    }

    pub(super) fn set(&mut self, key: String, value: Value) {
        if value.is_null() {
            self.values.remove(&key).iter_mut().for_each(wipe);
        } else {
            self.values.insert(key, value).iter_mut().for_each(wipe);
        }
    }

    /// Sets the key of a derived client's field; null is a field without a value.
    #[doc(hidden)]
    pub fn with_field(self, key: &str, value: Value) -> Self {
        if value.is_null() { self } else { self.with(key, value) }
    }

    /// Adds the keys of `other`. A key that is in both is an error of connecting, as it is ambiguous.
    pub fn merged(mut self, other: &Self) -> Self {
        for (key, value) in &other.values {
            if self.values.insert(key.clone(), value.clone()).is_some() {
                self.errors.note(format!(
                    "`{key}` is set by the program (`#[oauth({key} = ..)]`) and by the configuration: remove one"
                ));
            }
        }
        self
    }

    /// Whether the key is set.
    pub fn contains(&self, key: &str) -> bool {
        self.values.contains_key(key)
    }

    pub(super) fn value(&self, key: &str) -> Option<&Value> {
        self.values.get(key).filter(|value| !value.is_null())
    }

    /// The text of a key; `None` where it is not set, is no text, or is empty.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.values.get(key)?.as_str().filter(|text| !text.trim().is_empty())
    }

    /// The secret of a key; `None` as for [`text`](Self::text).
    pub fn secret(&self, key: &str) -> Option<SecretString> {
        self.text(key).map(SecretString::from)
    }

    /// The texts of a key that is a list; none where it is not set, or is none.
    pub fn list(&self, key: &str) -> Vec<&str> {
        self.values.get(key).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect()
    }

    /// The texts of a key that is a map; none where it is not set, or is none.
    pub fn map(&self, key: &str) -> BTreeMap<String, String> {
        let members = self.values.get(key).and_then(Value::as_object).into_iter().flatten();
        members.filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned()))).collect()
    }

    /// Whether the flag of a key is set; `None` where it is not given, or is none.
    pub fn flag(&self, key: &str) -> Option<bool> {
        self.values.get(key)?.as_bool()
    }

    /// The whole number of a key; `None` where it is not set, or is none.
    pub fn number(&self, key: &str) -> Option<u64> {
        self.values.get(key)?.as_u64()
    }

    /// The number of a key, whole or not; `None` where it is not set, or is none.
    pub fn decimal(&self, key: &str) -> Option<f64> {
        self.values.get(key)?.as_f64()
    }

    /// Says where the settings come from, as the path of the file that they were read from; nothing is read here. Errors name it, as in
    /// `the configuration of provider "auth0" in billing.toml is wrong; missing: client_id`.
    #[must_use = "it gives the settings back"]
    pub fn with_origin(mut self, path: impl AsRef<Path>) -> Self {
        self.origin.file = Some(path.as_ref().display().to_string());
        self
    }

    /// What is not set yet comes from environment variables with this prefix.
    pub(super) fn completed_from(mut self, prefix: &str) -> Self {
        self.origin.environment = Some((prefix.to_owned(), self.values.keys().cloned().collect()));
        self
    }

    pub(super) fn errors(&mut self) -> &mut ConfigErrors {
        &mut self.errors
    }

    /// Checks the keys, all of them before it complains, and reads the configuration; `check` is the provider's own.
    pub(super) fn into_config<C: ProviderConfig>(
        self,
        provider: &str,
        check: fn(&Self, &mut ConfigErrors),
    ) -> Result<C> {
        let mut checked = self.checked(provider, C::KEYS, check)?;
        let object = std::mem::take(&mut checked.values).into_iter().collect();
        // serde_json quotes the offending value (`invalid type: string "s3cret", expected u64`), which may be a secret.
        lenient::read_value(Value::Object(object)).map_err(|_| {
            let mut errors = ConfigErrors::default();
            errors.note("a value cannot be read");
            errors.into_error(provider, &checked.origin)
        })
    }

    /// Checks these keys, all of them before it complains: for a provider of a
    /// [`ProviderCatalogue`](super::ProviderCatalogue), which has no type of its own for its configuration. `check` adds what is wrong
    /// besides; any key may be missing there.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](crate::Error::is_configuration) lists all that is wrong.
    pub fn checked(
        mut self,
        provider: &str,
        keys: &[ConfigKey],
        check: impl FnOnce(&Self, &mut ConfigErrors),
    ) -> Result<Self> {
        self.values.retain(|_, value| !value.is_null());
        self.split_lists(keys);
        let mut errors = std::mem::take(&mut self.errors);
        self.check_keys(keys, &mut errors);
        check(&self, &mut errors);
        if errors.is_empty() { Ok(self) } else { Err(errors.into_error(provider, &self.origin)) }
    }

    /// Makes lists of texts that are written as one text, as in an environment variable: `scopes = "read write"`.
    pub(super) fn split_lists(&mut self, keys: &[ConfigKey]) {
        for key in keys.iter().filter(|key| key.kind == ConfigKind::List) {
            if let Some(value) = self.values.get_mut(key.name)
                && !key.accepts(value)
                && let Some(list) = value.as_str().filter(|text| !text.trim().is_empty()).map(environment::split)
            {
                wipe(value);
                *value = list;
            }
        }
    }

    fn has_alternative(&self, key: &ConfigKey) -> bool {
        key.alternatives.iter().any(|name| self.values.contains_key(*name))
    }

    fn check_keys(&self, keys: &[ConfigKey], errors: &mut ConfigErrors) {
        for key in keys {
            match self.values.get(key.name) {
                // One that was given, but could not be read, is not missing.
                None if key.required && !errors.is_about(key.name) && !self.has_alternative(key) => {
                    errors.missing(key.name);
                }
                Some(Value::String(text)) if is_text(key.kind) && text.trim().is_empty() => errors.empty(key.name),
                Some(value) if !key.accepts(value) => {
                    errors.wrong(key.name, format!("it must be {}", key.wanted()));
                }
                None | Some(_) => {}
            }
        }
        for name in self.values.keys().filter(|name| !keys.iter().any(|key| key.name == name.as_str())) {
            errors.unknown(name, keys.iter().map(|key| key.name));
        }
    }
}

fn is_text(kind: ConfigKind) -> bool {
    matches!(kind, ConfigKind::Text | ConfigKind::Secret | ConfigKind::List)
}

impl<'de> Deserialize<'de> for ProviderSettings {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        let mut settings = Self::default();
        settings.values = BTreeMap::deserialize(deserializer)?;
        Ok(settings)
    }
}

impl Drop for ProviderSettings {
    fn drop(&mut self) {
        self.values.values_mut().for_each(wipe);
    }
}

fn wipe(value: &mut Value) {
    match value {
        Value::String(text) => text.zeroize(),
        Value::Array(items) => items.iter_mut().for_each(wipe),
        Value::Object(members) => members.values_mut().for_each(wipe),
        _ => {}
    }
}

impl fmt::Debug for ProviderSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ProviderSettings").field(&self.values.keys().collect::<Vec<_>>()).finish()
    }
}
