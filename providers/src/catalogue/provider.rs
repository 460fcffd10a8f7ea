//! Providers made of entries: found by name, configured, and turned into a client with the hooks that the service needs.

mod answers;
mod capabilities;
mod client_names;
mod connect;
#[cfg_attr(not(feature = "oidc"), path = "provider/no_decryption.rs")]
mod decryption;
mod did;
mod errors;
mod jwt_bearer;
mod keys;
mod long_lived;
mod requests;
mod revocations;
mod values;

use std::sync::OnceLock;

use grantkit::provider::{ProviderCatalogue, ProviderPlugin, register_catalogue};

use super::{Entry, Field, entries};

/// For those that have a type, and those with code of their own that log people in by what the entry says.
pub(crate) use connect::{check, connect, connect_checked};
pub(crate) use revocations::of_kinds;

/// Those that have code of their own in this crate, and are registered by it.
const WITH_CODE: [&str; 2] = ["auth0", "google"];

register_catalogue!(ProviderCatalogue::new(names, find));

fn is_data(entry: &Entry) -> bool {
    !WITH_CODE.contains(&entry.name())
}

fn names() -> Vec<&'static str> {
    entries().iter().filter(|entry| is_data(entry)).map(Entry::name).collect()
}

/// Makes the plug-in of one entry the first time that it is looked for.
fn find(name: &str) -> Option<&'static ProviderPlugin> {
    static PLUGINS: OnceLock<Box<[OnceLock<ProviderPlugin>]>> = OnceLock::new();
    let place = entries().binary_search_by(|entry| entry.name().cmp(name)).ok()?;
    let entry = entries().get(place).filter(|entry| is_data(entry))?;
    let plugins = PLUGINS.get_or_init(|| entries().iter().map(|_| OnceLock::new()).collect());
    Some(plugins.get(place)?.get_or_init(|| {
        // Once for each provider that the program uses, for as long as it runs.
        let (keys, capabilities) = (keys::of(entry).leak(), capabilities::of(entry).leak());
        let plugin = ProviderPlugin::new(entry.name(), keys, capabilities, connect)
            .with_title(entry.title())
            .with_aliases(entry.aliases().collect::<Vec<_>>().leak())
            .with_login_scopes(entry.login_scopes().collect::<Vec<_>>().leak());
        match entry.text(Field::RegistrationUrl) {
            Some(url) => plugin.with_registration_url(url),
            None => plugin,
        }
    }))
}
