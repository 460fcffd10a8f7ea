//! The macros of [`grantkit`](https://docs.rs/grantkit), which re-exports them: depend on that crate, not on this one.
//!
//! Each is a small compiler: `parse` (attributes to keys with their spans), `check` (collects every mistake), `model`
//! (plain data), `expand` (a file a generated piece), `fallback` (the mistakes, and stand-ins so that nothing cascades).

#![cfg_attr(docsrs, feature(doc_cfg))]

mod api;
mod closest;
mod manifest;
mod mistakes;
mod oauth_client;
mod parse;
mod provider_config;
mod scopes;
mod sdk_path;

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

/// `grantkit::OAuthClient` has the documentation.
#[proc_macro_derive(OAuthClient, attributes(oauth))]
pub fn oauth_client(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    oauth_client::derive(&input).into()
}

/// `grantkit::provider::ProviderConfig` has the documentation.
#[proc_macro_derive(ProviderConfig, attributes(oauth))]
pub fn provider_config(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    provider_config::derive(&input).into()
}

/// `grantkit::api` has the documentation.
#[proc_macro_attribute]
pub fn api(keys: TokenStream, item: TokenStream) -> TokenStream {
    api::attribute(keys.into(), item.into()).into()
}
