//! The SDK against Authlib's authorization server: the core of the protocol, by other hands than `oidc-provider`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod authorization_code;
mod client_credentials;
mod device_authorization;
mod discovery;
mod forged_answers;

use grantkit_integration_tests::{for_each_server, real_server};

for_each_server!(AUTHLIB);
