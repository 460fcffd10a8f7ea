//! A client's token: cached, shared by all who want it, and refreshed before it expires.
//!
//! [`Credentials`] is the handle to hold: a cheap clone, whose `headers()` costs nanoseconds while the token is good. [`OAuthClient`] is what
//! gets the tokens. [`RefreshPolicy`] says when they are refreshed and how failures are backed off from.
//!
//! However many tasks want a token that is not there, one request is made (single flight); its outcome goes to all of them. Tokens are
//! cached in the process by the client's name and the [`Fingerprint`] of everything that they depend on, in a [`CredentialCache`].
//!
//! ```
//! use std::time::Duration;
//!
//! use grantkit::credentials::RefreshPolicy;
//! use grantkit::prelude::*;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<()> {
//! # let server = grantkit_testkit::AuthorizationServer::builder().confidential_client("billing", "s3cret").start().await.unwrap();
//! let client = Client::builder()
//!     .client_id("billing")
//!     .client_secret_basic("s3cret")
//!     .token_endpoint(&server.token_endpoint())?
//!     .build();
//! let credentials = client
//!     .client_credentials()
//!     .credentials_builder("billing")
//!     .policy(RefreshPolicy::default().with_refresh_ahead(Duration::from_secs(120)))
//!     .build();
//! let headers = credentials.headers().await?;
//! # let _ = headers;
//! # Ok(())
//! # }
//! ```

mod bounded_map;
mod builder;
mod cache;
mod cached_token;
mod client;
mod configuration;
mod driver;
mod entry_handle;
mod handle;
mod handle_count;
mod headers;
mod inner;
mod into_credentials;
mod leader;
mod policy;
mod reauthorization;
mod refresh_key;
mod refresh_token;
mod refresh_token_state;
mod single_flight;
mod store_backed;
pub(crate) mod store_call;
mod sync;
mod token_entry;
pub(crate) mod token_store;
mod unidentified_client;
mod weak_map;

pub use builder::CredentialsBuilder;
pub use cache::{CacheKey, CredentialCache};
pub use client::OAuthClient;
pub use driver::{BackgroundRefresh, BackgroundRefreshHandle};
pub use handle::Credentials;
pub use headers::AuthorizationHeaders;
pub use inner::InnerClient;
pub use into_credentials::IntoCredentials;
pub(crate) use into_credentials::into_credentials;
pub use policy::RefreshPolicy;
pub(crate) use reauthorization::{Answer, Disposition, NextTry, Reauthorization};
pub use refresh_key::RefreshKey;
pub use refresh_token::AfterLostResponse;
pub(crate) use refresh_token::get_token_of_configured;
pub(crate) use token_entry::EndedLogin;
use token_store::{StoreKey, StoreLease, StoreRecord, TokenStore};

pub use crate::fingerprint::{Fingerprint, FingerprintBuilder, FunctionIdentity};
