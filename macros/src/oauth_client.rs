//! `#[derive(OAuthClient)]`: parse → check → model → expand, and the fallback where something is wrong.

mod check;
mod expand;
mod fallback;
mod model;
mod parse;
#[cfg(test)]
mod tests;

use proc_macro2::TokenStream;
use syn::DeriveInput;

use crate::mistakes::Mistakes;

pub(crate) fn derive(input: &DeriveInput) -> TokenStream {
    let mut mistakes = Mistakes::default();
    let parsed = parse::parse(input, &mut mistakes);
    let model = check::check(&parsed, &mut mistakes);
    match model {
        Some(model) if mistakes.is_empty() => expand::expand(&model),
        _ => fallback::fallback(input, &parsed, mistakes),
    }
}
