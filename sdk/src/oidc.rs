//! What an issuer signs: ID tokens, and answers that are JWTs. One path verifies them all (`jwt_verifier`), with keys of
//! aws-lc-rs.

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
