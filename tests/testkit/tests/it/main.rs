//! The test kit, asked by a client that is not ours.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says where")]

mod authorization_code;
mod client_authentication;
mod discovery;
mod dpop;
mod faults;
mod lifecycle;
mod protected_api;
mod refresh_token;
mod revocation_and_introspection;
mod support;
mod token_endpoint;
