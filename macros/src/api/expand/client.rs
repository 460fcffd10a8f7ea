use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned as _;

use crate::api::model::Model;
use crate::api::parse::Parsed;
use crate::parse::Value;

/// The struct that sends the requests, and how to make one.
pub(super) fn expand(model: &Model<'_>) -> TokenStream {
    let Model { krate, item, client, base, auth, scopes, .. } = model;
    let vis = &item.vis;
    let scoped = (!scopes.is_empty()).then(|| {
        let count = scopes.len();
        quote!(scoped: [#krate::ApiClient; #count],)
    });
    let definition = struct_of(
        &item.ident.to_string(),
        &quote! {
            #vis struct #client {
                api: #krate::ApiClient,
                #scoped
            }
        },
    );
    let new = base.map(|base| new(model, base));
    let from_env = auth.filter(|_| base.is_some()).map(|auth| from_env(model, auth));
    let from_client = from_client(model);
    let api_error = model.error.map(|error| api_error(model, error));
    quote! {
        #definition

        #[allow(dead_code)]
        impl #client {
            #from_env
            #new

            /// As `new`, for another base URL: of a test, a region, a tenant.
            ///
            /// # Errors
            ///
            /// Where `base` is no `https` URL, or `http` on a loopback address; or as `from_client`.
            #vis fn with_base(
                base: &str,
                credentials: impl #krate::credentials::IntoCredentials,
            ) -> #krate::Result<Self> {
                Self::from_client(#krate::ApiClient::new(base, credentials)?)
            }

            #from_client
            #api_error
        }

        #[automatically_derived]
        impl ::core::convert::AsRef<#krate::ApiClient> for #client {
            /// For requests that the trait does not have.
            fn as_ref(&self) -> &#krate::ApiClient {
                &self.api
            }
        }
    }
}

/// With its documentation, and what each such struct has.
pub(in crate::api) fn struct_of(api: &str, definition: &TokenStream) -> TokenStream {
    let doc = format!(" Sends the requests of [`{api}`]. A clone is cheap, and shares connections and tokens.");
    quote! {
        #[doc = #doc]
        #[derive(::core::clone::Clone, ::core::fmt::Debug)]
        #definition
    }
}

fn new(model: &Model<'_>, base: &syn::LitStr) -> TokenStream {
    let Model { krate, item, .. } = model;
    let vis = &item.vis;
    let doc = format!(" The API at `{}`, with the token of these credentials.", base.value());
    quote! {
        #[doc = #doc]
        ///
        /// # Errors
        ///
        /// As `from_client`.
        #vis fn new(credentials: impl #krate::credentials::IntoCredentials) -> #krate::Result<Self> {
            Self::with_base(#base, credentials)
        }
    }
}

fn from_env(model: &Model<'_>, auth: &syn::Path) -> TokenStream {
    let Model { krate, item, .. } = model;
    let vis = &item.vis;
    let name = quote!(#auth).to_string().replace(' ', "");
    // Located at the word, so that what the compiler says of its type stands there.
    let made = quote_spanned!(auth.span()=> <#auth>::from_env()?);
    let doc = format!(" The API with the token of [`{name}`], which is configured by environment variables.");
    quote! {
        #[doc = #doc]
        ///
        /// # Errors
        ///
        /// Where a variable is missing or wrong, which the message names; or as `from_client`.
        #vis fn from_env() -> #krate::Result<Self> {
            Self::new(#made)
        }
    }
}

fn api_error(model: &Model<'_>, error: &syn::Path) -> TokenStream {
    let Model { krate, item, .. } = model;
    let vis = &item.vis;
    let name = quote!(#error).to_string().replace(' ', "");
    let doc = format!(" What the API says of an error in the body of its answer, as [`{name}`].");
    quote! {
        #[doc = #doc]
        ///
        /// `None` where the error is not one that the API answered, or its body says something else.
        #vis fn api_error(error: &#krate::Error) -> ::core::option::Option<#error> {
            #krate::Error::api_error(error)
        }
    }
}

fn from_client(model: &Model<'_>) -> TokenStream {
    let Model { krate, item, scopes, .. } = model;
    let vis = &item.vis;
    if scopes.is_empty() {
        return quote! {
            /// With a client that has time-outs, headers or connections of its own.
            ///
            /// # Errors
            ///
            /// None: no method has scopes of its own.
            #vis fn from_client(api: #krate::ApiClient) -> #krate::Result<Self> {
                ::core::result::Result::Ok(Self { api })
            }
        };
    }
    let scoped = scopes.iter().map(|scopes| quote!(#krate::ApiClient::with_scopes(&api, [#(#scopes),*])?));
    let clones = scopes.iter().map(|_| quote!(::core::clone::Clone::clone(&api)));
    quote! {
        /// With a client that has time-outs, headers or connections of its own. For methods that name scopes it asks for tokens of these
        /// scopes alone.
        ///
        /// # Errors
        ///
        /// `is_unsupported` where the credentials' client cannot choose the scopes of a token, as after a person's login: then call
        /// `with_one_token`.
        #vis fn from_client(api: #krate::ApiClient) -> #krate::Result<Self> {
            let scoped = [#(#scoped),*];
            ::core::result::Result::Ok(Self { api, scoped })
        }

        /// Sends the client's own token with every request, whatever scopes the methods name: for a person's login, whose token has the
        /// scopes that the person agreed to.
        #vis fn with_one_token(api: #krate::ApiClient) -> Self {
            let scoped = [#(#clones),*];
            Self { api, scoped }
        }
    }
}

/// What the struct is made by, without bodies: for where something else is wrong.
pub(in crate::api) struct Constructors<'a>(pub(in crate::api) &'a Parsed<'a>);

impl Constructors<'_> {
    pub(in crate::api) fn stubs(&self) -> TokenStream {
        let Parsed { krate, item, keyed, .. } = self.0;
        let vis = &item.vis;
        let stub = quote!(::core::unreachable!());
        let api_error = match keyed.get("error").map(|entry| &entry.value) {
            Some(Value::Path(error)) => quote! {
                #[doc(hidden)]
                #vis fn api_error(_: &#krate::Error) -> ::core::option::Option<#error> { #stub }
            },
            _ => TokenStream::new(),
        };
        quote! {
            #[doc(hidden)]
            #vis fn from_env() -> #krate::Result<Self> { #stub }
            #[doc(hidden)]
            #vis fn new(_: impl #krate::credentials::IntoCredentials) -> #krate::Result<Self> { #stub }
            #[doc(hidden)]
            #vis fn with_base(_: &str, _: impl #krate::credentials::IntoCredentials) -> #krate::Result<Self> { #stub }
            #[doc(hidden)]
            #vis fn from_client(_: #krate::ApiClient) -> #krate::Result<Self> { #stub }
            #[doc(hidden)]
            #vis fn with_one_token(_: #krate::ApiClient) -> Self { #stub }
            #api_error
        }
    }
}
