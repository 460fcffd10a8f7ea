use std::fmt;
use std::marker::PhantomData;

use grantkit::provider::{ConfigErrors, ConfigKey, ProviderConfig, ProviderSettings};
use grantkit::{ProviderClient, Result};
use serde::{Deserialize, Deserializer};

use crate::catalogue;

/// What the types of [`services`](crate::services) have in common.
pub trait Service: 'static {
    /// The keys of its configuration.
    const KEYS: &'static [ConfigKey];
}

/// The settings of a service, with the keys that it takes.
pub struct ServiceConfig<S> {
    settings: ProviderSettings,
    service: PhantomData<fn() -> S>,
}

impl<S> ServiceConfig<S> {
    pub(super) fn connect(self, name: &'static str) -> Result<ProviderClient> {
        catalogue::connect_checked(name, &self.settings)
    }
}

/// Adds what is wrong with the settings and does not follow from the list of keys.
pub(super) fn check(name: &str, settings: &ProviderSettings, errors: &mut ConfigErrors) {
    if let Some(entry) = catalogue::entry(name) {
        catalogue::check(entry, settings, errors);
    }
}

impl<S: Service> ProviderConfig for ServiceConfig<S> {
    const KEYS: &'static [ConfigKey] = S::KEYS;
}

impl<'de, S> Deserialize<'de> for ServiceConfig<S> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        Ok(Self { settings: ProviderSettings::deserialize(deserializer)?, service: PhantomData })
    }
}

/// The names of the keys, and no value.
impl<S> fmt::Debug for ServiceConfig<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ServiceConfig").field(&self.settings).finish()
    }
}
