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

mod attempt;
mod base;
mod body;
mod builder;
mod client;
mod deadline;
mod exchange;
mod failure;
mod fields;
mod options;
mod pagination;
mod path;
mod request;
mod resend;
mod response;
mod retry;
mod retry_policy;
mod round_trip;
mod sent;
mod token_place;

pub use builder::ApiClientBuilder;
pub use client::ApiClient;
pub use pagination::{Items, Page, Pages, Pagination};
pub use path::{ApiPath, IntoPath};
pub use request::ApiRequest;
pub use response::ApiResponse;
pub use retry_policy::RetryPolicy;

pub use crate::wire::RateLimit;
