use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use async_trait::async_trait;
use secrecy::{ExposeSecret, SecretSlice};

use crate::error::Result;
use crate::fingerprint::Fingerprint;

/// Stores tokens outside of the process's cache: for other processes, other machines, and the program's next start.
///
/// A store holds opaque records, each with a version, and grants leases. Every decision about tokens (which one is newest, which
/// process may spend a refresh token) is made by [`Credentials`](super::Credentials).
///
/// Records contain credentials: a store outside of the process must encrypt them, as the stores of this crate do.
///
/// # Implementing a store
///
/// Two tables of an SQL database are enough; each method is one statement:
///
/// ```sql
/// create table tokens (key text primary key, version bigint not null, expires_at timestamptz, content bytea not null);
/// create table leases (key text primary key, holder uuid not null, until timestamptz not null);
///
/// -- get
/// select version, expires_at, content from tokens where key = $1 and coalesce(expires_at > now(), true);
/// -- put_if_newer: whether a row was affected. It has to be one statement (atomic).
/// insert into tokens values ($1, $2, $3, $4)
///   on conflict (key) do update set version = $2, expires_at = $3, content = $4
///   where tokens.version < $2 or tokens.expires_at <= now();
/// -- remove
/// delete from tokens where key = $1;
/// -- lease: held if a row was affected; else poll every 100 ms or so until the holder or the time has changed, and return `None`
/// insert into leases values ($1, $2, now() + $3)
///   on conflict (key) do update set holder = $2, until = now() + $3 where leases.until <= now();
/// -- renew
/// update leases set until = now() + $3 where key = $1 and holder = $2 and until > now();
/// -- release
/// delete from leases where key = $1 and holder = $2;
/// ```
///
/// [`identity`](Self::identity) is made of the database's address and the names of the tables.
///
/// Versions are below 2^53. Records are small: some hundred bytes more than the token. A record past its `expires_at` may be deleted
/// at any time. [`MemoryStore`](crate::store::MemoryStore) is the shortest complete example.
///
/// # Errors
///
/// Every method must fail with [`is_retryable`](crate::Error::is_retryable) while the store cannot be reached, and with
/// [`is_configuration`](crate::Error::is_configuration) or [`is_security`](crate::Error::is_security) if a record cannot be read.
#[diagnostic::on_unimplemented(
    message = "`{Self}` keeps no tokens",
    label = "no `TokenStore`",
    note = "give a `MemoryStore`, `RedisStore`, `FileStore` or `KeyringStore` of `grantkit::store`, or a type of your own with \
            `#[async_trait] impl TokenStore for ..`",
    note = "`FileStore::open(..)?` and `RedisStore::connect(..).await?` give a `Result`; a `Box<dyn TokenStore>` goes into an `Arc`: `Arc::from(store)`"
)]
#[async_trait]
pub trait TokenStore: fmt::Debug + Send + Sync + 'static {
    /// Identifies the place where it stores. The same for a clone, and for a second handle to the same place; never the same for two
    /// places. The same client has a separate token in each.
    ///
    /// [`Fingerprint::new`] with its address; for a store in memory, a [`Fingerprint::unique`] in a field, which its clones share.
    fn identity(&self) -> Fingerprint;

    /// Reads the record under the key.
    async fn get(&self, key: &StoreKey) -> Result<Option<StoreRecord>>;

    /// Stores the record if the store has none of the same or a later version, durably if the store is durable; returns whether it
    /// did. It must be atomic (compare-and-swap): of two callers that put the same version, one gets `false`.
    async fn put_if_newer(&self, key: &StoreKey, record: &StoreRecord) -> Result<bool>;

    /// Removes the record and its version.
    async fn remove(&self, key: &StoreKey) -> Result<()>;

    /// Takes the lease of the key, which has one holder at a time, for this long; waits while another holder has it.
    ///
    /// The future may be dropped at any time: a lease that it would have taken ends by itself.
    ///
    /// `None`: the previous holder has released or lost the lease while this call waited. Read the record again, then retry. A holder
    /// that dies loses the lease when its time is over.
    async fn lease(&self, key: &StoreKey, length: Duration) -> Result<Option<Box<dyn StoreLease>>>;

    /// How long a call of any method but [`lease`](Self::lease) may take; 5 s unless overridden. After that the store counts as
    /// unreachable.
    fn call_timeout(&self) -> Duration {
        Duration::from_secs(5)
    }
}

#[async_trait]
impl<T: TokenStore + ?Sized> TokenStore for Arc<T> {
    fn identity(&self) -> Fingerprint {
        (**self).identity()
    }

    async fn get(&self, key: &StoreKey) -> Result<Option<StoreRecord>> {
        (**self).get(key).await
    }

    async fn put_if_newer(&self, key: &StoreKey, record: &StoreRecord) -> Result<bool> {
        (**self).put_if_newer(key, record).await
    }

    async fn remove(&self, key: &StoreKey) -> Result<()> {
        (**self).remove(key).await
    }

    async fn lease(&self, key: &StoreKey, length: Duration) -> Result<Option<Box<dyn StoreLease>>> {
        (**self).lease(key, length).await
    }

    fn call_timeout(&self) -> Duration {
        (**self).call_timeout()
    }
}

/// A lease that is held; see [`TokenStore::lease`].
#[async_trait]
pub trait StoreLease: fmt::Debug + Send + Sync + 'static {
    /// Extends it to this long from now on; `false` if it has been lost, and another holder may have it.
    async fn renew(&mut self, length: Duration) -> Result<bool>;

    /// Releases it, if it is still held, and wakes waiting callers.
    async fn release(self: Box<Self>) -> Result<()>;
}

/// The key of a record: the same in every process.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StoreKey(Box<str>);

impl StoreKey {
    /// A key of this text.
    pub fn new(text: impl Into<Box<str>>) -> Self {
        Self(text.into())
    }

    /// Its text: names of clients and digests, nothing secret.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for StoreKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A record of a store: secret content, its version and its expiry.
#[derive(Clone)]
pub struct StoreRecord {
    version: u64,
    expires_at: Option<SystemTime>,
    content: SecretSlice<u8>,
}

impl StoreRecord {
    /// A record of this version.
    pub fn new(version: u64, content: impl Into<Box<[u8]>>) -> Self {
        Self { version, expires_at: None, content: content.into().into() }
    }

    /// After that time, by the machine's clock, it may be forgotten; it is of no more use.
    #[must_use]
    pub fn with_expires_at(mut self, time: Option<SystemTime>) -> Self {
        self.expires_at = time;
        self
    }

    /// Each record that follows another under a key has a higher one.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// After what time it may be forgotten; `None` for never.
    pub fn expires_at(&self) -> Option<SystemTime> {
        self.expires_at
    }

    /// The content, with its secrets: encrypt it wherever another reader could see it.
    pub fn content(&self) -> &[u8] {
        self.content.expose_secret()
    }
}

impl fmt::Debug for StoreRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoreRecord")
            .field("version", &self.version)
            .field("expires_at", &self.expires_at)
            .finish_non_exhaustive()
    }
}
