//! Metadata of authorization servers: where their endpoints are and what they can do.

mod fetch;
mod server_metadata;

pub use server_metadata::ServerMetadata;
