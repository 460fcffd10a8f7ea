//! Credentials: a client's token, cached, shared, refreshed ahead of expiry.

mod builder;
mod cache;
mod client;
mod clock;
mod driver;
mod flight;
mod handle;
mod headers;
mod held;
mod holders;
mod inner;
mod living;
mod policy;
mod refresh;
mod refresh_token;
mod shared;
mod slot;
mod state;
mod sync;
mod token_store;
mod unidentified;
mod warm;

pub use builder::CredentialsBuilder;
pub use cache::{CacheKey, CredentialCache};
pub use client::OAuthClient;
pub use clock::{Clock, Moment, SystemClock, TokioClock};
pub use driver::{RenewalControl, RenewalDriver};
pub use handle::Credentials;
pub use headers::AuthorizationHeaders;
pub use inner::InnerClient;
pub use policy::RenewalPolicy;
pub use refresh_token::AfterLostAnswer;
pub(crate) use refresh_token::get_token_of_configured;
pub(crate) use slot::EndedLogin;
pub use token_store::{StoreKey, StoreLease, StoreRecord, TokenStore};
