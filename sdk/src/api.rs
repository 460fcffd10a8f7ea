//! Calls an API with a token: authorised requests under one base URL, sent once more when the token was rejected.
//!
//! Start with [`ApiClient`]; each request is an [`ApiRequest`], each answer an [`ApiResponse`]. A token never leaves the base
//! URL, whatever the path; [`IntoPath`] lists the forms of a path.
//!
//! ```no_run
//! use grantkit::prelude::*;
//!
//! # async fn example(credentials: Credentials) -> Result<()> {
//! let api = ApiClient::new("https://api.example/v1", credentials)?;
//! let answer = api.get(["invoices", "42"]).send().await?;
//! println!("{}", answer.status());
//! # Ok(())
//! # }
//! ```
//!
//! # Requests as methods
//!
//! `#[api]` makes a typed client of a trait; [its page](https://docs.rs/grantkit/latest/grantkit/attr.api.html) lists all that a method can
//! say.
//!
//! ```
//! use grantkit::prelude::*;
//! use grantkit_testkit::{AuthorizationServer, ProtectedApi};
//!
//! #[derive(serde::Deserialize)]
//! struct Invoice { id: String }
//!
//! #[api(base = "https://api.example/v1")]
//! trait BillingApi {
//!     #[get("/invoices/{id}")]
//!     async fn invoice(&self, id: u64) -> Result<Invoice>;
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let server = AuthorizationServer::builder().confidential_client("billing", "s3cret").start().await?;
//! # let invoices = ProtectedApi::start(&server).await?;
//! # let client = Client::builder().client_id("billing").client_secret_basic("s3cret").token_endpoint(&server.token_endpoint())?.build();
//! # let credentials = client.client_credentials().credentials("billing");
//! let billing = BillingApiClient::with_base(&invoices.url("v1"), credentials)?;
//! assert_eq!(billing.invoice(42).await?.id, "42");
//! # Ok(())
//! # }
//! ```

mod attempt;
mod base;
mod body;
mod builder;
mod bytes_stream;
mod client;
mod deadline;
mod error_body;
mod exchange;
mod failure;
mod fields;
mod http;
#[doc(hidden)]
pub mod misplaced;
#[cfg(feature = "multipart")]
mod multipart;
mod options;
mod pagination;
mod path;
mod progress;
mod replay;
mod request;
mod resend;
mod response;
mod retry;
mod retry_policy;
mod round_trip;
mod sent_secrets;
mod step_up;
mod timer_anchor;
mod token_place;
mod upload;

#[cfg(any(feature = "reqwest-middleware", feature = "rmcp", feature = "tower"))]
pub(crate) use base::Base;
pub use builder::ApiClientBuilder;
pub use bytes_stream::BytesStream;
pub use client::ApiClient;
#[cfg(feature = "multipart")]
pub use multipart::{IntoParts, Multipart, Part};
pub use pagination::{Items, Page, Pages, Pagination};
#[cfg(feature = "tower")]
pub(crate) use path::has_dots;
pub use path::{ApiPath, IntoPath};
#[doc(hidden)]
pub use path::{PathPiece, path_of_template};
pub use request::ApiRequest;
pub use response::ApiResponse;
pub use retry_policy::RetryPolicy;

pub use crate::wire::RateLimit;
