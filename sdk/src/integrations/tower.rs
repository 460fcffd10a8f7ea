//! Authorised requests of any client that is a `tower::Service`: hyper-util's, tonic's channels, axum's router in a test.
//!
//! ```
//! use grantkit::integrations::tower::AuthorizationLayer;
//! use tower::Layer;
//!
//! # fn example<S>(hyper: S, credentials: grantkit::Credentials) -> grantkit::Result<()> {
//! // `hyper` is a `hyper_util::client::legacy::Client`, or any other service over `http::Request`.
//! let client = AuthorizationLayer::new("https://api.example/v1", &credentials)?.layer(hyper);
//! // and then, with `tower::ServiceExt`: `client.clone().oneshot(request).await?`
//! # Ok(())
//! # }
//! ```

mod call;
mod destination;
mod layer;
mod replay;
mod response_future;
mod service;

pub use layer::AuthorizationLayer;
pub use replay::{Replay, ReplayCloned, ReplayEmpty, ReplayNever};
pub use response_future::ResponseFuture;
pub use service::Authorization;

/// The error of a service whose inner service has one of its own.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;
