//! The grants beside client credentials and the authorization code: exact requests, and what becomes of each answer.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod assertion;
mod ciba;
mod ciba_ping;
mod ciba_signed;
mod extension;
mod identity_assertion;
mod kept_fresh;
mod keys_ahead;
mod narrowed;
mod refresh_scope;
mod resource_owner_password;
mod stored_pending;
mod token_exchange;

use grantkit_integration_tests::support;
