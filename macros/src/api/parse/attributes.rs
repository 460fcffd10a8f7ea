//! The attributes that the macro reads.

use proc_macro2::Ident;
use syn::{Attribute, TraitItemFn};

use crate::closest::closest;

/// The attributes that name a request's method.
pub(super) const VERBS: [&str; 6] = ["get", "post", "put", "patch", "delete", "head"];

/// The attributes that say where in the request an argument goes.
pub(super) const ARGUMENT_ATTRIBUTES: [&str; 7] = ["query", "json", "form", "body", "multipart", "part", "header"];

/// All but those with a body alone, which stay as they are.
pub(super) fn is_request(method: &TraitItemFn) -> bool {
    method.default.is_none() || method.attrs.iter().any(|attribute| is_one_of(attribute, &VERBS))
}

/// Neither with an attribute that says what is requested, nor with a body.
pub(super) fn lacks_request(method: &TraitItemFn) -> bool {
    method.default.is_none() && !method.attrs.iter().any(|attribute| is_one_of(attribute, &VERBS))
}

pub(super) fn is_one_of(attribute: &Attribute, names: &[&str]) -> bool {
    names.iter().any(|name| attribute.path().is_ident(name))
}

/// A verb with a typing mistake, and the verb; not an attribute of Rust's own.
pub(super) fn misspelt(attribute: &Attribute) -> Option<(&Ident, &'static str)> {
    let word = attribute.path().get_ident()?;
    let name = word.to_string();
    // `get`, in other words.
    if name.eq_ignore_ascii_case("fetch") {
        return Some((word, "get"));
    }
    if ["doc", "cfg", "test", "must_use", "allow", "expect", "deprecated"].contains(&name.as_str()) {
        return None;
    }
    closest(&name.to_lowercase(), VERBS).filter(|verb| *verb != name).map(|verb| (word, verb))
}
