use async_trait::async_trait;

use super::{
    Assertion, AssertionGrant, Grant, Profile, RequestParameters, TokenEndpoint, TokenExchange,
    request_parameter_methods,
};
use crate::error::{Error, Result};
use crate::fingerprint::Fingerprint;
use crate::token::{ExchangedToken, OAuthToken, RefreshToken, TokenTypeIdentifier};

/// The identity assertion grant: from a person's login at their company's identity provider to a token of an API's server, without another
/// login there (draft-ietf-oauth-identity-assertion-authz-grant, "Cross App Access").
///
/// It is two requests: a token exchange (RFC 8693) at the identity provider, which decides by the company's policy and gives an identity
/// assertion for the API's server (ID-JAG), and a JWT bearer grant (RFC 7523) there. Scopes, resources and other parameters are of the first
/// request; what is granted stands in the assertion. The client is registered with both; the API's server is named to the identity provider
/// by its issuer, so that the client has to know it ([`issuer`](crate::client::ClientBuilder::issuer), or discovery).
///
/// ```no_run
/// use grantkit::prelude::*;
/// use grantkit::grant::{Login, SecurityToken};
///
/// # async fn example(identity_provider: Client, chat: Client, login: Login) -> Result<()> {
/// let credentials = chat
///     .identity_assertion(&identity_provider, SecurityToken::of_login(&login)?)
///     .resource("https://api.chat.example")
///     .scope("chat.read")
///     .credentials("chat");
/// # let _ = credentials;
/// # Ok(())
/// # }
/// ```
///
/// Its credentials repeat both requests for as long as the identity provider takes the subject; then their errors
/// [need a login](Error::needs_login). An ID token is good for its lifetime, a refresh token of the login for as long as that lasts.
#[derive(Clone, Debug)]
#[must_use = "call `.credentials(..)` for a handle that keeps a token, or `.get_token()` for one token"]
pub struct IdentityAssertionGrant {
    /// Of the API's server.
    endpoint: TokenEndpoint,
    /// The same server's name, as far as it is known.
    issuer: Option<String>,
    /// At the identity provider.
    exchange: TokenExchange,
    parameters: RequestParameters,
}

impl IdentityAssertionGrant {
    pub(crate) fn new(endpoint: TokenEndpoint, issuer: Option<String>, exchange: TokenExchange) -> Self {
        let exchange = exchange.requested_token_type(TokenTypeIdentifier::ID_JAG);
        Self { endpoint, issuer, exchange, parameters: RequestParameters::default() }
    }

    request_parameter_methods!();

    /// The first request alone: the identity assertion, for a program that makes the second itself.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where the issuer of the API's server is not known;
    /// [`is_invalid_response`](Error::is_invalid_response) where something else was issued; or the error of the identity provider or
    /// the network.
    pub async fn identity_assertion(&self) -> Result<ExchangedToken> {
        let issuer = self.issuer.as_deref().ok_or_else(|| {
            Error::configuration(
                "the identity provider is told the issuer of the API's server, and the client does not know it: call `.issuer(..)` on its \
                 builder, or end it with `.discover(issuer).await?`",
            )
        })?;
        let mut parameters = self.parameters.clone();
        parameters.add("audience", issuer);
        let assertion = self.exchange.clone().with_parameters(parameters).exchange().await?;
        if *assertion.issued_token_type() == TokenTypeIdentifier::ID_JAG {
            return Ok(assertion);
        }
        Err(Error::invalid_response(format!(
            "the identity provider issued a token of the type {} in place of an identity assertion ({}): is it set up for this client \
             and {issuer}?",
            assertion.issued_token_type(),
            TokenTypeIdentifier::ID_JAG
        )))
    }

    /// Requests one token now, without the cache.
    ///
    /// # Errors
    ///
    /// As [`identity_assertion`](Self::identity_assertion), or the error of the API's server.
    pub async fn get_token(&self) -> Result<OAuthToken> {
        let assertion = Assertion::from(&self.identity_assertion().await?);
        // It is given, so that no audience is asked for.
        AssertionGrant::new(self.endpoint.clone(), Profile::Jwt, assertion, String::new()).get_token().await
    }
}

#[async_trait]
impl Grant for IdentityAssertionGrant {
    async fn get_token(&self) -> Result<OAuthToken> {
        self.get_token().await
    }

    /// The draft has servers issue none (§4.4.3); where one does, it is the API's server's.
    async fn refresh(&self, refresh_token: &RefreshToken) -> Result<OAuthToken> {
        self.endpoint.refresh(refresh_token, &RequestParameters::default()).await
    }

    fn fingerprint(&self) -> Fingerprint {
        let Self { endpoint, issuer, exchange, parameters } = self;
        Fingerprint::builder()
            .parameter("grant_type", "identity assertion")
            .parameter("issuer", issuer.clone().unwrap_or_default())
            .part("endpoint", endpoint.fingerprint())
            .part("exchange", exchange.fingerprint())
            .part("parameters", parameters.fingerprint())
            .finish()
    }

    fn endpoint(&self) -> &TokenEndpoint {
        &self.endpoint
    }
}
