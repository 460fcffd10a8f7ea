//! The API client: authorised requests under one base URL.

mod attempt;
mod base;
mod body;
mod builder;
mod client;
mod deadline;
mod exchange;
mod failure;
mod fields;
mod path;
mod rejection;
mod request;
mod response;
mod retry;
mod sent;

pub use builder::ApiClientBuilder;
pub use client::ApiClient;
pub use path::{ApiPath, IntoPath};
pub use request::ApiRequest;
pub use response::ApiResponse;
