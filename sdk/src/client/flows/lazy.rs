use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;

use crate::client::builder::Parts;
use crate::client_auth::AuthenticatedEndpoint;
use crate::discovery::ServerMetadata;
use crate::error::Result;
use crate::grant::{
    Assertion, AssertionGrant, ClientCredentials, EndpointFinder, ExtensionGrant, Profile, RefreshTokenGrant,
    SecurityToken, TokenEndpoint, TokenExchange,
};
use crate::token::RefreshToken;
use crate::wire::EndpointUrl;

/// A client whose server is discovered with the first token; from [`ClientBuilder::discover_lazily`](crate::client::ClientBuilder::discover_lazily).
///
/// It has the grants that take no person and no further endpoint.
///
/// Its tokens are told from others by the issuer, where those of a client that was built or [discovered](crate::client::ClientBuilder::discover)
/// are by the token endpoint: one client in both forms has a token in each. What a token is kept under is settled when its handle is
/// made, before anything is sent, and only the metadata say where the endpoint is and how the client authenticates there. To go by
/// the issuer in both forms would not do, as two clients of one issuer with different token endpoints must not share a token.
#[derive(Clone)]
pub struct LazyClient {
    issuer: String,
    endpoint: TokenEndpoint,
}

impl LazyClient {
    /// `url` is that of the issuer.
    pub(in crate::client) fn new(parts: Parts, issuer: &str, url: EndpointUrl) -> Self {
        let identity = parts.identity(Some(issuer), issuer);
        let stand_in = AuthenticatedEndpoint::new(url, identity, parts.transport());
        let terms = parts.issuer.tokens.clone();
        let finder = Finder { parts, issuer: issuer.to_owned() };
        Self { issuer: issuer.to_owned(), endpoint: TokenEndpoint::sought(stand_in, &terms, Arc::new(finder)) }
    }

    /// The client-credentials grant: a token for the client itself (RFC 6749 §4.4).
    pub fn client_credentials(&self) -> ClientCredentials {
        ClientCredentials::new(self.endpoint.clone())
    }

    /// The refresh-token grant by itself: a token for a long-lived refresh token that was configured (RFC 6749 §6).
    pub fn refresh_token_grant(&self, refresh_token: impl Into<RefreshToken>) -> RefreshTokenGrant {
        RefreshTokenGrant::new(self.endpoint.clone(), refresh_token.into())
    }

    /// Token exchange: a token for another one (RFC 8693).
    pub fn token_exchange(&self, subject: impl Into<SecurityToken>) -> TokenExchange {
        TokenExchange::new(self.endpoint.clone(), subject.into(), self.issuer.clone())
    }

    /// The JWT-bearer grant: a token for a JWT of an issuer that the server trusts (RFC 7523 §2.1).
    pub fn jwt_bearer(&self, assertion: impl Into<Assertion>) -> AssertionGrant {
        AssertionGrant::new(self.endpoint.clone(), Profile::Jwt, assertion.into(), self.issuer.clone())
    }

    /// Any other grant, by its `grant_type` (RFC 6749 §4.5).
    pub fn extension_grant(&self, grant_type: impl Into<String>) -> ExtensionGrant {
        ExtensionGrant::new(self.endpoint.clone(), grant_type.into())
    }
}

/// Asks for the metadata each time: they are kept for as long as the server says.
struct Finder {
    parts: Parts,
    issuer: String,
}

#[async_trait]
impl EndpointFinder for Finder {
    async fn find(&self) -> Result<TokenEndpoint> {
        let client = self.parts.clone().discover(ServerMetadata::discover(&self.issuer)).await?;
        Ok(client.token_endpoint())
    }
}

impl fmt::Debug for Finder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Finder").field("issuer", &self.issuer).finish_non_exhaustive()
    }
}

impl fmt::Debug for LazyClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LazyClient").field("issuer", &self.issuer).finish_non_exhaustive()
    }
}
