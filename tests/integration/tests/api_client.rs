//! The API client, against servers that record what they get to the byte.

#![expect(clippy::unwrap_used, reason = "in a test, that is how to stop")]

#[path = "api_client/base_url.rs"]
mod base_url;
#[path = "api_client/body.rs"]
mod body;
#[path = "api_client/challenge.rs"]
mod challenge;
#[path = "api_client/client.rs"]
mod client;
#[path = "api_client/errors.rs"]
mod errors;
#[path = "api_client/headers.rs"]
mod headers;
#[path = "api_client/into_credentials.rs"]
mod into_credentials;
#[path = "api_client/path.rs"]
mod path;
#[path = "api_client/query.rs"]
mod query;
#[path = "api_client/redirect.rs"]
mod redirect;
#[path = "api_client/refused_token.rs"]
mod refused_token;
#[path = "api_client/server.rs"]
mod server;
#[path = "api_client/timeout.rs"]
mod timeout;
#[path = "api_client/with_the_testkit.rs"]
mod with_the_testkit;
