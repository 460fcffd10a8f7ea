use crate::client::Client;
use crate::client::builder::endpoints::{EndpointState, Endpoints};

/// A complete [`Client`]: one that was discovered, or one that was built with its endpoints, which is [erased](Client::erased).
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no client of an authorization server",
    label = "no `Client`",
    note = "end `Client::builder()` with `.build()`, or with `.discover(issuer).await?`"
)]
pub trait IntoClient {
    /// The client, in the type that can be written down.
    fn into_client(self) -> Client;
}

impl IntoClient for Client {
    fn into_client(self) -> Client {
        self
    }
}

impl IntoClient for &Client {
    fn into_client(self) -> Client {
        self.clone()
    }
}

#[diagnostic::do_not_recommend]
impl<A, D, R, I, U, S, J, B, P, G, L> IntoClient for Client<Endpoints<A, D, R, I, U, S, J, B, P, G, L>>
where
    A: EndpointState,
    D: EndpointState,
    R: EndpointState,
    I: EndpointState,
    U: EndpointState,
    B: EndpointState,
    G: EndpointState,
    L: EndpointState,
{
    fn into_client(self) -> Client {
        self.erased()
    }
}

#[diagnostic::do_not_recommend]
impl<A, D, R, I, U, S, J, B, P, G, L> IntoClient for &Client<Endpoints<A, D, R, I, U, S, J, B, P, G, L>>
where
    A: EndpointState,
    D: EndpointState,
    R: EndpointState,
    I: EndpointState,
    U: EndpointState,
    B: EndpointState,
    G: EndpointState,
    L: EndpointState,
{
    fn into_client(self) -> Client {
        self.erased()
    }
}

impl<A, D, R, I, U, S, J, B, P, G, L> From<Client<Endpoints<A, D, R, I, U, S, J, B, P, G, L>>> for Client
where
    A: EndpointState,
    D: EndpointState,
    R: EndpointState,
    I: EndpointState,
    U: EndpointState,
    B: EndpointState,
    G: EndpointState,
    L: EndpointState,
{
    fn from(client: Client<Endpoints<A, D, R, I, U, S, J, B, P, G, L>>) -> Self {
        client.erased()
    }
}
