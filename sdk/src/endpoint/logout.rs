mod frontchannel;
mod query;
#[cfg(test)]
mod tests;

pub use frontchannel::FrontchannelLogout;

use std::fmt;

use oauth2::CsrfToken;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq as _;
use url::Url;

use crate::discovery::ServerMetadata;
use crate::error::{Error, Fault, Result};
use crate::token::IntoSecret;
use crate::wire::{EndpointUrl, PlainHttp};
use query::Query;

const WHAT: &str = "end session endpoint";
/// The parameters that have a method of their own (§2).
const OWN: [&str; 4] = ["id_token_hint", "client_id", "post_logout_redirect_uri", "state"];
/// 256 bits.
const RANDOM_BYTES: u32 = 32;

/// Sends a person's browser to the server to be logged out there too (OpenID Connect RP-Initiated Logout 1.0).
///
/// ```
/// use grantkit::endpoint::LogoutRequest;
///
/// # fn example(id_token: &str) -> grantkit::Result<()> {
/// let request = LogoutRequest::at("https://as.example/logout")?
///     .id_token_hint(id_token)
///     .post_logout_redirect_uri("https://app.example/logged-out");
/// let (url, pending) = request.start()?; // send the browser to `url`, keep `pending` in its session
/// // … and when it comes back:
/// # let callback = "https://app.example/logged-out?state=x";
/// pending.finish(callback)?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
#[must_use = "call `.start()`"]
pub struct LogoutRequest {
    url: EndpointUrl,
    id_token_hint: Option<SecretString>,
    return_to: Option<String>,
    client_id: Option<String>,
    state: Option<SecretString>,
    further: Vec<(String, String)>,
}

/// A logout that has begun and not ended. It serialises, so that a web server can keep it in the user's session.
#[derive(Clone, Serialize, Deserialize)]
#[must_use = "keep it until the browser comes back, and call `.finish(..)`"]
pub struct PendingLogout {
    state: Option<String>,
}

impl LogoutRequest {
    /// At the endpoint of the server's metadata.
    ///
    /// # Errors
    ///
    /// [`is_unsupported`](Error::is_unsupported) where it has none.
    pub fn from_metadata(metadata: &ServerMetadata) -> Result<Self> {
        let url = metadata.end_session_endpoint.as_deref();
        Self::at(url.ok_or_else(|| Error::unsupported("the server's metadata has no `end_session_endpoint`: name it by `LogoutRequest::at(url)`; without one a logout ends here alone"))?)
    }

    /// At this endpoint.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where it is no URL that an endpoint may have.
    pub fn at(url: &str) -> Result<Self> {
        EndpointUrl::parse(WHAT, url, PlainHttp::LoopbackOnly).map(Self::new)
    }

    /// Accepts plain `http` for this endpoint: an attacker on the network can read the ID token.
    ///
    /// # Errors
    ///
    /// As [`at`](Self::at).
    pub fn danger_at_plain_http(url: &str) -> Result<Self> {
        EndpointUrl::parse(WHAT, url, PlainHttp::Anywhere).map(Self::new)
    }

    pub(crate) fn new(url: EndpointUrl) -> Self {
        Self { url, id_token_hint: None, return_to: None, client_id: None, state: None, further: Vec::new() }
    }

    /// Sets the ID token of the login, which identifies the session and may have expired. It becomes part of the URL.
    pub fn id_token_hint(mut self, id_token: impl IntoSecret) -> Self {
        self.id_token_hint = Some(id_token.into());
        self
    }

    /// Sets where the browser comes back to: a URI that is registered as one of the `post_logout_redirect_uris`.
    pub fn post_logout_redirect_uri(mut self, uri: impl Into<String>) -> Self {
        self.return_to = Some(uri.into());
        self
    }

    /// Sets the client ID, if there is no ID token that contains it.
    pub fn client_id(mut self, client_id: impl Into<String>) -> Self {
        self.client_id = Some(client_id.into());
        self
    }

    /// Sets the `state` to come back with, in place of a random one: for a program that identifies its sessions by it. It must not
    /// be guessable, since it identifies this logout.
    pub fn state(mut self, state: impl IntoSecret) -> Self {
        self.state = Some(state.into());
        self
    }

    /// Any other parameter: `logout_hint`, `ui_locales`. Those that have a method of their own are refused by
    /// [`start`](Self::start).
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.further.push((name.into(), value.into()));
        self
    }

    /// Returns the URL for the browser, and the pending logout to keep until it comes back.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where the browser is to come back and the server could not tell which
    /// client that is: without ID token and client ID (§2); or where a further parameter is one that has a method of its own, or a
    /// given `state` is empty.
    pub fn start(self) -> Result<(Url, PendingLogout)> {
        if self.return_to.is_some() && self.id_token_hint.is_none() && self.client_id.is_none() {
            return Err(Error::configuration(
                "a logout that comes back needs `.id_token_hint(..)` or `.client_id(..)`: the server looks up there whether \
                 the `post_logout_redirect_uri` is registered",
            ));
        }
        self.check_further()?;
        let state = match &self.state {
            Some(state) => Some(state.expose_secret().to_owned()),
            None => self.return_to.is_some().then(|| CsrfToken::new_random_len(RANDOM_BYTES).into_secret()),
        };
        let mut url = self.url.url().clone();
        let own = [
            ("id_token_hint", self.id_token_hint.as_ref().map(ExposeSecret::expose_secret)),
            ("client_id", self.client_id.as_deref()),
            ("post_logout_redirect_uri", self.return_to.as_deref()),
            ("state", state.as_deref()),
        ];
        if own.iter().any(|(_, value)| value.is_some()) || !self.further.is_empty() {
            let given = own.into_iter().filter_map(|(name, value)| Some((name, value?)));
            url.query_pairs_mut().extend_pairs(given).extend_pairs(&self.further);
        }
        Ok((url, PendingLogout { state }))
    }

    /// Two values would let each reader pick its own (RFC 6749 §3.1).
    fn check_further(&self) -> Result<()> {
        if self.state.as_ref().is_some_and(|state| state.expose_secret().is_empty()) {
            return Err(Error::configuration(
                "the `state` of the logout is empty: leave it out, or give one to `.state(..)`",
            ));
        }
        match self.further.iter().find(|(name, _)| OWN.contains(&name.as_str())) {
            Some((name, _)) => Err(Error::configuration(format!(
                "the logout request has `{name}` from elsewhere: give it by `.{name}(..)` instead of `.parameter(..)`"
            ))),
            None => Ok(()),
        }
    }
}

impl PendingLogout {
    /// Checks that the browser came back from this logout: `callback` is the URL that it asked for, or its query.
    ///
    /// # Errors
    ///
    /// [`is_security`](Error::is_security) where it is another's; [`oauth_code`](Error::oauth_code) where the server says that
    /// it failed.
    pub fn finish(self, callback: impl AsRef<str>) -> Result<()> {
        let query = Query::of(callback.as_ref())?;
        let Some(state) = self.state else { return Ok(()) };
        let is_own = query.get("state").is_some_and(|given| given.as_bytes().ct_eq(state.as_bytes()).into());
        if !is_own {
            return Err(Error::new(
                Fault::Security,
                "the browser came back from another logout, or from none: the `state` differs",
            ));
        }
        query.failure().map_or(Ok(()), Err)
    }
}

impl fmt::Debug for LogoutRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LogoutRequest")
            .field("url", &self.url.as_str())
            .field("client_id", &self.client_id)
            .field("post_logout_redirect_uri", &self.return_to)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for PendingLogout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PendingLogout").finish_non_exhaustive()
    }
}
