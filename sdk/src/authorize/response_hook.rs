use std::fmt;
use std::sync::Arc;

use crate::error::{Error, Result};

/// An authorization response that belongs to the login, before its code is exchanged: see
/// [`ClientBuilder::read_authorization_response`](crate::client::ClientBuilder::read_authorization_response).
///
/// It came through the person's browser, in which anything may have been added. `Debug` shows the names of its parameters.
pub struct AuthorizationResponse {
    parameters: Vec<(String, String)>,
    kept: Vec<String>,
    sent_on: Vec<String>,
}

impl AuthorizationResponse {
    /// The value of a parameter.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// All parameters, decoded, in their order.
    pub fn parameters(&self) -> impl Iterator<Item = (&str, &str)> {
        self.parameters.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Keeps a parameter, if it is there, in the [`extra`](crate::OAuthToken::extra) of the login's token, unless the answer has a
    /// member of that name. It came through the browser: make it no person's ID.
    pub fn keep(&mut self, name: impl Into<String>) {
        self.kept.push(name.into());
    }

    /// Those of these names that are there.
    fn named(&self, names: &[String]) -> Result<Vec<(String, String)>> {
        // Two values would let each reader pick its own (RFC 6749 §3.1).
        let twice = names.iter().find(|name| self.parameters.iter().filter(|(known, _)| known == *name).count() > 1);
        if let Some(name) = twice {
            return Err(Error::invalid_response(format!("the callback has the parameter `{name}` twice")));
        }
        Ok(names.iter().filter_map(|name| Some((name.clone(), self.get(name)?.to_owned()))).collect())
    }

    /// Sends a parameter, if it is there, with the code to the token endpoint.
    pub fn send_on(&mut self, name: impl Into<String>) {
        self.sent_on.push(name.into());
    }
}

impl fmt::Debug for AuthorizationResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("AuthorizationResponse")
            .field(&self.parameters.iter().map(|(name, _)| name).collect::<Vec<_>>())
            .finish()
    }
}

type Read = dyn Fn(&mut AuthorizationResponse) -> Result<()> + Send + Sync;

/// What looks at an authorization response before its code is exchanged.
#[derive(Clone)]
pub(crate) struct ResponseHook(Arc<Read>);

/// What of the response is used besides the code, by name and value.
#[derive(Default)]
pub(super) struct ReadResponse {
    pub(super) kept: Vec<(String, String)>,
    pub(super) sent_on: Vec<(String, String)>,
}

impl ResponseHook {
    pub(crate) fn new(read: impl Fn(&mut AuthorizationResponse) -> Result<()> + Send + Sync + 'static) -> Self {
        Self(Arc::new(read))
    }

    pub(super) fn read(&self, parameters: Vec<(String, String)>) -> Result<ReadResponse> {
        let mut response = AuthorizationResponse { parameters, kept: Vec::new(), sent_on: Vec::new() };
        (self.0)(&mut response)?;
        Ok(ReadResponse { kept: response.named(&response.kept)?, sent_on: response.named(&response.sent_on)? })
    }
}

impl fmt::Debug for ResponseHook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ResponseHook")
    }
}
