//! Judges what was parsed; every check looks at its own part and adds its mistakes to those of the others.

mod argument;
mod base;
mod header;
mod headers;
mod item;
mod method;
mod path;
pub(super) mod returned;
mod timeout;

use syn::{Path, TraitItem};

use super::model::{FixedHeader, Method, Model};
use super::parse::Parsed;
use crate::mistakes::Mistakes;
use crate::parse::{Entry, Value};

/// What holds for all methods of the trait.
struct Shared<'a> {
    blocking: bool,
    headers: &'a [FixedHeader],
}

/// The model; it is good only if there are no mistakes.
pub(super) fn check<'a>(parsed: &'a Parsed<'_>, mistakes: &mut Mistakes) -> Model<'a> {
    item::check(parsed.item, mistakes);
    let base = base::check(&parsed.keyed, mistakes);
    let auth = auth(parsed, mistakes);
    let error = error(parsed, mistakes);
    let blocking = blocking(parsed, mistakes);
    let headers = headers::check(&parsed.keyed, mistakes);
    let mut scopes = Vec::new();
    let signatures = parsed.definition.items.iter().filter_map(|item| match item {
        TraitItem::Fn(method) => Some(&method.sig),
        _ => None,
    });
    let methods: Vec<Method<'a>> = parsed
        .methods
        .iter()
        .zip(signatures)
        .filter_map(|(method, signature)| {
            method::check(method, signature, &Shared { blocking, headers: &headers }, &mut scopes, mistakes)
        })
        .collect();
    Model {
        krate: &parsed.krate,
        item: parsed.item,
        definition: &parsed.definition,
        client: &parsed.client,
        base,
        auth,
        blocking,
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

fn blocking(parsed: &Parsed<'_>, mistakes: &mut Mistakes) -> bool {
    let Some(entry) = parsed.keyed.get("blocking") else { return false };
    if !matches!(entry.value, Value::Nothing) {
        entry.wrong_value(mistakes, "`blocking` stands alone: the methods of the trait block, or they are `async`");
    }
    true
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
