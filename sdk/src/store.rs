//! Where tokens are kept beside the process's memory: implementations of [`TokenStore`](crate::store::TokenStore).

#[cfg(feature = "file")]
mod file;
#[cfg(any(feature = "file", feature = "keyring", feature = "redis"))]
mod header;
#[cfg(any(feature = "file", feature = "keyring", feature = "redis"))]
mod holder;
#[cfg(feature = "keyring")]
mod keyring;
#[cfg(any(feature = "file", feature = "keyring"))]
mod local;
#[cfg(feature = "memory")]
mod memory;
#[cfg(feature = "redis")]
mod redis;
#[cfg(any(feature = "file", feature = "redis"))]
mod sealed_record;

pub use crate::credentials::token_store::{StoreKey, StoreLease, StoreRecord, TokenStore};
#[cfg(feature = "file")]
pub use file::FileStore;
#[cfg(feature = "keyring")]
pub use keyring::KeyringStore;
#[cfg(feature = "memory")]
pub use memory::MemoryStore;
#[cfg(feature = "redis")]
pub use redis::{RedisStore, RedisStoreBuilder};
