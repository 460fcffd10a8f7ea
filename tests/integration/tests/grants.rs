//! The grants beside client credentials and the authorization code: exact requests, and what becomes of each answer.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

#[path = "grants/assertion.rs"]
mod assertion;
#[path = "grants/ciba.rs"]
mod ciba;
#[path = "grants/ciba_ping.rs"]
mod ciba_ping;
#[path = "grants/ciba_signed.rs"]
mod ciba_signed;
#[path = "grants/extension.rs"]
mod extension;
#[path = "grants/identity_assertion.rs"]
mod identity_assertion;
#[path = "grants/kept_fresh.rs"]
mod kept_fresh;
#[path = "grants/narrowed.rs"]
mod narrowed;
#[path = "grants/resource_owner_password.rs"]
mod resource_owner_password;
#[path = "grants/stored_pending.rs"]
mod stored_pending;
mod support;
#[path = "grants/token_exchange.rs"]
mod token_exchange;
