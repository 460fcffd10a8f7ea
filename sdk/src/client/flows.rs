mod any_endpoints;
mod configured_refresh_token;
mod grants;
mod into_client;
mod into_credentials;
mod lazy;
mod log_out;
mod login_credentials;
mod named_grant;

pub use any_endpoints::AnyEndpoints;
pub(in crate::client) use any_endpoints::Identities;
pub use into_client::IntoClient;
pub use lazy::LazyClient;
pub use login_credentials::LoginCredentialsBuilder;
pub use named_grant::NamedGrant;

use super::Client;
use super::builder::endpoints::{
    AuthorizationEndpointGiven, BackchannelAuthenticationEndpointGiven, DeviceAuthorizationEndpointGiven,
    EndSessionEndpointGiven, Endpoints, IntrospectionEndpointGiven, PushedAuthorizationRequestEndpointGiven,
    RegistrationEndpointGiven, RevocationEndpointGiven, UserinfoEndpointGiven,
};
use crate::authorize::{AuthorizationCode, IntoRedirectUri, RedirectUri};
use crate::client_auth::AuthenticatedEndpoint;
use crate::endpoint::{Introspection, LogoutRequest, Revocation, Userinfo};
use crate::error::Result;
use crate::grant::{BackchannelAuthentication, BackchannelHint, DeviceAuthorization};
use crate::registration::Registration;
use crate::wire::EndpointUrl;

/// What a client can do by the endpoints that it was given.
impl<A, D, R, I, U, S, J, B, P, G, L> Client<Endpoints<A, D, R, I, U, S, J, B, P, G, L>> {
    /// The authorization-code grant: a token for a person who logs in (RFC 6749 §4.1).
    ///
    /// A text that is no [redirect URI](crate::authorize::RedirectUri) is an error of [`start`](AuthorizationCode::start).
    pub fn authorization_code(&self, redirect_uri: impl IntoRedirectUri) -> AuthorizationCode
    where
        A: AuthorizationEndpointGiven,
    {
        self.authorization_code_at(
            EndpointUrl::checked(self.endpoints.authorization.url()),
            redirect_uri.into_redirect_uri(),
        )
    }

    /// The authorization-code grant with a pushed request (PAR, RFC 9126): begins with `push` instead of `start`.
    pub fn pushed_authorization_code(&self, redirect_uri: impl IntoRedirectUri) -> AuthorizationCode
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

    /// Client-initiated backchannel authentication: a token for a person who consents on their own device (OpenID Connect CIBA Core
    /// 1.0).
    pub fn backchannel_authentication(&self, hint: BackchannelHint) -> BackchannelAuthentication
    where
        B: BackchannelAuthenticationEndpointGiven,
    {
        self.backchannel_authentication_at(EndpointUrl::checked(self.endpoints.backchannel.url()), hint)
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

    /// The registration endpoint (RFC 7591): registers clients and manages registrations.
    pub fn registration(&self) -> Registration
    where
        G: RegistrationEndpointGiven,
    {
        self.registration_at(EndpointUrl::checked(self.endpoints.registration.url()))
    }

    /// A logout at the server, of this client (OpenID Connect RP-Initiated Logout 1.0).
    pub fn logout_request(&self) -> LogoutRequest
    where
        L: EndSessionEndpointGiven,
    {
        self.logout_request_at(EndpointUrl::checked(self.endpoints.end_session.url()))
    }
}

/// The same for any client, once it is known where.
impl<E> Client<E> {
    pub(super) fn authorization_code_at(
        &self,
        endpoint: EndpointUrl,
        redirect_uri: Result<RedirectUri>,
    ) -> AuthorizationCode {
        let core = &self.core;
        let login = AuthorizationCode::new(
            crate::authorize::Server {
                authorization_endpoint: endpoint,
                identity: core.identity.clone(),
                issuer: core.server.issuer.clone(),
                requires_iss: core.server.names_itself_in_responses,
                default_max_age: core.server.default_max_age,
                default_prompt: core.server.default_prompt.clone(),
                requires_signed_request: core.server.requires_signed_requests,
                request_algorithms: core.server.request_algorithms.clone(),
                login: self.login_server(),
                hook: core.server.hooks.authorization.clone(),
                response_hook: core.server.hooks.authorization_response.clone(),
            },
            redirect_uri,
        );
        let login = match &core.server.pushed_requests {
            Some(endpoint) => login.pushed_to(self.authenticated(endpoint.clone())),
            None => login,
        };
        if core.server.requires_pushed_requests { login.pushed_only() } else { login }
    }

    pub(super) fn device_authorization_at(&self, endpoint: EndpointUrl) -> DeviceAuthorization {
        let hook = self.core.server.hooks.device_authorization.clone();
        DeviceAuthorization::new(self.authenticated(endpoint).with_hook(hook), self.login_server())
    }

    pub(super) fn backchannel_authentication_at(
        &self,
        endpoint: EndpointUrl,
        hint: BackchannelHint,
    ) -> BackchannelAuthentication {
        BackchannelAuthentication::new(self.authenticated(endpoint), self.login_server(), self.audience(), hint)
            .with_request_algorithms(self.core.server.backchannel_request_algorithms.clone())
    }

    pub(super) fn revocation_at(&self, endpoint: EndpointUrl) -> Revocation {
        self.revocation_of(self.authenticated(endpoint))
    }

    pub(super) fn revocation_of(&self, endpoint: AuthenticatedEndpoint) -> Revocation {
        Revocation::new(endpoint.with_hook(self.core.server.hooks.revocation.clone()))
    }

    pub(super) fn introspection_at(&self, endpoint: EndpointUrl) -> Introspection {
        self.introspection_of(self.authenticated(endpoint))
    }

    pub(super) fn introspection_of(&self, endpoint: AuthenticatedEndpoint) -> Introspection {
        Introspection::new(endpoint, self.core.signed_messages.clone())
    }

    pub(super) fn userinfo_at(&self, endpoint: EndpointUrl) -> Userinfo {
        let core = &self.core;
        Userinfo::new(endpoint, core.transport.clone(), core.signed_messages.clone())
            .with_dpop(core.identity.dpop().cloned())
    }

    pub(super) fn registration_at(&self, endpoint: EndpointUrl) -> Registration {
        Registration::new(endpoint, self.core.transport.clone(), self.core.server.plain_http)
    }

    pub(super) fn logout_request_at(&self, endpoint: EndpointUrl) -> LogoutRequest {
        LogoutRequest::new(endpoint).client_id(self.client_id())
    }
}
