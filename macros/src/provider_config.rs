//! `#[derive(ProviderConfig)]`: parse → check → model → expand, and the fallback where something is wrong.

mod check;
mod expand;
mod fallback;
mod model;
mod parse;
mod serde_attribute;
#[cfg(test)]
mod tests;

use proc_macro2::TokenStream;
use syn::DeriveInput;

use crate::mistakes::Mistakes;

pub(crate) fn derive(input: &DeriveInput) -> TokenStream {
    let mut mistakes = Mistakes::default();
    let parsed = parse::parse(input, &mut mistakes);
    let model = check::check(&parsed, &mut mistakes);
    if mistakes.is_empty() { expand::expand(&model) } else { fallback::fallback(input, &parsed, mistakes) }
}
