use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::sync::Arc;

use super::named_grant::NamedGrant;
use crate::credentials::token_store::TokenStore;
use crate::credentials::{CredentialCache, Credentials, CredentialsBuilder, RefreshPolicy};
use crate::error::Result;
use crate::grant::{Login, StoredLogin};
use crate::time::IntoClock;

/// Configures the [`Credentials`] of a login: what [`Login::credentials_builder`] gives. To be awaited.
///
/// ```
/// use std::time::Duration;
/// use grantkit::prelude::*;
/// use grantkit::credentials::{CredentialCache, RefreshPolicy};
/// use grantkit::grant::Login;
/// use grantkit::store::MemoryStore;
///
/// # async fn example(login: Login, tenant: CredentialCache, store: MemoryStore) -> Result<()> {
/// let credentials = login
///     .credentials_builder("alice")
///     .cache(&tenant)
///     .policy(RefreshPolicy::default().with_backoff(Duration::from_secs(2), Duration::from_secs(120)))
///     .store(store)
///     .await?;
/// # Ok(())
/// # }
/// ```
#[must_use = "`.await` it: it does nothing before"]
pub struct LoginCredentialsBuilder {
    login: Login,
    name: String,
    store: Option<Arc<dyn TokenStore>>,
    configure: Vec<Setting>,
}

type Setting = Box<dyn FnOnce(CredentialsBuilder) -> CredentialsBuilder + Send>;

impl Login {
    /// The credentials of this login under the name, with a policy, a clock, a cache or a store of their own.
    ///
    /// Without a store they are those of [`credentials`](Self::credentials), with one those of
    /// [`credentials_in`](Self::credentials_in).
    pub fn credentials_builder(self, name: impl Into<String>) -> LoginCredentialsBuilder {
        LoginCredentialsBuilder { login: self, name: name.into(), store: None, configure: Vec::new() }
    }
}

impl StoredLogin {
    /// The credentials of the login that a store holds, with a policy, a clock or a cache of their own, and the
    /// [`store`](CredentialsBuilder::store).
    pub fn credentials_builder(self) -> CredentialsBuilder {
        Credentials::builder(self.named())
    }
}

impl LoginCredentialsBuilder {
    /// Uses this cache in place of the process's.
    pub fn cache(self, cache: &CredentialCache) -> Self {
        let cache = cache.clone();
        self.with(move |builder| builder.cache(&cache))
    }

    /// Stores the login in this store under the name, replacing any login there.
    pub fn store(self, store: impl TokenStore) -> Self {
        Self { store: Some(Arc::new(store)), ..self }
    }

    /// Sets when to refresh, and how to back off from a failing server. If the cache holds these credentials already, their policy
    /// stays.
    pub fn policy(self, policy: RefreshPolicy) -> Self {
        self.with(move |builder| builder.policy(policy))
    }

    /// Uses this clock in place of the machine's.
    pub fn clock(self, clock: impl IntoClock) -> Self {
        let clock = clock.into_clock();
        self.with(|builder| builder.clock(clock))
    }

    fn with(mut self, setting: impl FnOnce(CredentialsBuilder) -> CredentialsBuilder + Send + 'static) -> Self {
        self.configure.push(Box::new(setting));
        self
    }

    async fn build(self) -> Result<Credentials> {
        let (token, refresh) =
            if self.store.is_some() { self.login.into_stored_parts() } else { self.login.into_parts() };
        let builder = Credentials::builder(NamedGrant::new(self.name, refresh));
        let builder = match self.store {
            Some(store) => builder.store(store),
            None => builder,
        };
        self.configure.into_iter().fold(builder, |builder, setting| setting(builder)).with_token(token).await
    }
}

impl IntoFuture for LoginCredentialsBuilder {
    type Output = Result<Credentials>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.build())
    }
}

impl fmt::Debug for LoginCredentialsBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LoginCredentialsBuilder").field("name", &self.name).finish_non_exhaustive()
    }
}
