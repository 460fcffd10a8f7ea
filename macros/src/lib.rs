//! The macros of [`grantkit`](https://docs.rs/grantkit), which re-exports them: depend on that crate, not on this one.
//!
//! Each is a small compiler: `parse` (attributes to keys with their spans), `check` (collects every mistake), `model`
//! (plain data), `expand` (a file a generated piece), `fallback` (the mistakes, and stand-ins so that nothing cascades).

#![cfg_attr(docsrs, feature(doc_cfg))]

mod api;
mod closest;
mod mistakes;
mod oauth_client;
mod parse;
mod provider_config;
mod scopes;
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

/// Makes a typed client of a trait whose methods are an API's requests: `BillingApi` gets `BillingApiClient`.
///
/// ```no_run
/// use grantkit::prelude::*;
/// use grantkit_providers as _; // links the providers in
/// use serde::{Deserialize, Serialize};
///
/// #[derive(OAuthClient)]
/// #[oauth(provider = "auth0", scopes("read:invoices"))]
/// struct Billing { client: ProviderClient }
///
/// #[derive(Deserialize)]
/// struct Invoice { id: u64, amount_cents: u64 }
///
/// #[derive(Serialize)]
/// struct NewInvoice { customer: String, amount_cents: u64 }
///
/// #[derive(Serialize)]
/// struct Filter<'a> { state: &'a str, after: Option<u32> }
///
/// #[api(base = "https://api.acme.dev/v1", auth = Billing)]
/// trait BillingApi {
///     #[get("/invoices/{id}")]
///     async fn invoice(&self, id: u64) -> Result<Invoice>;
///
///     #[get("/invoices")]
///     async fn search(&self, #[query] filter: &Filter<'_>, #[query] page: Option<u32>) -> Result<Vec<Invoice>>;
///
///     #[post("/invoices", scopes("write:invoices"))]
///     async fn create(&self, #[json] new: &NewInvoice, #[header("Idempotency-Key")] key: &str) -> Result<Invoice>;
///
///     #[delete("/invoices/{id}", scopes("write:invoices"))]
///     async fn delete(&self, id: u64) -> Result<()>;
/// }
///
/// # async fn example() -> Result<()> {
/// let billing = BillingApiClient::from_env()?; // BILLING_TENANT, BILLING_CLIENT_ID, BILLING_CLIENT_SECRET
/// let invoice = billing.invoice(42).await?;
/// # Ok(())
/// # }
/// ```
///
/// Each request is one of [`ApiClient`](https://docs.rs/grantkit/latest/grantkit/struct.ApiClient.html): authorised, sent once more where
/// the token was rejected, and never out of the base URL.
///
/// # Keys of `#[api(..)]` above the trait
///
/// | key | value | meaning |
/// |---|---|---|
/// | `base` | string | The API's base URL: `https`, or `http` on a loopback address. Without it there is `with_base` alone. |
/// | `auth` | a type | What the token comes from, for `from_env`: a struct that derives `OAuthClient`. |
/// | `error` | a type | What the body of the API's errors is read as: one that serde reads, or `grantkit::error::ProblemDetails`. |
/// | `crate` | path | The path of `grantkit`, for crates that re-export it. A renamed dependency in `Cargo.toml` is found without it. |
///
/// # The client
///
/// The struct is called as the trait is, with `Client` behind it, and is as visible. It is `Clone` and `Debug`, has no parameters, and
/// has these functions:
///
/// | function | |
/// |---|---|
/// | `from_env() -> Result<Self>` | the client of `auth`, configured by environment variables |
/// | `new(credentials) -> Result<Self>` | credentials of your own: whatever `ApiClient::new` takes |
/// | `with_base(url, credentials) -> Result<Self>` | for another base URL: of a test, a region, a tenant |
/// | `from_client(ApiClient) -> Result<Self>` | a client with time-outs, headers or connections of its own |
/// | `with_one_token(ApiClient) -> Self` | the client's own token for every method, whatever scopes the methods name; where one does |
/// | `api_error(&Error) -> Option<Problem>` | what the API says of an error, as the type of `error`; where there is one |
/// | `as_ref(&self) -> &ApiClient` | for requests that the trait does not have |
///
/// # Requests
///
/// `#[get("/path")]`, `#[post(..)]`, `#[put(..)]`, `#[patch(..)]`, `#[delete(..)]`, `#[head(..)]`; without a path it is the base URL
/// itself. `{name}` in the path is the argument of that name, which has `Display`: it stays within its segment, whatever is in it, and an
/// empty one, or one of dots, is an error. A fixed query may stand behind the path: `"/invoices?state=open"`.
///
/// | argument | goes |
/// |---|---|
/// | `id: u64` | into the path, at `{id}` |
/// | `#[query] filter: &Filter` | to the query: the fields of a struct, the entries of a map |
/// | `#[query] page: u32` | to the query, under the argument's name: a number, text, `bool`, or a list or an `Option` of them |
/// | `#[query("page[size]")] size: u32` | to the query, under this name; a value of any type that serde writes as text or number |
/// | `#[json] new: &New` | to the body, as JSON |
/// | `#[form] new: &New` | to the body, as a form |
/// | `#[body] text: &str` | to the body as it is: text, bytes, a stream; its content type is a `#[header("Content-Type")]` |
/// | `#[header("Idempotency-Key")] key: &str` | to this header |
///
/// An `Option` that is `None` is left out.
///
/// # What a method returns
///
/// `Result<T>`, by the words of the type: `Result<()>` reads no body, `Result<String>` reads text, `Result<Bytes>` and `Result<Vec<u8>>`
/// read bytes, `Result<ApiResponse>` is the answer with its body unread, and any other `T` is read from JSON. The error is
/// `grantkit::Error`, or one of your own that is made `From` it: `Result<Invoice, BillingError>`.
///
/// # Lists in pages
///
/// With `paginate = ..` a method, without `async`, returns `impl Stream<Item = Result<T>>`: the items of all pages, each page requested when
/// its first item is asked for; `Stream` is that of `futures`. The value is a call of
/// [`Pagination`](https://docs.rs/grantkit/latest/grantkit/api/struct.Pagination.html), whose name is left out: `link()`,
/// `next_url("/next")`, `cursor("/next", "cursor")`, `page_number("page")` or `offset("offset", 100)`, and its further methods behind that, as
/// `cursor("/nextPageToken", "pageToken").items_at("/files")`. `"link"` is `link()`.
///
/// # Scopes of one method
///
/// A method with `scopes(..)` has a token of its own, of these scopes alone; methods of the same scopes share one. The credentials' client
/// must be one that can choose a token's scopes: client credentials, token exchange, assertions, or a provider's client that uses one of
/// them. Others are refused when the API's client is made, and `with_one_token` is for them.
///
/// # It stays a trait
///
/// A test implements it by hand, with `async fn`, and a program takes `&impl BillingApi`. The futures are `Send`: in the trait, `async fn`
/// becomes `fn .. -> impl Future<Output = ..> + Send`, so that they can be spawned. A generic program that spawns them asks for
/// `BillingApi + Send + Sync + 'static`. Such a trait is not `dyn`-compatible.
///
/// ```
/// use grantkit::prelude::*;
///
/// #[api(base = "https://api.acme.dev/v1")]
/// trait BillingApi {
///     #[get("/invoices/{id}/amount")]
///     async fn amount(&self, id: u64) -> Result<u64>;
///
///     /// What has a body is no request, and is left as it is.
///     async fn total(&self, ids: &[u64]) -> Result<u64> {
///         let mut total = 0;
///         for id in ids {
///             total += self.amount(*id).await?;
///         }
///         Ok(total)
///     }
/// }
///
/// struct Mock;
///
/// impl BillingApi for Mock {
///     async fn amount(&self, id: u64) -> Result<u64> {
///         Ok(id * 100)
///     }
/// }
///
/// # let total = std::pin::pin!(Mock.total(&[1, 2]));
/// # let mut context = std::task::Context::from_waker(std::task::Waker::noop());
/// # let std::task::Poll::Ready(total) = Future::poll(total, &mut context) else { panic!() };
/// # assert_eq!(total.unwrap(), 300);
/// ```
#[proc_macro_attribute]
pub fn api(keys: TokenStream, item: TokenStream) -> TokenStream {
    api::attribute(keys.into(), item.into()).into()
}
