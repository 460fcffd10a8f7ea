use crate::client::Client;
use crate::grant::{
    Assertion, AssertionGrant, AssertionProfile, ClientCredentials, ExtensionGrant, IdentityAssertionGrant,
    LoginServer, RefreshTokenGrant, ResourceOwnerPassword, SecurityToken, StoredLogin, TokenExchange,
};
use crate::token::IntoSecret;
use crate::token::RefreshToken;

/// What every client can do, since it needs no more than the token endpoint.
impl<E> Client<E> {
    /// The client-credentials grant: a token for the client itself (RFC 6749 §4.4).
    pub fn client_credentials(&self) -> ClientCredentials {
        ClientCredentials::new(self.token_endpoint())
    }

    /// The refresh-token grant by itself: a token for a long-lived refresh token that was configured (RFC 6749 §6).
    pub fn refresh_token_grant(&self, refresh_token: impl Into<RefreshToken>) -> RefreshTokenGrant {
        RefreshTokenGrant::new(self.token_endpoint(), refresh_token.into())
    }

    /// The login that an earlier run of the program, or another process, has stored under this name.
    pub fn stored_login(&self, name: impl AsRef<str>) -> StoredLogin {
        StoredLogin::new(name.as_ref().to_owned(), self.login_server())
    }

    /// Token exchange: a token for another one (RFC 8693).
    pub fn token_exchange(&self, subject: impl Into<SecurityToken>) -> TokenExchange {
        TokenExchange::new(self.token_endpoint(), subject.into(), self.audience())
    }

    /// The JWT-bearer grant: a token for a JWT of an issuer that the server trusts (RFC 7523 §2.1).
    pub fn jwt_bearer(&self, assertion: impl Into<Assertion>) -> AssertionGrant {
        AssertionGrant::new(self.token_endpoint(), AssertionProfile::Jwt, assertion.into(), self.audience())
    }

    /// The identity assertion grant: a token of this server for a person who has logged in at their company's identity provider, whose
    /// client that is (draft-ietf-oauth-identity-assertion-authz-grant). The subject is the login there:
    /// [`SecurityToken::from_login`].
    pub fn identity_assertion<I>(
        &self,
        identity_provider: &Client<I>,
        subject: impl Into<SecurityToken>,
    ) -> IdentityAssertionGrant {
        let issuer = self.issuer_name().map(str::to_owned);
        IdentityAssertionGrant::new(self.token_endpoint(), issuer, identity_provider.token_exchange(subject))
    }

    /// The SAML-2.0-bearer grant: a token for an assertion in XML, or encoded already (RFC 7522 §2.1).
    pub fn saml2_bearer(&self, assertion: impl Into<Assertion>) -> AssertionGrant {
        AssertionGrant::new(self.token_endpoint(), AssertionProfile::Saml2, assertion.into(), self.audience())
    }

    /// Any other grant, by its `grant_type` (RFC 6749 §4.5).
    pub fn extension_grant(&self, grant_type: impl Into<String>) -> ExtensionGrant {
        ExtensionGrant::new(self.token_endpoint(), grant_type.into())
    }

    /// The resource-owner-password grant: a token for a user's name and password (RFC 6749 §4.3). The program sees the password, and
    /// there is no second factor; it must not be used (RFC 9700 §2.4) if there is another way.
    pub fn danger_resource_owner_password(
        &self,
        username: impl Into<String>,
        password: impl IntoSecret,
    ) -> ResourceOwnerPassword {
        ResourceOwnerPassword::new(self.token_endpoint(), username.into(), password.into())
    }

    /// The audience of an assertion: the issuer, if it is known (draft-ietf-oauth-rfc7523bis).
    pub(in crate::client) fn audience(&self) -> String {
        let core = &self.core;
        core.server.issuer.clone().unwrap_or_else(|| core.token_url.as_str().to_owned())
    }

    /// The server as a login sees it.
    pub(in crate::client) fn login_server(&self) -> LoginServer {
        LoginServer {
            issuer: self.issuer_name().map(Into::into),
            token_endpoint: self.token_endpoint(),
            signed_messages: self.core.signed_messages.clone(),
        }
    }
}
