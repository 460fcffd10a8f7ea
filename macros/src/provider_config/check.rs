use std::collections::BTreeSet;

use syn::Type;
use syn::ext::IdentExt;

use super::model::{Key, Model};
use super::parse::{Item, Parsed, ParsedField};
use super::serde_attribute::SerdeKeys;
use crate::mistakes::Mistakes;

pub(super) fn check<'a>(parsed: &Parsed<'a>, mistakes: &mut Mistakes) -> Model<'a> {
    if !parsed.generics.params.is_empty() {
        let text = format!("`{}` is one provider's configuration, so it cannot have parameters", parsed.ident);
        mistakes.at(&parsed.generics.params, text);
    }
    container(&parsed.serde, mistakes);
    let keys = keys(fields(parsed, mistakes), parsed.serde.find("default").is_some(), mistakes);
    Model { krate: parsed.krate.clone(), ident: parsed.ident, keys }
}

fn fields<'p, 'a>(parsed: &'p Parsed<'a>, mistakes: &mut Mistakes) -> &'p [ParsedField<'a>] {
    match &parsed.item {
        Item::Struct(fields) => return fields,
        Item::Tuple(at) => {
            mistakes.at_span(*at, "the fields of a provider's configuration are its keys, so they need names");
        }
        Item::Enum(at) => mistakes.at_span(*at, "`ProviderConfig` can be derived for a struct, not for an enum"),
        Item::Union(at) => mistakes.at_span(*at, "`ProviderConfig` can be derived for a struct, not for a union"),
    }
    &[]
}

/// What serde does to the whole struct, so that its keys are no longer those of the fields.
fn container(serde: &SerdeKeys, mistakes: &mut Mistakes) {
    for key in ["transparent", "from", "try_from", "remote"] {
        if let Some(word) = serde.find(key) {
            mistakes
                .at(word, format!("with `{key}` the fields are not the keys; write the configuration's own struct"));
        }
    }
    if let Some((word, case)) = serde.when_reading("rename_all")
        && case.value() != "snake_case"
    {
        mistakes.at(word, "a key is in snake_case, as it becomes an environment variable; remove `rename_all`");
    }
}

fn keys<'a>(fields: &[ParsedField<'a>], all_have_defaults: bool, mistakes: &mut Mistakes) -> Vec<Key<'a>> {
    let mut seen = BTreeSet::new();
    let is_read =
        |field: &&ParsedField<'_>| ["skip", "skip_deserializing"].iter().all(|key| field.serde.find(key).is_none());
    fields
        .iter()
        .filter(is_read)
        .map(|field| {
            let has_default = all_have_defaults || field.serde.find("default").is_some();
            one_key(field, mistakes);
            needs_default(field, has_default, mistakes);
            let name = name(field, mistakes);
            if !seen.insert(name.clone()) {
                mistakes.at(field.ident, format!("another field has the key `{name}` already"));
            }
            Key { name, ty: field.ty, has_default, description: field.description.clone() }
        })
        .collect()
}

/// A field is one key under one name.
fn one_key(field: &ParsedField<'_>, mistakes: &mut Mistakes) {
    if let Some(word) = field.serde.find("flatten") {
        mistakes.at(word, "with `flatten` the keys are not known here; write them as fields of their own");
    }
    if let Some(word) = field.serde.find("alias") {
        mistakes.at(word, "a key has one name, as environment variables and messages name it; remove `alias`");
    }
}

fn name(field: &ParsedField<'_>, mistakes: &mut Mistakes) -> String {
    let Some((_, renamed)) = field.serde.when_reading("rename") else {
        return field.ident.unraw().to_string();
    };
    let name = renamed.value();
    let is_key_char = |char: char| char.is_ascii_lowercase() || char.is_ascii_digit() || char == '_';
    if !name.starts_with(|first: char| first.is_ascii_lowercase()) || !name.chars().all(is_key_char) {
        mistakes.at(&renamed, "a key is in snake_case, as it becomes an environment variable");
    }
    name
}

/// An absent list counts as an empty one for the registry; serde has to be told.
fn needs_default(field: &ParsedField<'_>, has_default: bool, mistakes: &mut Mistakes) {
    if is_collection(field.ty) && !has_default {
        let text = format!("`{}` can be left out: add `#[serde(default)]`", field.ident.unraw());
        mistakes.at(field.ty, text);
    }
}

fn is_collection(ty: &Type) -> bool {
    let Type::Path(path) = ty else { return false };
    path.path.segments.last().is_some_and(|last| last.ident == "Vec" || last.ident == "BTreeMap")
}
