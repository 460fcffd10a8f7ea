//! Tokens in Redis or Valkey.

mod builder;
mod connection;
mod connections;
mod failure;
mod lease;
mod limits;
mod names;
mod refusal;
mod release_notifier;
mod runtime;
mod scripts;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use redis::{Pipeline, Script, cmd};

use super::header::Header;
use super::sealed_record::RecordSealer;
use crate::error::{Error, Fault, Incident, Result};
use crate::fingerprint::Fingerprint;
use crate::keys::sealing::SealingKey;
use crate::store::{StoreKey, StoreLease, StoreRecord, TokenStore};
use crate::time;
use connections::{Call, Connections};
use limits::Limits;
use names::Names;
use runtime::Running;

pub use builder::RedisStoreBuilder;

/// Stores tokens in Redis 6 or later, or in Valkey, for any number of processes and machines.
///
/// Records are encrypted with the [`SealingKey`], which every process needs; Redis sees client names, digests, versions and times.
/// An expired token is deleted. Each record has two Redis keys, in the same slot of a cluster, `grantkit:token:{<key>}` and
/// `grantkit:lease:{<key>}`, and a channel `grantkit:released:{<key>}`. An ACL needs
/// `~grantkit:* &grantkit:* +get +set +del +getrange +pexpire +evalsha +script|load +publish +subscribe +unsubscribe +ping`, and
/// `+cluster|slots` in a cluster.
///
/// While Redis is unavailable, rejects the password or ACL, or takes no writes (it has no memory, disk or replicas left, is a replica,
/// or is busy), each call fails within a second ([`is_retryable`](Error::is_retryable)) with a message that says why, and what to do.
/// Clients that need no store go on, and the next call after the outage connects again by itself.
///
/// How durable a token is depends on Redis's settings (`appendonly`, replicas) and on
/// [`wait_for_replicas`](RedisStoreBuilder::wait_for_replicas): a Redis that loses its last writes loses refresh tokens.
///
/// All Tokio runtimes of a program share one connection, on a thread of the store's own, and a second one while a caller waits for a
/// lease.
///
/// `redis://` to another machine is refused unless
/// [`danger_allow_plaintext`](RedisStoreBuilder::danger_allow_plaintext) is called.
///
/// ```no_run
/// use grantkit::keys::SealingKey;
/// use grantkit::store::RedisStore;
///
/// # async fn example(key: [u8; 32]) -> grantkit::Result<()> {
/// let store = RedisStore::connect("rediss://:password@redis.example:6380", SealingKey::new(key)?).await?;
/// # Ok(())
/// # }
/// ```
///
/// A cluster, another prefix, a custom CA:
///
/// ```no_run
/// use grantkit::keys::SealingKey;
/// use grantkit::store::RedisStore;
///
/// # async fn example(key: [u8; 32], ca: &[u8]) -> grantkit::Result<()> {
/// let store = RedisStore::builder("rediss://node-1.example", SealingKey::new(key)?)
///     .cluster(["rediss://node-2.example", "rediss://node-3.example"])
///     .key_prefix("billing")
///     .root_certificate(ca)
///     .connect()
///     .await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct RedisStore {
    shared: Arc<Shared>,
}

struct Shared {
    connections: Connections,
    names: Names,
    sealer: RecordSealer,
    /// How many have to have what was put.
    replicas: u32,
    limits: Limits,
    identity: Fingerprint,
}

/// Clock skew between machines; each reader checks the expiry again.
const KEPT_LONGER: Duration = Duration::from_mins(1);

impl RedisStore {
    /// Connects to one Redis: `redis://`, `rediss://` (TLS) or `unix://`, with user, password and number of the database in
    /// the URL.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) for a wrong URL or password, [`is_retryable`](Error::is_retryable) if it cannot
    /// be reached. To start without Redis, call [`RedisStoreBuilder::build`].
    pub async fn connect(url: impl AsRef<str>, key: SealingKey) -> Result<Self> {
        Self::builder(url, key).connect().await
    }

    /// Configures more than the URL.
    pub fn builder(url: impl AsRef<str>, key: SealingKey) -> RedisStoreBuilder {
        RedisStoreBuilder::new(url.as_ref(), key)
    }
}

#[async_trait]
impl TokenStore for RedisStore {
    fn identity(&self) -> Fingerprint {
        self.shared.identity
    }

