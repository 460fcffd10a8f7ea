use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, LazyLock, OnceLock};
use std::time::Duration;

use tokio::task::JoinSet;

use super::bounded_map::BoundedMap;
use super::policy::RefreshPolicy;
use super::refresh_token_state::RefreshTokenState;
use super::token_entry::TokenEntry;
use super::weak_map::WeakMap;
use super::{Credentials, OAuthClient, StoreKey, TokenStore};
use crate::error::{Error, Fault, Result};
use crate::fingerprint::{Fingerprint, key_of_this_process, short_digest};
use crate::keys::dpop::DpopKey;
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
/// let key = CacheKey::from_client(&Partner);
/// let credentials = Credentials::builder(Partner).cache(&cache).build();
/// assert!(cache.get(&key).is_some());
/// ```
#[derive(Clone)]
pub struct CredentialCache(Arc<TokenEntries>);

struct TokenEntries {
    kept: BoundedMap<EntryKey, Arc<TokenEntry>>,
    /// An entry that was evicted and a handle still holds comes back as the same entry.
    weak_map: WeakMap<EntryKey, TokenEntry>,
    /// Those that no key leads to: of a client without an identity, or removed while held. They are waited for as well.
    keyless: WeakMap<u64, TokenEntry>,
    /// By the login's identity, and the store.
    refresh_cells: WeakMap<EntryKey, RefreshTokenState>,
    store: OnceLock<Arc<dyn TokenStore>>,
}

/// A token of one client in one store: a digest of the access key, the fingerprint, and of the store that was named for it. Without one it is
/// in the cache's store, if that has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct EntryKey([u8; 16]);

/// The key of one token: [`access_key`](OAuthClient::access_key), [`fingerprint`](OAuthClient::fingerprint), and a
/// [`clock`](OAuthClient::clock) of the client's own. Made once and kept, it finds the credentials ([`CredentialCache::get`]) without a client,
/// and without hashing what the client is.
#[derive(Clone, Debug)]
pub struct CacheKey {
    access_key: Arc<str>,
    fingerprint: Fingerprint,
    clock: Option<Fingerprint>,
    entry: EntryKey,
}

/// What tells a client's token from others, before it is known where that is kept.
pub(super) struct TokenIdentity<'a> {
    /// In pieces, so that no text need be made of them.
    access_key: &'a [&'a str],
    fingerprint: Fingerprint,
    /// Of a clock of its own: what is good by one clock has expired by another.
    clock: Option<Fingerprint>,
}

