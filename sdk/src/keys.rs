//! Keys: to sign with, to decrypt with, to prove possession of (DPoP, RFC 9449), and to seal what is stored.
//!
//! Most used: [`SigningKey`] for `private_key_jwt` and signed requests, [`DpopKey`] for sender-constrained tokens, [`SealingKey`] for cookies
//! and stores. A key in an HSM or KMS is a [`Signer`]. All cryptography is aws-lc-rs.
//!
//! ```
//! use grantkit::keys::DpopKey;
//! use grantkit::prelude::*;
//!
//! let client = Client::builder()
//!     .client_id("billing")
//!     .client_secret_basic("s3cret")
//!     .dpop(DpopKey::generate()?)
//!     .token_endpoint("https://as.example/token")?
//!     .build();
//! # let _ = client;
//! # Ok::<(), Error>(())
//! ```

mod announced_algorithms;
mod der;
pub(crate) mod dpop;
mod hmac_algorithm;
mod jws;
pub(crate) mod sealing;
mod signer;
mod signing_algorithm;
mod signing_key;
pub(crate) mod thumbprint;

#[cfg(feature = "oidc")]
mod algorithm;
#[cfg(feature = "oidc")]
mod jwe;
#[cfg(feature = "oidc")]
mod key;
#[cfg(feature = "oidc")]
mod key_set;
#[cfg(feature = "oidc")]
mod key_set_cache;
#[cfg(feature = "oidc")]
mod tenant_issuer;
mod unverified_claims;
#[cfg(feature = "oidc")]
mod unverified_jwt;

#[cfg(all(test, feature = "oidc"))]
pub(crate) mod test_keys;
#[cfg(all(test, feature = "oidc"))]
mod tests;

pub(crate) use announced_algorithms::AnnouncedAlgorithms;
pub use dpop::DpopKey;
pub use hmac_algorithm::HmacAlgorithm;
#[cfg(feature = "oidc")]
pub use jwe::{ContentEncryption, DecryptionKey, KeyManagementAlgorithm};
pub use sealing::SealingKey;
pub use signer::Signer;
pub(crate) use signer::signer_identity;
pub use signing_algorithm::SigningAlgorithm;
pub use signing_key::SigningKey;
pub(crate) use unverified_claims::unverified_claims;

#[cfg(feature = "oidc")]
pub(crate) use algorithm::{ASYMMETRIC, Algorithm, algorithm_by_name, algorithm_name, half_hash};
#[cfg(feature = "oidc")]
pub(crate) use jwe::{EncryptionKey, decrypt, is_encrypted};
pub(crate) use jws::{sign, sign_with_secret};
#[cfg(feature = "oidc")]
pub(crate) use key::Key;
#[cfg(all(test, feature = "oidc"))]
pub(crate) use key::VERIFIED;
#[cfg(feature = "oidc")]
pub(crate) use key_set::{SignatureCheck, Signed};
#[cfg(feature = "oidc")]
pub(crate) use key_set_cache::{JwksUriFinder, KeySetCache, KeyUse};
#[cfg(feature = "oidc")]
pub(crate) use tenant_issuer::TenantIssuer;
#[cfg(feature = "oidc")]
pub(crate) use unverified_jwt::{Typ, UnverifiedJwt};
