//! What people type where it is not, by other crates' habits: it does not compile, and the compiler says where it is.

use super::{Client, ClientBuilder};

/// What the compiler names where `Client::new(..)` or `Client::default()` is called.
#[derive(Debug)]
pub struct UseClientBuilder;

#[allow(non_upper_case_globals, reason = "it stands where a function is looked for")]
#[doc(hidden)]
impl Client {
    pub const new: UseClientBuilder = UseClientBuilder;
    pub const default: UseClientBuilder = UseClientBuilder;
}

/// No type implements it: it carries the message.
#[diagnostic::on_unimplemented(
    message = "a client has no redirect URI: each login has one",
    label = "belongs into `.authorization_code(..)`",
    note = "build the client without it, then call `client.authorization_code(\"https://app.example/callback\")`"
)]
pub trait RedirectUriOfTheClient {}

/// No type implements it: it carries the message.
#[diagnostic::on_unimplemented(
    message = "a client has no scopes: each request for a token has its own",
    label = "belongs behind the grant",
    note = "build the client without it, then call `.scopes(..)` on a grant: `client.client_credentials().scopes([\"read\", \"write\"])`"
)]
pub trait ScopesOfTheClient {}

#[doc(hidden)]
impl<Id, Authentication, Token, E> ClientBuilder<Id, Authentication, Token, E> {
    pub fn redirect_uri(self, _: impl RedirectUriOfTheClient) -> Self {
        self
    }

    pub fn scope(self, _: impl ScopesOfTheClient) -> Self {
        self
    }

    pub fn scopes(self, _: impl ScopesOfTheClient) -> Self {
        self
    }
}
