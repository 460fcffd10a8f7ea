//! The states of [`ClientBuilder`](super::ClientBuilder) and [`Client`](crate::client::Client), and what each step requires of them; the
//! compiler's to name.

pub use super::endpoints::{
    Absent, AuthorizationEndpointGiven, BackchannelAuthenticationEndpointGiven, DeviceAuthorizationEndpointGiven,
    EndSessionEndpointGiven, IntrospectionEndpointGiven, IssuerGiven, JwksUriGiven, Present,
    PushedAuthorizationRequestEndpointGiven, RegistrationEndpointGiven, RevocationEndpointGiven, TokenEndpointGiven,
    UserinfoEndpointGiven,
};
pub use super::requirement::{
    AlreadyGiven, AuthenticationGiven, AuthenticationNotGiven, ClientIdGiven, ClientIdNotGiven, EndpointNotGiven,
    NeedsAuthentication, NeedsClientId, NeedsTokenEndpoint, NoEndpointGiven, PlainHttpUndecided, TokenEndpointNotGiven,
};
