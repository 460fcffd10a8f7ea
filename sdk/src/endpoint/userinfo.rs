use std::collections::BTreeMap;
use std::fmt;

use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, Request};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::error::{Error, Kind, Result};
use crate::token::OAuthToken;
use crate::transport::{Repeat, Transport};
use crate::wire::{EndpointUrl, read_failure};

/// The userinfo endpoint (OpenID Connect Core §5.3): claims about the user who logged in.
///
/// A signed answer is verified with the issuer's keys, as ID tokens are (feature `oidc`).
#[derive(Clone, Debug)]
pub struct Userinfo {
    url: EndpointUrl,
    transport: Result<Transport>,
    #[cfg(feature = "oidc")]
    verifier: Result<crate::oidc::IdTokenVerifier>,
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
        Self {
            url,
            transport,
            #[cfg(feature = "oidc")]
            verifier: Err(Error::configuration(
                "a signed userinfo answer cannot be verified without issuer and `jwks_uri`",
            )),
        }
    }

    /// With what verifies signed answers.
    #[cfg(feature = "oidc")]
    pub(crate) fn with_verifier(self, verifier: Result<crate::oidc::IdTokenVerifier>) -> Self {
        Self { verifier, ..self }
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
        let no_object = |_| Error::invalid_response("the userinfo answer is no JSON object with a `sub`");
        if is_jwt(answer.headers()) {
            return serde_json::from_value(self.verified(answer.body()).await?).map_err(no_object);
        }
        serde_json::from_slice(answer.body()).map_err(no_object)
    }

    /// The claims of a signed answer.
    #[cfg(feature = "oidc")]
    async fn verified(&self, body: &[u8]) -> Result<Value> {
        let verifier = self.verifier.as_ref().map_err(Clone::clone)?;
        let jwt = std::str::from_utf8(body).unwrap_or_default().trim();
        verifier.verify_answer("userinfo answer", &["JWT"], jwt).await.map(Value::Object)
    }

    #[cfg(not(feature = "oidc"))]
    #[allow(clippy::unused_async, reason = "as the one that verifies")]
    async fn verified(&self, _: &[u8]) -> Result<Value> {
        Err(Error::unsupported("the userinfo answer is signed, and verifying it needs the feature `oidc`"))
    }
}

fn is_jwt(headers: &HeaderMap) -> bool {
    let content_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    content_type.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("application/jwt")
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
