//! OAuth 2.x and OpenID Connect access tokens for any program: obtained, kept fresh, and used to call APIs.
//!
//! ```no_run
//! use grantkit::prelude::*;
//!
//! async fn invoice(secret: SecretString) -> Result<serde_json::Value> {
//!     let client = Client::builder()
//!         .client_id("billing")
//!         .client_secret_basic(secret)
//!         .token_endpoint("https://as.example/token")?
//!         .build();
//!     let credentials = client.client_credentials().scope("read:invoices").credentials("billing");
//!     let api = ApiClient::new("https://api.example/v1", credentials)?;
//!     api.get(["invoices", "42"]).fetch().await
//! }
//! ```
//!
//! However many tasks call the API, one token is requested (single-flight). It is refreshed before it expires, while calls go on with the
//! old one. If the API rejects it (401), it is refreshed once and the request is sent once more. Failures are backed off from, per token
//! and by a circuit breaker per endpoint.
//!
//! # In five minutes
//!
//! **1. Say who the program is.** [`Client::builder`] takes the client ID, one way to prove it, and where the server is: `token_endpoint`, or
//! `discover(issuer)`, which reads the rest from the server's metadata. A client that lacks something does not compile, and the compiler
//! says which call to add. 180 services need no addresses: the crate `grantkit-providers` has them by name, configured from the environment.
//!
//! **2. Say whose token it is.** A grant of the client: `client_credentials()` is the program's own; a login is a person's. Its
//! `credentials(name)` are what you keep: a cheap clone without type parameters, for as many tasks as you like.
//!
//! **3. Call.** [`ApiClient`] has the methods of reqwest under one base URL. For another HTTP client, `credentials.headers().await?` before each
//! request.
//!
//! **4. Log a user in.** Two steps, with the browser in between:
//!
//! ```no_run
//! use grantkit::authorize::PendingLogin;
//! use grantkit::prelude::*;
//!
//! fn login(client: &Client) -> Result<AuthorizationCode> {
//!     let callback = RedirectUri::new("https://app.example/callback")?; // as it is registered at the server
//!     Ok(client.authorization_code(callback)?.scopes(["openid", "offline_access", "read:invoices"]))
//! }
//!
//! fn begin(client: &Client) -> Result<(String, PendingLogin)> {
//!     let (url, pending) = login(client)?.start()?; // PKCE, state and nonce are in `pending`: keep it in the session
//!     Ok((url.into(), pending)) // send the browser there
//! }
//!
//! async fn come_back(client: &Client, pending: PendingLogin, callback: &str) -> Result<ApiClient> {
//!     let login = login(client)?.finish(pending, callback).await?; // all that came back is checked
//!     ApiClient::new("https://api.example/v1", login.credentials("web").await?)
//! }
//! ```
//!
//! The scope `openid` brings an ID token, which needs the feature `oidc`; without the feature leave the scope out. A command-line tool has
//! a [`LoopbackListener`](authorize::LoopbackListener) instead of a web server, a device without a browser
//! [`device_authorization`](grant::DeviceAuthorization).
//!
//! **5. Keep it.** `login.credentials_in(store, "alice")` in place of `credentials` puts the login into a [`store`]: memory, a file, the keyring,
//! Redis; encrypted. Any process goes on from there, and one of them refreshes for all:
//!
//! ```no_run
//! use grantkit::prelude::*;
//! use grantkit::store::TokenStore;
//!
//! fn later(client: &Client, store: impl TokenStore) -> Result<ApiClient> {
//!     ApiClient::new("https://api.example/v1", client.stored_login("alice").credentials_in(store))
//! }
//! ```
//!
//! **6. Decide what to do about an error.** [`Error`] for all causes: [`kind()`](Error::kind) says what to do:
//!
//! ```
//! use grantkit::error::ErrorKind;
//!
//! # fn then(error: &grantkit::Error) -> &'static str {
//! match error.kind() {
//!     ErrorKind::LoginRequired => "send the person to the login",
//!     ErrorKind::Temporary => "try again, after `error.retry_after()`",
//!     ErrorKind::Configuration => "tell the operator: the text says what to fix",
//!     _ => "fail",
//! }
//! # }
//! # assert_eq!(then(&grantkit::Error::configuration("`client_id` is missing")), "tell the operator: the text says what to fix");
//! ```
//!
//! **7. Test it.** The crate `grantkit-testkit` is an authorization server inside your tests, which fails on demand. The program takes the
//! issuer as a parameter and needs no code for its tests.
//!
//! [`guide`] goes on from here, with a short program for each task.
//!
//! # Three types to know
//!
//! | you … | type | it does |
//! |---|---|---|
//! | **implement** (or derive) | [`OAuthClient`] | defines how one named client gets and refreshes a token |
//! | **hold** | [`Credentials`] | caches and shares the token, refreshes it ahead of expiry; a clone is cheap |
//! | **call** | [`ApiClient`] | sends authorised requests under one base URL, once more if the token was rejected |
//!
//! # Where to go
//!
//! | for … | see |
//! |---|---|
//! | a bundled provider, by name or by type | `#[derive(OAuthClient)]` at [`OAuthClient`], and the crate `grantkit-providers` |
//! | any other server | [`Client::builder`], which the compiler checks for completeness; [`discovery`] |
//! | a token from somewhere else | [`OAuthClient`], implemented by hand: one method |
//! | a login in a browser | [`AuthorizationCode`] and [`authorize`]; in a web application with axum: [`integrations`] |
//! | a login without a browser | [`DeviceAuthorization`](grant::DeviceAuthorization), [`BackchannelAuthentication`](grant::BackchannelAuthentication) (CIBA) |
//! | a login of an earlier run | [`StoredLogin`](grant::StoredLogin) |
//! | token exchange, assertions, other grants | [`grant`] |
//! | an API by its URL alone (MCP) | [`resource_access`] |
//! | tokens shared by processes and machines | [`store`]; what a fleet can rely on: [`fleet`] |
//! | sender-constrained tokens (DPoP, RFC 9449), signing keys | [`keys`] |
//! | other client authentication: HSM, KMS, workload identity | [`client_auth`] |
//! | background refresh, refresh policy, cache | [`credentials`] |
//! | revocation, introspection, userinfo, logout | [`endpoint`] |
//! | a client that registers itself, client-ID metadata documents | [`registration`] |
//! | the tokens of your own API's callers | `oidc::JwtVerifier` (feature `oidc`) for JWTs, introspection in [`endpoint`] for others |
//! | a proxy, a custom CA, other limits | [`transport`], and [`ApiClient::builder`] for the API |
//! | another HTTP client, or a cloud's SDK | [`integrations`] |
//! | a program without an async runtime | [`integrations`] |
//! | a custom provider | [`provider`] |
//! | errors | [`error`] |
//! | spans, events and metrics | [`telemetry`]; all names: [`observability`] |
//! | a server to test against | the crate `grantkit-testkit` |
//!
//! # Features
//!
//! | feature | default | brings |
//! |---|---|---|
//! | `derive` | yes | `#[derive(OAuthClient)]`, `#[derive(ProviderConfig)]`, `#[api]` |
//! | `memory` | yes | `MemoryStore`, tokens shared by several caches of a process |
//! | `http2` | yes | HTTP/2 with servers that offer it |
//! | `stream` | yes | request bodies of a file or a stream (`reqwest::Body::wrap_stream`) |
//! | `loopback` | yes | `LoopbackListener`, for native apps |
//! | `redis` | no | `RedisStore`, tokens in Redis or Valkey, for many processes and machines |
//! | `file` | no | `FileStore`, tokens in files, for command-line tools |
//! | `keyring` | no | `KeyringStore`, tokens in the operating system's keyring; with `file`, encrypted files with their key in the keyring |
//! | `browser` | no | opens the person's browser for `AuthorizationCode::native` |
//! | `oidc` | no (yes with `grantkit-providers`, unless its default features are off) | ID tokens, signed and encrypted answers, encrypted requests; brings in `openidconnect`, and with it the `rsa` crate, none of whose private-key operations is used (RUSTSEC-2023-0071) |
//! | `axum` | no | a login, its sessions and logout for axum ([`integrations`]) |
//! | `multipart` | no | files and forms as `multipart/form-data` in API calls: `ApiRequest::multipart` |
//! | `compression` | no | API answers that the server has compressed (gzip, brotli) |
//! | `blocking` | no | credentials, API clients and logins that block, for programs without an async runtime ([`integrations`]) |
//! | `test-util` | no | `Responder`, answers requests within the program, for tests |
//! | `tracing` | no | spans and events of tokens and requests, for any `tracing` subscriber ([`telemetry`]) |
//! | `metrics` | no | counters and histograms, for any recorder of the `metrics` crate ([`telemetry`]) |
//! | `tower`, `reqwest-middleware`, `tonic`, `azure-core`, `google-cloud-auth`, `object-store`, `reqsign`, `rmcp` | no | tokens for these libraries ([`integrations`]) |
//!
//! # What it needs
//!
//! Rust 1.95 or later, Tokio, and a C compiler: cryptography and TLS are [aws-lc](https://docs.rs/aws-lc-rs), which is compiled
//! from C; its [requirements](https://aws.github.io/aws-lc-rs/requirements/index.html) name the platforms that need `CMake` or NASM,
//! too. `reqwest` 0.13 is part of the API: its `Client`, `ClientBuilder` and `Response` are taken and returned.
//!
//! # Safe by default
//!
//! Endpoints are `https`, no redirect is followed, answers are bounded in size and time, PKCE is always used, `state`, `nonce` and `iss`
//! are checked, addresses that an API names are checked (SSRF), no secret is shown, and tokens are wiped from memory. Methods that
//! give one of these up begin with `danger_`; the few others are in the project's `SECURITY.md`, under "Defaults".

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
pub mod integrations;
pub mod keys;
mod lenient;
mod lru_cache;
#[cfg(not(feature = "oidc"))]
mod oidc;
#[cfg(feature = "oidc")]
pub mod oidc;
pub mod provider;
mod random;
mod refresh_progress;
pub mod registration;
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

