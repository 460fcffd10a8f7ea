//! The other endpoints of an authorization server: revocation, introspection, userinfo, logout.
//!
//! Most used: [`Revocation`] (RFC 7009), [`Introspection`] (RFC 7662) and [`Userinfo`] (OpenID Connect Core §5.3); a
//! [`Client`](crate::Client) has a method for each.
//!
//! ```no_run
//! use grantkit::prelude::*;
//!
//! # async fn example(client: Client, credentials: Credentials, subject: &str) -> Result<()> {
//! let claims = client.userinfo()?.fetch(&credentials.token().await?, subject).await?;
//! # let _ = claims;
//! # Ok(())
//! # }
//! ```

mod further_parameters;
mod introspection;
mod logout;
mod revocation;
#[cfg(feature = "oidc")]
mod signed_introspection;
mod token_confirmation;
mod userinfo;

pub use introspection::{Introspection, TokenIntrospection};
pub use logout::{FrontchannelLogout, LogoutRequest, PendingLogout};
pub use revocation::Revocation;
pub use token_confirmation::TokenConfirmation;
pub use userinfo::{Userinfo, UserinfoClaims};
