//! Tokens in Redis or Valkey.

mod builder;
mod connections;
mod failure;
mod lease;
mod limits;
mod link;
mod names;
mod scripts;
mod wakeups;

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use async_trait::async_trait;
use redis::cmd;

use super::header::Header;
use super::sealed_record::RecordSealer;
use crate::credentials::{StoreKey, StoreLease, StoreRecord, TokenStore};
use crate::error::{Error, Kind, Result};
use crate::sealing::SealingKey;
use connections::{Call, Connections};
use names::Names;

pub use builder::RedisStoreBuilder;

/// Keeps tokens in Redis 6 or later, or in Valkey, for any number of processes and machines.
///
/// What it keeps is encrypted with the [`SealingKey`], which every process needs; Redis sees names of clients, versions and
/// times. A token is deleted when it is of no more use. For each key there are two keys in Redis, in the same slot of a
/// cluster: `grantkit:token:{<key>}` and `grantkit:lease:{<key>}`, and a channel `grantkit:released:{<key>}`. An ACL needs
/// `~grantkit:* &grantkit:* +get +set +del +getrange +pexpire +evalsha +script|load +publish +subscribe +unsubscribe +ping`.
///
/// While Redis is away, each call fails within a second ([`is_retryable`](Error::is_retryable)); afterwards the next one
/// finds it again. How durable a token is, is Redis's own setting (`appendonly`, replicas): a Redis that forgets loses
/// refresh tokens.
///
/// It can be used on several Tokio runtimes: each has connections of its own.
///
/// ```no_run
/// use grantkit::{RedisStore, SealingKey};
///
/// # async fn example(key: [u8; 32]) -> grantkit::Result<()> {
/// let store = RedisStore::connect("rediss://:password@redis.example:6380", SealingKey::new(key)?).await?;
/// # Ok(())
/// # }
/// ```
///
/// A cluster, another prefix, a CA of one's own:
///
/// ```no_run
/// use grantkit::{RedisStore, SealingKey};
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
}

/// Clocks of machines differ; a token is looked at again by whoever reads it.
const KEPT_LONGER: Duration = Duration::from_mins(1);

impl RedisStore {
    /// Connects to one Redis: `redis://`, `rediss://` (TLS) or `unix://`, with user, password and number of the database in
    /// the URL.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) for a wrong URL or password, [`is_retryable`](Error::is_retryable)
    /// where it cannot be reached; a program that wants to start without it calls [`RedisStoreBuilder::build`].
    pub async fn connect(url: impl AsRef<str>, key: SealingKey) -> Result<Self> {
        Self::builder(url, key).connect().await
    }

    /// To set more than the URL.
    pub fn builder(url: impl AsRef<str>, key: SealingKey) -> RedisStoreBuilder {
        RedisStoreBuilder::new(url.as_ref(), key)
    }
}

#[async_trait]
impl TokenStore for RedisStore {
    async fn get(&self, key: &StoreKey) -> Result<Option<StoreRecord>> {
        let Shared { connections, names, sealer } = &*self.shared;
        let name = names.token(key);
        let kept: Option<Vec<u8>> = connections.call(&Call::Command(cmd("GET").arg(&name).take())).await?;
        kept.map(|kept| sealer.open(key, &kept, &format!("Redis under `{name}`"))).transpose()
    }

    async fn put_if_newer(&self, key: &StoreKey, record: &StoreRecord) -> Result<bool> {
        let Shared { connections, names, sealer } = &*self.shared;
        let name = names.token(key);
        let mut script = scripts::PUT_IF_NEWER.key(&name);
        script.arg(Header::of(record).version_text()).arg(sealer.seal(key, record)?);
        if let Some(length) = length_kept(record) {
            script.arg(length);
        }
        match connections.call(&Call::Script(script)).await? {
            scripts::NOT_A_RECORD => Err(Error::new(
                Kind::Security,
                format!("Redis holds something else than a token under `{name}`: remove it, and find out who wrote it"),
            )),
            answer => Ok(answer == scripts::DONE),
        }
    }

    async fn remove(&self, key: &StoreKey) -> Result<()> {
        let Shared { connections, names, .. } = &*self.shared;
        connections.call(&Call::Command(cmd("DEL").arg(names.token(key)).take())).await
    }

    async fn lease(&self, key: &StoreKey, length: Duration) -> Result<Option<Box<dyn StoreLease>>> {
        Ok(lease::lease(&self.shared, key, length).await?.map(|lease| Box::new(lease) as _))
    }
}

/// In milliseconds from now on; `None` for ever.
fn length_kept(record: &StoreRecord) -> Option<u64> {
    let left = record.keep_until()?.duration_since(SystemTime::now()).unwrap_or_default();
    Some(milliseconds(left.saturating_add(KEPT_LONGER)))
}

/// More than Redis takes (it adds the time of day to it) is for ever to anybody alive.
const LONGEST: u64 = i64::MAX as u64 / 1_000_000;

fn milliseconds(length: Duration) -> u64 {
    u64::try_from(length.as_millis()).unwrap_or(LONGEST).clamp(1, LONGEST)
}

impl fmt::Debug for RedisStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedisStore").field("names", &self.shared.names).finish_non_exhaustive()
    }
}
