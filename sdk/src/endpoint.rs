//! The other endpoints of an authorization server: revocation, introspection, userinfo.

mod introspection;
mod revocation;
mod userinfo;

pub use introspection::{Introspection, TokenIntrospection};
pub use revocation::Revocation;
pub use userinfo::{Userinfo, UserinfoClaims};
