use std::fmt;
use std::sync::{Arc, LazyLock, OnceLock};
use std::time::Duration;

use moka::sync::Cache;
use tokio::task::JoinSet;

use super::policy::RefreshPolicy;
use super::refresh_token_state::RefreshTokenState;
use super::token_entry::TokenEntry;
use super::weak_map::WeakMap;
use super::{Credentials, OAuthClient, StoreKey, TokenStore};
use crate::error::{Error, Kind, Result};
use crate::fingerprint::Fingerprint;
use crate::time::Time;

/// Caches tokens by the client's access key and fingerprint.
///
/// Most programs use the cache of the process, [`global`](Self::global), and need not name it. A custom cache separates tenants, or
/// has another size. A clone is the same cache.
///
/// ```
/// use std::time::Duration;
/// use grantkit::credentials::{CacheKey, CredentialCache};
/// use grantkit::Credentials;
/// # use grantkit::prelude::*;
/// # struct Partner;
/// # #[async_trait]
/// # impl OAuthClient for Partner { async fn get_token(&self) -> Result<OAuthToken> { OAuthToken::new("t") } }
///
/// let cache = CredentialCache::new(10_000, Some(Duration::from_secs(3600)));
/// let key = CacheKey::of(&Partner);
/// let credentials = Credentials::builder(Partner).cache(&cache).build();
/// assert!(cache.get(&key).is_some());
/// ```
#[derive(Clone)]
pub struct CredentialCache(Arc<TokenEntries>);

struct TokenEntries {
    kept: Cache<EntryKey, Arc<TokenEntry>>,
    /// An entry that moka has evicted and a handle still holds comes back as the same entry.
    weak_map: WeakMap<EntryKey, TokenEntry>,
    /// By a digest of their keys.
    refresh_cells: WeakMap<Fingerprint, RefreshTokenState>,
    store: OnceLock<Arc<dyn TokenStore>>,
}

/// A token of one client in one store.
#[derive(Clone, PartialEq, Eq, Hash)]
struct EntryKey {
    token: CacheKey,
    /// The store that was named for it; without one it is in the cache's store, if that has one.
    store: Option<Box<Fingerprint>>,
}

/// The key of one token: [`access_key`](OAuthClient::access_key) and [`fingerprint`](OAuthClient::fingerprint).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CacheKey {
    access_key: Arc<str>,
    fingerprint: Fingerprint,
}

/// Enough for most programs, at some 2 KiB a client.
const GLOBAL_CAPACITY: u64 = 100_000;
/// Tenants come back within a working day; what is left of those who do not is memory, and secrets in it.
const GLOBAL_IDLE: Duration = Duration::from_hours(24);

impl CredentialCache {
    /// Creates a cache for at most `max_clients`. A client without a handle that was not used for `time_to_idle` is evicted.
    ///
    /// An evicted client obtains another token when it is used again. A login cannot, as its refresh token is gone: hold its
    /// [`Credentials`], or keep it in a [store](Self::use_store).
    pub fn new(max_clients: u64, time_to_idle: Option<Duration>) -> Self {
        let kept = Cache::builder().max_capacity(max_clients);
        let kept = match time_to_idle {
            Some(idle) => kept.time_to_idle(idle).build(),
            None => kept.build(),
        };
        Self(Arc::new(TokenEntries {
            kept,
            weak_map: WeakMap::new(),
            refresh_cells: WeakMap::new(),
            store: OnceLock::new(),
        }))
    }

    /// Stores the tokens of every client of this cache in this store, except clients that name another
    /// ([`CredentialsBuilder::store`](super::CredentialsBuilder::store)). Call it before the first client is cached.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) if the cache has a store already.
    pub fn use_store(&self, store: impl TokenStore) -> Result<()> {
        let first = self.0.store.set(Arc::new(store));
        first.map_err(|_| Error::configuration("the credential cache has a token store already"))
    }

