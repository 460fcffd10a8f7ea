use proc_macro2::Span;
use syn::ext::IdentExt;

use crate::mistakes::Mistakes;
use crate::oauth_client::parse::Parsed;

/// The client's name and where it stands.
pub(super) struct Name {
    pub(super) text: String,
    pub(super) span: Span,
}

pub(super) fn check(parsed: &Parsed<'_>, mistakes: &mut Mistakes) -> Option<Name> {
    let Some(entry) = parsed.keyed.get("name") else {
        return Some(Name { text: parsed.ident.unraw().to_string(), span: parsed.ident.span() });
    };
    match entry.value.text() {
        Some(text) if text.value().trim().is_empty() => mistakes.at(text, "`name` is empty"),
        Some(text) => return Some(Name { text: text.value(), span: text.span() }),
        None => entry.wrong_value(mistakes, "`name` takes a string"),
    }
    None
}
