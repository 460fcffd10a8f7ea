use std::fmt;

use async_trait::async_trait;
use secrecy::{ExposeSecret, SecretString};

use super::{Grant, RequestParameters, TokenEndpoint, request_parameter_methods};
use crate::error::Result;
use crate::fingerprint::Fingerprint;
use crate::token::{OAuthToken, RefreshToken};
use crate::transport::Repeat;
use crate::wire::Form;

const GRANT_TYPE: &str = "password";

/// The resource-owner-password grant: a token for a user's name and password (RFC 6749 §4.3), for servers that offer
/// nothing else.
///
/// It must not be used (RFC 9700 §2.4): the program sees the password, and a second factor is impossible.
#[derive(Clone)]
#[must_use = "call `.credentials(..)` for a handle that keeps a token, or `.get_token()` for one token"]
pub struct ResourceOwnerPassword {
    endpoint: TokenEndpoint,
    username: String,
    password: SecretString,
    parameters: RequestParameters,
}

impl ResourceOwnerPassword {
    pub(crate) fn new(endpoint: TokenEndpoint, username: String, password: SecretString) -> Self {
        Self { endpoint, username, password, parameters: RequestParameters::default() }
    }

    request_parameter_methods!();

    /// Requests one token now, without the cache.
    ///
    /// # Errors
    ///
    /// `invalid_grant` for a wrong password, which [needs a login](crate::Error::needs_login); or another error of the server or the
    /// network.
    pub async fn get_token(&self) -> Result<OAuthToken> {
        let mut form = Form::new();
        form.push("grant_type", GRANT_TYPE);
        form.push("username", &*self.username);
        form.push_secret("password", self.password.expose_secret());
        self.parameters.append_to(&mut form)?;
        self.endpoint.request(form, Repeat::AfterLoss).await
    }
}

#[async_trait]
impl Grant for ResourceOwnerPassword {
    async fn get_token(&self) -> Result<OAuthToken> {
        self.get_token().await
    }

    async fn refresh(&self, refresh_token: &RefreshToken) -> Result<OAuthToken> {
        self.endpoint.refresh(refresh_token, &self.parameters.without_scopes()).await
    }

    /// With the password: who does not know it does not get the token of who does.
    fn fingerprint(&self) -> Fingerprint {
        let Self { endpoint, username, password, parameters } = self;
        Fingerprint::builder()
            .parameter("grant_type", GRANT_TYPE)
            .part("endpoint", endpoint.fingerprint())
            .parameter("username", username)
            .guessable_secret("password", password.expose_secret())
            .part("parameters", parameters.fingerprint())
            .build()
    }

    fn endpoint(&self) -> &TokenEndpoint {
        &self.endpoint
    }
}

impl fmt::Debug for ResourceOwnerPassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResourceOwnerPassword")
            .field("endpoint", &self.endpoint)
            .field("parameters", &self.parameters)
            .finish_non_exhaustive()
    }
}
