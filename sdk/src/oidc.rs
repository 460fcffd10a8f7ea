//! ID tokens: `openidconnect` verifies them with keys of aws-lc-rs; what it leaves out is checked here.

mod claims;
mod conditions;
mod encrypted_answers;
mod expected;
mod logout_token;
mod numeric_date;
mod refusal;
mod shape;
mod verifier;

pub use claims::IdTokenClaims;
pub(crate) use encrypted_answers::{AnswerKind, EncryptedAnswers, Opened};
pub(crate) use expected::Expected;
pub use logout_token::{LogoutToken, LogoutTokenVerifier};
pub(crate) use verifier::IdTokenVerifier;
