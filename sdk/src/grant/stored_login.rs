use super::login::LoginRefresh;
use super::{LoginServer, RequestParameters, request_parameter_methods};
use crate::error::Result;

/// A login that is in a store: of an earlier run of the program, or of another process.
///
/// [`Login::credentials_in`](super::Login::credentials_in) stores it under a name; this finds it again. The name identifies the person:
/// **a program that serves several people gives each a name of their own**, such as the `sub` of their ID token, or the ID of their
/// session. A login under a name replaces the login that was stored under it.
///
/// If no valid login is stored under the name, the errors of the credentials [need a login](crate::Error::needs_login).
///
/// ```
/// use grantkit::prelude::*;
/// use grantkit::store::MemoryStore;
/// use grantkit::AuthorizationCode;
///
/// # async fn example(client: Client, login: AuthorizationCode, store: MemoryStore) -> Result<()> {
/// let credentials = client.stored_login("alice").credentials_in(store.clone());
/// let token = match credentials.token().await {
///     Err(error) if error.needs_login() => {
///         let (address, pending) = login.start()?;
///         // … the person opens the address, and comes back with a callback …
/// #       let callback = address.to_string();
///         let login = login.finish(pending, &callback).await?;
///         login.credentials_in(store, "alice").await?.token().await?
///     }
///     token => token?,
/// };
/// # Ok(())
/// # }
/// ```
///
/// With scopes it requests less than the person consented to (RFC 6749 §6); other parameters, such as a resource, are sent with each
/// refresh. All requests under one name share one refresh token.
#[derive(Clone, Debug)]
#[must_use = "call `.credentials_in(..)` for a handle that keeps a token"]
pub struct StoredLogin {
    name: String,
    server: LoginServer,
    parameters: RequestParameters,
}

impl StoredLogin {
    pub(crate) fn new(name: String, server: LoginServer) -> Self {
        Self { name, server, parameters: RequestParameters::default() }
    }

    /// As [`LoginServer::login`] stores it, whose refreshes repeat what was asked for, except for the scopes.
    #[cfg(feature = "axum")]
    pub(crate) fn of_login(name: String, server: LoginServer, parameters: &RequestParameters) -> Self {
        Self { name, server, parameters: parameters.without_scopes() }
    }

    request_parameter_methods!();

    pub(crate) fn into_parts(self) -> (String, LoginRefresh) {
        (self.name, LoginRefresh::of_stored(self.server, self.parameters))
    }
}
