use serde_json::Value;

use super::TokenType;
use crate::error::{Error, Result};
use crate::lenient::Members;

/// Which values of `token_type` are taken for `Bearer`, beside those that RFC 6749 §7.1 has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct AcceptedTokenTypes {
    missing: bool,
    names: Vec<String>,
}

impl AcceptedTokenTypes {
    /// An answer may have none.
    pub(crate) fn accept_missing(&mut self) {
        self.missing = true;
    }

    /// An answer may have this one, without regard to case.
    pub(crate) fn accept(&mut self, name: impl Into<String>) {
        self.names.push(name.into());
    }

    /// What was allowed, a missing one by the empty name.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.missing.then_some("").into_iter().chain(self.names.iter().map(String::as_str))
    }

    /// Reads the `token_type` of an answer, where it is required (RFC 6749 §5.1).
    pub(super) fn read(&self, value: Option<Value>, answer: &Members<'_>) -> Result<TokenType> {
        match value {
            Some(Value::String(name)) if !name.is_empty() => {
                let is_accepted = self.names.iter().any(|accepted| accepted.eq_ignore_ascii_case(&name));
                TokenType::parse(&name).or_else(|error| if is_accepted { Ok(TokenType::Bearer) } else { Err(error) })
            }
            None | Some(Value::String(_)) if self.missing => Ok(TokenType::Bearer),
            None | Some(Value::String(_)) => Err(Error::invalid_response(
                "the token response has no `token_type` (RFC 6749 §5.1): where the server's tokens are bearer tokens all the \
                 same, allow it by `danger_accept_missing_token_type`",
            )),
            Some(_) => Err(answer.wrong("token_type", "is no text")),
        }
    }
}
