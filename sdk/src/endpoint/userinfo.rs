use std::collections::BTreeMap;
use std::fmt;

use http::header::{ACCEPT, AUTHORIZATION};
use http::{HeaderValue, Request};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::error::{Error, Kind, Result};
use crate::token::OAuthToken;
use crate::transport::{Repeat, Transport};
use crate::wire::{EndpointUrl, read_failure};

/// The userinfo endpoint (OpenID Connect Core §5.3): claims about the user who logged in.
#[derive(Clone, Debug)]
pub struct Userinfo {
    url: EndpointUrl,
    transport: Result<Transport>,
}

/// What the server says of a user. `Debug` shows the names of the claims only.
#[derive(Clone, Deserialize)]
pub struct UserinfoClaims {
    sub: String,
    #[serde(flatten)]
    further: BTreeMap<String, Value>,
}

impl Userinfo {
    pub(crate) fn new(url: EndpointUrl, transport: Result<Transport>) -> Self {
        Self { url, transport }
    }

    /// Fetches the claims of the user with this `sub`, the one of the ID token.
    ///
    /// # Errors
    ///
    /// What the server answered, or why it could not be asked; [`is_security`](Error::is_security) where the claims are
    /// of another user (OpenID Connect Core §5.3.2).
    pub async fn fetch(&self, token: &OAuthToken, subject: &str) -> Result<UserinfoClaims> {
        let claims = self.danger_fetch_any_subject(token).await?;
        if claims.sub != subject {
            return Err(Error::new(
                Kind::Security,
                "the userinfo answer is of another user than the ID token: its `sub` differs (OpenID Connect Core §5.3.2)",
            ));
        }
        Ok(claims)
    }

    /// Fetches the claims without an ID token to compare their `sub` with. Gives up that they are known to be of the user
    /// who logged in.
    ///
    /// # Errors
    ///
    /// What the server answered, or why it could not be asked.
    pub async fn danger_fetch_any_subject(&self, token: &OAuthToken) -> Result<UserinfoClaims> {
        let mut request = Request::new(Vec::new());
        *request.uri_mut() = self.url.uri()?;
        request.headers_mut().insert(AUTHORIZATION, token.authorization_header());
        request.headers_mut().insert(ACCEPT, HeaderValue::from_static("application/json"));
        let transport = self.transport.as_ref().map_err(Clone::clone)?;
        let answer = transport.send(request, Repeat::WhenRefused).await?;
        if !answer.status().is_success() {
            let secrets = std::iter::once(token.access_token().secret());
            return Err(read_failure("userinfo endpoint", answer.status(), answer.headers(), answer.body(), secrets));
        }
        serde_json::from_slice(answer.body())
            .map_err(|_| Error::invalid_response("the userinfo answer is no JSON object with a `sub`"))
    }
}

impl UserinfoClaims {
    /// The user, as the issuer calls them.
    pub fn subject(&self) -> &str {
        &self.sub
    }

    /// Any claim by name (OpenID Connect Core §5.1).
    pub fn get(&self, claim: &str) -> Option<&Value> {
        self.further.get(claim)
    }

    /// All claims but `sub`, as a type of one's own.
    ///
    /// # Errors
    ///
    /// [`is_invalid_response`](Error::is_invalid_response) where they do not fit the type.
    pub fn claims<T: DeserializeOwned>(&self) -> Result<T> {
        serde_json::to_value(&self.further)
            .and_then(serde_json::from_value)
            .map_err(|_| Error::invalid_response(format!("the claims do not fit {}", std::any::type_name::<T>())))
    }
}

impl fmt::Debug for UserinfoClaims {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("UserinfoClaims").field(&self.further.keys().collect::<Vec<_>>()).finish()
    }
}
