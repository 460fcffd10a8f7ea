//! Credentials: a client's token, cached, shared, refreshed ahead of expiry.

mod builder;
mod cache;
mod client;
mod clock;
mod driver;
mod leader;
mod handle;
mod headers;
mod entry_handle;
mod handle_count;
mod inner;
mod weak_map;
mod policy;
mod refresh_token_state;
mod refresh_token;
mod store_backed;
mod token_entry;
mod single_flight;
mod sync;
mod token_store;
mod unidentified;
mod cached_token;

pub use builder::CredentialsBuilder;
pub use cache::{CacheKey, CredentialCache};
pub use client::OAuthClient;
pub use crate::time::{Clock, ClockReading, SystemClock, TokioClock};
pub use driver::{BackgroundRefreshHandle, BackgroundRefresh};
pub use handle::Credentials;
pub use headers::AuthorizationHeaders;
pub use inner::InnerClient;
pub use policy::RefreshPolicy;
pub use refresh_token::AfterLostResponse;
pub(crate) use refresh_token::get_token_of_configured;
pub(crate) use token_entry::EndedLogin;
pub use token_store::{StoreKey, StoreLease, StoreRecord, TokenStore};
