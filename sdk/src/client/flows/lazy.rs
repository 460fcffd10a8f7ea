mod finder;
mod logins;

use std::fmt;
use std::sync::Arc;

use crate::client::builder::Parts;
use crate::client_auth::AuthenticatedEndpoint;
use crate::grant::{
    Assertion, AssertionGrant, AssertionProfile, ClientCredentials, ExtensionGrant, RefreshTokenGrant, SecurityToken,
    StoredLogin, TokenEndpoint, TokenExchange,
};
use crate::oidc::SignedMessages;
use crate::token::RefreshToken;
use crate::wire::EndpointUrl;

use finder::Finder;

/// A client whose server is discovered with the first request; from [`ClientBuilder::discover_lazily`](crate::client::ClientBuilder::discover_lazily).
///
/// A login [begins](crate::AuthorizationCode::begin) with a request then. What it has not, such as userinfo, the
/// [client that it discovers](Self::discover) has.
///
/// ```no_run
/// use grantkit::prelude::*;
///
/// # async fn example(callback: String) -> Result<()> {
/// // Sends nothing: the server may be away.
/// let client = Client::builder().client_id("app").client_secret("s3cret").discover_lazily("https://as.example")?;
/// let login = client.authorization_code("https://app.example/callback").scopes("openid profile");
/// let (url, pending) = login.begin().await?; // send the browser there; it comes back with the callback
/// let login = login.finish(pending, callback).await?;
/// # let _ = (url, login);
/// # Ok(())
/// # }
/// ```
///
/// Its tokens are cached by issuer, those of a built or [discovered](crate::client::ClientBuilder::discover) client by token endpoint, so the same
/// client in both forms has two tokens. The cache key is fixed before the first request, when the token endpoint is not known yet; and two
/// clients of one issuer with different token endpoints must not share a token.
#[derive(Clone)]
pub struct LazyClient {
    issuer: String,
    /// Every endpoint, until it is found.
    lazy_endpoint: AuthenticatedEndpoint,
    token_endpoint: TokenEndpoint,
    signed_messages: SignedMessages,
    finder: Arc<Finder>,
}

impl LazyClient {
    /// `url` is that of the issuer.
    pub(in crate::client) fn new(parts: Parts, issuer: &str, url: EndpointUrl) -> Self {
        let identity = parts.identity(Some(issuer), issuer);
        let transport = parts.transport();
        let terms = parts.server.signed_messages.clone().with_lazy_issuer(issuer);
        let signed_messages = SignedMessages::new(&terms, &identity, Some(issuer), None, &transport);
        let finder = Arc::new(Finder::new(parts, issuer));
        let lazy_endpoint = AuthenticatedEndpoint::new(url, identity, transport).with_finder(Arc::clone(&finder) as _);
        let token_endpoint = TokenEndpoint::new(lazy_endpoint.clone(), &finder.given().tokens);
        Self { issuer: issuer.to_owned(), lazy_endpoint, token_endpoint, signed_messages, finder }
    }

    /// The client-credentials grant: a token for the client itself (RFC 6749 §4.4).
    pub fn client_credentials(&self) -> ClientCredentials {
        ClientCredentials::new(self.token_endpoint.clone())
    }

    /// The refresh-token grant by itself: a token for a long-lived refresh token that was configured (RFC 6749 §6).
    pub fn refresh_token_grant(&self, refresh_token: impl Into<RefreshToken>) -> RefreshTokenGrant {
        RefreshTokenGrant::new(self.token_endpoint.clone(), refresh_token.into())
    }

    /// The login that an earlier run of the program, or another process, has stored under this name.
    pub fn stored_login(&self, name: impl AsRef<str>) -> StoredLogin {
        StoredLogin::new(name.as_ref().to_owned(), self.login_server())
    }

    /// Token exchange: a token for another one (RFC 8693).
    pub fn token_exchange(&self, subject: impl Into<SecurityToken>) -> TokenExchange {
        TokenExchange::new(self.token_endpoint.clone(), subject.into(), self.issuer.clone())
    }

    /// The JWT-bearer grant: a token for a JWT of an issuer that the server trusts (RFC 7523 §2.1).
    pub fn jwt_bearer(&self, assertion: impl Into<Assertion>) -> AssertionGrant {
        AssertionGrant::new(self.token_endpoint.clone(), AssertionProfile::Jwt, assertion.into(), self.issuer.clone())
    }

    /// Any other grant, by its `grant_type` (RFC 6749 §4.5).
    pub fn extension_grant(&self, grant_type: impl Into<String>) -> ExtensionGrant {
        ExtensionGrant::new(self.token_endpoint.clone(), grant_type.into())
    }
}

impl fmt::Debug for LazyClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LazyClient").field("issuer", &self.issuer).finish_non_exhaustive()
    }
}
