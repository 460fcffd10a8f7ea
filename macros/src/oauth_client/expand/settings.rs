use proc_macro2::TokenStream;
use quote::quote;
use syn::Path;

use crate::oauth_client::model::{Fixed, FixedValue};

/// `ProviderSettings::new().with("audience", "https://api.acme.dev")`: what the attribute sets.
pub(super) fn fixed_settings(krate: &Path, fixed: &[Fixed]) -> TokenStream {
    let entries = fixed.iter().map(|fixed| {
        let (key, value) = (&fixed.key, value(&fixed.value));
        quote!(.with(#key, #value))
    });
    quote!(#krate::provider::ProviderSettings::new() #(#entries)*)
}

fn value(value: &FixedValue) -> TokenStream {
    match value {
        FixedValue::Text(text) => quote!(#text),
        FixedValue::Flag(flag) => quote!(#flag),
        FixedValue::Number(number) => quote!(#number),
        FixedValue::List(items) => quote!([#(#items),*]),
    }
}