/// A short program for each task.
// Only where documentation is built, as the pages below; `grantkit-examples` compiles the programs.
#[cfg(all(doc, not(doctest)))]
#[doc = include_str!("guide.md")]
pub mod guide {}

/// What processes that share a store can rely on.
#[cfg(all(doc, not(doctest)))]
#[doc = include_str!("fleet.md")]
pub mod fleet {}

/// Every span, event and metric.
#[cfg(all(doc, not(doctest)))]
#[doc = include_str!("observability.md")]
pub mod observability {}

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
#[doc = include_str!("macros/derive_oauth_client.md")]
#[doc(inline)]
pub use grantkit_macros::OAuthClient;
#[cfg(feature = "derive")]
#[doc = include_str!("macros/api.md")]
#[doc(inline)]
pub use grantkit_macros::api;
#[doc(inline)]
pub use provider::ProviderClient;
pub use secrecy::SecretString;
#[doc(inline)]
pub use token::OAuthToken;

/// The names that most programs need: `use grantkit::prelude::*;`.
pub mod prelude {
    #[cfg(feature = "loopback")]
    #[doc(no_inline)]
    pub use crate::authorize::LoopbackListener;
    #[doc(no_inline)]
    pub use crate::{
        ApiClient, AuthorizationCode, Client, Credentials, Error, OAuthClient, OAuthToken, ProviderClient, Result,
        SecretString, authorize::RedirectUri, provider::ProviderSettings, token::RefreshToken,
    };
    #[doc(no_inline)]
    pub use async_trait::async_trait;
    #[cfg(feature = "derive")]
    #[doc(no_inline)]
    pub use grantkit_macros::api;
    /// Reads a [`SecretString`]: `secret.expose_secret()`.
    #[doc(no_inline)]
    pub use secrecy::ExposeSecret as _;
}

/// What generated code and the command line name; not for other programs.
#[doc(hidden)]
pub mod __private {
    pub use std::sync::Arc;
    pub use std::vec::Vec;

    pub use {async_trait::async_trait, http, inventory, serde_json};

    pub use crate::api::{PathPiece, path_of_template};
    // For the command line.
    pub use crate::text::is_visible;
}