/// A client, and how its token is kept fresh.
pub(super) struct NewEntry {
    pub(super) client: Arc<dyn OAuthClient>,
    /// `None` leaves an entry that is there its own; a new one has the default.
    pub(super) policy: Option<RefreshPolicy>,
    pub(super) time: Time,
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
        Self(Arc::new(TokenEntries {
            kept: BoundedMap::new(max_clients, time_to_idle),
            weak_map: WeakMap::new(),
            keyless: WeakMap::new(),
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
        first.map_err(|_| Error::configuration("the credential cache has a token store already: call `use_store` once, at the start; for another store use \
                                  `credentials_in(store, name)`, or a `CredentialCache::new(..)` of its own"))
    }

    /// The cache of the process: 100,000 clients; a client without a handle that was not used for a day is evicted.
    pub fn global() -> &'static Self {
        static GLOBAL: LazyLock<CredentialCache> =
            LazyLock::new(|| CredentialCache::new(GLOBAL_CAPACITY, Some(GLOBAL_IDLE)));
        &GLOBAL
    }

    /// The credentials cached under the key; not credentials that were built with a store or a clock of their own
    /// ([`CredentialsBuilder`](super::CredentialsBuilder)).
    pub fn get(&self, key: &CacheKey) -> Option<Credentials> {
        self.0.get(&key.entry).map(Credentials::from_entry)
    }

    /// Removes the credentials under the key (not credentials that were built with a store or a clock of their own), as when the client was
    /// reconfigured with another secret: the next credentials that are built there have a client and a token of their own.
    ///
    /// Existing handles go on with the old client. Both share the refresh token, and take turns in spending it.
    pub fn remove(&self, key: &CacheKey) {
        // Atomically: a caller that has just got the entry must not put it back.
        let removed = self.0.weak_map.remove_and(&key.entry, || self.0.kept.remove(&key.entry));
        if let Some(held) = removed {
            self.0.keyless.insert(fastrand::u64(..), &held);
        }
    }

    /// Graceful shutdown: [`Credentials::settle`] for every client of this cache at the same time, for at most this long. Await it
    /// before returning from `main`.
    ///
    /// It waits for every client that is cached or held, also for those without a [`fingerprint`](OAuthClient::fingerprint) and those that
    /// were [removed](Self::remove); not for credentials that were built with another cache
    /// ([`CredentialsBuilder::cache`](super::CredentialsBuilder::cache)), which has a `settle` of its own.
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
        for entry in self.0.weak_map.all().into_iter().chain(self.0.keyless.all()) {
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
                Fault::Timeout,
                format!(
                    "requests for tokens were still under way after {:.1} s: their results are lost if the program ends now",
                    limit.as_secs_f64()
                ),
            ))
        })
    }

    /// The entry of this token; made if there is none.
    pub(super) fn entry(
        &self,
        token: &TokenIdentity<'_>,
        store: Option<&Arc<dyn TokenStore>>,
        make: impl FnOnce() -> NewEntry,
    ) -> Arc<TokenEntry> {
        if token.fingerprint.is_unidentified() {
            // No other handle can have the same identity: it lives with its handle.
            let NewEntry { client, policy, time } = make();
            let refresh = Arc::new(RefreshTokenState::new(&*client));
            let entry = Arc::new(TokenEntry::new(client, refresh, policy.unwrap_or_default(), time));
            self.0.keyless.insert(fastrand::u64(..), &entry);
            return entry;
        }
        let own = self.0.store.get();
        let named = store.map(TokenStore::identity).filter(|named| own.is_none_or(|own| own.identity() != *named));
        let key = token.kept_in(named);
        // What no other process could name is not worth a place in a store.
        let kept_in = store.or(own).filter(|_| !token.fingerprint.is_of_this_process());
        let entry = if let Some(entry) = self.0.get(&key) {
            entry.offer(make, kept_in);
            entry
        } else {
            self.0.add(key, named, kept_in, make())
        };
        if let Some(store) = kept_in {
            entry.keep_in(store);
        }
        entry
    }
}

impl TokenEntries {
    #[inline]
    fn get(&self, key: &EntryKey) -> Option<Arc<TokenEntry>> {
        self.kept.get(key).or_else(|| self.weak_map.get_and(key, |entry| self.kept.insert(*key, Arc::clone(entry))))
    }

    /// `named` is the store by its identity, where it is not the cache's.
    fn add(
        &self,
        key: EntryKey,
        named: Option<Fingerprint>,
        kept_in: Option<&Arc<dyn TokenStore>>,
        new: NewEntry,
    ) -> Arc<TokenEntry> {
        let NewEntry { client, policy, time } = &new;
        let refresh_key = EntryKey::of_login(&**client, kept_in.is_some(), named);
        let make = || {
            let refresh = self.refresh_cells.get_or_insert_with(&refresh_key, || RefreshTokenState::new(&**client));
            TokenEntry::new(Arc::clone(client), refresh, policy.unwrap_or_default(), time.clone())
        };
        let entry = self.weak_map.get_or_insert_and(&key, make, |entry| self.kept.insert(key, Arc::clone(entry)));
        if !std::ptr::addr_eq(std::ptr::from_ref(entry.client()), Arc::as_ptr(client)) {
            // Another caller has just added it, and is the first one.
            entry.offer(|| new, kept_in);
        }
        entry
    }
}

impl EntryKey {
    /// Of the refresh token: the login in whole, which its refresh key names by a digest, and the key that it is bound to. One that stays
    /// in this process has no part in one that a store keeps.
    fn of_login(client: &dyn OAuthClient, is_kept: bool, store: Option<Fingerprint>) -> Self {
        let key = client.refresh_key();
        let login = Fingerprint::builder().part("login", key.login());
        let login = if is_kept { login } else { login.of_this_process() };
        let login = bound_to(client.dpop_key().as_ref(), login.build());
        Self::of(&[key.as_str()], [login].into_iter().chain(store))
    }

