use super::TokenType;
use crate::error::{Error, Result};

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

    /// Reads the `token_type` of an answer, where it is required (RFC 6749 §5.1); empty where there is none.
    pub(super) fn read(&self, name: &str) -> Result<TokenType> {
        match name {
            "" if self.missing => Ok(TokenType::Bearer),
            "" => Err(Error::invalid_response(
                "the token response has no `token_type` (RFC 6749 §5.1): where the server's tokens are bearer tokens all the \
                 same, allow it by `danger_accept_missing_token_type`",
            )),
            name => {
                let is_accepted = |error| {
                    let is_it = self.names.iter().any(|accepted| accepted.eq_ignore_ascii_case(name));
                    if is_it { Ok(TokenType::Bearer) } else { Err(error) }
                };
                TokenType::parse(name).or_else(is_accepted)
            }
        }
    }
}
