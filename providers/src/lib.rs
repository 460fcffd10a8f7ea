//! Bundled OAuth providers for [`grantkit`]: each is found by its name once this crate is linked in.
//!
//! | name | type | grant | required keys | further keys |
//! |---|---|---|---|---|
//! | `auth0` | [`Auth0`] | client credentials, logins | `tenant`, `client_id`, `client_secret` or a key | `audience`, `scopes`, `organization`, `token_endpoint_auth_method`, … |
//! | `google` | [`Google`] | all of Google's ([`google`]) | none on Google Cloud; `credentials_file`, or `client_id`, `client_secret` | `scopes`, `quota_project_id`, `impersonate_service_account`, … |
//! | `oauth2` | [`OAuth2`], any server | client credentials, logins | `token_endpoint` or `issuer`; `client_id`; `client_secret`, `private_key_file`, `client_assertion` or another credential | `scopes`, `audience`, `resource`, `token_endpoint_auth_method`, … |
//! | `oidc` | [`Oidc`], any OpenID provider | logins, client credentials | `issuer`, `client_id`; a credential, as of `oauth2` | `scopes`, `offline_access`, … |
//! | `qci` | [`Qci`] | an API token | `api_url`, `token` | `timeout` |
//!
//! Besides them are the services of the [`catalogue`], some 180 of them, by name or by [type](services): they log persons in and say who has logged in. Their
//! keys are `client_id`, `client_secret` or what the service has in its place, its parameters (a tenant, a region), and
//!
//! | key | meaning |
//! |---|---|
//! | `scopes` | what is asked for, in place of what is usual |
//! | `offline_access` | `false`: logins ask for no refresh token |
//! | `provider_base_url` | in place of the scheme and host of every address of the service, as a stand-in in tests |
//! | `provider_hosts` | base URLs in place of single hosts of the service, by host: for proxies and private clouds |
//!
//! # By name
//!
//! A crate that is only listed in `Cargo.toml` is not linked; `use grantkit_providers as _;` links it.
//!
//! ```no_run
//! use grantkit::prelude::*;
//! use grantkit_providers as _;
//!
//! #[derive(OAuthClient)]
//! #[oauth(provider = "auth0", audience = "https://api.acme.dev", scopes("read:invoices"))]
//! struct Billing {
//!     client: ProviderClient,
//! }
//!
//! # async fn example() -> Result<()> {
//! let billing = Billing::from_env()?; // BILLING_TENANT, BILLING_CLIENT_ID, BILLING_CLIENT_SECRET
//! let headers = billing.credentials().headers().await?;
//! # Ok(())
//! # }
//! ```
//!
//! A person logs in at a service of the catalogue:
//!
//! ```no_run
//! use grantkit::prelude::*;
//! use grantkit_providers as _;
//!
//! # async fn example(callback: String) -> Result<()> {
//! let github = ProviderClient::from_env("github", "GITHUB", ())?; // GITHUB_CLIENT_ID, GITHUB_CLIENT_SECRET
//! let flow = github.login("https://app.example/callback")?;
//! let (url, pending) = flow.start()?; // send the browser there; it comes back with the callback
//! let login = flow.finish(pending, callback).await?;
//! let person = github.identity(&login).await?;
//! let credentials = login.credentials(person.id()).await?;
//! # Ok(())
//! # }
//! ```
//!
//! # By type
//!
//! ```
//! use grantkit::prelude::*;
//! use grantkit_providers::Auth0;
//!
//! #[derive(OAuthClient)]
//! #[oauth(provider = Auth0, name = "reports")]
//! struct Reports {
//!     tenant: String,
//!     client_id: String,
//!     client_secret: SecretString,
//! }
//!
//! # fn main() {
//! let reports = Reports { tenant: "acme.eu".into(), client_id: "reports".into(), client_secret: "s3cret".into() };
//! let credentials = reports.credentials(); // nothing is sent until the first token is needed
//! # }
//! ```
//!
//! Each service of the catalogue has a type in [`services`]. A client by type, `ProviderClient<Auth0>`, has only the calls that the provider
//! offers.
//!
//! # Writing a provider
//!
//! Implement [`grantkit::provider::Provider`] for a type, and state what it offers by
//! [`declare_capabilities!`](grantkit::provider::declare_capabilities); the providers of this crate are examples.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod apple;
mod auth0;
mod bounded_file;
pub mod catalogue;
mod copied_token;
pub mod google;
mod lenient;
mod oauth2;
mod odnoklassniki;
mod oidc;
mod pem;
mod qci;
mod salesforce;
pub mod services;
mod shopify;
mod sigv4;
mod this_machine;
pub mod workload;

pub use auth0::{Auth0, Auth0Config, Auth0Tenant};
#[doc(inline)]
pub use google::{Google, GoogleConfig};
pub use oauth2::{OAuth2, OAuth2Config};
pub use oidc::{Oidc, OidcConfig};
pub use qci::{Qci, QciAccessToken, QciApi, QciConfig, QciHealth, QciVersion};
