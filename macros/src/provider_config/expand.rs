use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::Path;
use syn::spanned::Spanned;

use super::model::{Key, Model};

pub(super) fn expand(model: &Model<'_>) -> TokenStream {
    let Model { krate, ident, keys } = model;
    let keys = keys.iter().map(|key| config_key(krate, key));
    quote! {
        #[automatically_derived]
        impl #krate::provider::ProviderConfig for #ident {
            const KEYS: &'static [#krate::provider::ConfigKey] = &[#(#keys),*];
        }
    }
}

fn config_key(krate: &Path, key: &Key<'_>) -> TokenStream {
    let Key { name, ty, has_default, description } = key;
    // What has a default is as optional as an `Option` is.
    let ty = if *has_default { quote_spanned!(ty.span()=> ::core::option::Option<#ty>) } else { quote!(#ty) };
    quote_spanned!(ty.span()=> #krate::provider::ConfigKey::new::<#ty>(#name, #description))
}
