use super::ClientBuilder;
use super::endpoints::{Endpoints, Present};
use super::requirement::EndpointNotGiven;
use crate::error::Result;

/// What the server has beside the token endpoint; most of it makes one more thing possible.
#[allow(clippy::type_complexity, reason = "the state is in the type")]
impl<Id, Authentication, Token, A, D, R, I, U, S, J, B, P>
    ClientBuilder<Id, Authentication, Token, Endpoints<A, D, R, I, U, S, J, B, P>>
{
    /// Where a person logs in and consents (RFC 6749 §3.1): makes `authorization_code` possible.
    ///
    /// # Errors
    ///
    /// As [`token_endpoint`](Self::token_endpoint).
    pub fn authorization_endpoint(
        self,
        url: &str,
    ) -> Result<ClientBuilder<Id, Authentication, Token, Endpoints<Present, D, R, I, U, S, J, B, P>>>
    where
        A: EndpointNotGiven,
    {
        let authorization = Present::at(self.parts.url("authorization endpoint", url)?);
        let Endpoints { device, revocation, introspection, userinfo, issuer, jwks, backchannel, pushed, .. } =
            self.endpoints;
        let endpoints =
            Endpoints { authorization, device, revocation, introspection, userinfo, issuer, jwks, backchannel, pushed };
        Ok(Self::with_endpoints(self.parts, self.token, endpoints))
    }

    /// Where the parameters of an authorization request are sent ahead of the browser (RFC 9126 §2): makes
    /// `pushed_authorization_code` possible.
    ///
    /// # Errors
    ///
    /// As [`token_endpoint`](Self::token_endpoint).
    pub fn pushed_authorization_request_endpoint(
        mut self,
        url: &str,
    ) -> Result<ClientBuilder<Id, Authentication, Token, Endpoints<A, D, R, I, U, S, J, B, Present>>>
    where
        P: EndpointNotGiven,
    {
        let url = self.parts.url("pushed authorization request endpoint", url)?;
        self.parts.issuer.pushed_requests = Some(url.clone());
        let pushed = Present::at(url);
        let Endpoints { authorization, device, revocation, introspection, userinfo, issuer, jwks, backchannel, .. } =
            self.endpoints;
        let endpoints =
            Endpoints { authorization, device, revocation, introspection, userinfo, issuer, jwks, backchannel, pushed };
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
    ) -> Result<ClientBuilder<Id, Authentication, Token, Endpoints<A, Present, R, I, U, S, J, B, P>>>
    where
        D: EndpointNotGiven,
    {
        let device = Present::at(self.parts.url("device authorization endpoint", url)?);
        let Endpoints { authorization, revocation, introspection, userinfo, issuer, jwks, backchannel, pushed, .. } =
            self.endpoints;
        let endpoints =
            Endpoints { authorization, device, revocation, introspection, userinfo, issuer, jwks, backchannel, pushed };
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
    ) -> Result<ClientBuilder<Id, Authentication, Token, Endpoints<A, D, Present, I, U, S, J, B, P>>>
    where
        R: EndpointNotGiven,
    {
        let revocation = Present::at(self.parts.url("revocation endpoint", url)?);
        let Endpoints { authorization, device, introspection, userinfo, issuer, jwks, backchannel, pushed, .. } =
            self.endpoints;
        let endpoints =
            Endpoints { authorization, device, revocation, introspection, userinfo, issuer, jwks, backchannel, pushed };
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
    ) -> Result<ClientBuilder<Id, Authentication, Token, Endpoints<A, D, R, Present, U, S, J, B, P>>>
    where
        I: EndpointNotGiven,
    {
        let introspection = Present::at(self.parts.url("introspection endpoint", url)?);
        let Endpoints { authorization, device, revocation, userinfo, issuer, jwks, backchannel, pushed, .. } =
            self.endpoints;
        let endpoints =
            Endpoints { authorization, device, revocation, introspection, userinfo, issuer, jwks, backchannel, pushed };
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
    ) -> Result<ClientBuilder<Id, Authentication, Token, Endpoints<A, D, R, I, Present, S, J, B, P>>>
    where
        U: EndpointNotGiven,
    {
        let userinfo = Present::at(self.parts.url("userinfo endpoint", url)?);
        let Endpoints { authorization, device, revocation, introspection, issuer, jwks, backchannel, pushed, .. } =
            self.endpoints;
        let endpoints =
            Endpoints { authorization, device, revocation, introspection, userinfo, issuer, jwks, backchannel, pushed };
        Ok(Self::with_endpoints(self.parts, self.token, endpoints))
    }

    /// The issuer identifier (RFC 8414 §2): answers of the authorization endpoint and ID tokens must name it.
    ///
    /// # Errors
    ///
    /// As [`token_endpoint`](Self::token_endpoint).
    pub fn issuer(
        mut self,
        url: &str,
    ) -> Result<ClientBuilder<Id, Authentication, Token, Endpoints<A, D, R, I, U, Present, J, B, P>>>
    where
        S: EndpointNotGiven,
    {
        let issuer = Present::at(self.parts.url("issuer", url)?);
        // As it stands: a URL parser would add a slash, and issuers are compared character by character.
        self.parts.issuer.name = Some(url.to_owned());
        let Endpoints { authorization, device, revocation, introspection, userinfo, jwks, backchannel, pushed, .. } =
            self.endpoints;
        let endpoints =
            Endpoints { authorization, device, revocation, introspection, userinfo, issuer, jwks, backchannel, pushed };
        Ok(Self::with_endpoints(self.parts, self.token, endpoints))
    }

    /// Where the server publishes its signing keys (RFC 8414 §2), which ID tokens are checked with.
    ///
    /// # Errors
    ///
    /// As [`token_endpoint`](Self::token_endpoint).
    pub fn jwks_uri(
        mut self,
        url: &str,
    ) -> Result<ClientBuilder<Id, Authentication, Token, Endpoints<A, D, R, I, U, S, Present, B, P>>>
    where
        J: EndpointNotGiven,
    {
        let jwks = Present::at(self.parts.url("jwks_uri", url)?);
        self.parts.issuer.jwks_uri = Some(self.parts.url("jwks_uri", url)?);
        let Endpoints {
            authorization, device, revocation, introspection, userinfo, issuer, backchannel, pushed, ..
        } = self.endpoints;
        let endpoints =
            Endpoints { authorization, device, revocation, introspection, userinfo, issuer, jwks, backchannel, pushed };
        Ok(Self::with_endpoints(self.parts, self.token, endpoints))
    }
    /// Where the server is asked to ask a person on their own device (CIBA Core §7): makes `ciba` possible.
    ///
    /// # Errors
    ///
    /// As [`token_endpoint`](Self::token_endpoint).
    pub fn backchannel_authentication_endpoint(
        self,
        url: &str,
    ) -> Result<ClientBuilder<Id, Authentication, Token, Endpoints<A, D, R, I, U, S, J, Present, P>>>
    where
        B: EndpointNotGiven,
    {
        let backchannel = Present::at(self.parts.url("backchannel authentication endpoint", url)?);
        let Endpoints { authorization, device, revocation, introspection, userinfo, issuer, jwks, pushed, .. } =
            self.endpoints;
        let endpoints =
            Endpoints { authorization, device, revocation, introspection, userinfo, issuer, jwks, backchannel, pushed };
        Ok(Self::with_endpoints(self.parts, self.token, endpoints))
    }
}
