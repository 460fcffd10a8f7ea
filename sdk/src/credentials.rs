//! Credentials: a client's token, cached, shared, refreshed ahead of expiry.

mod cache;
mod client;
mod clock;
mod flight;
mod handle;
mod headers;
mod living;
mod obtain;
mod policy;
mod refresh;
mod slot;
mod state;
mod warm;

pub use cache::{CacheKey, CredentialCache};
pub use client::OAuthClient;
pub use clock::{Clock, Moment, SystemClock};
pub use handle::{Credentials, CredentialsBuilder};
pub use headers::AuthorizationHeaders;
pub use policy::RenewalPolicy;
