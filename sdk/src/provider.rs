//! Providers by name: plug-ins that are linked in, found and configured at run time.
//!
//! [`ProviderClient`] is a client that a provider made from [`ProviderSettings`] or from the environment. To add a provider, implement [`Provider`],
//! state what it offers with [`declare_capabilities!`], and register it with [`register_provider!`]. The crate `grantkit-providers` has the
//! bundled ones.
//!
//! ```no_run
//! use grantkit::prelude::*;
//! use grantkit_providers as _; // links the bundled providers in
//!
//! # fn main() -> Result<()> {
//! // BILLING_TENANT, BILLING_CLIENT_ID, BILLING_CLIENT_SECRET
//! let client = ProviderClient::from_env("auth0", "BILLING", ())?;
//! let credentials = client.credentials();
//! # let _ = credentials;
//! # Ok(())
//! # }
//! ```
//!
//! # By type
//!
//! By its name a provider may offer anything, and what it lacks is an error when it is asked for. `ProviderClient<P>` is a client of the
//! provider `P`, and has only the calls that `P` offers; the others do not compile, and the compiler says what to call instead. One call,
//! [`erased`](ProviderClient::erased), makes a `ProviderClient` of it.
//!
//! | call | the provider's type has |
//! |---|---|
//! | [`credentials`](ProviderClient::credentials) | [`OffersCredentials`] |
//! | [`login`](ProviderClient::login), [`stored_login`](ProviderClient::stored_login) | [`OffersLogin`] |
//! | [`device_login`](ProviderClient::device_login) | [`OffersDeviceLogin`] |
//! | [`identity`](ProviderClient::identity) | [`OffersIdentity`] |
//! | [`revocation`](ProviderClient::revocation) | [`OffersRevocation`] |
//! | [`api`](ProviderClient::api) | [`OffersApi`] |

mod annotated;
mod builder;
mod capabilities;
mod capability;
#[doc(hidden)]
pub mod check;
mod client;
mod closest;
mod config;
mod config_errors;
mod environment;
mod fields;
mod into_provider_settings;
mod json;
mod lookup;
mod named;
mod offers;
mod person;
mod plugin;
mod profile_mapping;
mod profile_request;
mod provider_settings;
mod search;
mod selector;
#[cfg(test)]
mod tests;

#[cfg(feature = "derive")]
#[doc = include_str!("macros/derive_provider_config.md")]
#[doc(inline)]
pub use grantkit_macros::ProviderConfig;

pub use builder::ProviderClientBuilder;
pub use capabilities::ProviderCapabilities;
pub use capability::Capability;
pub use client::ProviderClient;
pub use config::{ConfigField, ConfigKey, ConfigKind, ProviderConfig};
pub use config_errors::ConfigErrors;
#[doc(hidden)]
pub use fields::ConfiguredFields;
#[doc(hidden)]
pub use into_provider_settings::FileOfProviderSettings;
pub use into_provider_settings::{IntoProviderSettings, IntoSettingValue};
pub use json::read_json;
pub use lookup::{provider_names, providers};
#[doc(hidden)]
pub use named::NamedClient;
#[doc(hidden)]
pub use offers::OffersCredentialsFor;
pub use offers::{
    AnyProvider, Offers, OffersApi, OffersCredentials, OffersDeviceLogin, OffersIdentity, OffersLogin,
    OffersRevocation, declare_capabilities,
};
pub use person::Person;
pub use plugin::{ProviderCatalogue, ProviderPlugin, register_catalogue, register_provider};
pub use profile_mapping::ProfileMapping;
pub use profile_request::ProfileRequest;
pub use provider_settings::ProviderSettings;
pub use search::search_providers;
pub use selector::{Answers, Selector};

use crate::error::Result;

/// An identity provider: a name, a configuration, and how to make a client of it.
///
/// ```
/// use grantkit::prelude::*;
/// use grantkit::provider::{Provider, ProviderConfig, declare_capabilities, register_provider};
/// use serde::Deserialize;
///
/// pub struct Acme;
///
/// #[derive(Deserialize, ProviderConfig)]
/// pub struct AcmeConfig {
///     client_id: String,
///     client_secret: SecretString,
///     audience: Option<String>,
/// }
///
/// declare_capabilities!(Acme: Credentials);
///
/// impl Provider for Acme {
///     const NAME: &'static str = "acme";
///     type Config = AcmeConfig;
///
///     fn connect(config: AcmeConfig) -> Result<ProviderClient> {
///         let client = Client::builder()
///             .client_id(config.client_id)
///             .client_secret_basic(config.client_secret)
///             .token_endpoint("https://login.acme.example/token")?
///             .build();
///         Ok(ProviderClient::new(client.client_credentials().audiences(config.audience).named("acme")))
///     }
/// }
///
/// register_provider!(Acme);
///
/// # fn main() {
/// assert!(grantkit::provider::provider_names().contains(&"acme"));
/// # }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an OAuth provider",
    label = "no `Provider`",
    note = "name a type that implements `grantkit::provider::Provider`, or a provider's name in quotes: `provider = \"auth0\"`"
)]
pub trait Provider: Offers {
    /// The name by which it is looked up, in lower case.
    const NAME: &'static str;

    /// The service's own name, for people.
    const TITLE: &'static str = Self::NAME;

    /// Other names by which people look for it: the error of a look-up by one of them names this provider.
    const ALIASES: &'static [&'static str] = &[];

    /// The page where an app is registered and its keys are shown, for people.
    const REGISTRATION_URL: Option<&'static str> = None;

    /// The scopes that a login asks for unless the configuration names others.
    const LOGIN_SCOPES: &'static [&'static str] = &[];

    /// What it needs to know.
    type Config: ProviderConfig;

    /// Adds what is wrong with the settings and does not follow from the list of keys: that one of several has to be given, that
    /// a value is no URL. It is told together with keys that are missing, empty, unknown or of another type, and runs beside these
    /// checks: any key may be missing here.
    fn check(settings: &ProviderSettings, errors: &mut ConfigErrors) {
        let _ = (settings, errors);
    }

    /// Makes a client. It sends nothing: what has to be fetched is fetched with the first token.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](crate::Error::is_configuration) where a value is wrong; the message names its key.
    fn connect(config: Self::Config) -> Result<ProviderClient>;
}
