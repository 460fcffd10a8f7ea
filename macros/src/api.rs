//! `#[api]`: parse → check → model → expand, and the fallback where something is wrong.

mod check;
mod expand;
mod fallback;
mod keyword;
mod model;
mod pagination;
mod parse;
#[cfg(test)]
mod tests;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::Item;

use crate::mistakes::Mistakes;

pub(crate) fn attribute(keys: TokenStream, item: TokenStream) -> TokenStream {
    let mut mistakes = Mistakes::default();
    let item = keyword::with_names(item);
    let item_trait = match syn::parse2::<Item>(item.clone()) {
        Ok(Item::Trait(item_trait)) => item_trait,
        Ok(other) => {
            mistakes.at(first_words(&other), "`#[api]` goes above a trait, whose methods are the requests");
            let errors = mistakes.into_compile_errors();
            return quote!(#errors #item);
        }
        // What is no Rust is the compiler's to report.
        Err(_) => return item,
    };
    let parsed = parse::parse(keys, &item_trait, &mut mistakes);
    let model = check::check(&parsed, &mut mistakes);
    if mistakes.is_empty() { expand::expand(&model) } else { fallback::fallback(&parsed, mistakes) }
}

/// Up to where the body of the item begins.
fn first_words(item: &Item) -> TokenStream {
    let named = match item {
        Item::Struct(item) => Some(item.ident.to_token_stream()),
        Item::Enum(item) => Some(item.ident.to_token_stream()),
        Item::Fn(item) => Some(item.sig.ident.to_token_stream()),
        Item::Impl(item) => Some(item.impl_token.to_token_stream()),
        Item::Mod(item) => Some(item.ident.to_token_stream()),
        _ => None,
    };
    named.unwrap_or_else(|| item.to_token_stream())
}
