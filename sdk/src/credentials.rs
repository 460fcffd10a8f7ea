//! Credentials: a client's token, cached, shared, refreshed ahead of expiry.

mod builder;
mod cache;
mod cached_token;
mod client;
mod driver;
mod entry_handle;
mod handle;
mod handle_count;
mod headers;
mod inner;
mod leader;
mod policy;
mod refresh_token;
mod refresh_token_state;
mod single_flight;
mod store_backed;
mod sync;
mod token_entry;
pub(crate) mod token_store;
mod unidentified;
mod weak_map;

pub use builder::CredentialsBuilder;
pub use cache::{CacheKey, CredentialCache};
pub use client::OAuthClient;
pub use driver::{BackgroundRefresh, BackgroundRefreshHandle};
pub use handle::Credentials;
pub use headers::AuthorizationHeaders;
pub use inner::InnerClient;
pub use policy::RefreshPolicy;
pub use refresh_token::AfterLostResponse;
pub(crate) use refresh_token::get_token_of_configured;
pub(crate) use token_entry::EndedLogin;
use token_store::{StoreKey, StoreLease, StoreRecord, TokenStore};

pub use crate::fingerprint::{Fingerprint, FingerprintBuilder};
