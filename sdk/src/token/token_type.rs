use crate::error::{Error, Result};

/// The type of an access token: how it is presented to an API (RFC 6749 §7.1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TokenType {
    /// A bearer token: possession is enough to use it (RFC 6750).
    #[default]
    Bearer,
    /// Bound to a key, presented with a proof of it (RFC 9449).
    DPoP,
}

impl TokenType {
    /// The scheme in the `Authorization` header.
    pub fn scheme(self) -> &'static str {
        match self {
            Self::Bearer => "Bearer",
            Self::DPoP => "DPoP",
        }
    }

    /// Reads a `token_type`, without regard to case (RFC 6749 §7.1).
    ///
    /// # Errors
    ///
    /// [`is_invalid_response`](Error::is_invalid_response): a type that this crate does not know must not be sent.
    pub fn parse(name: &str) -> Result<Self> {
        [Self::Bearer, Self::DPoP].into_iter().find(|known| known.scheme().eq_ignore_ascii_case(name)).ok_or_else(
            || {
                Error::invalid_response(
                    "the token response has a token_type other than Bearer or DPoP: where it means Bearer, allow it by \
                     `danger_accept_token_type`",
                )
            },
        )
    }
}
