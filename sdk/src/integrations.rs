//! Adapters for other libraries: HTTP clients, credential traits, a web login for axum and a blocking façade, each behind a feature of its name.
//!
//! Most used: [`axum::WebLogin`], [`tower::AuthorizationLayer`] and [`blocking::ApiClient`]. Another library's client sends the token so:
//!
//! ```
//! # #[cfg(feature = "tower")]
//! # fn example<S>(hyper: S, credentials: grantkit::Credentials) -> grantkit::Result<()> {
//! use grantkit::integrations::tower::AuthorizationLayer;
//! use tower::Layer;
//!
//! // `hyper` is a `hyper_util::client::legacy::Client`, or any other service over `http::Request`.
//! let client = AuthorizationLayer::new("https://api.example/v1", &credentials)?.layer(hyper);
//! # let _ = client;
//! # Ok(())
//! # }
//! ```
//!
//! | for … | feature | what to write |
//! |---|---|---|
//! | axum 0.8 | `axum` | [`WebLogin::builder(login, key).build()?`](axum::WebLogin): a login's routes, its sessions, and extractors |
//! | tower 0.5 (tower-service 0.3), hyper-util's client | `tower` | [`AuthorizationLayer::new(base, &credentials)?`](tower::AuthorizationLayer)`.layer(client)` |
//! | reqwest-middleware 0.5 (reqwest 0.13) | `reqwest-middleware` | [`AuthorizationMiddleware::new(base, &credentials)?`](reqwest_middleware::AuthorizationMiddleware), then `reqwest::Client::builder().redirect(authorization.redirect_policy())` and `ClientBuilder::new(client).with(authorization)` |
//! | tonic 0.14, its channels | `tonic` | [`AuthorizationLayer::new(base, &credentials)?.replay(ReplayRecorded::new())`](tonic::ReplayRecorded)`.layer(channel)` |
//! | tonic 0.14, its interceptors | `tonic` | [`HealthClient::with_interceptor(channel, AuthorizationInterceptor::new(&credentials))`](tonic::AuthorizationInterceptor) |
//! | Azure SDK (`azure_core` 1.1) | `azure-core` | [`AzureTokenCredential::new(&credentials)`](azure_core::AzureTokenCredential) |
//! | Google Cloud SDK (google-cloud-auth 1.19) | `google-cloud-auth` | [`GoogleCloudCredentials::new(&credentials)`](google_cloud_auth::GoogleCloudCredentials)`.into()` |
//! | `object_store` 0.14 | `object-store` | [`GcpTokens`](object_store::GcpTokens), [`AzureTokens`](object_store::AzureTokens): `.with_credentials(Arc::new(GcpTokens::new(&credentials)))` |
//! | reqsign-core 3.3 (reqsign-google 3.2, opendal 0.59) | `reqsign` | [`TokenProvider::new(&credentials, make)`](reqsign::TokenProvider) |
//! | rmcp 3.11 (MCP) | `rmcp` | [`AuthorizedClient::new(http, url, &credentials)?`](rmcp::AuthorizedClient) |
//! | programs without an async runtime | `blocking` | [`blocking::ApiClient`], [`blocking::Credentials`], and [`blocking::wait`] for all else |
//!
//! `credentials` is [`Credentials`](crate::Credentials), or a client that has a name; see [`IntoCredentials`](crate::credentials::IntoCredentials).
//!
//! Adapters that send requests follow the rules of [`ApiClient`](crate::ApiClient): the token never leaves the base URL, a token that the API
//! rejects is refreshed once and the request sent once more, and sender-constrained tokens go with a proof. The others return the current
//! token, or an error of their library's type; an error that needs a login or a change of configuration is never marked as
//! retryable. The [`Error`](crate::Error) is the source of theirs.

#[cfg(any(feature = "reqwest-middleware", feature = "rmcp", feature = "tower"))]
mod authorizer;
#[cfg(feature = "axum")]
pub mod axum;
#[cfg(feature = "azure-core")]
pub mod azure_core;
#[cfg(any(feature = "azure-core", feature = "google-cloud-auth", feature = "object-store", feature = "reqsign"))]
mod bearer;
#[cfg(feature = "blocking")]
pub mod blocking;
#[cfg(feature = "google-cloud-auth")]
pub mod google_cloud_auth;
#[cfg(feature = "object-store")]
pub mod object_store;
#[cfg(feature = "reqsign")]
pub mod reqsign;
#[cfg(feature = "reqwest-middleware")]
pub mod reqwest_middleware;
#[cfg(feature = "rmcp")]
pub mod rmcp;
#[cfg(feature = "tonic")]
pub mod tonic;
#[cfg(feature = "tower")]
pub mod tower;
