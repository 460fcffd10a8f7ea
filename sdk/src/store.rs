//! Token stores: tokens outside of the process's memory, shared by processes and machines, and kept over a restart.
//!
//! [`TokenStore`] is the trait. `RedisStore` (feature `redis`) is for fleets, `FileStore` (`file`) and `KeyringStore` (`keyring`) for
//! command-line tools, `MemoryStore` for several caches of one process.
//!
//! ```
//! # #[cfg(feature = "memory")]
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> grantkit::Result<()> {
//! use grantkit::credentials::CredentialCache;
//! use grantkit::prelude::*;
//! use grantkit::store::MemoryStore;
//!
//! # let server = grantkit_testkit::AuthorizationServer::builder().confidential_client("billing", "s3cret").start().await.unwrap();
//! # let client = Client::builder()
//! #     .client_id("billing")
//! #     .client_secret_basic("s3cret")
//! #     .token_endpoint(&server.token_endpoint())?
//! #     .build();
//! let store = MemoryStore::new();
//! let billing = client.client_credentials().scope("read:invoices").named("billing");
//! let credentials = Credentials::builder(billing).store(store.clone()).build();
//! # credentials.token().await?;
//!
//! // Or for every client of the process, before the first one is made:
//! CredentialCache::global().use_store(store)?;
//! # Ok(())
//! # }
//! # #[cfg(not(feature = "memory"))]
//! # fn main() {}
//! ```
//!
//! # What a store promises
//!
//! - However many processes need a new token, one request is made (single-flight): the others wait for the holder of the lease. A cached
//!   token is read from the process's memory, without a call to the store.
//! - A refresh token is never sent if this process or the store knows its successor. The successor is stored, under the lease, before
//!   any caller gets the new access token. If an answer was lost, or its process killed, the refresh token is sent once more
//!   ([`RefreshPolicy::with_after_lost_response`](crate::credentials::RefreshPolicy::with_after_lost_response)); if that fails too, the error
//!   [needs a login](crate::Error::needs_login).
//! - While the store is unavailable, valid tokens are used, and each process gets client credentials for itself. A rotating refresh
//!   token waits for the store, unless
//!   [`danger_spend_refresh_token_without_store`](crate::credentials::RefreshPolicy::danger_spend_refresh_token_without_store) is set.
//! - A login of an earlier run is found by its name: [`Client::stored_login`](crate::Client::stored_login).
//! - Records are keyed by client name, token endpoint, client ID, client authentication, DPoP key and request parameters. The
//!   [`fingerprint`](crate::OAuthClient::fingerprint) of a client that is implemented by hand must be the same in every build of the
//!   program.

#[cfg(feature = "file")]
mod file;
#[cfg(any(feature = "file", feature = "keyring", feature = "redis"))]
mod header;
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
