use super::search::meant;
use super::{ProviderCatalogue, ProviderPlugin};
use crate::error::{Error, Result};
use crate::text::ServerText;

/// The providers that are linked in, by name.
pub fn providers() -> Vec<&'static ProviderPlugin> {
    let mut all: Vec<_> = inventory::iter::<ProviderPlugin>.into_iter().collect();
    for catalogue in inventory::iter::<ProviderCatalogue> {
        all.extend(catalogue.names().into_iter().filter_map(|name| catalogue.find(name)));
    }
    all.sort_by_key(|plugin| plugin.name());
    all
}

/// The names of the providers that are linked in.
pub fn provider_names() -> Vec<&'static str> {
    let mut names: Vec<_> = inventory::iter::<ProviderPlugin>.into_iter().map(ProviderPlugin::name).collect();
    names.extend(inventory::iter::<ProviderCatalogue>.into_iter().flat_map(ProviderCatalogue::names));
    names.sort_unstable();
    names
}

pub(super) fn find(name: &str) -> Result<&'static ProviderPlugin> {
    let plugins = inventory::iter::<ProviderPlugin>.into_iter().filter(|plugin| plugin.name() == name);
    let of_catalogues = inventory::iter::<ProviderCatalogue>.into_iter().filter_map(|catalogue| catalogue.find(name));
    pick(name, plugins.chain(of_catalogues), providers)
}

/// The one plug-in of that name; none and two are errors that say what to do.
fn pick(
    name: &str,
    mut of_that_name: impl Iterator<Item = &'static ProviderPlugin>,
    known: impl FnOnce() -> Vec<&'static ProviderPlugin>,
) -> Result<&'static ProviderPlugin> {
    match (of_that_name.next(), of_that_name.next()) {
        (Some(plugin), None) => Ok(plugin),
        (Some(_), Some(_)) => Err(Error::configuration(format!(
            "two providers are registered as {name:?}: link only one of them in, or name it by its type"
        ))),
        (None, _) => Err(Error::configuration(unknown(name, known()))),
    }
}

/// How many names a message lists.
const MAX_LISTED: usize = 20;

/// How many that may be meant.
const MAX_MEANT: usize = 4;

fn unknown(name: &str, plugins: Vec<&'static ProviderPlugin>) -> String {
    let name = ServerText::new(name);
    let known: Vec<_> = plugins.iter().map(|plugin| plugin.name()).collect();
    if known.is_empty() {
        return format!(
            "no provider is linked in, and so none is registered as {name:?}: a crate that only stands in Cargo.toml is left out \
             of the program; say `use grantkit_providers as _;`, or the same with the crate that has it"
        );
    }
    let listed = if known.len() > MAX_LISTED {
        format!("{} are known: `search_providers(..)` finds them by name and title", known.len())
    } else {
        format!("known: {}", known.join(", "))
    };
    let meant: Vec<_> = meant(name.as_str(), plugins).into_iter().take(MAX_MEANT).map(described).collect();
    if !meant.is_empty() {
        return format!("no provider is registered as {name:?} ({listed}); did you mean {}?", meant.join(" or "));
    }
    if known.len() > MAX_LISTED {
        return format!(
            "no provider is registered as {name:?} ({listed}): a server that none of them is for has the provider \"oauth2\", or a \
             plug-in of its own, whose crate has to be linked in, by `use that_crate as _;`"
        );
    }
    format!(
        "no provider is registered as {name:?} ({listed}): link the crate that has it in, by `use that_crate as _;`. If it is \
         linked in, it was built against another version of grantkit than {}, which this program uses: `cargo tree \
         --duplicates` shows both, and one version for all mends it",
        env!("CARGO_PKG_VERSION")
    )
}

/// The name, and what it is the name of where that does not say itself.
fn described(plugin: &ProviderPlugin) -> String {
    let (name, title) = (plugin.name(), plugin.title());
    if name.eq_ignore_ascii_case(title) { format!("{name:?}") } else { format!("{name:?} ({title})") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provider::{ConfigKey, ProviderClient, ProviderSettings};

    static AUTH0: ProviderPlugin = plugin("auth0");
    static AUTH0_AGAIN: ProviderPlugin = plugin("auth0");
    static GOOGLE: ProviderPlugin = plugin("google");

    const fn plugin(name: &'static str) -> ProviderPlugin {
        const NO_KEYS: &[ConfigKey] = &[];
        fn refuse(_: &'static str, _: ProviderSettings) -> Result<ProviderClient> {
            Err(Error::configuration("not to be called"))
        }
        ProviderPlugin::new(name, NO_KEYS, &[], refuse)
    }

    /// As `find` does, of these.
    fn pick(name: &str, known: &[&'static ProviderPlugin]) -> Result<&'static ProviderPlugin> {
        let of_that_name = known.iter().copied().filter(|plugin| plugin.name() == name);
        super::pick(name, of_that_name, || known.to_vec())
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
