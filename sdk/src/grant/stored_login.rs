use super::login::LoginRefresh;
use super::{LoginServer, RequestParameters, names_api, request_parameter_methods};
use crate::error::Result;

/// A login that is in a store: of an earlier run of the program, or of another process.
///
/// [`Login::credentials_in`](super::Login::credentials_in) stores it under a name; this finds it again. The name identifies the person:
/// **a program that serves several people gives each a name of their own**, such as the `sub` of their ID token, or the ID of their
/// session. A login under a name replaces the login for the same APIs that was stored under it.
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
/// The ID token was judged when it came, by the `max_age` and `acr_values` of its authorization request. Where more is asked of a stored
/// login, compare [`auth_time`](crate::token::IdTokenClaims::auth_time) and [`acr`](crate::token::IdTokenClaims::acr) of its token's
/// [`id_token_claims`](crate::OAuthToken::id_token_claims) at each use, as a login that was young enough ages, and start another login.
///
/// With scopes it requests less than the person consented to (RFC 6749 §6); other parameters are sent with each refresh.
///
/// The APIs that the login was for (its [`resource`](Self::resource) and [`audience`](Self::audience)) are a part of which login it is:
/// repeat them here, so that the login for one API gets no tokens for another. Where one login is for several APIs, each with tokens of
/// its own, name all of them by [`logged_in_for`](Self::logged_in_for); the handles share its refresh token.
#[derive(Clone, Debug)]
#[must_use = "call `.credentials_in(..)` for a handle that keeps a token"]
pub struct StoredLogin {
    name: String,
    server: LoginServer,
    parameters: RequestParameters,
    /// What the login was for, where that is not what this asks for.
    was_for: Option<Vec<String>>,
    /// What else it was for, by parameters of its beginning alone.
    began_for: Vec<String>,
}

impl StoredLogin {
    pub(crate) fn new(name: String, server: LoginServer) -> Self {
        Self { name, server, parameters: RequestParameters::default(), was_for: None, began_for: Vec::new() }
    }

    /// As [`LoginServer::login`] stores it, whose refreshes repeat what was asked for, except for the scopes.
    #[cfg(feature = "axum")]
    pub(crate) fn of_login(name: String, server: LoginServer, parameters: &RequestParameters) -> Self {
        Self { parameters: parameters.without_scopes(), ..Self::new(name, server) }
    }

    /// Says which APIs the login was for, by the `resource` and `audience` parameters of the login; an empty list for a login without any.
    /// Unless called, they are those of this request, and those of [`login_parameter`](Self::login_parameter).
    ///
    /// ```
    /// use grantkit::prelude::*;
    /// use grantkit::store::MemoryStore;
    ///
    /// # fn example(client: Client, store: MemoryStore) {
    /// let both = ["https://mail.example", "https://files.example"]; // .resource(..) of the login, twice
    /// let mail = client.stored_login("alice").logged_in_for(both).resource(both[0]).credentials_in(store.clone());
    /// let files = client.stored_login("alice").logged_in_for(both).resource(both[1]).credentials_in(store);
    /// # }
    /// ```
    pub fn logged_in_for<S: Into<String>>(mut self, apis: impl IntoIterator<Item = S>) -> Self {
        self.was_for = Some(apis.into_iter().map(Into::into).collect());
        self
    }

    /// Repeats a parameter of the login that only its beginning had, as by
    /// [`AuthorizationCode::login_parameter`](crate::AuthorizationCode::login_parameter): a `resource` or `audience` is a part of which
    /// login it is. Nothing of it is sent.
    pub fn login_parameter(mut self, name: impl AsRef<str>, value: impl Into<String>) -> Self {
        if names_api(name.as_ref()) {
            self.began_for.push(value.into());
        }
        self
    }

    request_parameter_methods!();

    pub(crate) fn into_parts(self) -> (String, LoginRefresh) {
        let Self { name, server, parameters, was_for, began_for } = self;
        let was_for = match was_for {
            Some(apis) => apis.into_iter().collect(),
            None => parameters.audiences().map(str::to_owned).chain(began_for).collect(),
        };
        (name, LoginRefresh::of_stored(server, parameters, was_for))
    }
}
