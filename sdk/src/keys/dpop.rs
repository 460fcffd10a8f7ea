//! Proof of possession (RFC 9449): tokens that are bound to a key, and the proofs of it that go with each request.

mod challenge;
mod exchange;
mod key;
mod nonces;
mod proof;
mod public_key;

use http::HeaderName;

pub(crate) use challenge::{is_nonce_asked_by_api, nonce_asked_by_api, nonce_asked_by_server};
pub(crate) use exchange::{ProofOfPossession, RequestFactory, send_with_dpop};
pub use key::DpopKey;
use nonces::nonce;

/// The header that a proof is in (RFC 9449 §4.1).
pub(crate) const DPOP: HeaderName = HeaderName::from_static("dpop");
