use super::Client;
use super::endpoints::{
    AuthorizationEndpointGiven, BackchannelAuthenticationEndpointGiven, DeviceAuthorizationEndpointGiven, Endpoints,
    IntrospectionEndpointGiven, PushedAuthorizationRequestEndpointGiven, RevocationEndpointGiven,
    UserinfoEndpointGiven,
};
use crate::authorize::{AuthorizationCode, RedirectUri};
use crate::endpoint::{Introspection, Revocation, Userinfo};
use crate::grant::{Ciba, CibaHint, DeviceAuthorization};
use crate::wire::EndpointUrl;

/// What a client can do by the endpoints that it was given.
impl<A, D, R, I, U, S, J, B, P> Client<Endpoints<A, D, R, I, U, S, J, B, P>> {
    /// The authorization-code grant: a token for a person who logs in (RFC 6749 §4.1).
    pub fn authorization_code(&self, redirect_uri: RedirectUri) -> AuthorizationCode
    where
        A: AuthorizationEndpointGiven,
    {
        self.authorization_code_at(EndpointUrl::checked(self.endpoints.authorization.url()), redirect_uri)
    }

    /// The same with the request pushed, never in the browser's address (RFC 9126): begins with `push` instead of `start`.
    pub fn pushed_authorization_code(&self, redirect_uri: RedirectUri) -> AuthorizationCode
    where
        A: AuthorizationEndpointGiven,
        P: PushedAuthorizationRequestEndpointGiven,
    {
        self.authorization_code(redirect_uri).pushed_only()
    }

    /// The device authorization grant: a token for a person who logs in on another device (RFC 8628).
    pub fn device_authorization(&self) -> DeviceAuthorization
    where
        D: DeviceAuthorizationEndpointGiven,
    {
        self.device_authorization_at(EndpointUrl::checked(self.endpoints.device.url()))
    }

    /// Client-initiated backchannel authentication: a token for a person whom the server asks on their own device (OpenID
    /// Connect CIBA Core 1.0).
    pub fn ciba(&self, hint: CibaHint) -> Ciba
    where
        B: BackchannelAuthenticationEndpointGiven,
    {
        self.ciba_at(EndpointUrl::checked(self.endpoints.backchannel.url()), hint)
    }

    /// The revocation endpoint (RFC 7009).
    pub fn revocation(&self) -> Revocation
    where
        R: RevocationEndpointGiven,
    {
        self.revocation_at(EndpointUrl::checked(self.endpoints.revocation.url()))
    }

    /// The introspection endpoint (RFC 7662).
    pub fn introspection(&self) -> Introspection
    where
        I: IntrospectionEndpointGiven,
    {
        self.introspection_at(EndpointUrl::checked(self.endpoints.introspection.url()))
    }

    /// The userinfo endpoint (OpenID Connect Core §5.3).
    pub fn userinfo(&self) -> Userinfo
    where
        U: UserinfoEndpointGiven,
    {
        self.userinfo_at(EndpointUrl::checked(self.endpoints.userinfo.url()))
    }
}

/// The same for any client, once it is known where.
impl<E> Client<E> {
    pub(super) fn authorization_code_at(&self, endpoint: EndpointUrl, redirect_uri: RedirectUri) -> AuthorizationCode {
        let core = &self.core;
        let login = AuthorizationCode::new(
            crate::authorize::Server {
                authorization_endpoint: endpoint,
                identity: core.identity.clone(),
                issuer: core.issuer.name.clone(),
                requires_iss: core.issuer.names_itself_in_responses,
                login: self.login_server(),
            },
            redirect_uri,
        );
        match &core.issuer.pushed_requests {
            Some(endpoint) => login.pushed_to(self.authenticated(endpoint.clone())),
            None => login,
        }
    }

    pub(super) fn device_authorization_at(&self, endpoint: EndpointUrl) -> DeviceAuthorization {
        DeviceAuthorization::new(self.authenticated(endpoint), self.login_server())
    }

    pub(super) fn ciba_at(&self, endpoint: EndpointUrl, hint: CibaHint) -> Ciba {
        Ciba::new(self.authenticated(endpoint), self.login_server(), self.audience(), hint)
    }

    pub(super) fn revocation_at(&self, endpoint: EndpointUrl) -> Revocation {
        Revocation::new(self.authenticated(endpoint))
    }

    pub(super) fn introspection_at(&self, endpoint: EndpointUrl) -> Introspection {
        let introspection = Introspection::new(self.authenticated(endpoint));
        #[cfg(feature = "oidc")]
        let introspection = introspection.with_verifier(self.core.id_tokens.clone());
        introspection
    }

    pub(super) fn userinfo_at(&self, endpoint: EndpointUrl) -> Userinfo {
        let userinfo = Userinfo::new(endpoint, self.core.transport.clone());
        #[cfg(feature = "oidc")]
        let userinfo = userinfo.with_verifier(self.core.id_tokens.clone());
        userinfo
    }
}
