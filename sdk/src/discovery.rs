//! Metadata of authorization servers, where their endpoints are and what they can do, and of the APIs that take their tokens.

mod cache;
mod document;
mod fetch;
mod protected_resource;
mod reach;
mod resource_metadata;
mod server_metadata;

pub use protected_resource::{ProtectedResource, ResourceDiscovery};
pub use resource_metadata::ResourceMetadata;
pub use server_metadata::ServerMetadata;

pub(crate) use reach::Reach;
