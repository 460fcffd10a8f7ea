use proc_macro2::TokenStream;
use quote::quote;
use syn::Path;

use crate::oauth_client::model::Model;

/// The trait, handed on as a whole to the client that `named` makes: what is not written here is its by `inner`. It is there where
/// `bound` holds.
pub(super) fn handed_on(model: &Model<'_>, named: &TokenStream, bound: Option<&TokenStream>) -> TokenStream {
    let Model { krate, ident, name, .. } = model;
    let future = future_of_a_token(krate);
    let bound = bound.map(|bound| quote!(where #bound));
    quote! {
        #[automatically_derived]
        impl #krate::OAuthClient for #ident #bound {
            fn name(&self) -> &'static str {
                #name
            }

            fn get_token<'own, 'future>(&'own self) -> #future
            where
                'own: 'future,
                Self: 'future,
            {
                let client = #named;
                ::std::boxed::Box::pin(async move { #krate::OAuthClient::get_token(&client).await })
            }

            fn fingerprint(&self) -> #krate::credentials::Fingerprint {
                #krate::OAuthClient::fingerprint(&#named)
            }

            fn inner(&self) -> ::core::option::Option<#krate::credentials::InnerClient<'_>> {
                let client: #krate::__private::Arc<dyn #krate::OAuthClient> = #krate::__private::Arc::new(#named);
                ::core::option::Option::Some(::core::convert::From::from(client))
            }

            fn into_shared(self) -> #krate::__private::Arc<dyn #krate::OAuthClient> {
                #krate::__private::Arc::new(#named)
            }
        }

        impl #krate::credentials::IntoCredentials for #ident #bound {
            fn into_credentials(self) -> #krate::Credentials {
                #ident::credentials(&self)
            }
        }

        impl #krate::credentials::IntoCredentials for &#ident #bound {
            fn into_credentials(self) -> #krate::Credentials {
                #ident::credentials(self)
            }
        }
    }
}

/// What an `async fn` that gives a token is for the trait, whose macro would write `Box` and take one of the user's own for it.
pub(in crate::oauth_client) fn future_of_a_token(krate: &Path) -> TokenStream {
    quote! {
        ::core::pin::Pin<::std::boxed::Box<
            dyn ::core::future::Future<Output = #krate::Result<#krate::OAuthToken>> + ::core::marker::Send + 'future
        >>
    }
}
