use proc_macro2::TokenStream;
use quote::quote;
use syn::DeriveInput;

use super::parse::Parsed;
use crate::mistakes::Mistakes;

/// All the mistakes, and, where the struct has no parameters, a stand-in, so that its users are not in error too.
pub(super) fn fallback(input: &DeriveInput, parsed: &Parsed<'_>, mistakes: Mistakes) -> TokenStream {
    let errors = mistakes.into_compile_errors();
    if !input.generics.params.is_empty() {
        return errors;
    }
    let (krate, ident) = (&parsed.krate, parsed.ident);
    quote! {
        #errors

        #[automatically_derived]
        impl #krate::provider::ProviderConfig for #ident {
            const KEYS: &'static [#krate::provider::ConfigKey] = &[];
        }
    }
}
