//! OAuth 2.x and OpenID Connect access tokens for any program: obtained, kept fresh, and used to call APIs.
//!
//! Three words carry it all:
//!
//! | you … | type | it does |
//! |---|---|---|
//! | **implement** (or derive) | [`OAuthClient`] | says how one named client gets and refreshes a token |
//! | **hold** | [`Credentials`] | cached, shared, renewed ahead of expiry; a clone is cheap |
//! | **call** | [`ApiClient`] | sends authorised requests under one base URL, once more when the token was refused |
//!
//! # Where to begin
//!
//! - A provider that there is a plug-in for, by its name: `#[derive(OAuthClient)]`, see [`OAuthClient`].
//! - Any other server: [`Client::builder`], which the compiler checks for completeness.
//! - A token from somewhere else: [`OAuthClient`] by hand, one method.
//! - Nothing but an API's URL: [`ResourceAccess`].
//! - A person who logs in: [`AuthorizationCode`], [`DeviceAuthorization`] where there is no browser, or [`BackchannelAuthentication`] where the
//!   person is asked on their own device.
//! - A login of an earlier run, or of another process: [`StoredLogin`].
//! - A token for another token or an assertion: [`TokenExchange`], [`AssertionGrant`]; anything else: [`ExtensionGrant`].
//! - Tokens that are of no use to a thief: [`DpopKey`].
//! - A token that is used seldom and must be there at once: [`BackgroundRefresh`].
//! - A proxy, a CA of one's own, other limits: [`Transport`], and [`ApiClient::builder`] for the API.
//! - A provider of one's own: [`Provider`].
//! - A server to test against: the crate `grantkit-testkit`.
//!
//! [`guide`] has a short program for each task.
//!
//! # Stores
//!
//! Tokens are cached in the process. With a [`TokenStore`] they are shared by processes and machines, and outlast the program:
//!
//! ```
//! use grantkit::prelude::*;
//! use grantkit::credentials::CredentialCache;
//! use grantkit::store::MemoryStore;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<()> {
//! # let server = grantkit_testkit::AuthorizationServer::builder().confidential_client("billing", "s3cret").start().await.unwrap();
//! # let client = Client::builder()
//! #     .client_id("billing")
//! #     .client_secret_basic("s3cret")
//! #     .token_endpoint(&server.token_endpoint())?
//! #     .build();
//! let store = MemoryStore::new(); // in production: `RedisStore`, `FileStore`, `KeyringStore`, or one of your own
//! let billing = client.client_credentials().scope("read:invoices").named("billing");
//! let credentials = Credentials::builder(billing).store(store.clone()).build();
//! # credentials.token().await?;
//!
//! // Or for every client of the process, before the first one is made:
//! CredentialCache::global().use_store(store)?;
//! # Ok(())
//! # }
//! ```
//!
//! - However many processes want a token that nobody has, one request is made. A token that is there is read from the process's
//!   memory, and costs no call of the store.
//! - A refresh token is never sent where this process or the store knows its successor, which is stored, under a lease, before
//!   anyone gets the new access token. Where an answer was lost, or its process killed, it is sent once more
//!   ([`RefreshPolicy::after_lost_response`]); if that is in vain, the errors [need a login](Error::needs_login).
//! - While the store is away, valid tokens are used, and clients that need no person get theirs by themselves. A refresh token
//!   that the server replaces waits for the store, unless
//!   [`danger_spend_refresh_token_without_store`](RefreshPolicy::danger_spend_refresh_token_without_store) is set.
//! - A login of an earlier run is found again by its name: [`Client::stored_login`].
//! - What is found is found by its keys: name, server, client ID and all that was asked for. A client that is implemented by hand
//!   gives a [`fingerprint`](OAuthClient::fingerprint) that is the same in every build of the program; that of a type's name may
//!   change with the compiler.
//!
//! # Features
//!
//! | feature | default | brings |
//! |---|---|---|
//! | `derive` | yes | `#[derive(OAuthClient)]`, `#[derive(ProviderConfig)]` |
//! | `memory` | yes | `MemoryStore`, tokens that several caches of a process share |
//! | `loopback` | yes | `LoopbackListener`, for native apps |
//! | `redis` | no | `RedisStore`, tokens in Redis or Valkey, for many processes and machines |
//! | `file` | no | `FileStore`, tokens in files, for command-line tools |
//! | `keyring` | no | `KeyringStore`, tokens in the operating system's keyring; with `file`, files whose key is there |
//! | `browser` | no | opens the person's browser for `AuthorizationCode::native` |
//! | `oidc` | no | ID tokens, signed and encrypted answers, encrypted requests; brings in `openidconnect`, and with it the `rsa` crate, none of whose private-key operations is used (RUSTSEC-2023-0071) |
//! | `test-util` | no | `Responder`, requests that are answered within the program |
//! | `tracing` | no | spans and events of what happens to tokens and requests, for any `tracing` subscriber; `docs/observability.md` has their names |
//! | `metrics` | no | counters and histograms of the same, for any recorder of the `metrics` crate |
//!
//! # What it needs
//!
//! Rust 1.95 or later, Tokio, and a C compiler: cryptography and TLS are [aws-lc](https://docs.rs/aws-lc-rs), which is compiled
//! from C; its [requirements](https://aws.github.io/aws-lc-rs/requirements/index.html) name the platforms that need `CMake` or NASM,
//! too. `reqwest` 0.13 is part of the API: its `Client`, `ClientBuilder` and `Response` are taken and given.
//!
//! # Safe unless told otherwise
//!
//! Endpoints are `https`, no redirect is followed, answers are bounded in size and time, PKCE is always used, `state`, `nonce`
//! and `iss` are checked, no secret is shown, and tokens are wiped from memory. What gives one of these up is called
//! `danger_…`.

