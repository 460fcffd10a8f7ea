//! How a client proves who it is, to the byte and by each method; against a certified server in `oidc_provider`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod assertion;
mod certificate;
mod negotiation;
mod pushed;
mod repeated;
mod requests;
mod sources;
mod untrusted;

use grantkit_integration_tests::support;
