//! Where tokens are kept beside the process's memory, so that processes and machines share them.
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
//! - However many processes want a token that is not there, one request is made: the others wait for the holder of the lease. A token
//!   that is there is read from the process's memory, and costs no call of the store.
//! - A refresh token is never sent where this process or the store knows its successor. The successor is stored, under the lease, before
//!   anyone gets the new access token. Where an answer was lost, or its process killed, the refresh token is sent once more
//!   ([`RefreshPolicy::after_lost_response`](crate::credentials::RefreshPolicy::after_lost_response)); if that fails too, the error
//!   [needs a login](crate::Error::needs_login).
//! - While the store is unavailable, valid tokens are used, and clients that need no person get their own. A rotating refresh token
//!   waits for the store, unless
//!   [`danger_spend_refresh_token_without_store`](crate::credentials::RefreshPolicy::danger_spend_refresh_token_without_store) is set.
//! - A login of an earlier run is found by its name: [`Client::stored_login`](crate::Client::stored_login).
//! - Records are keyed by client name, server, client ID and request parameters. A client that is implemented by hand gives a
//!   [`fingerprint`](crate::OAuthClient::fingerprint) that is the same in every build of the program.

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
