use std::collections::BTreeMap;
use std::fmt;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use zeroize::Zeroize;

use super::lookup::closest;
use super::{ConfigKey, ProviderConfig};
use crate::error::{Error, Result};

/// Settings of a provider before they are checked: from a file, a value, the environment.
///
/// It deserialises from any map (TOML, YAML, JSON, …); what it holds is wiped when dropped.
///
/// ```
/// use grantkit::Settings;
///
/// let file = r#"{ "tenant": "acme", "client_id": "billing", "client_secret": "s3cret" }"#;
/// let settings: Settings = serde_json::from_str(file).unwrap();
/// let settings = settings.with("audience", "https://api.acme.dev");
/// assert!(!format!("{settings:?}").contains("s3cret"));
/// ```
#[derive(Clone, Default, PartialEq)]
pub struct Settings(BTreeMap<String, Value>);

impl Settings {
    /// No settings yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets one key, in place of a value that is there.
    pub fn with(mut self, key: impl Into<String>, value: impl Into<Value>) -> Self {
        self.0.insert(key.into(), value.into());
        self
    }

    /// Sets the key of a derived client's field; null is a field without a value.
    #[doc(hidden)]
    pub fn with_field(self, key: &str, value: Value) -> Self {
        if value.is_null() { self } else { self.with(key, value) }
    }

    /// Adds the keys of `other`, which must not be here yet.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where a key stands in both: which of the two was meant?
    pub fn merged(mut self, other: &Self) -> Result<Self> {
        for (key, value) in &other.0 {
            if self.0.insert(key.clone(), value.clone()).is_some() {
                return Err(Error::configuration(format!(
                    "`{key}` is set by the program (`#[oauth({key} = ..)]`) and by the configuration: remove one"
                )));
            }
        }
        Ok(self)
    }

    /// Whether the key is set.
    pub fn contains(&self, key: &str) -> bool {
        self.0.contains_key(key)
    }

    /// Checks the keys, all of them before it complains, and reads the configuration.
    pub(super) fn into_config<C: ProviderConfig>(self, provider: &str) -> Result<C> {
        self.check_keys(provider, C::KEYS)?;
        self.read(provider)
    }

    fn check_keys(&self, provider: &str, keys: &[ConfigKey]) -> Result<()> {
        let missing: Vec<_> = keys
            .iter()
            .filter(|key| key.required && self.0.get(key.name).is_none_or(Value::is_null))
            .map(|key| format!("`{}`", key.name))
            .collect();
        let unknown: Vec<_> = self
            .0
            .keys()
            .filter(|name| !keys.iter().any(|key| key.name == name.as_str()))
            .map(|name| match closest(name, keys.iter().map(|key| key.name)) {
                Some(close) => format!("`{name}` (did you mean `{close}`?)"),
                None => format!("`{name}`"),
            })
            .collect();
        let mut complaints = Vec::new();
        if !missing.is_empty() {
            complaints.push(format!("missing: {}", missing.join(", ")));
        }
        if !unknown.is_empty() {
            complaints.push(format!("unknown: {}", unknown.join(", ")));
        }
        if complaints.is_empty() {
            return Ok(());
        }
        Err(Error::configuration(format!(
            "the configuration of provider {provider:?} is wrong; {}",
            complaints.join("; ")
        )))
    }

    fn read<C: DeserializeOwned>(mut self, provider: &str) -> Result<C> {
        let object = std::mem::take(&mut self.0).into_iter().collect();
        serde_json::from_value(Value::Object(object)).map_err(|error| {
            Error::configuration(format!(
                "the configuration of provider {provider:?} is wrong: {}",
                without_values(&error)
            ))
        })
    }
}

/// `serde_json` quotes the offending value (`invalid type: string "s3cret", expected u64`), which may be a secret.
fn without_values(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.rfind(", expected ") {
        Some(at) => format!("a value has the wrong type{}", &text[at..]),
        None => "a value cannot be read".to_owned(),
    }
}

impl<'de> Deserialize<'de> for Settings {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        BTreeMap::deserialize(deserializer).map(Self)
    }
}

impl Drop for Settings {
    fn drop(&mut self) {
        self.0.values_mut().for_each(wipe);
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

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Settings").field(&self.0.keys().collect::<Vec<_>>()).finish()
    }
}
