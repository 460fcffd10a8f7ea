use std::fmt;
use std::sync::Arc;

use crate::error::{Error, Result};
use crate::wire::Form;

/// An authorization request before it is sent, for a server that wants another one than RFC 6749 §4.1.1 has: see
/// [`ClientBuilder::write_authorization_request`](crate::client::ClientBuilder::write_authorization_request).
///
/// `Debug` shows the names of its parameters.
pub struct AuthorizationRequest {
    parameters: Form,
}

/// By these the answer is known to be that of this login (RFC 6749 §10.12, RFC 9449 §10).
const FIXED: [&str; 3] = ["state", "nonce", "dpop_jkt"];

impl AuthorizationRequest {
    /// The value of a parameter.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.parameters.get(name)
    }

    /// Sets a parameter, in place of one of that name. Where the request is pushed, its value may appear in errors.
    pub fn set(&mut self, name: impl Into<String>, value: impl Into<String>) {
        let name: String = name.into();
        self.parameters.set(name, value);
    }

    /// Sets a parameter, in place of one of that name, whose value no error shows.
    pub fn set_secret(&mut self, name: impl Into<String>, value: &str) {
        let name: String = name.into();
        self.parameters.remove(&name);
        self.parameters.push_secret(name, value);
    }

    /// Gives a parameter another name; a secret stays one.
    pub fn rename(&mut self, from: &str, to: &str) {
        self.parameters.rename(from, to);
    }

    /// Takes a parameter out.
    pub fn remove(&mut self, name: &str) {
        self.parameters.remove(name);
    }

    fn fixed(&self) -> [Option<String>; FIXED.len()] {
        FIXED.map(|name| self.get(name).map(str::to_owned))
    }
}

impl fmt::Debug for AuthorizationRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("AuthorizationRequest")
            .field(&self.parameters.iter().map(|(name, ..)| name).collect::<Vec<_>>())
            .finish()
    }
}

type Change = dyn Fn(&mut AuthorizationRequest) -> Result<()> + Send + Sync;

/// What changes an authorization request before it is sent.
#[derive(Clone)]
pub(crate) struct AuthorizationHook(Arc<Change>);

impl AuthorizationHook {
    pub(crate) fn new(change: impl Fn(&mut AuthorizationRequest) -> Result<()> + Send + Sync + 'static) -> Self {
        Self(Arc::new(change))
    }

    /// The parameters as they are sent, and the redirect URI that the code has to be exchanged with.
    pub(super) fn change(&self, parameters: Form, redirect_uri: &str) -> Result<(Form, String)> {
        let mut request = AuthorizationRequest { parameters };
        let before = request.fixed();
        (self.0)(&mut request)?;
        if let Some(name) =
            FIXED.iter().zip(before).zip(request.fixed()).find_map(|((name, was), is)| (was != is).then_some(name))
        {
            return Err(Error::configuration(format!(
                "the parameter `{name}` of the authorization request must stay as it is: `write_authorization_request` has changed it"
            )));
        }
        let redirect_uri = request.get("redirect_uri").unwrap_or(redirect_uri).to_owned();
        Ok((request.parameters, redirect_uri))
    }
}

impl fmt::Debug for AuthorizationHook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AuthorizationHook")
    }
}
