//! What a client must have, each a trait whose message says what is missing.

use super::endpoints::{Absent, Endpoints};
use super::sealed::Sealed;

/// The builder has it.
#[derive(Clone, Copy, Debug)]
pub struct AlreadyGiven(());

/// The builder has no client ID yet.
#[derive(Clone, Copy, Debug)]
pub struct NeedsClientId(());

/// The builder does not know yet how the client authenticates.
#[derive(Clone, Copy, Debug)]
pub struct NeedsAuthentication(());

/// The builder has no token endpoint yet.
#[derive(Clone, Copy, Debug)]
pub struct NeedsTokenEndpoint(());

impl NeedsTokenEndpoint {
    pub(in crate::client) fn new() -> Self {
        Self(())
    }
}

impl Sealed for AlreadyGiven {}
impl Sealed for NeedsClientId {}
impl Sealed for NeedsAuthentication {}
impl Sealed for NeedsTokenEndpoint {}

/// Plain `http` can be allowed for all endpoints: none has been given, and so none has been checked.
#[diagnostic::on_unimplemented(
    message = "an endpoint of this client is given already, and was checked when it was given",
    label = "too late for that endpoint",
    note = "call `.danger_allow_plain_http()` before the endpoints"
)]
pub trait PlainHttpUndecided: Sealed {}
#[diagnostic::do_not_recommend]
impl PlainHttpUndecided for (NeedsTokenEndpoint, Endpoints) {}
impl Sealed for (NeedsTokenEndpoint, Endpoints) {}

macro_rules! requirements {
    ($($(#[$attribute:meta])* $name:ident: $state:ty;)+) => {
        $(
            $(#[$attribute])*
            pub trait $name: Sealed {}
            #[diagnostic::do_not_recommend]
            impl $name for $state {}
        )+
    };
}

requirements! {
    /// The client ID is given.
    #[diagnostic::on_unimplemented(
        message = "this client has no client ID yet",
        label = "`client_id` is missing",
        note = "call `.client_id(..)` before `.build()` or `.discover(..)`"
    )]
    ClientIdGiven: AlreadyGiven;

    /// The client ID is not given yet.
    #[diagnostic::on_unimplemented(
        message = "this client has a client ID already",
        label = "`client_id` is given twice",
        note = "remove one of the two `.client_id(..)`"
    )]
    ClientIdNotGiven: NeedsClientId;

    /// The client authentication is given.
    #[diagnostic::on_unimplemented(
        message = "this client does not say yet how it authenticates",
        label = "the client authentication is missing",
        note = "call `.client_secret(..)`, `.signing_key(..)`, `.client_assertion(..)` or `.tls_client_auth()`, or `.public()` for a \
                client that can keep nothing secret; or a method by its name, such as `.client_secret_post(..)` or \
                `.private_key_jwt(..)`"
    )]
    AuthenticationGiven: AlreadyGiven;

    /// The client authentication is not given yet.
    #[diagnostic::on_unimplemented(
        message = "this client says already how it authenticates",
        label = "a second client authentication",
        note = "keep one of `.client_secret(..)`, `.client_secret_basic(..)`, `.client_secret_post(..)`, `.client_secret_jwt(..)`, \
                `.signing_key(..)`, `.private_key_jwt(..)`, `.client_assertion(..)`, `.tls_client_auth()`, \
                `.self_signed_tls_client_auth()`, `.public()`, `.registered(..)`"
    )]
    AuthenticationNotGiven: NeedsAuthentication;

    /// The token endpoint is not given yet.
    #[diagnostic::on_unimplemented(
        message = "this client has a token endpoint already",
        label = "a second token endpoint",
        note = "`.token_endpoint(..)` is called once, and not together with `.discover(..)`, which finds it"
    )]
    TokenEndpointNotGiven: NeedsTokenEndpoint;

    /// The endpoint is not given yet.
    #[diagnostic::on_unimplemented(
        message = "this client was given that already",
        label = "it is given twice",
        note = "remove one of the two calls"
    )]
    EndpointNotGiven: Absent;

    /// No endpoint is given.
    #[diagnostic::on_unimplemented(
        message = "this client is given what discovery would find",
        label = "given and discovered",
        note = "either give the endpoints, the issuer and the keys and `.build()`, or none of them and `.discover(issuer)`"
    )]
    NoEndpointGiven: Endpoints;
}
