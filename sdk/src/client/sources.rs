//! Where grants meet credentials: each grant as an `OAuthClient` under a name.

use std::sync::Arc;

use async_trait::async_trait;

use super::configured_login::ConfiguredLogin;
use crate::authorize::{Login, LoginRefresh};
use crate::credentials::{Credentials, OAuthClient};
use crate::error::{Error, Result};
use crate::fingerprint::Fingerprint;
use crate::grant::{ClientCredentials, RefreshTokenGrant};
use crate::token::{OAuthToken, RefreshToken};

impl ClientCredentials {
    /// The handle that keeps a token of this grant; the name is its cache key, together with what is asked for.
    pub fn credentials(self, name: impl Into<String>) -> Credentials {
        Credentials::new(self.named(name))
    }

    /// This grant as an [`OAuthClient`] with that name.
    pub fn named(self, name: impl Into<String>) -> impl OAuthClient + Clone {
        NamedClientCredentials { name: name.into().into(), grant: self }
    }
}

#[derive(Clone)]
struct NamedClientCredentials {
    name: Arc<str>,
    grant: ClientCredentials,
}

#[async_trait]
impl OAuthClient for NamedClientCredentials {
    fn name(&self) -> &str {
        &self.name
    }

    async fn get_token(&self) -> Result<OAuthToken> {
        self.grant.get_token().await
    }

    fn fingerprint(&self) -> Fingerprint {
        self.grant.fingerprint()
    }
}

impl RefreshTokenGrant {
    /// The handle that keeps a token of this grant; the name is its cache key, together with the refresh token and what
    /// is asked for.
    ///
    /// A refresh token that the server gives in place of the first is used from then on, for as long as the program runs.
    pub fn credentials(self, name: impl Into<String>) -> Credentials {
        Credentials::new(self.named(name))
    }

    /// This grant as an [`OAuthClient`] with that name.
    pub fn named(self, name: impl Into<String>) -> impl OAuthClient + Clone {
        ConfiguredLogin::new(name.into().into(), self)
    }
}

impl Login {
    /// The handle that keeps this login's token fresh for as long as its refresh token lasts; then its errors say that
    /// they [need a login](Error::needs_login).
    ///
    /// Two users never share one, whatever the name: it is kept under the name and the user.
    ///
    /// # Errors
    ///
    /// [`is_invalid_response`](Error::is_invalid_response) if the token has expired already.
    pub async fn credentials(self, name: impl Into<String> + Send) -> Result<Credentials> {
        let name = name.into().into();
        let (token, refresh) = self.into_parts();
        Credentials::builder(LoggedIn { name, refresh }).with_token(token).await
    }
}

struct LoggedIn {
    name: Arc<str>,
    refresh: LoginRefresh,
}

#[async_trait]
impl OAuthClient for LoggedIn {
    fn name(&self) -> &str {
        &self.name
    }

    async fn get_token(&self) -> Result<OAuthToken> {
        Err(Error::login_required(format!(
            "{:?} has no refresh token that is good: the person has to log in again",
            self.name
        )))
    }

    async fn refresh_token(&self, refresh_token: &RefreshToken) -> Result<OAuthToken> {
        self.refresh.refresh(refresh_token).await
    }

    fn fingerprint(&self) -> Fingerprint {
        self.refresh.fingerprint()
    }
}
