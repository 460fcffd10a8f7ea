use super::ProviderPlugin;
use super::closest::closest;
use crate::error::{Error, Result};
use crate::text::ServerText;

/// The providers that are linked in, by name.
pub fn providers() -> Vec<&'static ProviderPlugin> {
    let mut all: Vec<_> = inventory::iter::<ProviderPlugin>.into_iter().collect();
    all.sort_by_key(|plugin| plugin.name());
    all
}

/// The names of the providers that are linked in.
pub fn provider_names() -> Vec<&'static str> {
    providers().iter().map(|plugin| plugin.name()).collect()
}

pub(super) fn find(name: &str) -> Result<&'static ProviderPlugin> {
    pick(name, &providers())
}

/// The one plug-in of that name; none and two are errors that say what to do.
fn pick(name: &str, known: &[&'static ProviderPlugin]) -> Result<&'static ProviderPlugin> {
    let mut of_that_name = known.iter().filter(|plugin| plugin.name() == name);
    match (of_that_name.next(), of_that_name.next()) {
        (Some(plugin), None) => Ok(plugin),
        (Some(_), Some(_)) => Err(Error::configuration(format!(
            "two providers are registered as {name:?}: link only one of them in, or name it by its type"
        ))),
        (None, _) => Err(Error::configuration(unknown(name, known))),
    }
}

fn unknown(name: &str, known: &[&'static ProviderPlugin]) -> String {
    let name = ServerText::new(name);
    if known.is_empty() {
        return format!(
            "no provider is linked in, and so none is registered as {name:?}: a crate that only stands in Cargo.toml is left out \
             of the program; say `use grantkit_providers as _;`, or the same with the crate that has it"
        );
    }
    let names: Vec<_> = known.iter().map(|plugin| plugin.name()).collect();
    if let Some(close) = closest(name.as_str(), names.iter().copied()) {
        return format!("no provider is registered as {name:?} (known: {}); did you mean {close:?}?", names.join(", "));
    }
    format!(
        "no provider is registered as {name:?} (known: {}): link the crate that has it in, by `use that_crate as _;`. If it is \
         linked in, it was built against another version of grantkit than {}, which this program uses: `cargo tree \
         --duplicates` shows both, and one version for all mends it",
        names.join(", "),
        env!("CARGO_PKG_VERSION")
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provider::{ConfigKey, ProviderClient, Settings};

    static AUTH0: ProviderPlugin = plugin("auth0");
    static AUTH0_AGAIN: ProviderPlugin = plugin("auth0");
    static GOOGLE: ProviderPlugin = plugin("google");

    const fn plugin(name: &'static str) -> ProviderPlugin {
        const NO_KEYS: &[ConfigKey] = &[];
        fn refuse(_: Settings) -> Result<ProviderClient> {
            Err(Error::configuration("not to be called"))
        }
        ProviderPlugin::new(name, NO_KEYS, refuse)
    }

    #[test]
    fn two_of_one_name_are_an_error() {
        let error = pick("auth0", &[&AUTH0, &GOOGLE, &AUTH0_AGAIN]).unwrap_err();
        assert!(error.is_configuration());
        assert!(error.to_string().starts_with("two providers are registered as \"auth0\""), "{error}");
        assert_eq!(pick("google", &[&AUTH0, &GOOGLE, &AUTH0_AGAIN]).unwrap().name(), "google");
    }

    #[test]
    fn a_misspelt_name_is_corrected() {
        let error = pick("auht0", &[&AUTH0, &GOOGLE]).unwrap_err().to_string();
        assert!(error.contains("known: auth0, google"), "{error}");
        assert!(error.contains("did you mean \"auth0\"?"), "{error}");
    }

    #[test]
    fn a_plugin_that_is_not_seen_may_be_of_another_version() {
        let error = pick("keycloak", &[&AUTH0, &GOOGLE]).unwrap_err().to_string();
        assert!(error.contains("known: auth0, google") && error.contains("`use that_crate as _;`"), "{error}");
        assert!(error.contains(concat!("another version of grantkit than ", env!("CARGO_PKG_VERSION"))), "{error}");
        assert!(!error.contains("did you mean"), "{error}");
    }

    #[test]
    fn an_unlinked_crate_is_named() {
        let error = pick("auth0", &[]).unwrap_err().to_string();
        assert!(error.contains("no provider is linked in"), "{error}");
        assert!(error.contains("use grantkit_providers as _;"), "{error}");
    }
}
