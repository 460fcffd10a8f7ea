//! The API client, against servers that record what they get to the byte.

#![expect(clippy::unwrap_used, reason = "in a test, that is how to stop")]

mod base_url;
mod body;
mod challenge;
mod client;
mod error_bodies;
mod errors;
mod headers;
mod into_credentials;
mod pagination;
mod path;
mod query;
mod redirect;
mod rejected_token;
mod retry_policy;
mod server;
mod step_up;
mod streaming;
mod timeout;
mod with_the_testkit;