#![cfg_attr(docsrs, feature(doc_cfg))]

pub mod api;
pub mod authorize;
pub mod client;
pub mod client_auth;
pub mod credentials;
pub mod discovery;
pub mod endpoint;
pub mod error;
mod fingerprint;
pub mod grant;
mod http_client;
pub mod keys;
mod lenient;
#[cfg(feature = "oidc")]
pub mod oidc;
pub mod provider;
mod random;
mod refresh_progress;
pub mod resource_access;
mod runtime;
mod sending;
mod single_flight_cache;
pub mod store;
pub mod telemetry;
mod text;
pub mod time;
pub mod token;
pub mod transport;
mod wire;

/// How do I …: a short program for each task.
// Only where documentation is built; `grantkit-examples` compiles the programs.
#[cfg(all(doc, not(doctest)))]
#[doc = include_str!("guide.md")]
pub mod guide {}

#[doc(inline)]
pub use api::ApiClient;
#[doc(inline)]
pub use authorize::AuthorizationCode;
#[doc(inline)]
pub use client::Client;
#[doc(inline)]
pub use credentials::{Credentials, OAuthClient};
#[doc(inline)]
pub use error::{Error, Result};
#[cfg(feature = "derive")]
pub use grantkit_macros::OAuthClient;
#[doc(inline)]
pub use provider::ProviderClient;
pub use secrecy::SecretString;
#[doc(inline)]
pub use token::OAuthToken;

/// What most programs need: `use grantkit::prelude::*;`.
pub mod prelude {
    #[cfg(feature = "loopback")]
    #[doc(no_inline)]
    pub use crate::authorize::LoopbackListener;
    #[doc(no_inline)]
    pub use crate::{
        ApiClient, AuthorizationCode, Client, Credentials, Error, OAuthClient, OAuthToken, ProviderClient, Result,
        SecretString, authorize::RedirectUri, provider::Settings, token::RefreshToken,
    };
    #[doc(no_inline)]
    pub use async_trait::async_trait;
}

/// What generated code names; not for people.
#[doc(hidden)]
pub mod __private {
    pub use std::sync::Arc;
    pub use std::vec::Vec;

    pub use {async_trait::async_trait, http, inventory, serde_json};
}
