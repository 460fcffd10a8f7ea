use crate::authn::Authenticated;
use crate::error::{Error, Result};
use crate::fingerprint::FingerprintBuilder;
use crate::token::{OAuthToken, TokenType};
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
        let reply = self.0.post(form, repeat).await?;
        let (status, headers) = (reply.answer.status(), reply.answer.headers());
        bearer_only(read_token(status, headers, reply.answer.body(), reply.secrets())?)
    }

    /// What of it tells one token from another: where it came from, and for whom.
    pub(crate) fn fingerprint(&self, fingerprint: FingerprintBuilder) -> FingerprintBuilder {
        self.0.identity().fingerprint(fingerprint.parameter("token_endpoint", self.0.url().as_str()))
    }
}

/// A token that is bound to a key was not asked for, and no proof could be sent with it.
pub(super) fn bearer_only(token: OAuthToken) -> Result<OAuthToken> {
    match token.token_type() {
        TokenType::Bearer => Ok(token),
        TokenType::DPoP => {
            Err(Error::invalid_response("the server answered with a DPoP token to a request for a bearer token"))
        }
    }
}
