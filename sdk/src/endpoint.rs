//! The other endpoints of an authorization server: revocation, introspection, userinfo, registration, logout.

mod introspection;
mod logout;
mod registration;
mod revocation;
mod userinfo;

pub use introspection::{Introspection, TokenIntrospection};
pub use logout::{FrontchannelLogout, LogoutRequest, PendingLogout};
pub use registration::{ClientMetadata, RegisteredClient, Registration};
pub use revocation::Revocation;
pub use userinfo::{Userinfo, UserinfoClaims};
