use proc_macro2::TokenStream;
use quote::quote;
use syn::Member;

use super::docs;
use super::implementation::handed_on;
use super::settings::fixed_settings;
use crate::oauth_client::model::{ByName, Model};

/// A provider picked by name: constructors that configure it at run time, and the trait, handed on to the client.
pub(super) fn expand(model: &Model<'_>, shape: &ByName) -> TokenStream {
    let (inherent, implementation) = (inherent(model, shape), implementation(model, shape));
    quote! {
        #inherent
        #implementation
    }
}

fn inherent(model: &Model<'_>, shape: &ByName) -> TokenStream {
    let Model { krate, ident, vis, name, fixed, .. } = model;
    let ByName { provider, prefix, field } = shape;
    let with_client = match field {
        Member::Named(field) => quote!(|client| Self { #field: client }),
        Member::Unnamed(_) => quote!(Self),
    };
    let (env_doc, settings_doc) = (docs::from_env(shape, fixed), docs::from_settings(shape, fixed));
    let credentials_doc = docs::credentials(model);
    let fixed_settings = fixed_settings(krate, fixed);
    let settings = if fixed.is_empty() { quote!(settings) } else { quote!(settings.merged(&#fixed_settings)) };
    quote! {
        #[allow(dead_code)]
        impl #ident {
            #[doc = #env_doc]
            ///
            /// # Errors
            ///
            /// Where a variable is missing or cannot be read, or the provider is not linked in; the message names it.
            #vis fn from_env() -> #krate::Result<Self> {
                #krate::provider::ProviderClient::from_env(#provider, #prefix, #fixed_settings).map(#with_client)
            }

            #[doc = #settings_doc]
            ///
            /// # Errors
            ///
            /// Where a key is missing, unknown or given twice, or the provider is not linked in; the message names it.
            #vis fn from_settings(settings: #krate::provider::ProviderSettings) -> #krate::Result<Self> {
                #krate::provider::ProviderClient::connect(#provider, #settings).map(#with_client)
            }

            #[doc = #credentials_doc]
            #vis fn credentials(&self) -> #krate::Credentials {
                #krate::OAuthClient::credentials(&#krate::provider::NamedClient::new(
                    #name,
                    ::core::result::Result::Ok(::core::clone::Clone::clone(&self.#field)),
                ))
            }
        }
    }
}

fn implementation(model: &Model<'_>, shape: &ByName) -> TokenStream {
    let Model { krate, name, .. } = model;
    let field = &shape.field;
    let client = quote!(::core::result::Result::Ok(::core::clone::Clone::clone(&self.#field)));
    handed_on(model, &quote!(#krate::provider::NamedClient::new(#name, #client)), None)
}
