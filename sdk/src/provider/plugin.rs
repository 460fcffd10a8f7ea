use super::{Capability, ConfigKey, Provider, ProviderClient, ProviderConfig, ProviderSettings, check};
use crate::error::Result;

/// A provider as the registry holds it; made by [`register_provider!`](crate::provider::register_provider).
#[derive(Debug)]
pub struct ProviderPlugin {
    name: &'static str,
    title: &'static str,
    aliases: &'static [&'static str],
    keys: &'static [ConfigKey],
    capabilities: &'static [Capability],
    registration_url: Option<&'static str>,
    login_scopes: &'static [&'static str],
    connect: fn(&'static str, ProviderSettings) -> Result<ProviderClient>,
}

inventory::collect!(ProviderPlugin);

/// Many providers that are data: each is made into a plug-in when it is looked for, so that those that a program does not use cost
/// nothing. Submit one by [`register_catalogue!`](crate::provider::register_catalogue).
#[derive(Debug)]
pub struct ProviderCatalogue {
    names: fn() -> Vec<&'static str>,
    find: fn(&str) -> Option<&'static ProviderPlugin>,
}

inventory::collect!(ProviderCatalogue);

impl ProviderCatalogue {
    /// `names` are those that `find` knows.
    pub const fn new(names: fn() -> Vec<&'static str>, find: fn(&str) -> Option<&'static ProviderPlugin>) -> Self {
        Self { names, find }
    }

    pub(super) fn names(&self) -> Vec<&'static str> {
        (self.names)()
    }

    pub(super) fn find(&self, name: &str) -> Option<&'static ProviderPlugin> {
        (self.find)(name)
    }
}

impl ProviderPlugin {
    /// Describes the provider `P`. In a constant, as [`register_provider!`](crate::provider::register_provider) and the derive have it, a
    /// name that is no provider's name does not compile.
    ///
    /// # Panics
    ///
    /// Where [`Provider::NAME`] is empty, or is not of lower-case letters, digits and `-`, `_`, `.`.
    pub const fn of<P: Provider>() -> Self {
        check::provider_name(P::NAME);
        let plugin = Self::new(P::NAME, P::Config::KEYS, P::CAPABILITIES, |_, settings| {
            P::connect(settings.into_config::<P::Config>(P::NAME, P::check)?)
        })
        .with_title(P::TITLE)
        .with_aliases(P::ALIASES)
        .with_login_scopes(P::LOGIN_SCOPES);
        match P::REGISTRATION_URL {
            Some(url) => plugin.with_registration_url(url),
            None => plugin,
        }
    }

    /// Describes a provider of a [`ProviderCatalogue`]; `connect` is called with its name.
    pub const fn new(
        name: &'static str,
        keys: &'static [ConfigKey],
        capabilities: &'static [Capability],
        connect: fn(&'static str, ProviderSettings) -> Result<ProviderClient>,
    ) -> Self {
        Self { name, title: name, aliases: &[], keys, capabilities, registration_url: None, login_scopes: &[], connect }
    }

    /// With the service's own name, for people; the provider's name unless set.
    #[must_use]
    pub const fn with_title(self, title: &'static str) -> Self {
        Self { title, ..self }
    }

    /// With other names by which people look for it, as `azure` of Microsoft Entra ID. They are found by
    /// [`search_providers`](super::search_providers) and named in the error of a look-up; the provider itself has one name.
    #[must_use]
    pub const fn with_aliases(self, aliases: &'static [&'static str]) -> Self {
        Self { aliases, ..self }
    }

    /// With the page where an app is registered and its keys are shown; none is known unless set.
    #[must_use]
    pub const fn with_registration_url(self, registration_url: &'static str) -> Self {
        Self { registration_url: Some(registration_url), ..self }
    }

    /// With the scopes that a login asks for unless the configuration names others.
    #[must_use]
    pub const fn with_login_scopes(self, login_scopes: &'static [&'static str]) -> Self {
        Self { login_scopes, ..self }
    }

    /// The provider's name.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The service's own name, for people.
    pub const fn title(&self) -> &'static str {
        self.title
    }

    /// Other names by which people look for it.
    pub const fn aliases(&self) -> &'static [&'static str] {
        self.aliases
    }

    /// The keys of its configuration.
    pub const fn keys(&self) -> &'static [ConfigKey] {
        self.keys
    }

    /// The prefix of its keys' variables in its documentation, for [`ProviderClient::from_env`]: the name as a shell allows it.
    ///
    /// ```
    /// # fn of(provider: &grantkit::provider::ProviderPlugin) {
    /// println!("{}_CLIENT_ID", provider.env_prefix()); // of "azure-b2c": AZURE_B2C_CLIENT_ID; of "42": SERVICE_42_CLIENT_ID
    /// # }
    /// ```
    pub fn env_prefix(&self) -> String {
        let name = self.name.to_ascii_uppercase().replace(['-', '.'], "_");
        if name.starts_with(|first: char| first.is_ascii_digit()) { format!("SERVICE_{name}") } else { name }
    }

    /// What it offers.
    pub const fn capabilities(&self) -> &'static [Capability] {
        self.capabilities
    }

    /// The page where an app is registered and its keys are shown, for people; `None` where none is known.
    pub const fn registration_url(&self) -> Option<&'static str> {
        self.registration_url
    }

    /// The scopes that a login asks for unless the configuration names others. What stands in braces is a key's value.
    pub const fn login_scopes(&self) -> &'static [&'static str] {
        self.login_scopes
    }

    /// Makes a client from settings.
    ///
    /// # Errors
    ///
    /// As [`ProviderClient::connect`].
    pub fn connect(&self, settings: ProviderSettings) -> Result<ProviderClient> {
        (self.connect)(self.name, settings)
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

#[doc(hidden)]
#[macro_export]
macro_rules! __register_catalogue {
    ($catalogue:expr) => {
        $crate::__private::inventory::submit! { $catalogue }
    };
}

/// Registers a [`ProviderCatalogue`](crate::provider::ProviderCatalogue), an expression that is constant.
#[doc(inline)]
pub use __register_catalogue as register_catalogue;

/// Registers providers, so that they are found by name wherever the crate is linked in.
///
/// A crate that is only listed in `Cargo.toml` is not linked: the program says `use that_crate as _;`. What the providers offer is stated
/// beside it, by [`declare_capabilities!`](crate::provider::declare_capabilities).
///
/// See [`Provider`](crate::provider::Provider) for an example.
#[doc(inline)]
pub use __register_provider as register_provider;
