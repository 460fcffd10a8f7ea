use async_trait::async_trait;
use serde_json::Value;

use super::{
    AssertionGrant, AssertionProfile, Grant, RequestParameters, TokenEndpoint, TokenExchange, request_parameter_methods,
};
use crate::error::{Error, Fault, Result};
use crate::fingerprint::Fingerprint;
use crate::keys::unverified_claims;
use crate::text::ServerText;
use crate::token::{ExchangedToken, OAuthToken, RefreshToken, TokenTypeIdentifier};

/// The identity assertion grant: from a person's login at their company's identity provider to a token of an API's server, without another
/// login there (draft-ietf-oauth-identity-assertion-authz-grant, "Cross App Access").
///
/// It is two requests: a token exchange (RFC 8693) at the identity provider, which decides by the company's policy and gives an identity
/// assertion for the API's server (ID-JAG), and a JWT bearer grant (RFC 7523) there. Scopes and other parameters are of the first request;
/// what is granted stands in the assertion. Resources (RFC 8707) are of both. An assertion that says that it is for another server, or
/// for another resource, is not sent. The client is registered with both; the API's server is named to the identity provider
/// by its issuer, so that the client has to know it ([`issuer`](crate::client::ClientBuilder::issuer), or discovery).
///
/// ```no_run
/// use grantkit::prelude::*;
/// use grantkit::grant::{Login, SecurityToken};
///
/// # async fn example(identity_provider: Client, chat: Client, login: Login) -> Result<()> {
/// let credentials = chat
///     .identity_assertion(&identity_provider, SecurityToken::from_login(&login)?)
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
    /// At the API's server.
    skips_resource: bool,
}

impl IdentityAssertionGrant {
    pub(crate) fn new(endpoint: TokenEndpoint, issuer: Option<String>, exchange: TokenExchange) -> Self {
        let exchange = exchange.requested_token_type(TokenTypeIdentifier::ID_JAG);
        Self { endpoint, issuer, exchange, parameters: RequestParameters::default(), skips_resource: false }
    }

    request_parameter_methods!();

    /// Leaves `resource` out of the requests to the API's server, for servers that refuse it there. The identity provider is still told
    /// of it, and the assertion says for which API it is.
    pub fn skip_resource_at_api_server(mut self) -> Self {
        self.skips_resource = true;
        self
    }

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
    /// As [`identity_assertion`](Self::identity_assertion), [`is_security`](Error::is_security) where the assertion is for another
    /// server or resource, or the error of the API's server.
    pub async fn get_token(&self) -> Result<OAuthToken> {
        let assertion = self.identity_assertion().await?;
        self.check(&assertion)?;
        // It is given, so that no audience is asked for.
        let grant =
            AssertionGrant::new(self.endpoint.clone(), AssertionProfile::Jwt, (&assertion).into(), String::new());
        grant.with_parameters(self.at_api_server()).get_token().await
    }

    /// What the API's server is told beside the assertion.
    fn at_api_server(&self) -> RequestParameters {
        if self.skips_resource { RequestParameters::default() } else { self.parameters.resources_alone() }
    }

    /// Refuses an assertion whose audience is another server: its recipient could use it there.
    ///
    /// It is not verified, as it is for the API's server to do that; one that is encrypted, or says nothing of it, is that server's to
    /// judge.
    fn check(&self, assertion: &ExchangedToken) -> Result<()> {
        let Some(claims) = unverified_claims(assertion.secret()) else { return Ok(()) };
        let refuse = |claim: &Value, wanted: &str| {
            Err(Error::new(
                Fault::Security,
                format!(
                    "the identity provider's assertion is for {}, not for {}: it is not sent to the API's server. Check what the \
                     identity provider knows of that server; to send it all the same, use `.identity_assertion()` and `.jwt_bearer(..)`",
                    ServerText::member(Some(claim)),
                    ServerText::new(wanted)
                ),
            ))
        };
        if let (Some(audience), Some(issuer)) = (claims.get("aud"), self.issuer.as_deref())
            && !names(audience, issuer)
        {
            return refuse(audience, issuer);
        }
        let mut wanted = self.parameters.resources().peekable();
        match (claims.get("resource"), wanted.peek().copied()) {
            (Some(resource), Some(first)) if !wanted.any(|wanted| names(resource, wanted)) => refuse(resource, first),
            _ => Ok(()),
        }
    }
}

/// Whether a claim of one text or several names this; a slash at the end makes no other server.
fn names(claim: &Value, wanted: &str) -> bool {
    let is_wanted =
        |text: &Value| text.as_str().is_some_and(|text| text.trim_end_matches('/') == wanted.trim_end_matches('/'));
    claim.as_array().map_or_else(|| is_wanted(claim), |several| several.iter().any(is_wanted))
}

#[async_trait]
impl Grant for IdentityAssertionGrant {
    async fn get_token(&self) -> Result<OAuthToken> {
        self.get_token().await
    }

    /// The draft has servers issue none (§4.4.3); where one does, it is the API's server's.
    async fn refresh(&self, refresh_token: &RefreshToken) -> Result<OAuthToken> {
        self.endpoint.refresh(refresh_token, &self.at_api_server()).await
    }

    fn fingerprint(&self) -> Fingerprint {
        let Self { endpoint, issuer, exchange, parameters, skips_resource } = self;
        Fingerprint::builder()
            .parameter("grant_type", "identity assertion")
            .parameter("issuer", issuer.clone().unwrap_or_default())
            .part("endpoint", endpoint.fingerprint())
            .part("exchange", exchange.fingerprint())
            .part("parameters", parameters.fingerprint())
            .parameter("resource_at_api_server", if *skips_resource { "skipped" } else { "sent" })
            .build()
    }

    fn endpoint(&self) -> &TokenEndpoint {
        &self.endpoint
    }
}
