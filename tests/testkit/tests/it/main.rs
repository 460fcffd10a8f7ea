//! The test kit, asked by a client that is not ours.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says where")]

mod assertions;
mod authorization_code;
mod client_authentication;
mod device;
mod discovery;
mod dpop;
mod end_session;
mod faults;
mod google_cloud;
mod lifecycle;
mod protected_api;
mod pushed_request;
mod refresh_token;
mod registration;
mod revocation_and_introspection;
mod support;
mod token_endpoint;
