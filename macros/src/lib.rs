//! The derive macros of [`grantkit`](https://docs.rs/grantkit), which re-exports them: depend on that crate, not on this one.
//!
//! Each is a small compiler: `parse` (attributes to keys with their spans), `check` (collects every mistake), `model`
//! (plain data), `expand` (a file a generated piece), `fallback` (the mistakes, and stand-ins so that nothing cascades).

#![cfg_attr(docsrs, feature(doc_cfg))]

mod closest;
mod mistakes;
mod oauth_client;
mod parse;
mod provider_config;
mod sdk_path;

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

/// Makes a struct a named [`OAuthClient`](https://docs.rs/grantkit/latest/grantkit/trait.OAuthClient.html) of a provider.
///
/// # A provider picked by name
///
/// The struct has one field, of type `ProviderClient`; the configuration comes at run time.
///
/// ```no_run
/// use grantkit::prelude::*;
/// use grantkit_providers as _; // links the providers in
///
/// #[derive(OAuthClient)]
/// #[oauth(provider = "auth0", audience = "https://api.acme.dev", scopes("read:invoices"))]
/// struct Billing { client: ProviderClient }
///
/// # fn main() -> Result<()> {
/// let billing = Billing::from_env()?; // BILLING_TENANT, BILLING_CLIENT_ID, BILLING_CLIENT_SECRET
/// let credentials = billing.credentials();
/// # Ok(())
/// # }
/// ```
///
/// It gets, as visible as the struct itself:
///
/// | function | |
/// |---|---|
/// | `from_env() -> Result<Self>` | reads the provider's keys from environment variables |
/// | `from_settings(Settings) -> Result<Self>` | takes them from a file or a value: whatever serde reads |
/// | `credentials(&self) -> Credentials` | the handle to hold; it needs no `Clone` |
///
/// # A provider picked by type
///
/// The struct's fields are the configuration, and the compiler checks them: one that is missing, misspelt or of another
/// type does not compile.
///
/// ```
/// use grantkit::prelude::*;
/// use grantkit_providers::Auth0;
///
/// #[derive(OAuthClient)]
/// #[oauth(provider = Auth0, name = "reports")]
/// struct Reports { tenant: String, client_id: String, client_secret: SecretString }
///
/// # fn main() {
/// let reports = Reports { tenant: "acme".into(), client_id: "reports".into(), client_secret: "s3cret".into() };
/// let credentials = reports.credentials();
/// # }
/// ```
///
/// It gets `connect(&self) -> Result<ProviderClient<Auth0>>`, which has only the calls that the provider offers, and `credentials(&self) ->
/// Credentials`. The latter connects once and keeps the result; if connecting failed, every call on the handle returns the error. It is
/// there, and the struct is an `OAuthClient`, where the provider has tokens for the program itself. Unless a field is skipped, it has `from_env()` and
/// `from_settings(Settings)` too, which fill the fields.
///
/// # Keys of `#[oauth(..)]` above the struct
///
/// | key | value | meaning |
/// |---|---|---|
/// | `provider` | `"name"` or a type | The provider. Required. |
/// | `name` | string | The client's name, in cache keys and messages; the struct's name unless given. |
/// | `env_prefix` | string | Of the environment variables; unless given, the name in capitals: `REPORTS_API` of `ReportsApi`. |
/// | `audience` | string | The setting `audience`, fixed by the program. |
/// | `resource` | string | The setting `resource` (RFC 8707): an absolute URI without a fragment. |
/// | `scopes` | `("one", "two")` | The setting `scopes`: each scope a string of its own. |
/// | `settings` | `(key = value, ..)` | Any other setting of the provider: a string, a whole number, `true`, `false`, or a list `key("one", "two")`. |
/// | `crate` | path | The path of `grantkit`, for crates that re-export it. A renamed dependency in `Cargo.toml` is found without it. |
///
/// A key that the program sets cannot be in the configuration too: that is an error which names the key.
///
/// # Keys of `#[oauth(..)]` on a field
///
/// | key | meaning |
/// |---|---|
/// | `skip` | The field is not part of the configuration. Only with a provider by type. |
#[proc_macro_derive(OAuthClient, attributes(oauth))]
pub fn oauth_client(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    oauth_client::derive(&input).into()
}

/// Lists the keys of a provider's configuration: the fields of a struct that serde reads.
///
/// ```
/// use grantkit::provider::ProviderConfig;
/// use grantkit::SecretString;
///
/// #[derive(serde::Deserialize, ProviderConfig)]
/// pub struct Auth0Config {
///     /// The tenant: `acme` of `acme.auth0.com`.
///     tenant: String,
///     client_secret: SecretString,
///     audience: Option<String>,
///     #[serde(default)]
///     scopes: Vec<String>,
/// }
/// ```
///
/// A key is named as its field is, or as `#[serde(rename = "..")]` says. It is required, unless the field is an `Option` or
/// has a `#[serde(default)]`; a `Vec` or `BTreeMap` needs one. The first paragraph of the field's doc comment describes it.
/// A field with `#[serde(skip)]` is no key.
///
/// `flatten`, `alias` and `rename_all`, and attributes that make serde read another type, are refused: the key list would be wrong.
///
/// The only key of `#[oauth(..)]` is `crate`: the path of `grantkit`, for crates that re-export it.
#[proc_macro_derive(ProviderConfig, attributes(oauth))]
pub fn provider_config(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    provider_config::derive(&input).into()
}
