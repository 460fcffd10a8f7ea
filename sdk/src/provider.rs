//! Providers by name: plug-ins that are linked in, found and configured at run time.

mod annotated;
#[doc(hidden)]
pub mod check;
mod config;
mod environment;
mod lookup;
mod mistakes;
mod named;
mod plugin;
mod provider;
mod settings;

pub use config::{ConfigField, ConfigKey, ConfigKind, ProviderConfig};
pub use lookup::{provider_names, providers};
pub use mistakes::ConfigMistakes;
#[doc(hidden)]
pub use named::NamedClient;
pub use plugin::ProviderPlugin;
pub use provider::{Provider, ProviderClient};
pub use settings::Settings;
