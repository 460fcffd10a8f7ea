use super::{Credentials, wait};
#[cfg(doc)]
use crate::error::Error;
use crate::error::Result;
use crate::grant::{self, IntoScopes};
use crate::store::TokenStore;
use crate::token::OAuthToken;

/// A person's login, verified: [`Login`](grant::Login) whose methods block.
#[derive(Clone, Debug)]
pub struct Login(grant::Login);

impl Login {
    /// The token, with its refresh token if there is one.
    pub fn token(&self) -> &OAuthToken {
        self.0.token()
    }

    /// Narrows the scope of the login, as [`Login::downscoped`](grant::Login::downscoped).
    pub fn downscoped<Form>(self, scopes: impl IntoScopes<Form> + Send) -> Result<Self> {
        wait(self.0.downscoped(scopes)).map(Self)
    }

    /// Returns the credentials of this login, which refresh its token for as long as its refresh token lasts.
    ///
    /// # Errors
    ///
    /// [`is_invalid_response`](Error::is_invalid_response) if the token has expired already.
    pub fn credentials(self, name: impl Into<String> + Send) -> Result<Credentials> {
        wait(self.0.credentials(name)).map(Credentials::from)
    }

    /// Stores the login under the name, and returns its credentials, as [`Login::credentials_in`](grant::Login::credentials_in).
    ///
    /// # Errors
    ///
    /// As [`Credentials::put`].
    pub fn credentials_in(self, store: impl TokenStore, name: impl Into<String> + Send) -> Result<Credentials> {
        wait(self.0.credentials_in(store, name)).map(Credentials::from)
    }

    /// The login that it is made of, with the claims of the ID token.
    pub fn as_async(&self) -> &grant::Login {
        &self.0
    }
}

impl From<grant::Login> for Login {
    fn from(login: grant::Login) -> Self {
        Self(login)
    }
}
