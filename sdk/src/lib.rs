//! x
mod credentials;
mod error;
mod fingerprint;
mod token;
mod transport;
mod wire;
pub mod registry;

pub use credentials::*;
pub use error::{Error, Result};
pub use fingerprint::*;
pub use token::{AccessToken, OAuthToken, RefreshToken, StoredToken, TokenType};
pub use transport::{Transport, TransportBuilder};
