use std::fmt::Display;

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;

/// Every mistake of one derive, in the order in which they were found; all of them are reported at once.
#[derive(Default)]
pub(crate) struct Mistakes(Vec<syn::Error>);

impl Mistakes {
    /// Says `text` under the tokens that it is about.
    pub(crate) fn at(&mut self, tokens: impl ToTokens, text: impl Display) {
        self.0.push(syn::Error::new_spanned(tokens, text));
    }

    /// As [`at`](Self::at), for what has no tokens of its own.
    pub(crate) fn at_span(&mut self, span: Span, text: impl Display) {
        self.0.push(syn::Error::new(span, text));
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn into_compile_errors(self) -> TokenStream {
        self.0.iter().map(syn::Error::to_compile_error).collect()
    }
}
