use serde_json::Value;

use super::{ConfigField, ConfigKind, ProviderPlugin, ProviderSettings, environment};
use crate::error::{Error, Result};

/// Settings that are right for a provider, as the fields of a derived client are read from them.
#[derive(Debug)]
pub struct ConfiguredFields {
    provider: &'static str,
    settings: ProviderSettings,
}

/// What `from_env` and `from_settings` of a client whose fields are its configuration do. Each field is given with whether its
/// type needs a value; what is wrong is told at once, as by [`connect`](ProviderPlugin::connect).
impl ProviderPlugin {
    #[doc(hidden)]
    pub fn fields_from_env(
        &self,
        prefix: &str,
        fields: &[(&str, bool)],
        fixed: ProviderSettings,
    ) -> Result<ConfiguredFields> {
        let accepted = AcceptedKeys { fields, fixed: fixed.clone() };
        self.fields(environment::read(self, prefix, fixed), &accepted)
    }

    #[doc(hidden)]
    pub fn fields_from_settings(
        &self,
        settings: ProviderSettings,
        fields: &[(&str, bool)],
        fixed: &ProviderSettings,
    ) -> Result<ConfiguredFields> {
        self.fields(settings.merged(fixed), &AcceptedKeys { fields, fixed: fixed.clone() })
    }

    fn fields(&self, mut settings: ProviderSettings, accepted: &AcceptedKeys<'_>) -> Result<ConfiguredFields> {
        settings.split_lists(self.keys());
        for (name, needed) in accepted.fields {
            if *needed && !settings.contains(name) && !settings.errors().is_about(name) {
                settings.errors().missing(name);
            }
        }
        for key in self.keys().iter().map(|key| key.name) {
            if settings.contains(key) && !accepted.has(key) {
                settings.errors().wrong(key, "the client has no field for it: add the field, or leave the setting out");
            }
        }
        self.connect(settings.clone())?;
        Ok(ConfiguredFields { provider: self.name(), settings })
    }
}

/// The keys that settings may have: those of the fields, and those that are fixed.
struct AcceptedKeys<'a> {
    fields: &'a [(&'a str, bool)],
    fixed: ProviderSettings,
}

impl AcceptedKeys<'_> {
    fn has(&self, key: &str) -> bool {
        self.fixed.contains(key) || self.fields.iter().any(|(name, _)| *name == key)
    }
}

impl ConfiguredFields {
    /// The value of one field; of an absent list or map the empty one.
    pub(super) fn value<F: ConfigField>(&self, key: &str) -> Result<F> {
        let absent = match F::KIND {
            _ if F::REQUIRED => Value::Null,
            ConfigKind::List => Value::Array(Vec::new()),
            ConfigKind::Json => Value::Object(serde_json::Map::new()),
            ConfigKind::Text | ConfigKind::Secret | ConfigKind::Flag | ConfigKind::Number => Value::Null,
        };
        let value = self.settings.value(key).unwrap_or(&absent);
        // serde_json quotes the value, which may be a secret.
        F::deserialize(value).map_err(|_| {
            let wanted = F::KIND.wanted();
            Error::configuration(format!(
                "the configuration of provider {:?} is wrong; `{key}`: it must be {wanted}",
                self.provider
            ))
        })
    }
}
