//! The pages of providers that are code alone: made from what the documentation of their types says.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;

use grantkit::provider::{ProviderPlugin, providers};
use grantkit_providers::catalogue;

use crate::example::by_name;
use crate::root;

/// A provider that is in no data file, with its type and the file in which that stands.
pub(crate) const OF_CODE: [(&str, &str, &str); 3] = [
    ("oauth2", "OAuth2", "providers/src/oauth2.rs"),
    ("oidc", "Oidc", "providers/src/oidc.rs"),
    ("qci", "Qci", "providers/src/qci.rs"),
];

/// The name of each, with its page.
pub(crate) fn pages() -> Vec<(&'static str, String)> {
    OF_CODE.iter().map(|(name, ty, path)| (*name, page(name, ty, path))).collect()
}

/// Those that have a page in this way are all that have none from the data.
#[test]
fn every_provider_has_a_page() {
    let of_code: BTreeSet<_> = OF_CODE.iter().map(|(name, ..)| *name).collect();
    let names = providers().into_iter().map(ProviderPlugin::name);
    assert_eq!(names.filter(|name| catalogue::entry(name).is_none()).collect::<BTreeSet<_>>(), of_code);
}

/// What the documentation of a type lists are the keys that there are.
#[test]
fn the_documented_keys_are_the_keys() {
    let with_data =
        [("auth0", "Auth0", "providers/src/auth0.rs"), ("google", "Google", "providers/src/google/provider.rs")];
    for (name, ty, path) in OF_CODE.into_iter().chain(with_data) {
        let source = fs::read_to_string(root().join(path)).unwrap();
        let documentation = documentation(&source, ty);
        let table = documentation.iter().skip_while(|line| !line.starts_with("| key |")).skip(2);
        let cells = table.take_while(|line| line.starts_with("| ")).map(|row| row.split('|').nth(1).unwrap());
        let documented: BTreeSet<_> = cells.flat_map(|cell| cell.split('`').skip(1).step_by(2)).collect();
        let keys: BTreeSet<_> = plugin(name).keys().iter().map(|key| key.name).collect();
        assert_eq!(documented, keys, "{path}");
    }
}

pub(crate) fn plugin(name: &str) -> &'static ProviderPlugin {
    providers().into_iter().find(|plugin| plugin.name() == name).unwrap()
}

fn page(name: &str, ty: &str, path: &str) -> String {
    let title = plugin(name).title();
    let capital = title.chars().next().unwrap().to_uppercase();
    let prefix = plugin(name).env_prefix();
    let mut text = format!(
        "# {}{}\n\n<!-- Generated from {path}; do not edit. -->\n\n`{name}`, type \
         [`{ty}`](https://docs.rs/grantkit-providers/latest/grantkit_providers/struct.{ty}.html). By name, with the prefix `{prefix}` for the \
         variables of its keys:\n\n```rust\n{}```\n\n",
        capital,
        &title[1..],
        by_name(name, &prefix),
    );
    let source = fs::read_to_string(root().join(path)).unwrap();
    let mut in_code = false;
    for line in documentation(&source, ty) {
        if let Some(language) = line.strip_prefix("```") {
            in_code = !in_code;
            writeln!(text, "```{}", if language == "no_run" { "rust" } else { language }).unwrap();
        } else if in_code {
            // What the page of the type hides.
            if line != "#" && !line.starts_with("# ") {
                writeln!(text, "{line}").unwrap();
            }
        } else {
            let heading = if line.starts_with('#') { "#" } else { "" };
            writeln!(text, "{heading}{}", without_links(line)).unwrap();
        }
    }
    text
}

/// The documentation of the type, line by line.
fn documentation<'a>(source: &'a str, ty: &str) -> Vec<&'a str> {
    let (before, _) = source.split_once(&format!("pub struct {ty};")).unwrap();
    let lines = before.lines().rev().skip_while(|line| line.starts_with("#["));
    let mut lines: Vec<_> =
        lines.map_while(|line| line.strip_prefix("///")).map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
    lines.reverse();
    lines
}

/// Without links to items, which lead nowhere from here.
fn without_links(line: &str) -> String {
    let mut text = line.to_owned();
    while let Some(middle) = text.find("](").filter(|at| !text[*at..].starts_with("](http")) {
        let end = middle + text[middle..].find(')').unwrap();
        let start = text[..middle].rfind('[').unwrap();
        text = format!("{}{}{}", &text[..start], &text[start + 1..middle], &text[end + 1..]);
    }
    text.replace("[`", "`").replace("`]", "`")
}
