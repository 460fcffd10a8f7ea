//! The other endpoints of an authorization server: revocation, introspection, userinfo, registration, logout.

mod further_parameters;
mod introspection;
mod logout;
mod registration;
mod revocation;
mod token_confirmation;
mod userinfo;

pub use introspection::{Introspection, TokenIntrospection};
pub use logout::{FrontchannelLogout, LogoutRequest, PendingLogout};
pub use registration::{ClientMetadata, RegisteredClient, Registration};
pub use revocation::Revocation;
pub use token_confirmation::TokenConfirmation;
pub use userinfo::{Userinfo, UserinfoClaims};
