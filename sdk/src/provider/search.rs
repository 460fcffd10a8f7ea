//! Providers by what people call them.

use super::closest::closer;
use super::{ProviderPlugin, lookup};

/// The providers that are linked in and that this may mean, the likeliest first: by name, title or another name of theirs, by the
/// start or a part of one, or by one that is spelt nearly so.
///
/// ```
/// use grantkit::provider::search_providers;
///
/// for provider in search_providers("azure") {
///     println!("{}: {}", provider.name(), provider.title()); // microsoft: Microsoft Entra ID
/// }
/// ```
pub fn search_providers(text: &str) -> Vec<&'static ProviderPlugin> {
    search(text, lookup::providers()).into_iter().map(|(_, plugin)| plugin).collect()
}

/// How well a provider fits what was typed, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Match {
    Same,
    Word,
    Start,
    /// With so many typing mistakes.
    Near(usize),
    Part,
}

/// Shorter texts are a part of too much.
const MIN_PART: usize = 3;

pub(super) fn search(text: &str, plugins: Vec<&'static ProviderPlugin>) -> Vec<(Match, &'static ProviderPlugin)> {
    let wanted = squeezed(text);
    let mut found: Vec<_> = plugins.into_iter().filter_map(|plugin| Some((fit(&wanted, plugin)?, plugin))).collect();
    found.sort_by_key(|(fit, plugin)| (*fit, plugin.name()));
    found
}

/// Those that a name which there is not was probably meant to be.
pub(super) fn meant(name: &str, plugins: Vec<&'static ProviderPlugin>) -> Vec<&'static ProviderPlugin> {
    let found = search(name, plugins);
    let likely = |fit: Match| match found.first().map(|(best, _)| *best) {
        Some(Match::Near(_) | Match::Part) | None => Some(fit) == found.first().map(|(best, _)| *best),
        Some(_) => fit <= Match::Start,
    };
    found.iter().filter(|(fit, _)| likely(*fit)).map(|(_, plugin)| *plugin).collect()
}

fn fit(wanted: &str, plugin: &ProviderPlugin) -> Option<Match> {
    if wanted.is_empty() {
        return None;
    }
    let names = || [plugin.name(), plugin.title()].into_iter().chain(plugin.aliases().iter().copied());
    let is_long = wanted.len() >= MIN_PART;
    if names().any(|name| squeezed(name) == wanted) {
        return Some(Match::Same);
    }
    let words = || names().flat_map(|name| name.split(|char: char| !char.is_alphanumeric())).map(squeezed);
    if words().any(|word| word == wanted) {
        return Some(Match::Word);
    }
    if is_long
        && (words().any(|word| word.starts_with(wanted)) || names().any(|name| squeezed(name).starts_with(wanted)))
    {
        return Some(Match::Start);
    }
    if let Some(distance) = names().filter_map(|name| closer(wanted, &squeezed(name), None)).min() {
        return Some(Match::Near(distance));
    }
    (is_long && names().any(|name| squeezed(name).contains(wanted))).then_some(Match::Part)
}

/// In lower case, without spaces and hyphens: `Azure AD` is `azure-ad`.
fn squeezed(text: &str) -> String {
    text.chars().filter(|char| char.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::{Error, Result};
    use crate::provider::{ProviderClient, ProviderSettings};

    static MICROSOFT: ProviderPlugin =
        plugin("microsoft").with_title("Microsoft Entra ID").with_aliases(&["azure-ad", "azure"]);
    static AZURE_B2C: ProviderPlugin = plugin("azure-b2c").with_title("Azure AD B2C");
    static X: ProviderPlugin = plugin("x").with_title("X (Twitter)");
    static GITHUB: ProviderPlugin = plugin("github").with_title("GitHub");
    static GITLAB: ProviderPlugin = plugin("gitlab").with_title("GitLab");

    const fn plugin(name: &'static str) -> ProviderPlugin {
        fn refuse(_: &'static str, _: ProviderSettings) -> Result<ProviderClient> {
            Err(Error::configuration("not to be called"))
        }
        ProviderPlugin::new(name, &[], &[], refuse)
    }

    fn all() -> Vec<&'static ProviderPlugin> {
        vec![&AZURE_B2C, &GITHUB, &GITLAB, &MICROSOFT, &X]
    }

    fn names(found: Vec<&'static ProviderPlugin>) -> Vec<&'static str> {
        found.into_iter().map(ProviderPlugin::name).collect()
    }

    #[test]
    fn a_provider_is_meant_by_title_alias_word_start_and_near_spelling() {
        for (typed, expected) in [
            ("Azure AD", vec!["microsoft", "azure-b2c"]),
            ("azure", vec!["microsoft", "azure-b2c"]),
            ("entra", vec!["microsoft"]),
            ("Twitter", vec!["x"]),
            ("GitHub", vec!["github"]),
            ("githbu", vec!["github"]),
            ("git", vec!["github", "gitlab"]),
            ("soft", vec!["microsoft"]),
            ("", vec![]),
            ("keycloak", vec![]),
        ] {
            assert_eq!(names(meant(typed, all())), expected, "{typed}");
        }
    }
}
