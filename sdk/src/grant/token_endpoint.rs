use crate::authn::Authenticated;
use crate::dpop::DpopKey;
use crate::error::{Error, Kind, Result};
use crate::fingerprint::FingerprintBuilder;
use crate::telemetry::Endpoint;
use crate::token::{ExchangedToken, OAuthToken, TokenType};
use crate::transport::Repeat;
use crate::wire::{Form, read_token};

/// The token endpoint (RFC 6749 §3.2): the one way that every token request of every grant takes.
#[derive(Clone, Debug)]
pub(crate) struct TokenEndpoint(Authenticated);

impl TokenEndpoint {
    pub(crate) fn new(endpoint: Authenticated) -> Self {
        Self(endpoint.called(Endpoint::Token).proving_possession())
    }

    pub(crate) async fn request(&self, form: Form, repeat: Repeat) -> Result<OAuthToken> {
        let token = self.ask(form, repeat, OAuthToken::from_response).await?;
        check_type(&token, self.dpop())?;
        Ok(match self.dpop() {
            Some(key) => token.with_key_thumbprint(key.thumbprint()),
            None => token,
        })
    }

    /// The same for a token exchange, which may issue a token that is no access token (RFC 8693 §2.2.1).
    pub(crate) async fn request_exchanged(&self, form: Form, repeat: Repeat) -> Result<ExchangedToken> {
        let token = self.ask(form, repeat, ExchangedToken::from_response).await?;
        if let Some(access_token) = token.access_token() {
            check_type(access_token, self.dpop())?;
        }
        Ok(match self.dpop() {
            Some(key) => token.with_key_thumbprint(key.thumbprint()),
            None => token,
        })
    }

    /// Refuses to begin what would end without a token, for want of a key.
    pub(crate) fn check_dpop(&self) -> Result<()> {
        self.0.identity().check_dpop()
    }

    /// What its tokens are bound to.
    pub(crate) fn dpop(&self) -> Option<&DpopKey> {
        self.0.dpop()
    }

    async fn ask<T>(&self, form: Form, repeat: Repeat, read: impl FnOnce(&[u8]) -> Result<T>) -> Result<T> {
        let reply = self.0.post(form, repeat).await?;
        let (status, headers) = (reply.answer.status(), reply.answer.headers());
        read_token(status, headers, reply.answer.body(), reply.secrets(), read)
            .map_err(|error| error.of_grant(reply.parameter("grant_type").unwrap_or_default()))
            .map_err(|error| if self.dpop().is_none() { error.of_missing_key() } else { error })
    }

    /// What of it tells one token from another: where it came from, for whom, and on what proof.
    pub(crate) fn fingerprint(&self, fingerprint: FingerprintBuilder) -> FingerprintBuilder {
        self.0.identity().proven_fingerprint(fingerprint.parameter("token_endpoint", self.0.url().as_str()))
    }

    /// The same of a login, which nobody has without its refresh token, and which outlives the client's secret.
    pub(crate) fn login_fingerprint(&self, fingerprint: FingerprintBuilder) -> FingerprintBuilder {
        self.0.identity().fingerprint(fingerprint.parameter("token_endpoint", self.0.url().as_str()))
    }
}

pub(super) fn bearer_only(token: OAuthToken) -> Result<OAuthToken> {
    check_type(&token, None)?;
    Ok(token)
}

/// Refuses a token of another type than was asked for. With one that is bound to a key no proof could be sent; one that is
/// not could be used by whoever steals it, and the program relies on that it cannot (RFC 9449 §5).
fn check_type(token: &OAuthToken, key: Option<&DpopKey>) -> Result<()> {
    match (token.token_type(), key) {
        (TokenType::Bearer, None) | (TokenType::DPoP, Some(_)) => Ok(()),
        (TokenType::DPoP, None) => Err(Error::invalid_response(
            "the server answered with a DPoP token to a request for a bearer token: give the client a key, by `.dpop(..)` on \
             the builder",
        )),
        (TokenType::Bearer, Some(_)) => Err(Error::new(
            Kind::Security,
            "the server answered with a bearer token to a request for one that is bound to a key (RFC 9449 §5): it knows no \
             DPoP, or somebody changed the request",
        )),
    }
}
