use url::Url;

use super::sealed::Sealed;
use crate::wire::EndpointUrl;

/// Which endpoints a statically configured client has beside the token endpoint: each is [`Present`] or [`Absent`].
#[derive(Clone, Debug)]
pub struct Endpoints<
    Authorization = Absent,
    Device = Absent,
    Revocation = Absent,
    Introspection = Absent,
    Userinfo = Absent,
    Issuer = Absent,
    Jwks = Absent,
    Backchannel = Absent,
    PushedAuthorization = Absent,
    Registration = Absent,
    EndSession = Absent,
> {
    pub(in crate::client) authorization: Authorization,
    pub(in crate::client) device: Device,
    pub(in crate::client) revocation: Revocation,
    pub(in crate::client) introspection: Introspection,
    pub(in crate::client) userinfo: Userinfo,
    pub(in crate::client) issuer: Issuer,
    pub(in crate::client) jwks: Jwks,
    pub(in crate::client) backchannel: Backchannel,
    pub(in crate::client) pushed: PushedAuthorization,
    pub(in crate::client) registration: Registration,
    pub(in crate::client) end_session: EndSession,
}

/// The client has this endpoint.
#[derive(Clone, Debug)]
pub struct Present(EndpointUrl);

/// The client does not have this endpoint.
#[derive(Clone, Copy, Debug, Default)]
pub struct Absent(());

impl Endpoints {
    pub(in crate::client) fn none() -> Self {
        let absent = Absent(());
        Self {
            authorization: absent,
            device: absent,
            revocation: absent,
            introspection: absent,
            userinfo: absent,
            issuer: absent,
            jwks: absent,
            backchannel: absent,
            pushed: absent,
            registration: absent,
            end_session: absent,
        }
    }
}

impl Present {
    pub(in crate::client) fn at(url: EndpointUrl) -> Self {
        Self(url)
    }
}

/// Whether an endpoint is [`Present`] or [`Absent`].
pub trait EndpointState: Sealed {
    /// Where it is.
    #[doc(hidden)]
    fn endpoint(&self) -> Option<&Url>;
}

impl EndpointState for Present {
    fn endpoint(&self) -> Option<&Url> {
        Some(self.0.url())
    }
}

impl EndpointState for Absent {
    fn endpoint(&self) -> Option<&Url> {
        None
    }
}

impl Sealed for Absent {}
impl Sealed for Present {}
impl<A, B, C, D, E, F, G, H, I, J, K> Sealed for Endpoints<A, B, C, D, E, F, G, H, I, J, K> {}

macro_rules! capabilities {
    ($($(#[$attribute:meta])* $name:ident;)+) => {
        $(
            $(#[$attribute])*
            pub trait $name: Sealed {
                /// Where it is.
                #[doc(hidden)]
                fn url(&self) -> &Url;
            }
            #[diagnostic::do_not_recommend]
            impl $name for Present {
                fn url(&self) -> &Url {
                    self.0.url()
                }
            }
        )+
    };
}

capabilities! {
    /// The client has a token endpoint.
    #[diagnostic::on_unimplemented(
        message = "this client has no token endpoint yet",
        label = "`token_endpoint` is missing",
        note = "call `.token_endpoint(..)?` before `.build()`, or end with `.discover(issuer).await?` instead"
    )]
    TokenEndpointGiven;

    /// The client has an authorization endpoint.
    #[diagnostic::on_unimplemented(
        message = "this client has no authorization endpoint",
        label = "`authorization_endpoint` is missing",
        note = "call `.authorization_endpoint(..)?` on the builder, or end it with `.discover(issuer).await?`"
    )]
    AuthorizationEndpointGiven;

    /// The client has a pushed authorization request endpoint.
    #[diagnostic::on_unimplemented(
        message = "this client has no pushed authorization request endpoint",
        label = "`pushed_authorization_request_endpoint` is missing",
        note = "call `.pushed_authorization_request_endpoint(..)?` on the builder, or end it with `.discover(issuer).await?`"
    )]
    PushedAuthorizationRequestEndpointGiven;

    /// The client has a device authorization endpoint.
    #[diagnostic::on_unimplemented(
        message = "this client has no device authorization endpoint",
        label = "`device_authorization_endpoint` is missing",
        note = "call `.device_authorization_endpoint(..)?` on the builder, or end it with `.discover(issuer).await?`"
    )]
    DeviceAuthorizationEndpointGiven;

    /// The client has a backchannel authentication endpoint.
    #[diagnostic::on_unimplemented(
        message = "this client has no backchannel authentication endpoint",
        label = "`backchannel_authentication_endpoint` is missing",
        note = "call `.backchannel_authentication_endpoint(..)?` on the builder, or end it with `.discover(issuer).await?`"
    )]
    BackchannelAuthenticationEndpointGiven;

    /// The client has a revocation endpoint.
    #[diagnostic::on_unimplemented(
        message = "this client has no revocation endpoint",
        label = "`revocation_endpoint` is missing",
        note = "call `.revocation_endpoint(..)?` on the builder, or end it with `.discover(issuer).await?`"
    )]
    RevocationEndpointGiven;

    /// The client has an introspection endpoint.
    #[diagnostic::on_unimplemented(
        message = "this client has no introspection endpoint",
        label = "`introspection_endpoint` is missing",
        note = "call `.introspection_endpoint(..)?` on the builder, or end it with `.discover(issuer).await?`"
    )]
    IntrospectionEndpointGiven;

    /// The client has a userinfo endpoint.
    #[diagnostic::on_unimplemented(
        message = "this client has no userinfo endpoint",
        label = "`userinfo_endpoint` is missing",
        note = "call `.userinfo_endpoint(..)?` on the builder, or end it with `.discover(issuer).await?`"
    )]
    UserinfoEndpointGiven;

    /// The client has a registration endpoint.
    #[diagnostic::on_unimplemented(
        message = "this client has no registration endpoint",
        label = "`registration_endpoint` is missing",
        note = "call `.registration_endpoint(..)?` on the builder, or end it with `.discover(issuer).await?`"
    )]
    RegistrationEndpointGiven;

    /// The client has an end session endpoint.
    #[diagnostic::on_unimplemented(
        message = "this client has no end session endpoint",
        label = "`end_session_endpoint` is missing",
        note = "call `.end_session_endpoint(..)?` on the builder, or end it with `.discover(issuer).await?`"
    )]
    EndSessionEndpointGiven;

    /// The client has an issuer.
    #[diagnostic::on_unimplemented(
        message = "this client has no issuer",
        label = "`issuer` is missing",
        note = "call `.issuer(..)?` on the builder, or end it with `.discover(issuer).await?`"
    )]
    IssuerGiven;

    /// The client has the address of the issuer's keys.
    #[diagnostic::on_unimplemented(
        message = "this client has no `jwks_uri`",
        label = "`jwks_uri` is missing",
        note = "call `.jwks_uri(..)?` on the builder, or end it with `.discover(issuer).await?`"
    )]
    JwksUriGiven;
}
