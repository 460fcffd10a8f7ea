//! OpenID Connect: what the server signs is verified here.
//!
//! ID tokens are verified where a login ends, by every check of OpenID Connect Core §3.1.3.7, and their claims are
//! [`Login::claims`](crate::grant::Login::claims). [`LogoutTokenVerifier`] verifies the [`LogoutToken`]s of back-channel logout,
//! [`IdTokenVerifier`] ID tokens that others send to the program, and [`JwtVerifier`] any other JWT of an issuer: at an API, the access
//! tokens of its callers (RFC 9068).
//!
//! ```no_run
//! use grantkit::prelude::*;
//!
//! # async fn example(client: Client, logout_token: &str) -> Result<()> {
//! let logout = client.logout_token_verifier()?.verify(logout_token).await?;
//! println!("log out {:?}", logout.subject());
//! # Ok(())
//! # }
//! ```

// Seen by all other modules, with the feature or without.
mod id_token_expectations;
mod refreshed_id_token;
#[cfg_attr(not(feature = "oidc"), path = "oidc/no_signed_messages.rs")]
mod signed_messages;

#[cfg(feature = "oidc")]
mod conditions;
#[cfg(feature = "oidc")]
mod encrypted_answers;
#[cfg(feature = "oidc")]
mod expected_issuer;
#[cfg(feature = "oidc")]
mod id_token_verifier;
#[cfg(feature = "oidc")]
mod issuer_verifier;
#[cfg(feature = "oidc")]
mod jwt_claims;
#[cfg(feature = "oidc")]
mod jwt_verifier;
#[cfg(feature = "oidc")]
mod logout_token;
#[cfg(feature = "oidc")]
mod verifier;

#[cfg(feature = "oidc")]
pub use id_token_verifier::IdTokenVerifier;
#[cfg(feature = "oidc")]
pub use jwt_claims::JwtClaims;
#[cfg(feature = "oidc")]
pub use jwt_verifier::JwtVerifier;
#[cfg(feature = "oidc")]
pub use logout_token::{LogoutToken, LogoutTokenVerifier};

pub(crate) use id_token_expectations::{IdTokenExpectations, MaxAge, PreviousLogin};
pub(crate) use refreshed_id_token::Refreshed;
pub(crate) use signed_messages::{RequestEncryption, SignedMessageTerms, SignedMessages};
