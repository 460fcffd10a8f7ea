//! Judges what was parsed; every check looks at its own part and adds its mistakes to those of the others.

mod argument;
mod base;
mod header;
mod item;
mod method;
mod path;
pub(super) mod returned;

use syn::{Path, TraitItem};

use super::model::{Method, Model};
use super::parse::Parsed;
use crate::mistakes::Mistakes;
use crate::parse::{Entry, Value};

/// The model; it is good only if there are no mistakes.
pub(super) fn check<'a>(parsed: &'a Parsed<'_>, mistakes: &mut Mistakes) -> Model<'a> {
    item::check(parsed.item, mistakes);
    let base = base::check(&parsed.keyed, mistakes);
    let auth = auth(parsed, mistakes);
    let error = error(parsed, mistakes);
    let mut scopes = Vec::new();
    let signatures = parsed.definition.items.iter().filter_map(|item| match item {
        TraitItem::Fn(method) => Some(&method.sig),
        _ => None,
    });
    let methods: Vec<Method<'a>> = parsed
        .methods
        .iter()
        .zip(signatures)
        .filter_map(|(method, signature)| method::check(method, signature, &mut scopes, mistakes))
        .collect();
    Model {
        krate: &parsed.krate,
        item: parsed.item,
        definition: &parsed.definition,
        client: &parsed.client,
        base,
        auth,
        error,
        methods,
        scopes,
    }
}

fn auth<'a>(parsed: &'a Parsed<'_>, mistakes: &mut Mistakes) -> Option<&'a Path> {
    let entry = parsed.keyed.get("auth")?;
    let Entry { value: Value::Path(path), .. } = entry else {
        entry.wrong_value(mistakes, "`auth` takes the type that the token comes from, which derives `OAuthClient`");
        return None;
    };
    if parsed.keyed.get("base").is_none() {
        mistakes.at(&entry.key, "`auth` makes `from_env()`, which needs the API's URL: add `base = \"https://..\"`");
    }
    Some(path)
}

fn error<'a>(parsed: &'a Parsed<'_>, mistakes: &mut Mistakes) -> Option<&'a Path> {
    let entry = parsed.keyed.get("error")?;
    let Entry { value: Value::Path(path), .. } = entry else {
        entry.wrong_value(
            mistakes,
            "`error` takes the type that the body of the API's errors is read as: `error = Problem`",
        );
        return None;
    };
    Some(path)
}
