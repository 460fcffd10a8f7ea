use crate::credentials::Credentials;
use crate::error::{Error, Result};
use crate::token::{OAuthToken, TokenType};

/// The token for a library that sends it as `Authorization: Bearer`, and nothing else.
pub(super) async fn bearer(credentials: &Credentials, library: &str) -> Result<OAuthToken> {
    let token = credentials.token().await?;
    if token.token_type() == TokenType::DPoP {
        return Err(Error::configuration(format!(
            "the token of {:?} is bound to a key (DPoP), and {library} sends no proofs: get it without `.dpop(..)`",
            credentials.name()
        )));
    }
    if token.is_withheld() {
        return Err(Error::configuration(format!(
            "the token of {:?} goes without `Authorization`, and {library} sends nothing else: use `ApiClient`",
            credentials.name()
        )));
    }
    Ok(token)
}