    /// Of a text in pieces, and of what else it depends on.
    fn of(text: &[&str], parts: impl IntoIterator<Item = Fingerprint>) -> Self {
        let length: usize = text.iter().map(|piece| piece.len()).sum();
        // The length in front tells where the text ends: no two keys are read the same. The process's key before it keeps those who name
        // tenants from seeking two names of one digest.
        let key = key_of_this_process();
        let mut bytes = Vec::with_capacity(key.len() + length + 128);
        bytes.extend_from_slice(key.as_bytes());
        bytes.extend_from_slice(&(length as u64).to_be_bytes());
        for piece in text {
            bytes.extend_from_slice(piece.as_bytes());
        }
        for part in parts {
            bytes.extend_from_slice(&part.as_bytes());
        }
        Self(short_digest(&bytes))
    }
}

impl<'a> TokenIdentity<'a> {
    /// Of a client with this key, fingerprint and DPoP key, by this clock.
    pub(super) fn new(
        access_key: &'a [&'a str],
        fingerprint: Fingerprint,
        dpop: Option<&DpopKey>,
        time: &Time,
    ) -> Self {
        Self { access_key, fingerprint: bound_to(dpop, fingerprint), clock: clock(time) }
    }

    fn kept_in(&self, store: Option<Fingerprint>) -> EntryKey {
        EntryKey::of(self.access_key, [self.fingerprint].into_iter().chain(self.clock).chain(store))
    }
}

/// A clock of the program's own, as a matter of this process: a store goes by the machine's.
fn clock(time: &Time) -> Option<Fingerprint> {
    Some(Fingerprint::builder().local("clock", time.identity()?).build())
}

/// A token that is bound to a key is of no use without it.
fn bound_to(key: Option<&DpopKey>, fingerprint: Fingerprint) -> Fingerprint {
    match key {
        Some(key) => {
            let bound = Fingerprint::builder().parameter("dpop_jkt", key.thumbprint());
            bound.part("fingerprint", fingerprint).build()
        }
        None => fingerprint,
    }
}

impl CacheKey {
    /// The key from its two parts.
    pub fn new(access_key: impl Into<Arc<str>>, fingerprint: Fingerprint) -> Self {
        Self::with_clock(access_key.into(), fingerprint, None)
    }

    /// The key under which this client's token is cached.
    pub fn from_client(client: &(impl OAuthClient + ?Sized)) -> Self {
        Self::by(client, &client.clock().map_or(Time::System, Time::Given))
    }
}

impl CacheKey {
    /// Of a client's token by this clock.
    pub(super) fn by(client: &(impl OAuthClient + ?Sized), time: &Time) -> Self {
        let fingerprint = bound_to(client.dpop_key().as_ref(), client.fingerprint());
        Self::with_clock(client.access_key().into(), fingerprint, clock(time))
    }

    fn with_clock(access_key: Arc<str>, fingerprint: Fingerprint, clock: Option<Fingerprint>) -> Self {
        let entry = EntryKey::of(&[&access_key], [fingerprint].into_iter().chain(clock));
        Self { access_key, fingerprint, clock, entry }
    }

    /// As a part of what is got with this token.
    pub(super) fn identity(&self) -> Fingerprint {
        let Self { access_key, fingerprint, clock, entry: _ } = self;
        let builder = Fingerprint::builder().parameter("access_key", &**access_key);
        // Who holds the credentials of a client without an identity holds the only ones.
        let fingerprint = if fingerprint.is_unidentified() { Fingerprint::unique() } else { *fingerprint };
        let builder = builder.part("fingerprint", fingerprint);
        clock.iter().fold(builder, |builder, clock| builder.local_part("clock", *clock)).build()
    }

    /// Where a store keeps the token.
    pub(super) fn store_key(&self) -> StoreKey {
        StoreKey::new(format!("access/{}/{}", self.access_key, self.fingerprint))
    }
}

impl PartialEq for CacheKey {
    fn eq(&self, other: &Self) -> bool {
        self.entry == other.entry
    }
}

impl Eq for CacheKey {}

impl Hash for CacheKey {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.entry.hash(state);
    }
}

impl fmt::Debug for CredentialCache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CredentialCache").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
