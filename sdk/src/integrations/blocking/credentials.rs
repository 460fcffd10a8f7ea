use std::fmt;

use http::{HeaderValue, Method};
use url::Url;

use super::wait;
use crate::credentials::{self, AuthorizationHeaders, IntoCredentials};
use crate::endpoint::Revocation;
use crate::error::Result;
use crate::token::OAuthToken;

/// A client's token, cached, shared and kept fresh: [`Credentials`](credentials::Credentials) whose methods block.
///
/// It shares the token with the async handle that it is made of, and with all others of the same client. A clone is cheap.
///
/// ```no_run
/// use grantkit::integrations::blocking::Credentials;
/// use grantkit::prelude::*;
///
/// # fn example(client: Client) -> Result<()> {
/// let credentials = Credentials::new(client.client_credentials().credentials("billing"));
/// let request = http::Request::get("https://api.example/invoices/42")
///     .header("authorization", credentials.headers()?.authorization());
/// # let _ = request;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Credentials(credentials::Credentials);

impl Credentials {
    /// The credentials of a client that has a name; see [`IntoCredentials`].
    pub fn new(credentials: impl IntoCredentials) -> Self {
        Self(credentials.into_credentials())
    }

    /// As [`Credentials::token`](credentials::Credentials::token).
    pub fn token(&self) -> Result<OAuthToken> {
        wait(self.0.token())
    }

    /// As [`Credentials::headers`](credentials::Credentials::headers).
    pub fn headers(&self) -> Result<AuthorizationHeaders> {
        wait(self.0.headers())
    }

    /// As [`Credentials::authorization_header`](credentials::Credentials::authorization_header): the value of the header `Authorization`.
    pub fn authorization_header(&self) -> Result<HeaderValue> {
        wait(self.0.authorization_header())
    }

    /// As [`Credentials::headers_for`](credentials::Credentials::headers_for): for any kind of token.
    pub fn headers_for(&self, method: &Method, url: &Url) -> Result<AuthorizationHeaders> {
        wait(self.0.headers_for(method, url))
    }

    /// As [`Credentials::refresh_rejected_token`](credentials::Credentials::refresh_rejected_token), after a 401.
    pub fn refresh_rejected_token(&self, rejected: &AuthorizationHeaders) -> Result<Option<AuthorizationHeaders>> {
        wait(self.0.refresh_rejected_token(rejected))
    }

    /// As [`Credentials::refresh`](credentials::Credentials::refresh).
    pub fn refresh(&self) -> Result<OAuthToken> {
        wait(self.0.refresh())
    }

    /// As [`Credentials::settle`](credentials::Credentials::settle): before the program ends.
    pub fn settle(&self) -> Result<()> {
        wait(self.0.settle())
    }

    /// As [`Credentials::put`](credentials::Credentials::put).
    pub fn put(&self, token: OAuthToken) -> Result<()> {
        wait(self.0.put(token))
    }

    /// As [`Credentials::clear`](credentials::Credentials::clear).
    pub fn clear(&self) -> Result<()> {
        wait(self.0.clear())
    }

    /// As [`Credentials::log_out`](credentials::Credentials::log_out).
    pub fn log_out(&self, revocation: &Revocation) -> Result<()> {
        wait(self.0.log_out(revocation))
    }

    /// As [`Credentials::with_scopes`](credentials::Credentials::with_scopes).
    pub fn with_scopes<S: AsRef<str>>(&self, scopes: impl IntoIterator<Item = S>) -> Result<Self> {
        self.0.with_scopes(scopes).map(Self)
    }

    /// The client's name.
    pub fn name(&self) -> &str {
        self.0.name()
    }

    /// The async handle to the same token.
    pub fn as_async(&self) -> &credentials::Credentials {
        &self.0
    }
}

impl From<credentials::Credentials> for Credentials {
    fn from(credentials: credentials::Credentials) -> Self {
        Self(credentials)
    }
}

impl IntoCredentials for Credentials {
    fn into_credentials(self) -> credentials::Credentials {
        self.0
    }
}

impl IntoCredentials for &Credentials {
    fn into_credentials(self) -> credentials::Credentials {
        self.0.clone()
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials").field("name", &self.name()).finish_non_exhaustive()
    }
}
