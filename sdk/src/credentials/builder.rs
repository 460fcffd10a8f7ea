use std::fmt;
use std::sync::Arc;

use super::cache::{NewEntry, TokenIdentity};
use super::{CredentialCache, Credentials, OAuthClient, RefreshPolicy, TokenStore};
use crate::error::Result;
use crate::time::{Clock, IntoClock, Time};
use crate::token::OAuthToken;

/// Configures [`Credentials`]; see [`Credentials::builder`].
#[must_use = "call `.build()`"]
pub struct CredentialsBuilder {
    client: Arc<dyn OAuthClient>,
    cache: Option<CredentialCache>,
    store: Option<Arc<dyn TokenStore>>,
    policy: Option<RefreshPolicy>,
    time: Option<Arc<dyn Clock>>,
}

impl CredentialsBuilder {
    pub(super) fn new(client: Arc<dyn OAuthClient>) -> Self {
        Self { client, cache: None, store: None, policy: None, time: None }
    }

    /// Uses this cache in place of the process's.
    pub fn cache(mut self, cache: &CredentialCache) -> Self {
        self.cache = Some(cache.clone());
        self
    }

    /// Stores the tokens in this store: they are shared with every process that uses it, and outlast this process.
    ///
    /// The same client in another store, or without one, has another token. A client whose fingerprint is process-local (a password,
    /// an unidentified signer or assertion, a hand-written client without a [`fingerprint`](OAuthClient::fingerprint)) is not stored.
    pub fn store(mut self, store: impl TokenStore) -> Self {
        self.store = Some(Arc::new(store));
        self
    }

    pub(super) fn shared_store(mut self, store: &Arc<dyn TokenStore>) -> Self {
        self.store = Some(Arc::clone(store));
        self
    }

    /// Sets when to refresh, and how to back off from a failing server. If the cache holds these credentials already, their policy
    /// stays, as their client does; see [`build`](Self::build).
    pub fn policy(mut self, policy: RefreshPolicy) -> Self {
        self.policy = Some(policy);
        self
    }

    /// Uses this clock in place of the client's ([`OAuthClient::clock`]), which is the machine's unless the client was given one.
    ///
    /// By another clock they are other credentials: for those that are to share a token it is one in an [`Arc`], or of one
    /// [`identity`](Clock::identity).
    pub fn clock(mut self, clock: impl IntoClock) -> Self {
        self.time = Some(clock.into_clock());
        self
    }

    /// Returns the credentials: those in the cache, where it has credentials of the same access key, fingerprint, clock and store.
    ///
    /// Their client, policy and handle of the store stay, unless the last request for a token has failed and there is no good one: then
    /// these take their place, and are used once the back-off after the failure is over (a policy only where one was
    /// [given](Self::policy)). So a mistake that no fingerprint tells lasts no longer than until it is corrected.
    pub fn build(self) -> Credentials {
        let Self { client, cache, store, policy, time } = self;
        let cache = cache.as_ref().unwrap_or_else(|| CredentialCache::global());
        let access_key = client.access_key();
        let access_key = [access_key.as_str()];
        let time = time.or_else(|| client.clock()).map_or(Time::System, Time::Given);
        let token = TokenIdentity::new(&access_key, client.fingerprint(), client.dpop_key().as_ref(), &time);
        Credentials::from_entry(cache.entry(&token, store.as_ref(), || NewEntry { client, policy, time }))
    }

    /// Returns the credentials with a token that was obtained elsewhere.
    ///
    /// # Errors
    ///
    /// As [`Credentials::put`].
    pub async fn with_token(self, token: OAuthToken) -> Result<Credentials> {
        let credentials = self.build();
        credentials.put(token).await?;
        Ok(credentials)
    }
}

impl fmt::Debug for CredentialsBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CredentialsBuilder").field("client", &self.client.name()).finish_non_exhaustive()
    }
}
