//! What an issuer signs: ID tokens, and answers that are JWTs. One path verifies them all (`jwt_verifier`), with keys of
//! aws-lc-rs.

mod conditions;
mod encrypted_answers;
mod expected;
mod expected_issuer;
mod jwt_verifier;
mod logout_token;
mod verifier;

pub(crate) use encrypted_answers::{AnswerKind, EncryptedAnswers, Opened};
pub(crate) use expected::{Before, Expected, MaxAge};
pub use logout_token::{LogoutToken, LogoutTokenVerifier};
pub(crate) use verifier::{IdTokenVerifier, Refreshed};
