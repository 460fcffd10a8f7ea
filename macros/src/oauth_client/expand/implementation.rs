use proc_macro2::TokenStream;
use quote::quote;

use crate::oauth_client::model::Model;

/// The trait, handed on as a whole to the client that `named` makes: what is not written here is its by `inner`.
pub(super) fn handed_on(model: &Model<'_>, named: &TokenStream) -> TokenStream {
    let Model { krate, ident, name, .. } = model;
    quote! {
        #[#krate::__private::async_trait]
        #[automatically_derived]
        impl #krate::OAuthClient for #ident {
            fn name(&self) -> &'static str {
                #name
            }

            async fn get_token(&self) -> #krate::Result<#krate::OAuthToken> {
                let client = #named;
                #krate::OAuthClient::get_token(&client).await
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

        impl #krate::credentials::IntoCredentials for #ident {
            fn into_credentials(self) -> #krate::Credentials {
                #ident::credentials(&self)
            }
        }

        impl #krate::credentials::IntoCredentials for &#ident {
            fn into_credentials(self) -> #krate::Credentials {
                #ident::credentials(self)
            }
        }
    }
}
