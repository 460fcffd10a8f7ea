//! From the model to code; a file a generated piece. All paths are absolute, under the SDK's own name.

mod client;
mod request;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::model::Model;

pub(super) use client::{Constructors, struct_of};

pub(super) fn expand(model: &Model<'_>) -> TokenStream {
    let definition = model.definition.to_token_stream();
    let client = client::expand(model);
    let implementation = implementation(model);
    quote! {
        #definition
        #client
        #implementation
    }
}

/// The trait, by requests.
fn implementation(model: &Model<'_>) -> TokenStream {
    let (ident, client) = (&model.item.ident, model.client);
    let methods = model.methods.iter().map(|method| request::expand(model.krate, method, model.blocking));
    quote! {
        #[automatically_derived]
        impl #ident for #client {
            #(#methods)*
        }
    }
}
