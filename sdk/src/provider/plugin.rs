use super::{ConfigKey, Provider, ProviderClient, ProviderConfig, Settings, check};
use crate::error::Result;

/// A provider as the registry holds it; made by [`register_provider!`](crate::provider::register_provider).
#[derive(Debug)]
pub struct ProviderPlugin {
    name: &'static str,
    keys: &'static [ConfigKey],
    connect: fn(Settings) -> Result<ProviderClient>,
}

inventory::collect!(ProviderPlugin);

impl ProviderPlugin {
    /// Describes the provider `P`. In a constant, as [`register_provider!`](crate::provider::register_provider) and the derive have it, a
    /// name that is no provider's name does not compile.
    ///
    /// # Panics
    ///
    /// Where [`Provider::NAME`] is empty, or is not of lower-case letters, digits and `-`, `_`, `.`.
    pub const fn of<P: Provider>() -> Self {
        check::provider_name(P::NAME);
        Self::new(P::NAME, P::Config::KEYS, |settings| {
            P::connect(settings.into_config::<P::Config>(P::NAME, P::check)?)
        })
    }

    pub(super) const fn new(
        name: &'static str,
        keys: &'static [ConfigKey],
        connect: fn(Settings) -> Result<ProviderClient>,
    ) -> Self {
        Self { name, keys, connect }
    }

    /// The provider's name.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The keys of its configuration.
    pub const fn keys(&self) -> &'static [ConfigKey] {
        self.keys
    }

    /// Makes a client from settings.
    ///
    /// # Errors
    ///
    /// As [`ProviderClient::connect`].
    pub fn connect(&self, settings: Settings) -> Result<ProviderClient> {
        (self.connect)(settings)
    }
}

#[doc(hidden)]
#[macro_export]
macro_rules! __register_provider {
    ($($provider:ty),+ $(,)?) => {
        $($crate::__private::inventory::submit! {
            $crate::provider::ProviderPlugin::of::<$provider>()
        })+
    };
}

/// Registers providers, so that they are found by name wherever the crate is linked in.
///
/// A crate that is only listed in `Cargo.toml` is not linked: the program says `use that_crate as _;`.
///
/// See [`Provider`](crate::provider::Provider) for an example.
#[doc(inline)]
pub use __register_provider as register_provider;
