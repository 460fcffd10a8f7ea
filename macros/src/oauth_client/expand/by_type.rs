use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use super::implementation::handed_on;
use super::settings::fixed_settings;
use super::{checks, docs};
use crate::oauth_client::model::{ByType, Field, Model};

/// A provider picked by type: what the compiler checks against its keys, `connect`, and the trait on top of that.
///
/// The provider's path is named once, so that a type that is no provider gives one error.
pub(super) fn expand(model: &Model<'_>, shape: &ByType<'_>) -> TokenStream {
    let krate = &model.krate;
    let provider = &shape.provider;
    let plugin = quote_spanned!(provider.span()=> #krate::provider::ProviderPlugin::of::<#provider>());
    let checks = checks::expand(model, shape);
    let (inherent, implementation) = (inherent(model, shape), implementation(model, shape));
    quote! {
        const _: () = {
            const PROVIDER: #krate::provider::ProviderPlugin = #plugin;
            #checks
            #inherent
            #implementation
        };
    }
}

fn inherent(model: &Model<'_>, shape: &ByType<'_>) -> TokenStream {
    let Model { krate, ident, vis, name, fixed, .. } = model;
    let (provider, has_tokens) = (&shape.provider, has_tokens(model, shape));
    let fixed_settings = fixed_settings(krate, fixed);
    let fields = shape.fields.iter().map(|field| {
        let Field { ident, key, ty } = field;
        // With the type named, and where it stands, a type that no setting has gives one error.
        let value = quote_spanned!(ty.span()=> <#ty as #krate::provider::ConfigField>::to_value(&self.#ident));
        quote!(.with_field(#key, #value))
    });
    let constructors = constructors(model, shape, &fixed_settings);
    let connect_doc = docs::connect(&shape.provider_name(), fixed);
    let credentials_doc = docs::credentials(model);
    quote! {
        #[allow(dead_code, private_interfaces)]
        impl #ident {
            #constructors

            #[doc = #connect_doc]
            ///
            /// # Errors
            ///
            /// Where a value is wrong; the message names its key.
            #vis fn connect(&self) -> #krate::Result<#krate::provider::ProviderClient<#provider>> {
                PROVIDER.connect(#fixed_settings #(#fields)*).map(#krate::provider::ProviderClient::of_provider)
            }

            #[doc = #credentials_doc]
            ///
            /// Where the values are wrong, every call on the handle says so.
            #vis fn credentials(&self) -> #krate::Credentials
            where
                #has_tokens,
            {
                #krate::OAuthClient::credentials(&#krate::provider::NamedClient::new(#name, self.connect()))
            }
        }
    }
}

/// `from_env` and `from_settings`, where every field is configuration.
fn constructors(model: &Model<'_>, shape: &ByType<'_>, fixed_settings: &TokenStream) -> TokenStream {
    if !shape.is_configuration {
        return TokenStream::new();
    }
    let Model { krate, vis, fixed, .. } = model;
    let needs = shape.fields.iter().map(|Field { key, ty, .. }| {
        let required = quote_spanned!(ty.span()=> <#ty as #krate::provider::ConfigField>::REQUIRED);
        quote!((#key, #required))
    });
    let needs = quote!(&[#(#needs),*]);
    let values = shape.fields.iter().map(|Field { ident, key, ty }| {
        let value = quote_spanned!(ty.span()=> <#ty as #krate::provider::ConfigField>::of_field(&fields, #key)?);
        quote!(#ident: #value)
    });
    let values = quote!(::core::result::Result::Ok(Self { #(#values),* }));
    let from_env = shape.prefix.as_ref().map(|prefix| {
        let doc = docs::fields_from_env(prefix, fixed);
        quote! {
            #[doc = #doc]
            ///
            /// # Errors
            ///
            /// Where a variable is missing or cannot be read, or a value is wrong; the message names it.
            #vis fn from_env() -> #krate::Result<Self> {
                let fields = PROVIDER.fields_from_env(#prefix, #needs, #fixed_settings)?;
                #values
            }
        }
    });
    let doc = docs::fields_from_settings(fixed);
    quote! {
        #from_env

        #[doc = #doc]
        ///
        /// # Errors
        ///
        /// Where a key is missing, unknown or given twice, or a value is wrong; the message names it.
        #vis fn from_settings(settings: #krate::provider::ProviderSettings) -> #krate::Result<Self> {
            let fields = PROVIDER.fields_from_settings(settings, #needs, &#fixed_settings)?;
            #values
        }
    }
}

fn implementation(model: &Model<'_>, shape: &ByType<'_>) -> TokenStream {
    let Model { krate, name, .. } = model;
    let named = quote!(#krate::provider::NamedClient::new(#name, self.connect()));
    handed_on(model, &named, Some(&has_tokens(model, shape)))
}

/// That the provider has tokens for the program itself: else the struct is a configuration, and no client.
fn has_tokens(model: &Model<'_>, shape: &ByType<'_>) -> TokenStream {
    let (krate, provider) = (&model.krate, &shape.provider);
    quote!(for<'any> #provider: #krate::provider::OffersCredentialsFor<'any>)
}
