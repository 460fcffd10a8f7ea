use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use async_trait::async_trait;
use secrecy::{ExposeSecret, SecretSlice};

use crate::error::Result;
use crate::fingerprint::Fingerprint;

/// Where tokens are kept beside the process's memory: for other processes, other machines, and the program's next start.
///
/// It keeps records that it does not understand, each with a version, and gives out leases. All that is said of tokens
/// (which one is newest, who may spend a refresh token) is decided by [`Credentials`](super::Credentials).
///
/// Whoever reads the records can act as everyone they are of: what is not in the process's own memory is to be encrypted, as the
/// stores of this crate do.
///
/// # One of your own
///
/// Two tables of an SQL database will do; a statement is a method:
///
/// ```sql
/// create table tokens (key text primary key, version bigint not null, expires_at timestamptz, content bytea not null);
/// create table leases (key text primary key, holder uuid not null, until timestamptz not null);
///
/// -- get
/// select version, expires_at, content from tokens where key = $1 and coalesce(expires_at > now(), true);
/// -- put_if_newer: whether a row was affected. That it is one statement is what counts.
/// insert into tokens values ($1, $2, $3, $4)
///   on conflict (key) do update set version = $2, expires_at = $3, content = $4
///   where tokens.version < $2 or tokens.expires_at <= now();
/// -- remove
/// delete from tokens where key = $1;
/// -- lease: held if a row was affected; else look every 100 ms or so until the holder or the time has changed, and give `None`
/// insert into leases values ($1, $2, now() + $3)
///   on conflict (key) do update set holder = $2, until = now() + $3 where leases.until <= now();
/// -- renew
/// update leases set until = now() + $3 where key = $1 and holder = $2 and until > now();
/// -- release
/// delete from leases where key = $1 and holder = $2;
/// ```
///
/// [`identity`](Self::identity) has to be written: of the address of the database and the names of the tables.
///
/// Versions are below 2^53. Records are small: some hundred bytes, and the length of the token. What is past its `expires_at` may
/// be deleted at any time. [`MemoryStore`](crate::store::MemoryStore) is the shortest complete example.
///
/// # Errors
///
/// Every method fails with [`is_retryable`](crate::Error::is_retryable) while the store cannot be reached, and with
/// [`is_configuration`](crate::Error::is_configuration) or [`is_security`](crate::Error::is_security) where what it holds cannot
/// be read.
#[diagnostic::on_unimplemented(
    message = "`{Self}` keeps no tokens",
    label = "no `TokenStore`",
    note = "give a `MemoryStore`, `RedisStore`, `FileStore` or `KeyringStore` of `grantkit::store`, or a type of your own with \
            `#[async_trait] impl TokenStore for ..`"
)]
#[async_trait]
pub trait TokenStore: fmt::Debug + Send + Sync + 'static {
    /// What tells it from other stores in this process: where it is. The same for a clone, and for a second handle of the same
    /// place; never the same for two places. The same client has a token of its own in each.
    ///
    /// [`Fingerprint::of`] with its address; for one in memory a [`Fingerprint::unique`] in a field, that its clones share.
    fn identity(&self) -> Fingerprint;

    /// The record under the key.
    async fn get(&self, key: &StoreKey) -> Result<Option<StoreRecord>>;

    /// Keeps the record if the store has none of the same or a later version, durably if the store is durable; tells
    /// whether it did. One step: of two who put the same version, one is told `false`.
    async fn put_if_newer(&self, key: &StoreKey, record: &StoreRecord) -> Result<bool>;

    /// Forgets the record, and its version with it.
    async fn remove(&self, key: &StoreKey) -> Result<()>;

    /// Takes the lease of the key, which one holder has at a time, for this long; waits while somebody else has it.
    ///
    /// Whoever asks may be dropped at any time: what it would have held then ends by itself.
    ///
    /// `None` says that whoever had it has let go of it, or lost it, in the meantime: look whether what you wanted is
    /// there now, and ask again if not. A holder that dies loses the lease when its time is over.
    async fn lease(&self, key: &StoreKey, length: Duration) -> Result<Option<Box<dyn StoreLease>>>;

    /// How long an answer of any method but [`lease`](Self::lease) is waited for; 5 s unless overridden. After that the store is
    /// taken for one that cannot be reached.
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
    /// Holds it for this long from now on; `false` if it has been lost, and somebody else may have it.
    async fn renew(&mut self, length: Duration) -> Result<bool>;

    /// Lets go of it, if it is still held, and wakes those who wait.
    async fn release(self: Box<Self>) -> Result<()>;
}

/// What a record is kept under: the same in every process.
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

/// What a store keeps under a key: bytes that hold secrets, and what it needs to know about them.
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

    /// After that time it may be forgotten; it is of no more use.
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

    /// The content, with its secrets: to be encrypted wherever somebody else could read it.
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