    async fn get(&self, key: &StoreKey) -> Result<Option<StoreRecord>> {
        self.run(key, |shared, key| async move { shared.get(&key).await }).await
    }

    async fn put_if_newer(&self, key: &StoreKey, record: &StoreRecord) -> Result<bool> {
        let record = record.clone();
        self.run(key, |shared, key| async move { shared.put_if_newer(&key, &record).await }).await
    }

    async fn remove(&self, key: &StoreKey) -> Result<()> {
        self.run(key, |shared, key| async move {
            shared.connections.call(&Call::Command(cmd("DEL").arg(shared.names.token(&key)).take())).await
        })
        .await
    }

    async fn lease(&self, key: &StoreKey, length: Duration) -> Result<Option<Box<dyn StoreLease>>> {
        let lease = self.run(key, move |shared, key| async move { lease::lease(&shared, &key, length).await }).await?;
        Ok(lease.map(|lease| Box::new(lease) as _))
    }
}

impl RedisStore {
    /// On the runtime that the connections live on, which may be used from anywhere.
    fn run<T: Send + 'static, W>(&self, key: &StoreKey, work: impl FnOnce(Arc<Shared>, StoreKey) -> W) -> Running<T>
    where
        W: Future<Output = Result<T>> + Send + 'static,
    {
        self.shared.connections.run(work(self.shared.clone(), key.clone()))
    }
}

impl Shared {
    async fn get(&self, key: &StoreKey) -> Result<Option<StoreRecord>> {
        let name = self.names.token(key);
        let kept: Option<Vec<u8>> = self.connections.call(&Call::Command(cmd("GET").arg(&name).take())).await?;
        kept.map(|kept| self.sealer.open(key, &kept, &format!("Redis under `{name}`"))).transpose()
    }

    async fn put_if_newer(&self, key: &StoreKey, record: &StoreRecord) -> Result<bool> {
        let name = self.names.token(key);
        let (version, sealed) = (Header::of(record).version_text(), self.sealer.seal(key, record)?);
        let arguments = [Some(version.into_bytes()), Some(sealed), length_kept(record).map(|it| it.to_string().into())];
        let arguments: Vec<Vec<u8>> = arguments.into_iter().flatten().collect();
        match self.put(&name, &arguments).await? {
            scripts::DONE => Ok(true),
            scripts::NOT_A_RECORD => Err(Error::new(
                Fault::Security,
                format!("Redis holds something else than a token under `{name}`: remove it, and find out who wrote it"),
            )
            .with_incident(Incident::Damaged)),
            // A version that was written by another program, and that no version is newer than, is not a version.
            _ => self.get(key).await.map(|_| false),
        }
    }

    /// What the script answers, once the replicas that are waited for have what was put.
    async fn put(&self, name: &str, arguments: &[Vec<u8>]) -> Result<i64> {
        let script: &'static Script = &scripts::PUT_IF_NEWER;
        if self.replicas == 0 {
            let mut invocation = script.key(name);
            invocation.arg(arguments);
            return self.connections.call(&Call::Script(invocation)).await;
        }
        // `WAIT` is about what came before it on its own connection.
        let mut commands = Pipeline::new();
        commands.cmd("EVALSHA").arg(script.get_hash()).arg(1).arg(name).arg(arguments);
        commands.cmd("WAIT").arg(self.replicas).arg(milliseconds(self.limits.replication));
        let (answer, replicas): (i64, u32) = self.connections.call(&Call::Together(script, commands)).await?;
        if replicas < self.replicas {
            return Err(Error::temporary(format!(
                "Redis has stored a token, and {replicas} of the {} replicas that it waits for have it so far",
                self.replicas
            )));
        }
        Ok(answer)
    }
}

/// In milliseconds from now on; `None` for ever.
fn length_kept(record: &StoreRecord) -> Option<u64> {
    let left = record.expires_at()?.duration_since(time::wall_clock()).unwrap_or_default();
    Some(milliseconds(left.saturating_add(KEPT_LONGER)))
}

/// More than Redis takes (it adds the time of day to it) is treated as for ever.
const MAX_EXPIRY: u64 = i64::MAX as u64 / 1_000_000;

fn milliseconds(length: Duration) -> u64 {
    u64::try_from(length.as_millis()).unwrap_or(MAX_EXPIRY).clamp(1, MAX_EXPIRY)
}

impl fmt::Debug for RedisStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedisStore").field("names", &self.shared.names).finish_non_exhaustive()
    }
}
