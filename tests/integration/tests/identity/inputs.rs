//! What there is to give, by the code that takes it: so that a table that lacks a new one fails.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The public functions of a file of the SDK, from `start` (a piece of its text) on, as far as `end`.
pub(crate) fn public_functions(file: &str, start: &str, end: &str) -> BTreeSet<String> {
    let text = source(file);
    let text = text.split_once(start).map_or_else(|| panic!("{file} has no {start:?}"), |(_, text)| text);
    names(text.split_once(end).map_or(text, |(text, _)| text), "pub fn ")
}

/// The functions of a trait of the SDK.
pub(crate) fn trait_functions(file: &str, name: &str) -> BTreeSet<String> {
    let text = source(file);
    let text = text.split_once(&format!("pub trait {name}")).unwrap().1;
    let text = text.split_once("\n}\n").unwrap().0;
    names(text, "\n    fn ").into_iter().chain(names(text, "\n    async fn ")).collect()
}

fn names(text: &str, before: &str) -> BTreeSet<String> {
    let name = |rest: &str| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    text.split(before).skip(1).map(name).collect()
}

fn source(file: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../sdk/src").join(file)).unwrap()
}

pub(crate) fn set<'a>(names: impl IntoIterator<Item = &'a str>) -> BTreeSet<String> {
    names.into_iter().map(str::to_owned).collect()
}
