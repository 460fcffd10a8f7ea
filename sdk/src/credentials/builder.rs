use std::fmt;
use std::sync::Arc;

use super::{CredentialCache, Credentials, OAuthClient, RefreshPolicy, TokenStore};
use crate::error::Result;
use crate::time::{Clock, Time};
use crate::token::OAuthToken;

/// Configures [`Credentials`]; see [`Credentials::builder`].
#[must_use = "call `.build()`"]
pub struct CredentialsBuilder {
    client: Arc<dyn OAuthClient>,
    cache: Option<CredentialCache>,
    store: Option<Arc<dyn TokenStore>>,
    policy: RefreshPolicy,
    time: Time,
}

impl CredentialsBuilder {
    pub(super) fn new(client: Arc<dyn OAuthClient>) -> Self {
        Self { client, cache: None, store: None, policy: RefreshPolicy::default(), time: Time::System }
    }

    /// Another cache than the process's.
    pub fn cache(mut self, cache: &CredentialCache) -> Self {
        self.cache = Some(cache.clone());
        self
    }

    /// Keeps the tokens in this store too: they are shared with every process that does the same, and outlast this one.
    ///
    /// The same client in another store, or in none, has another token. A client whose fingerprint means something in this process
    /// only, as that of one with a password or with a signer or an assertion that is not identified, goes without.
    pub fn store(mut self, store: impl TokenStore) -> Self {
        self.store = Some(Arc::new(store));
        self
    }

    /// When to renew, and how often to ask a failing server. Where the cache holds these credentials already, theirs stays.
    pub fn policy(mut self, policy: RefreshPolicy) -> Self {
        self.policy = policy;
        self
    }

    /// Another clock than the machine's.
    pub fn clock(mut self, clock: Arc<dyn Clock>) -> Self {
        self.time = Time::Given(clock);
        self
    }

    /// The credentials.
    pub fn build(self) -> Credentials {
        let cache = self.cache.as_ref().unwrap_or_else(|| CredentialCache::global());
        Credentials::from_entry(cache.entry(self.client, self.store.as_ref(), self.policy, self.time))
    }

    /// The credentials, with a token that was got elsewhere.
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
