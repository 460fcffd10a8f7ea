//! OpenID Connect: what the server signs is verified here.
//!
//! ID tokens are verified where a login ends, by every check of OpenID Connect Core §3.1.3.7, and their claims are
//! [`Login::claims`](crate::grant::Login::claims). [`LogoutTokenVerifier`] verifies the [`LogoutToken`]s of back-channel logout.
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

mod conditions;
mod encrypted_answers;
mod expected_issuer;
mod id_token_expectations;
mod jwt_verifier;
mod logout_token;
mod verifier;

pub(crate) use encrypted_answers::{AnswerKind, EncryptedAnswers, Opened};
pub(crate) use id_token_expectations::{Before, IdTokenExpectations, MaxAge};
pub use logout_token::{LogoutToken, LogoutTokenVerifier};
pub(crate) use verifier::{IdTokenVerifier, Refreshed};
