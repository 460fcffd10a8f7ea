//! A profile of a service of the catalogue.

use grantkit::ProviderClient;
use grantkit::provider::{ConfigKey, ConfigKind, ProviderPlugin, ProviderSettings, providers};
use secrecy::ExposeSecret as _;

use super::{in_file, secret};
use crate::dpop_key;
use crate::failure::Failure;
use crate::profile::{Grant, Profile};
use crate::vault::Vault;

/// The key of a provider whose tokens are bound to a key.
const DPOP_KEY: &str = "dpop_key";

/// The catalogue's provider, its keys from the profile, and its secrets from the vault or the environment.
pub(super) async fn client(
    name: &str,
    provider: &str,
    profile: &Profile,
    vault: &Vault,
) -> Result<ProviderClient, Failure> {
    let keys = plugin(provider).map(ProviderPlugin::keys).unwrap_or_default();
    let takes_dpop_key = keys.iter().any(|key| key.name == DPOP_KEY);
    if profile.dpop && !takes_dpop_key {
        let never = format!("profile {name:?} has `dpop`, and the tokens of {provider} cannot be bound to a key");
        return Err(Failure::configuration(never).or_next(format!("grantkit profiles set {name} dpop=")));
    }
    check_keys(name, provider, profile, keys)?;
    let mut settings = settings(profile)?;
    for key in keys.iter().filter(|key| key.kind == ConfigKind::Secret) {
        if profile.keys.contains_key(key.name) {
            return Err(in_file(name, key.name));
        }
        if let Some(secret) = secret(name, key.name, profile, vault).await? {
            settings = settings.with(key.name, secret.expose_secret());
        }
    }
    // One of the process would be another one when the token is used.
    if takes_dpop_key && !settings.contains(DPOP_KEY) {
        settings = settings.with(DPOP_KEY, dpop_key::pem_of_profile(vault, name).await?.expose_secret());
    }
    ProviderClient::connect(provider, settings).map_err(|error| {
        let failure = Failure::from(error);
        match plugin(provider) {
            Some(_) => failure.or_next(format!("grantkit providers {provider}")),
            None => failure.or_next("grantkit providers"),
        }
    })
}

/// What the profile says to the provider, but for secrets.
pub(crate) fn settings(profile: &Profile) -> Result<ProviderSettings, Failure> {
    let mut settings = ProviderSettings::new();
    for (key, value) in &profile.keys {
        let value = serde_json::to_value(value)
            .map_err(|error| Failure::configuration(format!("`{key}`")).caused_by(&error))?;
        settings = settings.with(key, value);
    }
    if let Some(client_id) = &profile.client_id {
        settings = settings.with("client_id", client_id.as_str());
    }
    if !profile.scopes.is_empty() {
        settings = settings.with("scopes", profile.scopes.clone());
    }
    Ok(settings)
}

/// Nothing that the file says is passed over.
fn check_keys(name: &str, provider: &str, profile: &Profile, keys: &[ConfigKey]) -> Result<(), Failure> {
    if let Some(key) = profile.further.keys().next() {
        return Err(match keys.iter().find(|known| known.name == key) {
            Some(known) if known.kind == ConfigKind::Secret => in_file(name, key),
            Some(_) => {
                let misplaced = format!(
                    "`{key}` of profile {name:?} is a key of {provider}, and belongs to `[profiles.{name}.keys]`"
                );
                Failure::configuration(misplaced)
                    .or_next(format!("grantkit profiles set {name} {key}=.., and take it out of there"))
            }
            None => Failure::configuration(format!("profile {name:?} has an unknown key, `{key}`")).of_profile(name),
        });
    }
    let of_logins = [("audience", &profile.audience), ("resource", &profile.resource)];
    match of_logins.into_iter().find(|(_, value)| value.is_some()) {
        Some((key, _)) if profile.grant != Grant::Login => {
            let unused = format!(
                "the `{key}` of profile {name:?} is for logins: {provider} takes one for the client's own tokens in `[profiles.{name}.keys]`, if at all"
            );
            Err(Failure::configuration(unused).or_next(format!("grantkit providers {provider}")))
        }
        _ => Ok(()),
    }
}

/// The provider of this name.
pub(crate) fn plugin(name: &str) -> Option<&'static ProviderPlugin> {
    providers().into_iter().find(|plugin| plugin.name() == name)
}
