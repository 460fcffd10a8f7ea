use super::ClientBuilder;
use super::endpoints::{Endpoints, Present};
use super::requirement::EndpointNotGiven;
use crate::error::Result;

/// The endpoints beside the token endpoint, each of which makes one more thing possible.
impl<Id, Authentication, Token, A, D, R, I, U> ClientBuilder<Id, Authentication, Token, Endpoints<A, D, R, I, U>> {
    /// Where a person logs in and consents (RFC 6749 §3.1): makes `authorization_code` possible.
    ///
    /// # Errors
    ///
    /// As [`token_endpoint`](Self::token_endpoint).
    pub fn authorization_endpoint(
        self,
        url: &str,
    ) -> Result<ClientBuilder<Id, Authentication, Token, Endpoints<Present, D, R, I, U>>>
    where
        A: EndpointNotGiven,
    {
        let authorization = Present::at(self.parts.url("authorization endpoint", url)?);
        let Endpoints { device, revocation, introspection, userinfo, .. } = self.endpoints;
        let endpoints = Endpoints { authorization, device, revocation, introspection, userinfo };
        Ok(Self::with_endpoints(self.parts, self.token, endpoints))
    }

    /// Where a device without a browser asks for a code (RFC 8628 §3.1): makes `device_authorization` possible.
    ///
    /// # Errors
    ///
    /// As [`token_endpoint`](Self::token_endpoint).
    pub fn device_authorization_endpoint(
        self,
        url: &str,
    ) -> Result<ClientBuilder<Id, Authentication, Token, Endpoints<A, Present, R, I, U>>>
    where
        D: EndpointNotGiven,
    {
        let device = Present::at(self.parts.url("device authorization endpoint", url)?);
        let Endpoints { authorization, revocation, introspection, userinfo, .. } = self.endpoints;
        let endpoints = Endpoints { authorization, device, revocation, introspection, userinfo };
        Ok(Self::with_endpoints(self.parts, self.token, endpoints))
    }

    /// Where tokens are revoked (RFC 7009 §2): makes `revocation` possible.
    ///
    /// # Errors
    ///
    /// As [`token_endpoint`](Self::token_endpoint).
    pub fn revocation_endpoint(
        self,
        url: &str,
    ) -> Result<ClientBuilder<Id, Authentication, Token, Endpoints<A, D, Present, I, U>>>
    where
        R: EndpointNotGiven,
    {
        let revocation = Present::at(self.parts.url("revocation endpoint", url)?);
        let Endpoints { authorization, device, introspection, userinfo, .. } = self.endpoints;
        let endpoints = Endpoints { authorization, device, revocation, introspection, userinfo };
        Ok(Self::with_endpoints(self.parts, self.token, endpoints))
    }

    /// Where tokens are looked into (RFC 7662 §2): makes `introspection` possible.
    ///
    /// # Errors
    ///
    /// As [`token_endpoint`](Self::token_endpoint).
    pub fn introspection_endpoint(
        self,
        url: &str,
    ) -> Result<ClientBuilder<Id, Authentication, Token, Endpoints<A, D, R, Present, U>>>
    where
        I: EndpointNotGiven,
    {
        let introspection = Present::at(self.parts.url("introspection endpoint", url)?);
        let Endpoints { authorization, device, revocation, userinfo, .. } = self.endpoints;
        let endpoints = Endpoints { authorization, device, revocation, introspection, userinfo };
        Ok(Self::with_endpoints(self.parts, self.token, endpoints))
    }

    /// Where claims about the user are read (OpenID Connect Core §5.3): makes `userinfo` possible.
    ///
    /// # Errors
    ///
    /// As [`token_endpoint`](Self::token_endpoint).
    pub fn userinfo_endpoint(
        self,
        url: &str,
    ) -> Result<ClientBuilder<Id, Authentication, Token, Endpoints<A, D, R, I, Present>>>
    where
        U: EndpointNotGiven,
    {
        let userinfo = Present::at(self.parts.url("userinfo endpoint", url)?);
        let Endpoints { authorization, device, revocation, introspection, .. } = self.endpoints;
        let endpoints = Endpoints { authorization, device, revocation, introspection, userinfo };
        Ok(Self::with_endpoints(self.parts, self.token, endpoints))
    }
}