    /// The cache of the process: 100,000 clients; a client without a handle that was not used for a day is evicted.
    pub fn global() -> &'static Self {
        static GLOBAL: LazyLock<CredentialCache> =
            LazyLock::new(|| CredentialCache::new(GLOBAL_CAPACITY, Some(GLOBAL_IDLE)));
        &GLOBAL
    }

    /// The credentials cached under the key; not credentials that were built with a store of their own
    /// ([`CredentialsBuilder::store`](super::CredentialsBuilder::store)).
    pub fn get(&self, key: &CacheKey) -> Option<Credentials> {
        self.0.get(&EntryKey::of(key)).map(Credentials::from_entry)
    }

    /// Removes the credentials under the key, as when the client was reconfigured with another secret: the next credentials that are
    /// built there have a client and a token of their own.
    ///
    /// Existing handles go on with the old client. Both share the refresh token, and take turns in spending it.
    pub fn remove(&self, key: &CacheKey) {
        let key = EntryKey::of(key);
        // Atomically: a caller that has just got the entry must not put it back.
        self.0.weak_map.remove_and(&key, || self.0.kept.invalidate(&key));
    }

    /// Graceful shutdown: [`Credentials::settle`] for every client of this cache at the same time, for at most this long. Await it
    /// before returning from `main`.
    ///
    /// ```
    /// use std::time::Duration;
    /// use grantkit::credentials::CredentialCache;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> grantkit::Result<()> {
    /// // … the program …
    /// CredentialCache::global().settle(Duration::from_secs(10)).await
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// The first error, once all clients have settled; [`is_timeout`](Error::is_timeout) if the limit is over before.
    pub async fn settle(&self, limit: Duration) -> Result<()> {
        let mut settling = JoinSet::new();
        for entry in self.0.weak_map.all() {
            settling.spawn(async move { entry.settle().await });
        }
        let all = async {
            let mut first = Ok(());
            while let Some(settled) = settling.join_next().await {
                // One that panicked has nothing left that could be waited for.
                first = first.and(settled.unwrap_or(Ok(())));
            }
            first
        };
        tokio::time::timeout(limit, all).await.unwrap_or_else(|_| {
            Err(Error::new(
                Kind::Timeout,
                format!(
                    "requests for tokens were still under way after {:.1} s: their results are lost if the program ends now",
                    limit.as_secs_f64()
                ),
            ))
        })
    }

    pub(super) fn entry(
        &self,
        client: Arc<dyn OAuthClient>,
        store: Option<&Arc<dyn TokenStore>>,
        policy: RefreshPolicy,
        time: Time,
    ) -> Arc<TokenEntry> {
        let token = CacheKey::of(&*client);
        if token.fingerprint.is_unidentified() {
            // No other handle can have the same identity: it lives with its handle.
            let refresh = Arc::new(RefreshTokenState::new(&*client));
            return Arc::new(TokenEntry::new(client, refresh, policy, time));
        }
        let own = self.0.store.get();
        let named = store.map(TokenStore::identity).filter(|named| own.is_none_or(|own| own.identity() != *named));
        let key = EntryKey { token, store: named.map(Box::new) };
        // What no other process could name is not worth a place in a store.
        let is_shared = !key.token.fingerprint.is_of_this_process();
        let entry = self.0.get(&key).unwrap_or_else(|| self.0.add(&key, client, policy, time));
        if let Some(store) = store.or(own).filter(|_| is_shared) {
            entry.keep_in(store);
        }
        entry
    }
}

impl TokenEntries {
    #[inline]
    fn get(&self, key: &EntryKey) -> Option<Arc<TokenEntry>> {
        self.kept
            .get(key)
            .or_else(|| self.weak_map.get_and(key, |entry| self.kept.insert(key.clone(), Arc::clone(entry))))
    }

    fn add(&self, key: &EntryKey, client: Arc<dyn OAuthClient>, policy: RefreshPolicy, time: Time) -> Arc<TokenEntry> {
        let refresh_key = Fingerprint::builder().parameter("refresh_key", client.refresh_key());
        let refresh_key = match &key.store {
            Some(store) => refresh_key.part("store", **store).finish(),
            None => refresh_key.finish(),
        };
        // Another caller may be adding it too: the first one counts.
        let make = || {
            let refresh = self.refresh_cells.get_or_insert_with(&refresh_key, || RefreshTokenState::new(&*client));
            TokenEntry::new(client, refresh, policy, time)
        };
        self.weak_map.get_or_insert_and(key, make, |entry| self.kept.insert(key.clone(), Arc::clone(entry)))
    }
}

impl EntryKey {
    fn of(token: &CacheKey) -> Self {
        Self { token: token.clone(), store: None }
    }
}

impl CacheKey {
    /// The key from its two parts.
    pub fn new(access_key: impl Into<Arc<str>>, fingerprint: Fingerprint) -> Self {
        Self { access_key: access_key.into(), fingerprint }
    }

    /// The key under which this client's token is cached.
    pub fn of(client: &(impl OAuthClient + ?Sized)) -> Self {
        let fingerprint = match client.dpop_key() {
            // A token that is bound to a key is of no use without it.
            Some(key) => {
                let bound = Fingerprint::builder().parameter("dpop_jkt", key.thumbprint());
                bound.part("fingerprint", client.fingerprint()).finish()
            }
            None => client.fingerprint(),
        };
        Self::new(client.access_key(), fingerprint)
    }
}

impl CacheKey {
    /// As a part of what is got with this token.
    pub(super) fn identity(&self) -> Fingerprint {
        let Self { access_key, fingerprint } = self;
        let builder = Fingerprint::builder().parameter("access_key", &**access_key);
        // Who holds the credentials of a client without an identity holds the only ones.
        let fingerprint = if fingerprint.is_unidentified() { Fingerprint::unique() } else { *fingerprint };
        builder.part("fingerprint", fingerprint).finish()
    }

    /// Where a store keeps the token.
    pub(super) fn store_key(&self) -> StoreKey {
        StoreKey::new(format!("access/{}/{}", self.access_key, self.fingerprint))
    }
}

impl fmt::Debug for CredentialCache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CredentialCache").finish_non_exhaustive()
    }
}
