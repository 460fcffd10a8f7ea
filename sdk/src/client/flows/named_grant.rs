use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;

use crate::credentials::{Credentials, OAuthClient, RefreshKey, get_token_of_configured, into_credentials};
use crate::error::Result;
use crate::fingerprint::Fingerprint;
use crate::grant::Grant;
use crate::keys::dpop::DpopKey;
use crate::time::Clock;
use crate::token::{OAuthToken, RefreshToken, RefreshTokenRotation};

/// A grant under a name, as an [`OAuthClient`]; made by the grants' `named`.
#[derive(Clone)]
pub struct NamedGrant {
    name: Arc<str>,
    grant: Arc<dyn Grant>,
}

impl NamedGrant {
    pub(in crate::client) fn new(name: impl Into<String>, grant: impl Grant) -> Self {
        Self { name: name.into().into(), grant: Arc::new(grant) }
    }

    /// The credentials of this grant; no client is made of it where they are in the process's cache.
    pub(in crate::client) fn credentials_of(name: &str, grant: impl Grant) -> Credentials {
        let (fingerprint, dpop_key) = (grant.fingerprint(), grant.endpoint().dpop().cloned());
        let clock = grant.endpoint().time().given();
        // As `OAuthClient::access_key` has it, which is not overridden here.
        let access_key = [name, ":access"];
        Credentials::cached(&access_key, fingerprint, dpop_key.as_ref(), clock, || Arc::new(Self::new(name, grant)))
    }
}

#[async_trait]
impl OAuthClient for NamedGrant {
    fn name(&self) -> &str {
        &self.name
    }

    async fn get_token(&self) -> Result<OAuthToken> {
        match self.grant.configured_refresh_token() {
            // Its successor, once there is one.
            Some(_) => get_token_of_configured(self).await,
            None => self.grant.get_token().await,
        }
    }

    async fn refresh_token(&self, refresh_token: &RefreshToken) -> Result<OAuthToken> {
        self.grant.refresh(refresh_token).await
    }

    async fn check_refreshed(&self, token: OAuthToken, subject: Option<&str>) -> Result<OAuthToken> {
        self.grant.check_refreshed(token, subject).await
    }

    fn check_stored(&self, token: OAuthToken) -> OAuthToken {
        self.grant.check_stored(token)
    }

    fn subject(&self, token: &OAuthToken) -> Option<String> {
        self.grant.subject(token)
    }

    fn fingerprint(&self) -> Fingerprint {
        self.grant.fingerprint()
    }

    /// A refresh token that was configured is one login under whatever names it is used: under a key of its own, each would send it.
    fn refresh_key(&self) -> RefreshKey {
        let name = match self.grant.configured_refresh_token() {
            Some(_) => "configured",
            None => &*self.name,
        };
        RefreshKey::new(format!("{name}:refresh")).with_fingerprint(self.grant.login())
    }

    fn with_scopes(&self, scopes: &[&str]) -> Option<Arc<dyn OAuthClient>> {
        let grant = self.grant.with_scopes(scopes)?;
        Some(Arc::new(Self { name: Arc::clone(&self.name), grant }))
    }

    fn configured_refresh_token(&self) -> Option<RefreshToken> {
        self.grant.configured_refresh_token()
    }

    /// The transport of this crate does.
    fn announces_sending(&self) -> bool {
        true
    }

    fn refresh_token_rotation(&self) -> RefreshTokenRotation {
        self.grant.refresh_token_rotation()
    }

    fn dpop_key(&self) -> Option<DpopKey> {
        self.grant.endpoint().dpop().cloned()
    }

    fn clock(&self) -> Option<Arc<dyn Clock>> {
        self.grant.endpoint().time().given()
    }
}

into_credentials!(NamedGrant);

impl fmt::Debug for NamedGrant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NamedGrant").field("name", &self.name).finish_non_exhaustive()
    }
}
