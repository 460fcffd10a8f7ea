//! Metadata of authorization servers (RFC 8414, OpenID Connect Discovery) and of protected resources (RFC 9728).
//!
//! [`ServerDiscovery`] finds [`ServerMetadata`] from an issuer; `ClientBuilder::discover` takes either. [`ProtectedResource`] is what an API
//! says of itself. Documents are cached in the process for as long as they say, and an outage of their server is bridged.
//!
//! ```no_run
//! use grantkit::discovery::ServerMetadata;
//! use grantkit::prelude::*;
//!
//! # async fn example() -> Result<()> {
//! let metadata = ServerMetadata::discover("https://as.example").await?;
//! println!("{:?}", metadata.token_endpoint);
//! # Ok(())
//! # }
//! ```

mod address_guard;
mod cache;
mod document;
mod further_members;
mod lenient;
mod protected_resource;
mod resource_metadata;
mod search;
mod server_discovery;
mod server_metadata;
#[cfg(test)]
mod tests;

pub use further_members::FurtherMembers;
pub use protected_resource::{ProtectedResource, ResourceDiscovery};
pub use resource_metadata::ResourceMetadata;
pub use server_discovery::{IntoServerDiscovery, ServerDiscovery};
pub use server_metadata::ServerMetadata;
