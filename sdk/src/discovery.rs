//! Metadata of authorization servers, where their endpoints are and what they can do, and of the APIs that take their tokens.

mod cache;
mod document;
mod lenient;
mod protected_resource;
mod resource_metadata;
mod search;
mod server_discovery;
mod server_metadata;
#[cfg(test)]
mod tests;

pub use protected_resource::{ProtectedResource, ResourceDiscovery};
pub use resource_metadata::ResourceMetadata;
pub use server_discovery::{IntoServerDiscovery, ServerDiscovery};
pub use server_metadata::ServerMetadata;
