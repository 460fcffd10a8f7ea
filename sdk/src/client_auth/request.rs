use std::fmt;

use http::{HeaderMap, HeaderName, HeaderValue};
use url::Url;

use crate::error::{Error, Result};
use crate::wire::Form;

/// A request to the authorization server that a client is to authenticate, see
/// [`ClientAuthentication::authenticate`](super::ClientAuthentication::authenticate).
pub struct AuthenticationRequest<'a> {
    pub(super) client_id: &'a str,
    pub(super) endpoint: &'a Url,
    pub(super) form: &'a mut Form,
    pub(super) headers: &'a mut HeaderMap,
}

impl AuthenticationRequest<'_> {
    /// The client's ID.
    pub fn client_id(&self) -> &str {
        self.client_id
    }

    /// The endpoint that the request goes to.
    pub fn endpoint(&self) -> &Url {
        self.endpoint
    }

    /// Adds a parameter to the form, as `client_id`.
    pub fn parameter(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.form.push(name.into(), value.into());
    }

    /// Adds a secret parameter to the form: no error shows it, not even if the server quotes it.
    pub fn secret_parameter(&mut self, name: impl Into<String>, value: &str) {
        self.form.push_secret(name.into(), value);
    }

    /// Sets a header; its value is treated as secret.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where the value cannot stand in a header.
    pub fn header(&mut self, name: HeaderName, value: &str) -> Result<()> {
        let mut header = HeaderValue::from_str(value).map_err(|_| {
            Error::configuration(format!("the client's authentication gives `{name}` a value that no header can have"))
        })?;
        header.set_sensitive(true);
        self.headers.insert(name, header);
        Ok(())
    }
}

impl fmt::Debug for AuthenticationRequest<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuthenticationRequest")
            .field("client_id", &self.client_id)
            .field("endpoint", &self.endpoint.as_str())
            .finish_non_exhaustive()
    }
}
