use crate::authn::Authenticated;
use crate::error::{Error, Result};
use crate::fingerprint::FingerprintBuilder;
use crate::token::{ExchangedToken, OAuthToken, TokenType};
use crate::transport::Repeat;
use crate::wire::{Form, read_token};

/// The token endpoint (RFC 6749 §3.2): the one way that every token request of every grant takes.
#[derive(Clone, Debug)]
pub(crate) struct TokenEndpoint(Authenticated);

impl TokenEndpoint {
    pub(crate) fn new(endpoint: Authenticated) -> Self {
        Self(endpoint)
    }

    pub(crate) async fn request(&self, form: Form, repeat: Repeat) -> Result<OAuthToken> {
        bearer_only(self.ask(form, repeat, OAuthToken::from_response).await?)
    }

    /// The same for a token exchange, which may issue a token that is no access token (RFC 8693 §2.2.1).
    pub(crate) async fn request_exchanged(&self, form: Form, repeat: Repeat) -> Result<ExchangedToken> {
        let token = self.ask(form, repeat, ExchangedToken::from_response).await?;
        if let Some(access_token) = token.access_token() {
            check_bearer(access_token)?;
        }
        Ok(token)
    }

    async fn ask<T>(&self, form: Form, repeat: Repeat, read: impl FnOnce(&[u8]) -> Result<T>) -> Result<T> {
        let reply = self.0.post(form, repeat).await?;
        let (status, headers) = (reply.answer.status(), reply.answer.headers());
        read_token(status, headers, reply.answer.body(), reply.secrets(), read)
    }

    /// What of it tells one token from another: where it came from, and for whom.
    pub(crate) fn fingerprint(&self, fingerprint: FingerprintBuilder) -> FingerprintBuilder {
        self.0.identity().fingerprint(fingerprint.parameter("token_endpoint", self.0.url().as_str()))
    }
}

pub(super) fn bearer_only(token: OAuthToken) -> Result<OAuthToken> {
    check_bearer(&token)?;
    Ok(token)
}

/// A token that is bound to a key was not asked for, and no proof could be sent with it.
fn check_bearer(token: &OAuthToken) -> Result<()> {
    match token.token_type() {
        TokenType::Bearer => Ok(()),
        TokenType::DPoP => {
            Err(Error::invalid_response("the server answered with a DPoP token to a request for a bearer token"))
        }
    }
}
