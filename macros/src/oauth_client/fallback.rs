use proc_macro2::TokenStream;
use quote::quote;
use syn::{DeriveInput, GenericParam, parse_quote};

use super::expand::future_of_a_token;
use super::parse::Parsed;
use crate::mistakes::Mistakes;
use crate::parse::Value;

/// All the mistakes, and stand-ins for what would have been generated, so that its users are not in error too.
pub(super) fn fallback(input: &DeriveInput, parsed: &Parsed<'_>, mistakes: Mistakes) -> TokenStream {
    let errors = mistakes.into_compile_errors();
    let (krate, ident, vis) = (&parsed.krate, parsed.ident, parsed.vis);
    let generics = static_generics(input);
    let (impl_generics, type_generics, where_clause) = generics.split_for_impl();
    let future = future_of_a_token(krate);
    let stub = quote!(::core::unreachable!());
    let by_reference = generics_with_reference(&generics);
    let (reference_generics, ..) = by_reference.split_for_impl();
    let provider = match parsed.keyed.get("provider").map(|entry| &entry.value) {
        // Its import is not unused.
        Some(Value::Path(path)) => quote!(const _: ::core::marker::PhantomData<#path> = ::core::marker::PhantomData;),
        _ => TokenStream::new(),
    };
    quote! {
        #errors
        #provider

        #[allow(dead_code)]
        impl #impl_generics #ident #type_generics #where_clause {
            #[doc(hidden)]
            #vis fn from_env() -> #krate::Result<Self> { #stub }
            #[doc(hidden)]
            #vis fn from_settings(_: #krate::provider::ProviderSettings) -> #krate::Result<Self> { #stub }
            #[doc(hidden)]
            #vis fn connect(&self) -> #krate::Result<#krate::provider::ProviderClient> { #stub }
            #[doc(hidden)]
            #vis fn credentials(&self) -> #krate::Credentials { #stub }
        }

        #[automatically_derived]
        impl #impl_generics #krate::OAuthClient for #ident #type_generics #where_clause {
            fn get_token<'own, 'future>(&'own self) -> #future
            where
                'own: 'future,
                Self: 'future,
            {
                #stub
            }
        }

        #[automatically_derived]
        impl #impl_generics #krate::credentials::IntoCredentials for #ident #type_generics #where_clause {
            fn into_credentials(self) -> #krate::Credentials { #stub }
        }

        #[automatically_derived]
        impl #reference_generics #krate::credentials::IntoCredentials for &'grantkit #ident #type_generics #where_clause {
            fn into_credentials(self) -> #krate::Credentials { #stub }
        }
    }
}

/// The struct's parameters, with what the trait asks of the struct asked of them.
fn static_generics(input: &DeriveInput) -> syn::Generics {
    let mut generics = input.generics.clone();
    let clause = generics.where_clause.get_or_insert_with(|| parse_quote!(where));
    for parameter in &input.generics.params {
        match parameter {
            GenericParam::Lifetime(lifetime) => {
                let lifetime = &lifetime.lifetime;
                clause.predicates.push(parse_quote!(#lifetime: 'static));
            }
            GenericParam::Type(ty) => {
                let ident = &ty.ident;
                let bounds: syn::WherePredicate =
                    parse_quote!(#ident: ::core::marker::Send + ::core::marker::Sync + 'static);
                clause.predicates.push(bounds);
            }
            GenericParam::Const(_) => {}
        }
    }
    generics
}

/// The same, with the lifetime of a reference to the struct.
fn generics_with_reference(generics: &syn::Generics) -> syn::Generics {
    let mut generics = generics.clone();
    generics.params.insert(0, parse_quote!('grantkit));
    generics
}
